// Two verifiers that share no code read the same bundles: both pass the good ones, both find everything that was altered.
import { access } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, readBundle, writeBundle } from '../../src/core/bundle/bundle.ts'
import { verifyBundle } from '../../src/core/bundle/verify-bundle.ts'
import { readZip, writeZip } from '../../src/core/bundle/zip.ts'
import { verify } from '../../src/sealing/sign.ts'
import { type TestApp, testApp } from '../support/app.ts'
import {
  claimResults,
  type Draft,
  draftOf,
  eventOf,
  leafOf,
  placeOf,
  signAnew,
} from '../support/bundle-faults.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { EVERY_RULE } from '../support/every-rule.ts'
import { sayFigure } from '../support/notes.ts'
import { bundleOf, publishedVote } from '../support/published-vote.ts'
import { SCRIPT, secondVerifier } from '../support/second-verifier.ts'

let app: TestApp
let held: SmallCycle
let good: Uint8Array
let second: Awaited<ReturnType<typeof secondVerifier>>
beforeAll(async () => {
  app = await testApp('second-verifier')
  second = await secondVerifier()
  held = await publishedVote(app, 'held')
  good = await bundleOf(app, held)
}, 60_000)
afterAll(async () => {
  await app.done()
})

const ours = (bytes: Uint8Array) =>
  verifyBundle(bytes, { verify: (said, signature, key) => verify(app.sodium, said, signature, key) })

/** What the second verifier says of each, in order; nothing where it cannot run. */
const theirs = async (bundles: readonly Uint8Array[]): Promise<string[]> => (await second?.(bundles)) ?? []

test('both pass what was held, by either greedy rule', async () => {
  await access(SCRIPT)
  const one = await publishedVote(app, 'greedy-per-cost', {
    terms: {
      ruleTerms: {
        rule: 'greedy-per-cost',
        minVotes: 2,
        ties: ['cheaper', 'lots'],
        conflicts: [['a1', 'a3']],
      },
    },
  })
  const bundles = [good, await bundleOf(app, one)]
  for (const bundle of bundles) expect(ours(bundle)).toMatchObject({ holds: true })
  if (second) expect(await theirs(bundles)).toEqual(['good', 'good'])
}, 60_000)

test('both recount every rule, over every type of ballot', async () => {
  const bundles: Uint8Array[] = []
  for (const [title, terms, mark] of EVERY_RULE)
    bundles.push(await bundleOf(app, await publishedVote(app, title, { terms }, mark)))
  for (const bundle of bundles) expect(ours(bundle)).toMatchObject({ holds: true })
  if (!second) return
  expect(await theirs(bundles)).toEqual(bundles.map(() => 'good'))
  const forged = bundles.map((bundle) => {
    const draft = draftOf(must(readBundle(bundle) as never) as unknown as Bundle)
    const pot = first(draft) as { count: { winners: string[] } }
    pot.count = { ...pot.count, winners: pot.count.winners.toReversed().slice(1) }
    claimResults(draft)
    signAnew(app, draft)
    return writeBundle(draft as Bundle)
  })
  expect(await theirs(forged)).toEqual(forged.map(() => 'results'))
}, 120_000)

test('a byte changed anywhere, in the archive as it lies or put back into it whole, is found by both', async () => {
  const flipped = [...flippedBytes(good), ...flippedContents(good)]
  const missed = flipped.filter(({ bytes }) => ours(bytes).holds).map(({ where }) => where)
  expect(missed).toEqual([])
  const said = await theirs(flipped.map(({ bytes }) => bytes))
  expect(flipped.filter((_, at) => said[at] === 'good').map(({ where }) => where)).toEqual([])
  sayFigure(
    `bundles with a flipped byte: ${flipped.length} of ${flipped.length} found, by both verifiers: ${said.length}`,
  )
}, 120_000)

type Altered = { where: string; bytes: Uint8Array }

/** Each byte of the headers of the first file and of the end, and every so many of the rest. */
function flippedBytes(bytes: Uint8Array): Altered[] {
  const places = new Set([
    ...range(0, 120, 1),
    ...range(bytes.length - 200, bytes.length, 1),
    ...range(0, bytes.length, 997),
  ])
  return [...places].map((at) => ({ where: `byte ${at}`, bytes: flip(bytes, at, 1 << (at % 8)) }))
}

/** Bytes of each file, in an archive that is made anew around it. */
function flippedContents(bytes: Uint8Array): Altered[] {
  const files = must(readZip(bytes) as never) as unknown as { name: string; content: Uint8Array }[]
  return files.flatMap(({ name, content }, nth) =>
    range(0, content.length, Math.max(1, Math.floor(content.length / 25))).map((at) => ({
      where: `${name} ${at}`,
      bytes: writeZip(
        files.map((file, n) => (n === nth ? { name, content: flip(content, at, 1 << (at % 7)) } : file)),
      ),
    })),
  )
}

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step)) }, (_, n) => from + n * step)

function flip(bytes: Uint8Array, at: number, mask: number): Uint8Array {
  const copy = bytes.slice()
  copy[at] = (copy[at] as number) ^ mask
  return copy
}

const ballotAt = (draft: Draft) => placeOf(draft, 'ballot')
const first = (draft: Draft) => draft.results.pots[0] as Draft['results']['pots'][0] & { count: never }
const listOf = (draft: Draft): [string, string] => [...draft.lists][0] as [string, string]

