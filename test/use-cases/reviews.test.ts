// The vote of a village under review: by two people, said with the result, and nothing of the vote changes by it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createI18n } from '../../src/i18n.ts'
import { verifyBundle } from '../../src/core/bundle/verify-bundle.ts'
import { fromUtf8 } from '../../src/core/bytes.ts'
import { verify } from '../../src/sealing/sign.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { cycleById } from '../../src/store/cycles.ts'
import { checkLogs } from '../../src/use-cases/check-logs.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { listReviews } from '../../src/use-cases/list-reviews.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { previewPublication, publishResults } from '../../src/use-cases/publish-results.ts'
import { readResult } from '../../src/use-cases/read-result.ts'
import { readReviews, reviewIn } from '../../src/use-cases/read-reviews.ts'
import { refuseAct } from '../../src/use-cases/refuse-act.ts'
import { proposeReview, type ReviewWish } from '../../src/use-cases/review-village.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openPages } from '../../src/web/pages.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { bundleOf } from '../support/published-vote.ts'
import { secondVerifier } from '../support/second-verifier.ts'

const [AUDITOR, OFFICIAL, OTHER, MODERATOR] = [11, 12, 13, 14]
const WHY = 'Көп дауыс бір сағатта, мектеп автобусымен келді'
const FOUND = 'Автобусты аким емес, ата-аналар жалдаған'

