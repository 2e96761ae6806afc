// The count of key holders: an export and the joined key in, a bundle with the results out. No database, no network.
import { termsOfPot } from '../core/ballots/sections.ts'
import type { Pot } from '../core/pot.ts'
import { decodeEvent } from '../core/audit/event.ts'
import { receiptNumber } from '../core/audit/receipt.ts'
import { type TestBallot, testMarks } from '../core/audit/test-ballots.ts'
import { tieSeed } from '../core/audit/tie-seed.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import { encodeBallot } from '../core/ballots/index.ts'
import { type Bundle, listName } from '../core/bundle/bundle.ts'
import { potKey, potsOf } from '../core/bundle/check-results.ts'
import { isShown, shownList, shownPot, type ShownPot } from '../core/bundle/shown-pot.ts'
import { type Verified, verifyRead } from '../core/bundle/verify-bundle.ts'
import { boxHash, testBallotsOf, type VoteExport } from '../core/bundle/vote-export.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { countedOf, noBallots } from '../core/audit/tally.ts'
import { toHex } from '../core/bytes.ts'
import { electionOfChoices } from '../core/counting/election.ts'
import { count } from '../core/counting/index.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openPapers } from './paper-box.ts'
import { ballotOpener } from './counted-ballot.ts'
import { type BoxKeys, boxOverhead } from './sealed-box.ts'
import { verify } from './sign.ts'
import type { Sodium } from './sodium.ts'

export type CountExportProblem =
  /** The log in it does not hold. */
  | { kind: 'log'; verified: Verified }
  /** The shares are of another vote. */
  | { kind: 'other-keys' }
  /** No dice were entered by two. */
  | { kind: 'no-dice' }
  /** This ballot is not the one of its leaf, or cannot be opened; by the number of its leaf. */
  | { kind: 'ballot'; seq: number }
  /** The paper box of this village is not the one of its leaf, or cannot be opened. */
  | { kind: 'paper'; village: string }
  /** The boxes are not as many as are to be counted. */
  | { kind: 'boxes' }

/** `unpublished` bundle with its own verification, which holds. */
export function countExport(
  sodium: Sodium,
  exported: VoteExport,
  { keys, seed }: { keys: BoxKeys; seed: Uint8Array },
): Result<{ bundle: Bundle; verified: Verified; tests: TestBallot[] }, CountExportProblem> {
  const { log, tallies } = exported
  const { rules } = log
  const checked = verifyWith(sodium, log)
  const { checks, close } = checked
  if ([checks.log, checks.checkpoints, checks.rules, checks.ballots].some((faults) => faults.length > 0))
    return fail({ kind: 'log', verified: checked })
  if (toHex(keys.publicKey) !== rules.key) return fail({ kind: 'other-keys' })
  if (!close.root || (rules.lots === 'dice' && close.dice === undefined)) return fail({ kind: 'no-dice' })
  const all = openAll(sodium, exported, keys, checked.papers)
  if (!all.ok) return all
  const { choices: opened, tests } = all.value
  const ties = tieSeed(seed, close.root, rules.lots === 'dice' ? close.dice : '')
  const lists = new Map<string, string>()
  const pots = potsOf(rules).map((pot): ShownPot => {
    const tally = tallies.get(pot.village) ?? noBallots()
    const ballots = opened.get(potKey(pot)) ?? []
    const terms = termsOfPot(pot, rules.ballot)
    const election = electionOfChoices(pot.budget, pot.projects, ballots, terms)
    const texts = ballots.map((choices) => encodeBallot(choices, terms, pot.projects))
    if (isShown(tally)) lists.set(listName(pot), shownList(texts))
    return shownPot(pot, tally, count(election, rules.rule, ties), undefined)
  })
  const bundle = { ...log, leaves: hidden(exported), results: { seed: toHex(seed), pots }, lists }
  const verified = verifyWith(sodium, bundle)
  return verified.holds ? ok({ bundle, verified, tests }) : fail({ kind: 'log', verified })
}

const verifyWith = (sodium: Sodium, bundle: Bundle): Verified =>
  verifyRead(bundle, {
    verify: (bytes, signature, key) => verify(sodium, bytes, signature, key),
    unpublished: true,
  })

function openAll(
  sodium: Sodium,
  { log, tallies, boxes, papers }: VoteExport,
  keys: BoxKeys,
  entered: Verified['papers'],
): Result<{ choices: Map<string, Choice[][]>; tests: TestBallot[] }, CountExportProblem> {
  const choices = new Map<string, Choice[][]>()
  const add = (at: { village: string; pot: Pot }, list: Choice[]) => {
    const own = choices.get(potKey(at)) ?? []
    own.push(list)
    choices.set(potKey(at), own)
  }
  const tests: TestBallot[] = []
  const tested = new Set(testBallotsOf(log))
  const [first] = boxes.values()
  const open = ballotOpener(sodium, keys, log.rules, (first?.length ?? boxOverhead) - boxOverhead)
  for (const [seq, box] of boxes) {
    const leaf = log.leaves[seq]
    const event = leaf && 'body' in leaf ? decodeEvent(leaf.body) : undefined
    if (!leaf || !event?.ok || event.value.kind !== 'ballot' || event.value.box !== boxHash(box))
      return fail({ kind: 'ballot', seq })
    const read = open(box, event.value)
    if (!read.ok) return fail({ kind: 'ballot', seq })
    const { village } = event.value
    if (tested.has(seq) && 'body' in leaf) {
      const receipt = receiptNumber(leafHash(leaf.body))
      tests.push({ seq, village, receipt, marks: testMarks(log.rules, village, read.value) })
      continue
    }
    for (const { pot, choices: list } of read.value) add({ village, pot }, list)
  }
  for (const [village, box] of papers) {
    const said = entered.get(village)?.entered
    if (said?.box !== boxHash(box)) return fail({ kind: 'paper', village })
    const read = openPapers(sodium, keys, { rules: log.rules, village }, box, said)
    if (!read.ok) return fail({ kind: 'paper', village })
    for (const { pot, choices: list } of read.value.flat()) add({ village, pot }, list)
  }
  for (const pot of potsOf(log.rules))
    if ((choices.get(potKey(pot))?.length ?? 0) !== countedOf(tallies.get(pot.village) ?? noBallots()))
      return fail({ kind: 'boxes' })
  return tests.length === tested.size ? ok({ choices, tests }) : fail({ kind: 'boxes' })
}

/** Of a village where few voted only the hashes of its ballots are shown. */
const hidden = ({ log, tallies }: VoteExport): Bundle['leaves'] =>
  log.leaves.map((leaf) => {
    const event = 'body' in leaf ? decodeEvent(leaf.body) : undefined
    if (!event?.ok || event.value.kind !== 'ballot' || !('body' in leaf)) return leaf
    return isShown(tallies.get(event.value.village) ?? noBallots()) ? leaf : { hash: leafHash(leaf.body) }
  })
