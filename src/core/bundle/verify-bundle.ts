// Checks a bundle without a database and without a network: one check a promise, each with the faults that were found.
import { readVerifierKey } from '../audit/checkpoint.ts'
import { frozenRulesHash } from '../audit/frozen-rules.ts'
import { frozenRules } from '../audit/rules.ts'
import { readDice } from '../audit/dice.ts'
import type { VillagePapers } from '../audit/trusted/paper.ts'
import type { Tally } from '../audit/tally.ts'
import { tieSeed } from '../audit/tie-seed.ts'
import { readCards } from '../audit/trusted/cards.ts'
import { MOST_HELPED } from '../assist.ts'
import { readAssisted } from '../audit/trusted/assisted.ts'
import { IN_PERSON, readChecked } from '../audit/trusted/checked.ts'
import { readCosigned } from '../audit/trusted/cosigned.ts'
import { collectFaults, type Fault } from '../audit/trusted/fault.ts'
import type { Verify } from '../audit/trusted/notes.ts'
import { readPapersOfLog } from '../audit/trusted/paper.ts'
import { readResults } from '../audit/trusted/result.ts'
import { readRights } from '../audit/trusted/rights.ts'
import { readRules } from '../audit/trusted/rules.ts'
import { readTests } from '../audit/trusted/tests.ts'
import { fromHex, toHex } from '../bytes.ts'
import { PROFILES } from '../cycle.ts'
import { type Bundle, type BundleProblem, readBundle } from './bundle.ts'
import {
  type CountedLeaf,
  isCommitted,
  potKey,
  recountFaults,
  saidFaults,
  samePots,
  type ShownFault,
} from './check-results.ts'
import {
  cardFaults,
  checkedFaults,
  testFaults,
  paperFaults,
  readCast,
  rollFaults,
  type SumFault,
  sumFaults,
  talliesOf,
} from './check-sums.ts'
import { otherLines, readNote, walkLog } from './read-log.ts'
import { isShown } from './shown-pot.ts'

/** In the order in which they are told. */
export const CHECKS = [
  'archive',
  'log',
  'checkpoints',
  'rules',
  'ballots',
  'sums',
  'roll',
  'cards',
  'seed',
  'results',
  'published',
] as const
export type CheckName = (typeof CHECKS)[number]

export type BundleFault = Fault | SumFault | ShownFault | ({ kind: 'bundle' } & { problem: BundleProblem })
export type Checks = Record<CheckName, BundleFault[]>

/** What the lines say besides; `attested`: villages where few voted, whose result the log attests and nobody recounts. */
export type Verified = {
  holds: boolean
  tallies: ReadonlyMap<string, Tally>
  /** The root of the log at CLOSE, and the dice that were thrown after it. */
  close: { root: Uint8Array | undefined; dice: string | undefined }
  papers: ReadonlyMap<string, VillagePapers>
  checks: Checks
  facts: {
    cycle: string
    key: string
    leaves: number
    root: string
    checkpoints: number
    ballots: number
    pots: number
    attested: string[]
    /** Ballots in the log of the villages that are shown, by channel; earlier versions of a right are among them. */
    channels: ReadonlyMap<string, number>
    /** Names of witnesses, with how many of the checkpoints each signed. */
    cosigned: { name: string; checkpoints: number }[]
  }
}

export type VerifyTerms = {
  verify: Verify
  /** Notes of this log that the reader kept from before: each must be a beginning of it. */
  known?: readonly string[]
  /** The key that the reader knows of, from a poster or a card. */
  key?: string
  /** The count of key holders before the log has it: nothing is held against leaves of the count. */
  unpublished?: boolean
}

/** Reads it whole. A bundle that cannot be read fails the first check, and the others are not made. */
export function verifyBundle(bytes: Uint8Array, terms: VerifyTerms): Verified {
  const read = readBundle(bytes)
  return read.ok ? verifyRead(read.value, terms) : unreadable(read.problem)
}