let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('reviews')
  desk = await clerk(app)
  for (const [account, role] of [
    [AUDITOR, 'auditor'],
    [OFFICIAL, 'official'],
    [OTHER, 'auditor'],
    [MODERATOR, 'moderator'],
  ] as const)
    must(await grantRole(app, { account, role }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

interface Voting {
  cycle: number
  territory: number
}
async function votingIn(slug: string): Promise<Voting> {
  const { id, villages } = await smallCycle(app, slug, [[1_000_000]])
  await openVoting(app, id)
  return { cycle: id, territory: villages[0] as number }
}
const wish = (at: Voting, step: ReviewWish['step'], turn: number, reason = WHY): ReviewWish => ({
  ...at,
  step,
  turn,
  reason,
})
/** One proposes, another confirms. */
async function both(wished: ReviewWish, by = AUDITOR, second = OFFICIAL): Promise<string> {
  const proposed = await proposeReview(app, wished, by)
  return proposed.ok ? kindOf(await confirmAct(app, proposed.value.id, second)) : proposed.problem.kind
}
async function stateOf({ cycle, territory }: Voting) {
  const stored = await cycleById(app.db, cycle)
  if (!stored) throw new Error('no such cycle')
  return reviewIn(await readReviews(app, app.db, stored), territory)
}
const leavesOf = async ({ cycle }: Voting) =>
  (
    await app.db.sql<{ body: Uint8Array }[]>`
    select body from leaf where log = ${cycle} and kind like 'review-%' order by id`
  ).map(({ body }) => fromUtf8(body) ?? '')

test('two people begin a review and end it, a leaf each that says the village and the moment; people vote on meanwhile', async () => {
  const { id, slug, villages } = await smallCycle(app, 'two', [[1_000_000], [2_000_000]])
  const at = { cycle: id, territory: villages[0] as number }
  expect(await both(wish(at, 'open', 0))).toBe('no-vote-yet')
  await openVoting(app, id)
  const people = await voters(app, id, at.territory, 2)

  const { id: proposal } = must(await proposeReview(app, wish(at, 'open', 0), AUDITOR))
  expect(await stateOf(at)).toEqual({ turns: 0 })
  expect(kindOf(await confirmAct(app, proposal, AUDITOR))).toBe('same-person')
  for (const stranger of [MODERATOR, 99])
    expect(kindOf(await confirmAct(app, proposal, stranger))).toBe('not-allowed')
  expect(await leavesOf(at)).toEqual([])
  must(await confirmAct(app, proposal, OFFICIAL))
  const { since } = await stateOf(at)
  expect(Date.parse(since ?? '')).toBeGreaterThan(Date.now() - 60_000)
  expect(await stateOf({ ...at, territory: villages[1] as number })).toEqual({ turns: 0 })
  for (const one of people) must(await vote(app, id, one, ['a1']))

  expect(await both(wish(at, 'open', 1))).toBe('under-review')
  expect(await both(wish(at, 'close', 1, FOUND), OFFICIAL, OTHER)).toBe('ok')
  expect(await stateOf(at)).toEqual({ turns: 2 })
  expect(await both(wish(at, 'close', 2))).toBe('not-under-review')

  const said = (await leavesOf(at)).map((body) => JSON.parse(body)[1])
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
  const common = {
    at: expect.any(String),
    cycle: slug,
    village: String(at.territory),
    by: hash,
    second: hash,
  }
  expect(said).toEqual([
    { kind: 'review-opened', ...common, at: since },
    { kind: 'review-closed', ...common },
  ])
})

test('why is kept for auditors alone: in one place, in no leaf, proposal, message or list of an official', async () => {
  const at = await votingIn('why')
  expect(await both(wish(at, 'open', 0))).toBe('ok')
  must(await proposeReview(app, wish(at, 'close', 1, FOUND), OFFICIAL))
  for (const words of [WHY, FOUND])
    expect(await everyValueWith(app.db, words)).toEqual(['review_reason.text'])
  expect((await everyValueWith(app.db, 'review-open')).length).toBeGreaterThan(1)
  const listed = async (by: number) => must(await listReviews(app, at.cycle, by)).villages
  expect(await listed(AUDITOR)).toMatchObject([
    {
      turns: 1,
      reasons: [
        { turn: 0, text: WHY, done: true },
        { turn: 1, text: FOUND, done: false },
      ],
    },
  ])
  expect(await listed(OFFICIAL)).toMatchObject([{ turns: 1, reasons: undefined }])
  for (const stranger of [MODERATOR, 99])
    expect(kindOf(await listReviews(app, at.cycle, stranger))).toBe('not-allowed')
  // What nobody confirmed in its day was not done, and is not shown as if it waited.
  await unguarded(app.db, (sql) => sql`update review_reason set at = at - interval '25 hours' where not done`)
  expect((await listed(AUDITOR))[0]?.reasons).toMatchObject([{ text: WHY }])
})

test('a double tap is one proposal; of two that wait for one village the slower does nothing', async () => {
  const at = await votingIn('taps')
  const first = must(await proposeReview(app, wish(at, 'open', 0), AUDITOR))
  const again = must(await proposeReview(app, wish(at, 'open', 0, ` ${WHY}\n`), AUDITOR))
  expect(again).toMatchObject({ id: first.id, already: true, by: AUDITOR })
  const other = must(await proposeReview(app, wish(at, 'open', 0, FOUND), OTHER))
  expect(other.id).not.toBe(first.id)
  const [one, two] = await Promise.all([
    confirmAct(app, first.id, OFFICIAL),
    confirmAct(app, other.id, OFFICIAL),
  ])
  expect([kindOf(one), kindOf(two)].toSorted()).toEqual(['cannot', 'ok'])
  expect(await leavesOf(at)).toHaveLength(1)
  const done = one.ok ? first : other
  expect(await confirmAct(app, done.id, one.ok ? OTHER : AUDITOR)).toMatchObject({
    problem: { kind: 'done', by: OFFICIAL },
  })
  expect(await app.db.sql`select 1 from review_reason where cycle = ${at.cycle} and done`).toHaveLength(1)

  // What waits is of this review: once it was ended and another began, it ends nothing.
  const late = must(await proposeReview(app, wish(at, 'close', 1), AUDITOR))
  expect(await both(wish(at, 'close', 1, FOUND))).toBe('ok')
  expect(await both(wish(at, 'open', 2))).toBe('ok')
  expect(await confirmAct(app, late.id, OFFICIAL)).toMatchObject({ problem: { why: 'cycle-changed' } })
  expect(await both(wish(at, 'close', 1))).toBe('reviewed-since')
  expect((await stateOf(at)).turns).toBe(3)
})

test('a second person may refuse; whose role is gone neither proposes nor confirms, and one alone finds nobody', async () => {
  const at = await votingIn('roles')
  const refused = must(await proposeReview(app, wish(at, 'open', 0), AUDITOR))
  must(await refuseAct(app, refused.id, OFFICIAL))
  expect(kindOf(await confirmAct(app, refused.id, OTHER))).toBe('refused')

  const proposed = must(await proposeReview(app, wish(at, 'open', 0, FOUND), OTHER))
  must(await revokeRole(app, { account: OTHER, role: 'auditor' }, 'command'))
  expect(kindOf(await confirmAct(app, proposed.id, OFFICIAL))).toBe('proposer-not-allowed')
  expect(kindOf(await proposeReview(app, wish(at, 'open', 0), OTHER))).toBe('not-allowed')
  const mine = must(await proposeReview(app, wish(at, 'open', 0), AUDITOR))
  must(await revokeRole(app, { account: OFFICIAL, role: 'official' }, 'command'))
  expect(kindOf(await confirmAct(app, mine.id, OFFICIAL))).toBe('not-allowed')
  expect(kindOf(await proposeReview(app, wish(at, 'open', 0), AUDITOR))).toBe('nobody-to-confirm')
  must(await grantRole(app, { account: OTHER, role: 'auditor' }, 'command'))
  must(await grantRole(app, { account: OFFICIAL, role: 'official' }, 'command'))
  expect(await stateOf(at)).toEqual({ turns: 0 })
})

test('a reason has its length, and a village is one of the vote', async () => {
  const at = await votingIn('length')
  for (const [reason, number] of [
    ['аз', 2],
    ['ы'.repeat(501), 501],
    [`  ${'ы'.repeat(9)}  `, 9],
  ] as const)
    expect(await proposeReview(app, wish(at, 'open', 0, reason), AUDITOR)).toMatchObject({
      problem: { kind: 'bad-length', least: 10, most: 500, number },
    })
  must(await proposeReview(app, wish(at, 'open', 0, '😀'.repeat(500)), AUDITOR))
  expect(await both({ ...wish(at, 'open', 0), territory: 999_999 })).toBe('no-such-place')
  expect(await both({ ...wish(at, 'open', 0), cycle: 999_999 })).toBe('no-such-cycle')
})

test('results come out while a village is under review and say it, on paper and on its page; of the others nothing is said', async () => {
  const made = await smallCycle(app, 'said', [[1_000_000], [2_000_000]])
  const { id, slug, villages } = made
  const [first, second] = villages as [number, number]
  await openVoting(app, id)
  for (const [territory, count, mark] of [
    [first, 12, 'a1'],
    [second, 3, 'b1'],
  ] as const)
    for (const one of await voters(app, id, territory, count)) must(await vote(app, id, one, [mark]))
  await letClose(app, id)
  must(await movePhase(app, id, { by: 'clock' }))
  const under = { cycle: id, territory: first }
  expect(await both(wish(under, 'open', 0))).toBe('ok')
  await numberLeaves(app)
  must(await countCycle(app, id, 'command'))
  expect(must(await previewPublication(app, id, 'command'))).toMatchObject({ villages: 2, underReview: 1 })
  expect((await desk.types('cycle publish --cycle said')).lines.join()).toContain('Villages under review: 1')
  must(await publishResults(app, id, 'command'))
  await numberLeaves(app)
  const read = async (territory: number) => must(await readResult(app, id, territory, 'general'))
  const { since } = await stateOf(under)
  expect(await read(first)).toMatchObject({ underReview: since, ballots: 12 })
  expect(await read(second)).not.toHaveProperty('underReview')
  const pages = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies: mediaFolder('nowhere') })
  const page = async (territory: number, language: string): Promise<string> => {
    const query = new URLSearchParams({ lang: language })
    return String((await pages({ method: 'GET', path: `${slug}/${territory}`, query })).body)
  }
  for (const [language, words] of [
    ['kk', 'Осы ауылдың дауыс беруі қаралуда'],
    ['ru', 'Голосование этого села на рассмотрении'],
    ['en', 'This village’s vote is under review since'],
  ] as const) {
    expect(await page(first, language)).toContain(words)
    expect(await page(second, language)).not.toContain(words)
  }
  const bundle = await bundleOf(app, made)
  const ours = verifyBundle(bundle, {
    verify: (said, signature, key) => verify(app.sodium, said, signature, key),
  })
  expect(ours).toMatchObject({ holds: true })
  const theirs = await secondVerifier()
  if (theirs) expect(await theirs([bundle])).toEqual(['good'])

  // It may begin and end after the publication too, and then nothing is said any more.
  expect(await both(wish(under, 'close', 1, FOUND))).toBe('ok')
  expect(await read(first)).not.toHaveProperty('underReview')
}, 60_000)