/** What somebody does who has the server's keys and signs it all anew; the check that finds it, of ours and of the second one. */
const FORGED: { title: string; check: string; forge: (draft: Draft) => void }[] = [
  {
    title: 'a leaf is removed',
    check: 'sums',
    forge: (draft) => void draft.leaves.splice(ballotAt(draft), 1),
  },
  {
    title: 'a leaf of a small village is removed',
    check: 'sums',
    forge: (draft) => {
      draft.leaves = draft.leaves.filter(
        (leaf, at, all) => 'body' in leaf || at !== all.findIndex((one) => 'hash' in one),
      )
    },
  },
  {
    title: 'a ballot is swapped for another in the list',
    check: 'results',
    forge: (draft) => {
      const [name, list] = listOf(draft)
      draft.lists.set(name, `${list.trim().split('\n').with(0, 'a2,a3').sort().join('\n')}\n`)
    },
  },
  {
    title: 'another project wins',
    check: 'results',
    forge: (draft) => {
      const pot = first(draft) as { count: { winners: string[] } }
      pot.count = { ...pot.count, winners: ['a4', ...pot.count.winners].slice(0, pot.count.winners.length) }
    },
  },
  {
    title: 'the winner of a small village costs something else',
    check: 'results',
    forge: (draft) => {
      const pot = draft.results.pots[1] as { outcome: { spent: number } }
      pot.outcome.spent += 1
    },
  },
  {
    title: 'cards are stuffed: a vote more than cards handed over, counted, listed and published',
    check: 'cards',
    forge: (draft) => {
      stuff(draft)
      const rows = { [first(draft).village]: 99 }
      draft.leaves = draft.leaves.map((leaf) => {
        const event = eventOf(leaf)
        const ofRoll = event?.kind === 'roll-imported' || event?.kind === 'roll-approved'
        return ofRoll && first(draft).village in event.rows ? leafOf({ ...event, rows }) : leaf
      })
    },
  },
  { title: 'a vote more than rows on the roll', check: 'roll', forge: stuff },
  {
    title: 'a ballot stands after the close',
    check: 'ballots',
    forge: (draft) => {
      const [ballot] = draft.leaves.splice(ballotAt(draft), 1)
      draft.leaves.splice(placeOf(draft, 'closed') + 1, 0, ballot as never)
    },
  },
  {
    title: 'the budget is another',
    check: 'rules',
    forge: (draft) => {
      const villages = draft.rules.villages as unknown as [{ pots: [{ budget: number }] }]
      villages[0].pots[0].budget += 1
    },
  },
  {
    title: 'the lot is drawn anew',
    check: 'seed',
    forge: (draft) => void (draft.results = { ...draft.results, seed: 'ab'.repeat(32) }),
  },
  {
    title: 'the votes of a village are said to be fewer',
    check: 'sums',
    forge: (draft) => void (first(draft).ballots.cast -= 1),
  },
  {
    title: 'a project is listed after the opening',
    check: 'rules',
    forge: (draft) => {
      const at = '2026-01-01T00:00:00.000Z'
      const cycle = draft.rules.cycle
      const act = {
        kind: 'projects-imported',
        at,
        cycle,
        projects: {},
        list: 'ab'.repeat(32),
        by: 'command',
      } as const
      draft.leaves.splice(placeOf(draft, 'closed'), 0, leafOf(act))
    },
  },
]

/** One more ballot for a1 in the first village, with everything else made to fit. */
function stuff(draft: Draft): void {
  const at = ballotAt(draft)
  const event = eventOf(draft.leaves[at] as never)
  if (event?.kind !== 'ballot') throw new Error('no ballot')
  draft.leaves.splice(at, 0, leafOf({ ...event, commitment: 'cd'.repeat(32) }))
  // The lists of cards are by number, and every number behind it is one higher now.
  draft.cards = new Map([...draft.cards].map(([seq, serials]) => [seq < at ? seq : seq + 1, serials]))
  const pot = first(draft)
  pot.ballots.cast += 1
  pot.ballots.superseded -= 1
  pot.ballots.void += 0
  pot.ballots.counted += 2
  const [name, list] = listOf(draft)
  draft.lists.set(name, `${['a1', 'a1', ...list.trim().split('\n')].sort().join('\n')}\n`)
}

describe('whoever owns the server and signs everything anew', () => {
  for (const { title, check, forge } of FORGED)
    test(`${title}: found by both`, async () => {
      const draft = draftOf(must(readBundle(good) as never) as unknown as Bundle)
      forge(draft)
      claimResults(draft)
      signAnew(app, draft)
      const forged = writeBundle(draft as Bundle)
      const { checks } = ours(forged)
      const failed = Object.entries(checks).filter(([, faults]) => faults.length > 0)
      expect(failed.map(([name]) => name)).toContain(check)
      if (second) expect(await theirs([forged])).toEqual([check])
    })

  test('a fork: a checkpoint of another history is found by both', async () => {
    const draft = draftOf(must(readBundle(good) as never) as unknown as Bundle)
    const other = draftOf(draft as Bundle)
    other.leaves.splice(1, 1)
    signAnew(app, other)
    const forked = writeBundle({
      ...draft,
      checkpoints: [...other.checkpoints.slice(0, 1), ...draft.checkpoints],
    } as Bundle)
    expect(ours(forked).checks.checkpoints.length).toBeGreaterThan(0)
    if (second) expect(await theirs([forked])).toEqual(['checkpoints'])
  })
})