/** What is not a bundle at all. */
function unreadable(problem: BundleProblem): Verified {
  const numbers = { leaves: 0, checkpoints: 0, ballots: 0, pots: 0 }
  const channels = new Map<string, number>()
  const facts = { cycle: '', key: '', root: '', ...numbers, attested: [], cosigned: [], channels }
  const nothing = { tallies: new Map(), papers: new Map(), close: { root: undefined, dice: undefined } }
  return {
    ...nothing,
    holds: false,
    checks: { ...noFaults(), archive: [{ kind: 'bundle', problem }] },
    facts,
  }
}

const noFaults = (): Checks => ({
  archive: [],
  log: [],
  checkpoints: [],
  rules: [],
  ballots: [],
  sums: [],
  roll: [],
  cards: [],
  seed: [],
  results: [],
  published: [],
})

/** The same of a bundle that was read. */
export function verifyRead(bundle: Bundle, terms: VerifyTerms): Verified {
  const { rules, results } = bundle
  const checks = noFaults()
  const log = hearLog(bundle, terms, checks)
  const ties = tiesOf(bundle, log)
  const { tallies, clash } = talliesOf(results.pots)
  checks.sums.push(...sumFaults(log.cast, tallies, isShown, rules.revote))
  checks.sums.push(...paperFaults(tallies, log.papers))
  checks.sums.push(...testFaults(tallies, log.cast, log.tests, isShown))
  if (clash !== undefined) checks.sums.push({ kind: 'tally', village: clash })
  checks.roll.push(...rollFaults(tallies, log.rows))
  if (atDesk(bundle)) checks.roll.push(...checkedFaults(tallies, log.checked))
  if (byCard(bundle)) checks.cards.push(...cardFaults(tallies, log.handed, log.cast.ways))
  // Without a close, or without the dice, there are no lots to count by.
  if (!isCommitted(bundle) || !ties) checks.seed.push({ kind: 'tie-seed' })
  if (!samePots(bundle)) checks.results.push({ kind: 'result-pots' })
  // Rules that are not the frozen ones are counted by no further.
  else if (checks.rules.length === 0 && ties) checks.results.push(...recountFaults(bundle, ties))
  if (!terms.unpublished) checks.published.push(...saidFaults(bundle, log.said))
  const ballots = [...tallies.values()].reduce((sum, { cast }) => sum + cast, 0)
  const attested = [...tallies].filter(([, tally]) => !isShown(tally)).map(([village]) => village)
  const { size, root } = log.walked
  return {
    tallies,
    close: { root: log.closeRoot, dice: log.dice },
    papers: log.papers,
    holds: Object.values(checks).every((faults) => faults.length === 0),
    checks,
    facts: {
      cycle: rules.cycle,
      key: bundle.key,
      leaves: size,
      root: toHex(root),
      checkpoints: bundle.checkpoints.length,
      ballots,
      pots: results.pots.length,
      attested,
      channels: log.cast.channels,
      cosigned: log.cosigned,
    },
  }
}

/** The seed of the ties; undefined where the log has no close, or not the dice that the rules ask for. */
function tiesOf(
  { rules, results }: Bundle,
  { closeRoot, dice }: ReturnType<typeof hearLog>,
): Uint8Array | undefined {
  const seed = fromHex(results.seed, 32)
  if (!seed || !closeRoot || (rules.lots === 'dice' && dice === undefined)) return undefined
  return tieSeed(seed, closeRoot, rules.lots === 'dice' ? dice : '')
}

const atDesk = ({ rules }: Bundle): boolean => rules.method === IN_PERSON

const byCard = ({ rules }: Bundle): boolean => rules.method === 'card'

