// Somebody who owns the database, or works as the program's role, alters copies of a real cycle. Each alteration is named.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiptNumber } from '../../src/core/audit/receipt.ts'
import { fromHex } from '../../src/core/bytes.ts'
import { resultsOf } from '../../src/store/results.ts'
import { refuseLostHistory } from '../../src/use-cases/check-history.ts'
import { addWitness } from '../../src/use-cases/add-witness.ts'
import { lastCheckpoint } from '../../src/use-cases/last-checkpoint.ts'
import { takeCosignature } from '../../src/use-cases/take-cosignature.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { proposeHalt } from '../../src/use-cases/halt-cycle.ts'
import { mayAct } from '../../src/use-cases/may-act.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readHistory } from '../../src/use-cases/read-history.ts'
import { readReceipt } from '../../src/use-cases/read-receipt.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { clerk } from '../support/command.ts'
import { type AtRest, atRest } from '../support/copies.ts'
import { day, kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { sayNotRun } from '../support/notes.ts'
import { witness } from '../support/witness.ts'
import { type Act, ACTS, rebuild, type Stage } from './hostile-acts.ts'

const stages = {} as Record<Stage, AtRest>
let cycle = 0
let village = 0
const receipts: string[] = []

/** Three people vote, the last one twice; officials come and go; the vote is closed and its log signed, counted, published. */
beforeAll(async () => {
  const app = await testApp('hostile-owner')
  const made = await smallCycle(app, 'altered', [[1_000_000, 2_000_000]])
  cycle = made.id
  village = made.villages[0] as number
  must(await grantRole(app, { account: 71, role: 'official' }, 'command'))
  must(await grantRole(app, { account: 72, role: 'moderator', until: day(9) }, 'command'))
  must(await grantRole(app, { account: 73, role: 'official' }, 'command'))
  must(await revokeRole(app, { account: 73, role: 'official' }, 'command'))
  must(await grantRole(app, { account: 74, role: 'official' }, 'command'))
  await openVoting(app, cycle)
  await suspendedOnce(app, cycle)
  await numberLeaves(app)
  const people = await voters(app, cycle, village, 3)
  const cast = async (at: number, mark: string) =>
    receipts.push(must(await vote(app, cycle, people[at] as (typeof people)[0], [mark])).number)
  await cast(0, 'a1')
  await cast(1, 'a2')
  await cast(2, 'a2')
  await witnessed(app)
  await cast(2, 'a1')
  await letClose(app, cycle)
  must(await movePhase(app, cycle, { by: 'clock' }))
  await numberLeaves(app)
  stages.closed = await atRest(app)
  const counted = await stages.closed.copy()
  must(await countCycle(counted, cycle, 'command'))
  await numberLeaves(counted)
  stages.counted = await atRest(counted)
  const published = await stages.counted.copy()
  must(await publishResults(published, cycle, 'command'))
  await numberLeaves(published)
  stages.published = await atRest(published)
}, 60_000)
afterAll(async () => {
  for (const stage of Object.values(stages)) await stage.done()
})

/** Two officials suspend the vote and resume it. */
async function suspendedOnce(app: TestApp, id: number): Promise<void> {
  const reason = { kk: 'Тізім тексерілді', ru: 'Проверяли список' }
  for (const wish of [{ kind: 'suspend', reason }, { kind: 'resume' }] as const) {
    const { id: proposal } = must(await proposeHalt(app, id, wish, 71))
    must(await confirmAct(app, proposal, 74))
  }
}

/** A witness is named, and signs the head as it stands. */
async function witnessed(app: TestApp): Promise<void> {
  const ngo = witness('ngo.example')
  must(await addWitness(app, cycle, ngo.key, 'command'))
  await numberLeaves(app)
  const note = must(await lastCheckpoint(app, 'altered')) ?? ''
  must(await takeCosignature(app, ngo.signs(note)))
}

/** Does something with a copy and throws it away. */
async function onCopy(stage: Stage, act: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await stages[stage].copy()
  try {
    await act(app)
  } finally {
    await app.done()
  }
}

async function commit(app: TestApp, { who, how }: Pick<Act, 'who' | 'how'>): Promise<void> {
  if (who === 'app role') await app.db.sql.unsafe(how as string, [cycle])
  else
    await unguarded(app.db, async (sql) =>
      typeof how === 'string' ? sql.unsafe(how, [cycle]) : how(sql, cycle),
    )
}

interface Refused {
  ok: boolean
  problem?: { kind: string; fault?: string | { kind: string }; faults?: readonly unknown[] }
}

/** The kinds of the faults that an answer names. */
function named(answer: Refused): string[] {
  const { kind = 'ok', fault, faults = [] } = answer.problem ?? {}
  const kinds = faults.map((one) => (one as { kind: string }).kind)
  if (kinds.length > 0) return [...new Set(kinds)]
  return [fault === undefined ? kind : typeof fault === 'string' ? fault : fault.kind]
}

async function look(app: TestApp, by: Act['by']): Promise<string[]> {
  switch (by) {
    case 'count':
      return named(await countCycle(app, cycle, 'command'))
    case 'publication':
      return named(await publishResults(app, cycle, 'command'))
    case 'display':
      return named(await readResult(app, cycle, village, 'general'))
    case 'receipt':
      return named(await readReceipt(app, receipts[0] as string))
    case 'start':
      return (await readHistory(app)).flatMap(({ faults }) => faults.map(({ kind }) => kind))
  }
}

// Each act has a database of its own: all of them in CI, else every fourth, and those that planted bugs are noticed by.
const { CI, DAUYS_PLANTED } = process.env
const all = CI === 'true' || DAUYS_PLANTED === '1'
const WITNESSES = [
  'another signature of a witness',
  'a suspension with another beginning',
  'two numbers that changed places',
  'other winners in a published row',
]
const wanted = ACTS.filter(({ what }, at) => all || at % 4 === 0 || WITNESSES.includes(what))
if (!all) sayNotRun('three of four hostile acts', 'each copies a database: set DAUYS_PLANTED=1 (or CI=true)')

test.concurrent.for(wanted)('$what is named by $by', async (act) =>
  onCopy(act.stage, async (app) => {
    await commit(app, act)
    const before = await resultsOf(app.db, cycle)
    const found = await look(app, act.by)
    expect(found).toContain(act.named)
    // What was named was neither counted nor published.
    expect(await resultsOf(app.db, cycle)).toEqual(before)
  }),
)

describe('copies that nobody altered', () => {
  test('count the same, are published, shown and started with', async () => {
    const hashes = async (stage: Stage) => {
      let found: string[] = []
      await onCopy(stage, async (app) => {
        if (stage === 'closed') must(await countCycle(app, cycle, 'command'))
        if (stage === 'counted') must(await publishResults(app, cycle, 'command'))
        if (stage === 'published') must(await readResult(app, cycle, village, 'general'))
        expect(await readHistory(app)).toEqual([])
        await refuseLostHistory(app)
        found = (await resultsOf(app.db, cycle)).map(({ hash }) => hash)
      })
      return found
    }
    const counted = await hashes('closed')
    expect(counted).toHaveLength(1)
    expect([await hashes('counted'), await hashes('published')]).toEqual([counted, counted])
  })

  test('say in the leaf of the count where every ballot went', () =>
    onCopy('closed', async (app) => {
      const [count] = must(await countCycle(app, cycle, 'command'))
      expect(count?.tally).toEqual({ cast: 4, counted: 3, superseded: 1, void: 0, set_aside: 0 })
      const [leaf] = await app.db.sql<{ said: string }[]>`
        select convert_from(body, 'UTF8') as said from leaf where log = ${cycle} and kind = 'counted'`
      expect(JSON.parse(leaf?.said ?? '')[1]).toMatchObject({ ballots: count?.tally })
    }))
})

test('summary fingerprints that were altered are made anew by a command, from acts that hold; then the count goes on', () =>
  onCopy('closed', async (app) => {
    const desk = await clerk(app)
    const alter = (what: string) => unguarded(app.db, (sql) => sql.unsafe(what))
    await alter(`update tile set hashes = sha256(hashes) || substr(hashes, 33) where log = ${cycle}`)
    expect((await desk.types(`count --cycle altered`)).refused).toContain(`dauys log mend-tiles --log N`)
    expect((await desk.types('log mend-tiles --log 4711')).refused).toContain('no such log')
    expect((await desk.types(`log mend-tiles --log ${cycle}`)).lines).toEqual([
      '1 tile of summary fingerprints was made anew.',
    ])
    must(await countCycle(app, cycle, 'command'))
    await alter(
      `update leaf set hash = sha256(hash) where id = (select leaf from entry where log = ${cycle} and seq = 3)`,
    )
    expect((await desk.types(`log mend-tiles --log ${cycle}`)).refused).toContain('STOP')
    await desk.leaves()
  }))

describe('what lies outside the database', () => {
  const spoilt = (file: string) =>
    onCopy('closed', async (app) => {
      const path = join(app.secretsDir, file)
      const text = (await readFile(path, 'utf8')).trim()
      await writeFile(path, `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`)
      expect(kindOf(await countCycle(app, cycle, 'command'))).toBe('secret')
    })

  test('another tie seed is named', () => spoilt(`tie-seed-${cycle}`))

  test('a role without a leaf may do nothing, one with it may', () =>
    onCopy('published', async (app) => {
      await app.db.sql`insert into role_grant (account, role, granted_by) values (666, 'admin', 'command')`
      expect(await mayAct(app, app.db, 666, 'grant-role', [])).toBe(false)
      expect(await mayAct(app, app.db, 71, 'move-phase', [village])).toBe(true)
      await unguarded(app.db, (sql) => sql`update role_grant set revoked_at = null where account = 73`)
      expect(await mayAct(app, app.db, 73, 'move-phase', [village])).toBe(false)
      // The program gives it a leaf, and then it counts.
      must(await grantRole(app, { account: 666, role: 'admin' }, 'command'))
      expect(await mayAct(app, app.db, 666, 'grant-role', [])).toBe(true)
    }))
})

describe('a receipt over an altered log', () => {
  test('says that the log is stopped', () =>
    onCopy('closed', async (app) => {
      await unguarded(app.db, async (sql) => {
        await sql`update leaf set hash = sha256(hash) where id = (select max(leaf) from ballot where cycle = ${cycle})`
        await rebuild(sql, cycle)
      })
      expect(kindOf(await readReceipt(app, receipts[0] as string))).toBe('log-stopped')
    }))

  test('does not pass for another vote', () =>
    onCopy('closed', async (app) => {
      const [first, second] = receipts as [string, string]
      await unguarded(app.db, async (sql) => {
        await sql`update ballot set receipt = 'away' where receipt = ${first}`
        await sql`update ballot set receipt = ${first} where receipt = ${second}`
      })
      expect(kindOf(await readReceipt(app, receipts[0] as string))).toBe('log-stopped')
      const [own] = must(await readReceipt(app, receipts[2] as string))
      expect(receiptNumber(fromHex(own?.leaf ?? '') as Uint8Array)).toBe(receipts[2])
    }))
})
