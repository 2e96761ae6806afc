// A counted election as the tellers say it, of a file or of a village of a cycle, and why a project of it won or lost.
import { type Election } from '../core/counting/election.ts'
import type { Count } from '../core/counting/count.ts'
import { count, type RuleTerms } from '../core/counting/index.ts'
import { whatWouldWin, type WouldWin } from '../core/counting/missing.ts'
import { type SupportersPaid, supportersPaid } from '../core/counting/supporters.ts'
import { electionOf } from '../core/formats/pabulib/election.ts'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { hasPoints, metaNumber, metaText } from '../core/formats/pabulib/meta.ts'
import type { Named } from '../words/count-steps.ts'
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

export interface Counted {
  file: PabulibFile
  election: Election
  terms: RuleTerms
  count: Count
  /** Of the ties. */
  seed: Uint8Array
  named: Named
  /** Small lines under a picture's title: of a trial, of a preliminary count. */
  notes: readonly string[]
  /** The file's own rule was applied, so it stays as it is named there. */
  own: boolean
}

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
  // It raises shares by a unit, which is no part of a hundredth: neither cut amounts nor hundredths are that rule.
  if (file.meta.scale !== 1 && terms.rule === 'equal-shares' && terms.completion.startsWith('add1'))
    throw refused('cli.count-fractions', { path })
  const election = electionOf(file)
  if (looks(election, terms) > AT_ONCE) mayLast()
  const seed = new Uint8Array()
  const named = namedOf(file)
  const { rule, utility, completion, exhaustive, comparison } = wanted
  const own = [rule, utility, completion, exhaustive, comparison].every((option) => option === undefined)
  return { file, election, terms, count: count(election, terms, seed), seed, named, notes: [], own }
}

function looks({ ballots, projects }: Election, terms: RuleTerms): number {
  if (terms.rule !== 'equal-shares') return ballots.places.length
  const raises = terms.completion.startsWith('add1') ? 20 : 1
  return ballots.places.length * projects.length * raises
}

/** Where a file states no currency, sums are bare numbers. */
function namedOf(file: PabulibFile): Named {
  const currency = metaText(file.meta, 'currency')?.trim().toUpperCase() ?? ''
  return {
    number: (id) => id,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : undefined,
    points: hasPoints(file),
    scale: file.meta.scale,
  }
}

export interface Reason {
  id: string
  would: WouldWin | undefined
  paid: SupportersPaid | undefined
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