test('no table begins a review, and what the program did not write neither begins nor ends one', async () => {
  const at = await votingIn('forged')
  const faults = async () =>
    (await checkLogs(app)).find(({ log }) => log === 'forged')?.faults.map(({ kind }) => kind)
  const forge = (kind: string, body: string) =>
    unguarded(
      app.db,
      (sql) => sql`
        insert into leaf (log, kind, body, hash, mac)
        values (${at.cycle}, ${kind}, convert_to(${body}, 'UTF8'), sha256(convert_to('\\x00' || ${body}, 'UTF8')), sha256('x'))`,
    )
  const words = {
    at: '2026-03-01T04:00:00.000Z',
    by: 'a'.repeat(64),
    cycle: 'forged',
    second: 'b'.repeat(64),
  }
  const event = { ...words, kind: 'review-opened', village: String(at.territory) }
  await forge('review-opened', JSON.stringify(['dauys-event-v1', event]))
  await unguarded(
    app.db,
    (sql) => sql`
      insert into review_reason (cycle, territory, turn, hash, text, done) values (${at.cycle}, ${at.territory}, 0, 'x', 'сырттан жазылған', true)`,
  )
  expect(await stateOf(at)).toEqual({ turns: 0 })
  await unguarded(app.db, (sql) => sql`delete from leaf where log = ${at.cycle} and kind = 'review-opened'`)
  await unguarded(app.db, (sql) => sql`delete from review_reason where cycle = ${at.cycle}`)

  expect(await both(wish(at, 'open', 0))).toBe('ok')
  await numberLeaves(app)
  // The owner of the tables forgets the words, which ends nothing, and then takes the leaf away, which is named.
  await app.db.sql`delete from review_reason where cycle = ${at.cycle}`
  expect((await stateOf(at)).since).toBeDefined()
  expect(await faults()).toEqual([])
  await unguarded(app.db, async (sql) => {
    await sql`delete from entry where leaf in (select id from leaf where log = ${at.cycle} and kind = 'review-opened')`
    await sql`delete from leaf where log = ${at.cycle} and kind = 'review-opened'`
  })
  expect(await faults()).toContain('gap')
})