/** Walks the log once; every reader hears each leaf. */
function hearLog(bundle: Bundle, terms: VerifyTerms, checks: Checks) {
  const { rules, key, checkpoints, leaves, cards: lists } = bundle
  const found = { log: collectFaults(), notes: collectFaults(), rules: collectFaults() }
  const more = { roll: collectFaults(), cards: collectFaults(), results: collectFaults() }
  const origin = originOf(key)
  const held = { origin, macKey: undefined, trial: rules.trial }
  const course = readRules(frozenTerms(bundle), found.rules)
  const rights = readRights({ ...held, officials: PROFILES[rules.profile].officials }, new Map(), more.roll)
  const cards = readCards({ ...held, byCard: byCard(bundle), lists }, new Map(), more.cards)
  const checked = readChecked({ origin, macKey: undefined, atDesk: atDesk(bundle) }, more.roll)
  const assisted = readAssisted({ ...held, most: rules.helped ?? MOST_HELPED }, more.roll)
  const counts = readResults(
    { cycle: rules.cycle, results: undefined, publishedPhase: !terms.unpublished },
    more.results,
  )
  const boxes = collectFaults()
  const tests = readTests(rules.cycle, more.roll)
  const papers = readPapersOfLog(boxes)
  const early: SumFault[] = []
  const dice = readDice()
  const { cast, hear } = readCast(early)
  const said = { counted: new Map<string, CountedLeaf>(), published: undefined as string | undefined }
  const known = notesOf(terms.known ?? [], key, terms.verify, checks)
  const heads = notesOf(checkpoints, key, terms.verify, checks)
  const roots = new Map(heads.map(({ size, root }) => [size, root]))
  const { verify } = terms
  const cosigned = readCosigned({ origin, verify, rootOf: (size) => roots.get(size) }, found.notes)
  const walked = walkLog(leaves, { cycle: rules.cycle, heads, known }, found, (event, leaf) => {
    hear(event, leaf)
    if (!event) return
    for (const reader of [dice, course, rights, cards, checked, counts, papers, tests, cosigned])
      reader.hear(event, leaf)
    assisted.hear(event, leaf, [])
    if (event.kind === 'counted' && said.published === undefined) said.counted.set(potKey(event), event)
    if (event.kind === 'published') said.published = event.result
  })
  if (terms.key !== undefined && terms.key !== key)
    checks.checkpoints.push({ kind: 'note-foreign', size: walked.size })
  const { close } = course.end()
  const entered = papers.end(undefined)
  checks.sums.push(...boxes.list())
  counts.end(new Map())
  const logged = [...lists.keys()].filter((seq) => !cards.listed().has(seq))
  for (const seq of logged) more.cards.add({ kind: 'card-list', seq })
  if (close !== undefined && !heads.some(({ size }) => size === close + 1))
    found.notes.add({ kind: 'close-unsigned', seq: close })
  for (const { size, note } of heads)
    if (otherLines(note) !== cosigned.linesOf(size)) found.notes.add({ kind: 'cosignature-lines', size })
  checks.log.push(...found.log.list())
  checks.checkpoints.push(...found.notes.list())
  checks.rules.push(...found.rules.list().filter(({ kind }) => !OF_TABLES.includes(kind)))
  checks.ballots.push(...early)
  checks.roll.push(...more.roll.list())
  checks.cards.push(...more.cards.list())
  checks.published.push(...more.results.list())
  const closeRoot = close === undefined ? undefined : walked.roots.get(close + 1)
  const papersIn = {
    papers: entered,
    dice: dice.thrown(),
    checked: (village: string) => checked.seen(village) + assisted.helped(village),
    cosigned: [...cosigned.by()].map(([name, signed]) => ({ name, checkpoints: signed })),
  }
  const rows = new Map([...rights.logged()].map(([at, n]) => [at, n - (tests.rows().get(at) ?? 0)]))
  return { walked, cast, said, closeRoot, rows, tests: tests.ballots(), handed: cards.handed(), ...papersIn }
}

/** What only whoever has the database can hold against the log. */
const OF_TABLES: readonly string[] = ['phase', 'halts', 'changes', 'closing-time']

const frozenTerms = ({ rules }: Bundle): Parameters<typeof readRules>[0] => ({
  phase: 'counting',
  trial: rules.trial,
  closesAt: undefined,
  halts: [],
  changes: [],
  rules,
  stored: { rules: frozenRulesHash(frozenRules(rules)), key: rules.key, seed: rules.seed },
  secrets: undefined,
})

function originOf(key: string): string {
  const read = readVerifierKey(key)
  return read.ok ? read.value.name : ''
}

function notesOf(notes: readonly string[], key: string, verify: Verify, checks: Checks) {
  return notes.flatMap((note, at) => {
    const read = readNote(note, key, verify, at)
    if (!('kind' in read)) return [{ ...read, note }]
    checks.checkpoints.push(read)
    return []
  })
}
