// Claims and Sends that come at once, and guessing: one right is claimed once and counted once, strangers lock nobody out.
import { createHook } from 'node:async_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardCode } from '../../src/core/person.ts'
import type { App } from '../../src/use-cases/app.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type Answer, peekCard, verifyAccount } from '../../src/use-cases/verify-account.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { cards, type EnvelopeCard } from '../support/cards.ts'
import {
  kindOf,
  must,
  opened,
  openVoting,
  smallCycle,
  type SmallCycle,
  type Voter,
  voters,
} from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

/** By hand more, a multiple of eight. */
const GUESSES = Number(process.env.DAUYS_GUESSES ?? 2_000)

let app: TestApp
let other: ReturnType<typeof replica>
beforeAll(async () => {
  app = await testApp('claims')
  other = replica(app)
})
afterAll(async () => {
  await other.close()
  await app.done()
})

async function cycleWithCards(
  slug: string,
  count: number,
): Promise<{ cycle: SmallCycle; deck: EnvelopeCard[] }> {
  const cycle = await smallCycle(app, slug, [[100, 200]])
  await openVoting(app, cycle.id)
  return { cycle, deck: await cards(app, cycle.id, cycle.villages[0] as number, count) }
}
const claim = (on: App, cycle: SmallCycle, account: number, code: string): Promise<Answer> =>
  verifyAccount(on, account, { id: cycle.id, method: 'card' }, code)
const countOf = (answers: readonly Answer[]) => {
  const counts: Record<string, number> = {}
  for (const answer of answers) {
    const kind = answer.ok ? (answer.value.already ? 'already' : 'claimed') : answer.problem.kind
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
const claimsOf = async (cycle: SmallCycle) =>
  app.db.sql<{ account: number }[]>`select account from claim where cycle = ${cycle.id}`
const attempts = async (cycle: SmallCycle): Promise<number> => {
  const [row] = await app.db.sql<
    { n: number }[]
  >`select count(*)::int as n from attempt where cycle = ${cycle.id}`
  return row?.n ?? 0
}

test('fifty claims of one card by forty accounts over two replicas: one of them has it', async () => {
  const { cycle, deck } = await cycleWithCards('one-card', 1)
  const code = deck[0]?.code as string
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => claim(at % 2 ? app : other, cycle, 1 + (at % 40), code)),
  )
  // Whoever came twice waits by now: so many wrong look-ups in an hour are an alarm.
  const { claimed, already = 0, wrong = 0, wait = 0 } = countOf(answers)
  expect(claimed).toBe(1)
  expect(wrong + wait + already).toBe(49)
  expect(await claimsOf(cycle)).toHaveLength(1)
  expect(await attempts(cycle)).toBe(wrong)
})

test('fifty claims of four cards by one account: three people, and the fourth card stays free', async () => {
  const { cycle, deck } = await cycleWithCards('four-cards', 4)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      claim(at % 2 ? app : other, cycle, 100, deck[at % 4]?.code as string),
    ),
  )
  const counts = countOf(answers)
  expect(counts.claimed).toBe(3)
  expect((counts.already ?? 0) + (counts['too-many-people'] ?? 0)).toBe(47)
  expect(await claimsOf(cycle)).toHaveLength(3)
  const left = await Promise.all(deck.map(({ code }) => claim(app, cycle, 101, code)))
  expect(countOf(left)).toEqual({ claimed: 1, wrong: 3 })
})

