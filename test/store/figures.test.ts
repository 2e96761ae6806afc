// What an engineer watches at night: figures of a real database, and rules, dashboard and runbook that speak of figures that exist.
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { createMetrics, type Metrics } from '../../src/metrics.ts'
import { startOpsServer } from '../../src/ops-server.ts'
import { watchStores } from '../../src/program/gauges.ts'
import { memorySession } from '../../src/session/memory.ts'
import { connect } from '../../src/store/db.ts'
import { databaseReady } from '../../src/use-cases/database-ready.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { asOwner } from '../support/database.ts'
import { must, openVoting, type SmallCycle, smallCycle, vote, voters } from '../support/cycle.ts'
import { cable } from '../support/proxy.ts'
import { isTold } from '../support/size.ts'

const read = (name: string) => readFile(new URL(`../../docs/operation/${name}`, import.meta.url), 'utf8')

let app: TestApp
let cycle: SmallCycle
let metrics: Metrics
const session = memorySession()
let gather: () => Promise<void>
beforeAll(async () => {
  app = await testApp('figures')
  cycle = await smallCycle(app, 'tungi-kezek', [[100, 200]])
  await openVoting(app, cycle.id)
  metrics = createMetrics()
  gather = watchStores(metrics, app, session, readConfig({}), { pepper: 'ab12cd34ef56' })
})
afterAll(() => app.done())

