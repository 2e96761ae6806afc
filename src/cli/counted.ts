// The count of a file as the command names it, of a file or of a village of a cycle, and why a project of it won or lost.
import type { Election } from '../core/counting/election.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import { whatWouldWin } from '../core/counting/missing.ts'
import { supportersPaid } from '../core/counting/supporters.ts'
import { electionOf } from '../core/formats/pabulib/election.ts'
import { hasPoints, metaNumber } from '../core/formats/pabulib/meta.ts'
import { type Counted, countedFile, isCountable, type Reason } from '../documents/counted.ts'
import { refused } from './refused.ts'
import { type WantedRule, wantedTerms } from './count-rule.ts'
import { readElectionFile } from './pabulib-lines.ts'

/** What a count is asked for besides its lines. */
export interface CountOutputs {
  json?: boolean
  explain?: string
  csv?: string
  pb?: string
  picture?: string
}

export type CountFileOptions = WantedRule & CountOutputs

/** Entries of ballots that a count looks at, by a rough guess, before anybody waits for it. */
const AT_ONCE = 5_000_000

/**
 * `more`: keep what stands beside the ballots, which only a file that is written again needs. `mayLast` is told before a count that
 * nobody should wait for in silence. Throws a refusal by line and column.
 */
export async function readCounted(
  path: string,
  wanted: WantedRule,
  more: boolean,
  mayLast: () => void,
): Promise<Counted> {
  const file = await readElectionFile(path, { more })
  const terms = wantedTerms(file, wanted)
  if (!isCountable(file, terms)) throw refused('cli.count-fractions', { path })
  const election = electionOf(file)
  if (looks(election, terms) > AT_ONCE) mayLast()
  const { rule, utility, completion, exhaustive, comparison } = wanted
  const own = [rule, utility, completion, exhaustive, comparison].every((option) => option === undefined)
  return countedFile(file, election, terms, own)
}

function looks({ ballots, projects }: Election, terms: RuleTerms): number {
  if (terms.rule !== 'equal-shares') return ballots.places.length
  const raises = terms.completion.startsWith('add1') ? 20 : 1
  return ballots.places.length * projects.length * raises
}

/** The id of the project that is shown by this number. */
export const projectNumbered = ({ election, named }: Counted, number: string): string | undefined =>
  election.projects.find(({ id }) => String(named.number(id)) === number.trim())?.id

/** They take a second or two; the same on every machine. */
const RECOUNT_STEPS = 24e6

/** Why one project won or not, by the number that it is shown by. Refuses one that there is not. */
export function explained(counted: Counted, number: string): Reason {
  const { file, election, terms, count: outcome, seed } = counted
  const id = projectNumbered(counted, number)
  const project = election.projects.find((one) => one.id === id)
  if (!project || id === undefined) throw refused('cli.count-no-project', { id: number })
  const lost = !outcome.winners.includes(id) && project.withdrawn !== true
  const worth =
    (hasPoints(file) && (metaNumber(file.meta, 'max_points') ?? metaNumber(file.meta, 'max_sum_points'))) || 1
  const effort = { steps: RECOUNT_STEPS, worth: file.meta.voteType === 'ordinal' ? 1 : worth }
  const would = lost
    ? whatWouldWin({ election, terms, tieSeed: seed, count: outcome }, id, effort)
    : undefined
  return { id, would, paid: supportersPaid(outcome, election, id) }
}