test(`${GUESSES} guesses: counted in the database, refused before hashing, and no owner is locked out`, async () => {
  const { cycle, deck } = await cycleWithCards('guessed', 30)
  const [typo, ...owners] = deck
  // One owner mistypes once before the storm; the card is still theirs after it.
  expect(kindOf(await claim(app, cycle, 900, cardCode(app.random(16))))).toBe('wrong')
  let hashed = 0
  const hook = createHook({
    init: (_, type) => {
      if (type === 'SCRYPTREQUEST') hashed++
    },
  }).enable()
  const guessers = [201, 202, 203, 204, 205, 206, 207, 208]
  const outcomes = await Promise.all(
    guessers.map(async (account, at) => {
      const answers: Answer[] = []
      for (let guess = 0; guess < GUESSES / guessers.length; guess++) {
        const on = (guess + at) % 2 ? app : other
        // A link is a look-up like a typed code.
        const code = cardCode(app.random(16))
        answers.push(
          await (guess % 3 ? claim(on, cycle, account, code) : peekCard(on, account, cycle.id, code)),
        )
      }
      return answers
    }),
  )
  hook.disable()
  const { wrong = 0, wait = 0, ...rest } = countOf(outcomes.flat())
  expect(rest).toEqual({})
  expect(wrong + wait).toBe(GUESSES)
  expect(await attempts(cycle)).toBe(wrong + 1)
  // Five a day are free for an account, fewer once the whole cycle sees too many.
  expect(wrong).toBeLessThanOrEqual(guessers.length * 5)
  expect(wrong).toBeGreaterThan(20 - 1)
  // A look-up that was under way when the alarm began is hashed and then refused.
  expect(hashed, 'a locked account costs no hash').toBeLessThanOrEqual(wrong + guessers.length)
  // A guesser who waits is refused with the right code too, and does not learn that it is right.
  const known = owners[0]?.code as string
  expect(kindOf(await claim(app, cycle, 201, known))).toBe('wait')
  const claimed = await Promise.all(
    owners.map(({ code }, at) => claim(at % 2 ? app : other, cycle, 1000 + at, code)),
  )
  expect(countOf(claimed)).toEqual({ claimed: 29 })
  await unguarded(
    app.db,
    (sql) => sql`update attempt set at = at - interval '1 hour' where cycle = ${cycle.id}`,
  )
  expect(kindOf(await claim(app, cycle, 900, typo?.code as string))).toBe('ok')
})

test('fifty guesses at once by one account are five tries', async () => {
  const { cycle } = await cycleWithCards('burst', 1)
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => claim(at % 2 ? app : other, cycle, 300, cardCode(app.random(16)))),
  )
  expect(countOf(answers)).toEqual({ wrong: 5, wait: 45 })
  expect(await attempts(cycle)).toBe(5)
})

test('fifty Sends of one ballot past every lock of ours: one vote, and the same receipt for all', async () => {
  const { cycle } = await cycleWithCards('one-ballot', 1)
  const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
  const ballot = await opened(app, cycle.id, voter as NonNullable<typeof voter>)
  const casts = await Promise.all(
    Array.from({ length: 50 }, (_, at) =>
      castBallot(at % 2 ? app : other, { ...ballot, cycle: cycle.id, marks: at % 3 ? ['a1'] : ['a2'] }),
    ),
  )
  const receipts = casts.map(must)
  expect(new Set(receipts.map(({ number }) => number)).size).toBe(1)
  expect(receipts.filter(({ repeat }) => !repeat)).toHaveLength(1)
  expect(await app.db.sql`select 1 from ballot where cycle = ${cycle.id}`).toHaveLength(1)
  expect(await app.db.sql`select 1 from leaf where log = ${cycle.id} and kind = 'ballot'`).toHaveLength(1)
})

test.each(['until-close', 'none'] as const)(
  'thirty ballots of one right at once, revote %s: one counts',
  async (revote) => {
    const cycle = await smallCycle(app, `right-${revote}`, [[100, 200]], { trial: true, terms: { revote } })
    await openVoting(app, cycle.id)
    const [voter] = (await voters(app, cycle.id, cycle.villages[0] as number, 1)) as [Voter]
    const ballots = []
    for (let n = 0; n < 30; n++) ballots.push(await opened(app, cycle.id, voter))
    const casts = await Promise.all(
      ballots.map((ballot, at) =>
        castBallot(at % 2 ? app : other, { ...ballot, cycle: cycle.id, marks: ['a1'] }),
      ),
    )
    const accepted = casts.flatMap((cast) => (cast.ok ? [cast.value.number] : []))
    expect(accepted).toHaveLength(revote === 'none' ? 1 : 30)
    expect(casts.flatMap((cast) => (cast.ok ? [] : [cast.problem.kind]))).toEqual(
      revote === 'none' ? Array.from({ length: 29 }, () => 'voted') : [],
    )
    const rows = await app.db.sql<{ s: number }[]>`select s from ballot where cycle = ${cycle.id} order by s`
    expect(rows.map(({ s }) => s)).toEqual(accepted.map((_, at) => at + 1))
    must(await movePhase(app, cycle.id, { by: 'command' }))
    await numberLeaves(app)
    const [village] = must(await countCycle(app, cycle.id, 'command'))
    expect([village?.ballots, village?.count.votes[0]?.votes]).toEqual([1, 1])
  },
)
