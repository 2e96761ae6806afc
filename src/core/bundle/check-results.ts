// The results of a bundle: counted again from the published ballots, and held against the leaves that say so.
import type { Event } from '../audit/event.ts'
import { publishedHash, resultHash } from '../audit/result-hash.ts'
import type { Rules } from '../audit/rules.ts'
import { countedOf, sameTally } from '../audit/tally.ts'
import { seedCommitment } from '../audit/tie-seed.ts'
import type { Choice } from '../ballots/ballot-type.ts'
import { decodeBallot } from '../ballots/index.ts'
import { termsOfPot } from '../ballots/sections.ts'
import { fromHex, toHex } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { electionOfChoices } from '../counting/election.ts'
import { count } from '../counting/index.ts'
import type { Pot } from '../pot.ts'
import { type Bundle, listName } from './bundle.ts'
import { isShown, shownHash, shownList, type ShownPot } from './shown-pot.ts'

export type ShownFault =
  /** What was drawn is not what was committed to, or not what the count went by. */
  | { kind: 'tie-seed' }
  /** The pots are not those of the rules, in their order. */
  | { kind: 'result-pots' }
  /** Its published ballots are not as many as were counted, not sorted, or one of them is none under the rules. */
  | { kind: 'list'; village: string }
  /** Counted again it comes out otherwise. */
  | { kind: 'recount'; village: string }
  /** The winners are not of its list, or cost something else. */
  | { kind: 'outcome'; village: string }
  /** The leaf of the count knows another result, or other ballots. */
  | { kind: 'shown-hash'; village: string }
  | { kind: 'result-hash' | 'result-unlogged' | 'tally'; village: string }
  | { kind: 'published-hash' | 'published-missing' }

export type CountedLeaf = Extract<Event, { kind: 'counted' }>

/** What the log says of the count: the last leaf of each pot before the publication, and that. */
export type Said = { counted: ReadonlyMap<string, CountedLeaf>; published: string | undefined }

export const potKey = ({ village, pot }: { village: string; pot: string }): string => `${village} ${pot}`

/** What is published of a vote, and the rules that it was held by. */
export type Shown = Pick<Bundle, 'rules' | 'results' | 'lists'>

type Frozen = Rules['villages'][number]['pots'][number] & { village: string }

/** In the order in which results are published. */
export const potsOf = ({ villages }: Rules): Frozen[] =>
  villages
    .flatMap(({ village, pots }) => pots.map((pot) => ({ ...pot, village })))
    .toSorted((a, b) => Number(a.village) - Number(b.village) || (a.pot < b.pot ? -1 : 1))

/** Whether the pots of the results are those of the rules. Without that nothing else of them can be read. */
export const samePots = ({ rules, results }: Bundle): boolean =>
  canonicalJson(results.pots.map(potKey)) === canonicalJson(potsOf(rules).map(potKey))

/** Each pot counted again by `seed`, that of the ties. */
export function recountFaults({ rules, results, lists }: Bundle, seed: Uint8Array): ShownFault[] {
  const names = results.pots.filter(({ ballots }) => isShown(ballots)).map(listName)
  if (canonicalJson([...lists.keys()]) !== canonicalJson(names)) return [{ kind: 'result-pots' }]
  return potsOf(rules).flatMap((pot, at) => {
    const shown = results.pots[at] as ShownPot
    const list = lists.get(listName(shown))
    return list === undefined ? outcomeFaults(pot, shown) : recountFault(rules, pot, shown, list, seed)
  })
}

function recountFault(
  rules: Rules,
  pot: Frozen,
  shown: ShownPot,
  list: string,
  seed: Uint8Array,
): ShownFault[] {
  const { village, budget, projects } = pot
  const terms = termsOfPot(pot, rules.ballot)
  const ballots = readList(rules, pot, list)
  if (ballots?.length !== countedOf(shown.ballots)) return [{ kind: 'list', village }]
  const counted = count(electionOfChoices(budget, projects, ballots, terms), rules.rule, seed)
  const same =
    'count' in shown &&
    canonicalJson(JSON.parse(JSON.stringify(counted)) as Json) === canonicalJson(shown.count as Json)
  return same ? [] : [{ kind: 'recount', village }]
}

/** The choices of a published list; undefined where it is not sorted, or a line of it is no ballot under the rules. */
export function readList(rules: Rules, { village, ...pot }: Frozen, list: string): Choice[][] | undefined {
  const terms = termsOfPot(pot, rules.ballot)
  // Of several sections one may be left blank.
  const several = (rules.villages.find((other) => other.village === village)?.pots.length ?? 0) > 1
  const lines = list.split('\n').slice(0, -1)
  const ballots = lines.flatMap((line) => {
    if (line === '' && several) return [[]]
    const read = decodeBallot(line, terms, pot.projects)
    return read.ok ? [read.value] : []
  })
  return ballots.length === lines.length && shownList(lines) === list ? ballots : undefined
}

/** Where few voted there is no count to repeat: what is said must only be possible. */
function outcomeFaults({ village, budget, projects }: Frozen, shown: ShownPot): ShownFault[] {
  if (!('outcome' in shown)) return [{ kind: 'outcome', village }]
  const { winners, spent, left } = shown.outcome
  const costs = winners.map((id) => projects.find((one) => one.id === id && !one.withdrawn)?.cost)
  const sum = costs.reduce((all: number, cost) => all + (cost ?? Number.NaN), 0)
  const holds =
    new Set(winners).size === winners.length && spent === sum && left === budget - spent && left >= 0
  return holds ? [] : [{ kind: 'outcome', village }]
}

/** The results against the leaves of the count and of the publication. */
export function saidFaults({ rules, results, lists }: Shown, { counted, published }: Said): ShownFault[] {
  const hashes: { village: string; pot: Pot; hash: string }[] = []
  const faults = results.pots.flatMap((shown): ShownFault[] => {
    const { village, ballots } = shown
    const said = counted.get(potKey(shown))
    if (!said) return [{ kind: 'result-unlogged', village }]
    hashes.push({ village, pot: said.pot as Pot, hash: said.result })
    const found: ShownFault[] = []
    if (!said.ballots || !sameTally(said.ballots, ballots)) found.push({ kind: 'tally', village })
    if ('count' in shown && !isResult(rules.cycle, shown, said)) found.push({ kind: 'result-hash', village })
    if (said.shown !== shownHash(rules.cycle, shown, lists.get(listName(shown))))
      found.push({ kind: 'shown-hash', village })
    if (said.seed !== results.seed) found.push({ kind: 'tie-seed' })
    return found
  })
  if (published === undefined) return [...faults, { kind: 'published-missing' }]
  return published === publishedHash(hashes) ? faults : [...faults, { kind: 'published-hash' }]
}

function isResult(
  cycle: string,
  { salt, ballots, ...shown }: Extract<ShownPot, { count: unknown }>,
  said: CountedLeaf,
): boolean {
  if (salt === undefined) return false
  const pot = { village: shown.village, pot: said.pot as Pot }
  return resultHash(cycle, pot, countedOf(ballots), shown.count, salt) === said.result
}

/** Whether this is the seed that was committed to before voting opened. */
export function isCommitted({ rules, results }: Bundle): boolean {
  const seed = fromHex(results.seed, 32)
  return seed !== undefined && toHex(seedCommitment(seed)) === rules.seed
}
