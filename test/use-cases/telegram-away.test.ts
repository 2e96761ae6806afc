// Telegram is away while people vote: what was lost is in the log, enough of it moves the close once, and both verifiers know the rule.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { createI18n } from '../../src/i18n.ts'
import { leavesOfKind } from '../../src/store/log.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { watchTelegram } from '../../src/use-cases/watch-telegram.ts'
import { openPages } from '../../src/web/pages.ts'
import { type TestApp, testApp } from '../support/app.ts'
import {
  day,
  letClose,
  must,
  openVoting,
  smallCycle,
  type SmallCycle,
  vote,
  voters,
} from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { sayNotRun } from '../support/notes.ts'
import { bundleOf } from '../support/published-vote.ts'
import { findPython } from '../support/python.ts'

let app: TestApp
let cycle: SmallCycle
const closes = day(1 / 12)
beforeAll(async () => {
  app = await testApp('telegram-away')
  cycle = await smallCycle(app, 'away', [[1_000_000, 2_000_000]], {
    timeline: { announced: day(-2), voting: day(-1), counting: closes },
  })
  await openVoting(app, cycle.id)
})
afterAll(() => app.done())

/** As if no replica had had an answer for so long: since so many minutes ago, in vain for the last time so many minutes ago. */
const away = (since: number, last: number) =>
  unguarded(
    app.db,
    (
      sql,
    ) => sql`update telegram_watch set failing_since = clock_timestamp() - make_interval(mins => ${since}),
      failed_at = clock_timestamp() - make_interval(secs => ${last * 60})`,
  )
const leaves = async () =>
  (await leavesOfKind(app.db, cycle.id, 'telegram-away')).flatMap(({ body }) => {
    const event = decodeEvent(body)
    return event.ok && event.value.kind === 'telegram-away' ? [event.value] : []
  })
const closeNow = async () => {
  const [row] = await app.db.sql<{ at: Date }[]>`
    select starts_at as at from phase_start where cycle = ${cycle.id} and phase = 'counting'`
  return new Date(row?.at ?? 0).getTime()
}
const later = Date.parse(closes) + 86_400_000

test('a lost connection is no outage, and time in which nobody asked is not counted', async () => {
  expect(await watchTelegram(app, false)).toEqual([])
  expect(await watchTelegram(app, true)).toEqual([])
  await away(300, 200)
  expect(await watchTelegram(app, false)).toEqual([])
  expect(await watchTelegram(app, true)).toEqual([])
  expect(await leaves()).toEqual([])
})

test('what was lost gets its leaf when Telegram is back, and less than the rule says moves nothing', async () => {
  await away(60, 40)
  const [noted] = await watchTelegram(app, true)
  expect(noted?.closesAt).toBeUndefined()
  const [leaf] = await leaves()
  expect(Date.parse(leaf?.until ?? '') - Date.parse(leaf?.from ?? '')).toBe(20 * 60_000)
  expect(leaf?.closes_at).toBeUndefined()
  expect(await closeNow()).toBe(Date.parse(closes))
})

test('more than half an hour in all moves the close by a day, once, whoever of two replicas asks; everybody is told once', async () => {
  for (const account of [501, 502])
    await rememberAccount(app, account, { home: { cycle: cycle.id, territory: cycle.villages[0] as number } })
  await away(15, 0.1)
  const noted = await Promise.all([watchTelegram(app, false), watchTelegram(app, false)])
  expect(noted.flat()).toHaveLength(1)
  expect(await closeNow()).toBe(later)
  await away(59, 0.1)
  await watchTelegram(app, true)
  expect(await closeNow()).toBe(later)
  expect((await leaves()).filter((one) => one.closes_at !== undefined)).toHaveLength(1)
  const told = await app.db.sql`select account, facts from delivery where kind = 'extended' order by account`
  expect(told.map(({ account }) => account)).toEqual([501, 502])
  expect(told[0]?.facts).toMatchObject({ away: true, closesAt: new Date(later).toISOString() })
  const serve = openPages({
    app,
    textsOf: createI18n(),
    bot: 'dauys_bot',
    publicUrl: undefined,
    copies: mediaFolder(tmpdir()),
  })
  const page = await serve({
    method: 'GET',
    path: 'away',
    query: new URLSearchParams(),
    acceptLanguage: 'ru',
  })
  expect(String(page.body)).toContain('Telegram был недоступен, поэтому голосование продлено.')
})

test('the log holds with it, and not without its row; both verifiers follow the close', async () => {
  for (const voter of await voters(app, cycle.id, cycle.villages[0] as number, 10))
    must(await vote(app, cycle.id, voter, ['a1']))
  await numberLeaves(app)
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
  await away(59, 0.1)
  expect(await watchTelegram(app, true)).toEqual([])
  const [row] = await app.db.sql`select * from telegram_away where closes_at is not null`
  const alter = (closesAt: unknown) =>
    unguarded(
      app.db,
      (sql) => sql`update telegram_away set closes_at = ${closesAt as Date} where from_at = ${row?.from_at}`,
    )
  await alter(null)
  expect(await countCycle(app, cycle.id, 'command')).toMatchObject({
    problem: { faults: [{ kind: 'aways' }] },
  })
  await alter(row?.closes_at)
  must(await countCycle(app, cycle.id, 'command'))
  must(await publishResults(app, cycle.id, 'command'))
  await numberLeaves(app)
  const bundle = await bundleOf(app, cycle)
  const python = await findPython()
  if (!python) return sayNotRun('the second verifier after an outage', 'no python3 with nacl here')
  const folder = await mkdtemp(join(tmpdir(), 'dauys-away-'))
  await writeFile(join(folder, 'bundle.zip'), bundle)
  const script = new URL('../second-verifier/verify.py', import.meta.url).pathname
  const said = await promisify(execFile)(python, [script, join(folder, 'bundle.zip')])
  expect(said.stdout).toContain('good ')
  await rm(folder, { recursive: true })
})