/** The figures as Prometheus reads them: name with labels → value. */
async function figures(of: Metrics = metrics, first = gather): Promise<Map<string, number>> {
  await first()
  const lines = (await of.registry.metrics()).split('\n').filter((line) => line && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}

test('acts without a number, receipts nobody was shown, messages and phases are told as they stand', async () => {
  await numberLeaves(app)
  expect((await figures()).get('dauys_leaves_unnumbered')).toBe(0)
  const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  if (!voter) throw new Error('nobody votes')
  await numberLeaves(app)
  must(await vote(app, cycle.id, voter, ['a1']))
  const now = await figures()
  expect(now.get('dauys_database_up')).toBe(1)
  expect(now.get('dauys_leaves_unnumbered')).toBe(1)
  expect(now.get('dauys_leaves_unnumbered_seconds')).toBeGreaterThanOrEqual(0)
  expect(now.get('dauys_receipts_unshown')).toBe(0)
  const [phase] = [...now.keys()].filter((name) => name.startsWith('dauys_phase{cycle="tungi-kezek"'))
  expect(phase).toContain('phase="voting"')
  expect(now.get('dauys_next_phase_seconds{cycle="tungi-kezek"}')).toBeGreaterThan(0)
  expect([...now.keys()].find((name) => name.startsWith('dauys_build'))).toContain(process.versions.node)
  await numberLeaves(app)
  expect((await figures()).get('dauys_leaves_unnumbered')).toBe(0)
})

test.runIf(isTold('the figures of a database that is away'))(
  'a database that is away is a figure too',
  async () => {
    const wire = await cable(app.url)
    const db = connect(wire.url)
    const own = createMetrics(false)
    const ask = watchStores(own, { ...app, db }, session, readConfig({}), {})
    expect((await figures(own, ask)).get('dauys_database_up')).toBe(1)
    await wire.pull()
    const away = await figures(own, ask)
    expect(away.get('dauys_database_up')).toBe(0)
    // Nothing of before is told as if it were of now.
    expect([...away.keys()].filter((name) => name.startsWith('dauys_phase'))).toEqual([])
    await db.close()
  },
)

test('what runs is named by its version, its schema and the fingerprints of its secrets', async () => {
  const named = [...(await figures()).keys()]
  const build = named.find((name) => name.startsWith('dauys_build'))
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  expect(build).toContain(`version="${version}"`)
  expect(build).toMatch(/schema="\d+"/)
  expect(named).toContain('dauys_key{name="pepper",fingerprint="ab12cd34ef56"}')
})

test('a session store that is away is a figure of its own', async () => {
  const own = createMetrics(false)
  const away = { pausedFor: () => Promise.reject(new Error('away')) }
  const now = await figures(own, watchStores(own, app, away, readConfig({}), {}))
  expect([now.get('dauys_session_store_up'), now.get('dauys_database_up')]).toEqual([0, 1])
  expect((await figures()).get('dauys_session_store_up')).toBe(1)
})

test.runIf(isTold('a table that somebody holds')).each(['access exclusive', 'share'])(
  'while somebody holds a table of the vote locked (%s) nothing is ready, and it is told within two seconds',
  async (mode) => {
    const ops = await startOpsServer({
      host: '127.0.0.1',
      port: 0,
      log: createLog('silent'),
      metrics,
      ready: () => databaseReady(app),
    })
    const asks = async () => {
      const began = performance.now()
      const { status } = await fetch(`http://127.0.0.1:${ops.port}/readyz`)
      return { status, late: performance.now() - began > 2_500 }
    }
    expect(await asks()).toEqual({ status: 200, late: false })
    await asOwner(app.db, async (sql) => {
      await sql.unsafe(`lock table roll_row in ${mode} mode`)
      expect(await asks()).toEqual({ status: 503, late: false })
      expect((await figures()).get('dauys_database_up')).toBe(0)
    })
    expect(await asks()).toEqual({ status: 200, late: false })
    await ops.close()
  },
)

test('what holds the pool up, and how long Telegram has told us to wait, are figures', async () => {
  const calm = await figures()
  expect([
    calm.get('dauys_pool_connections{state="in use"}'),
    calm.get('dauys_pause_seconds{of="replies"}'),
  ]).toEqual([0, 0])
  await session.pause('bulk', 60_000)
  let free = () => {}
  const held = new Promise<void>((resolve) => {
    free = resolve
  })
  const begun: Promise<void>[] = []
  // As many as the pool has, and three more.
  const all = Array.from({ length: 13 }, () =>
    app.db.begin(async ({ sql }) => {
      begun.push(Promise.resolve(void (await sql`select 1`)))
      await held
    }),
  )
  await expect.poll(() => begun.length).toBe(10)
  const busy = metrics.registry.getSingleMetric('dauys_pool_connections')
  const asked = gather()
  expect(app.db.pool()).toEqual({ inUse: 10, waiting: expect.any(Number) })
  expect(app.db.pool()?.waiting).toBeGreaterThanOrEqual(3)
  free()
  await Promise.all([asked, ...all])
  const told = (await busy?.get())?.values.map(({ labels, value }) => [labels['state'], value])
  expect(Object.fromEntries(told ?? [])).toMatchObject({ 'in use': 10 })
  const left = (await figures()).get('dauys_pause_seconds{of="announcements"}')
  expect(left).toBeGreaterThan(50)
})

test('rules and dashboard name figures that exist, and each rule has its section in the runbook', async () => {
  const known = new Set(
    [...(await metrics.registry.metrics()).matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name as string),
  )
  const rules = await read('alerts.yml')
  const named = [rules, await read('dashboard.json')].flatMap((text) => [
    ...(text.match(/\b(?:dauys|nodejs|process)_\w+/g) ?? []),
  ])
  expect(named.length).toBeGreaterThan(20)
  const plain = (name: string) => name.replace(/_bucket$/, '')
  expect(named.filter((name) => !known.has(plain(name)))).toEqual([])
  const headings = [...(await read('runbook.md')).matchAll(/^## (.+)$/gm)].map(
    ([, title]) => `#${(title as string).toLowerCase().replaceAll(' ', '-')}`,
  )
  const alerts = rules.match(/- alert: /g) ?? []
  const sections = [...rules.matchAll(/runbook: "(#[\w-]+)"/g)].map(([, section]) => section as string)
  expect(sections).toHaveLength(alerts.length)
  expect(sections.filter((section) => !headings.includes(section))).toEqual([])
})
