// What `dauys count FILE` works out: the file, the election, the count, and why a project won or lost. The tellers say it.
import { type Election } from '../core/counting/election.ts'
import type { Count } from '../core/counting/count.ts'
import { count, type RuleTerms } from '../core/counting/index.ts'
import { whatWouldWin, type WouldWin } from '../core/counting/missing.ts'
import { type SupportersPaid, supportersPaid } from '../core/counting/supporters.ts'
import { electionOf } from '../core/formats/pabulib/election.ts'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { metaNumber, metaText } from '../core/formats/pabulib/meta.ts'
import type { Named } from '../words/count-steps.ts'
import type { Locale } from '../core/localised.ts'
import { refusal } from './acting.ts'
import { type WantedRule, wantedTerms } from './count-rule.ts'
import { hasPoints } from './count-tables.ts'
import { readElectionFile } from './pabulib-lines.ts'

export interface CountFileOptions extends WantedRule {
  lang?: Locale
  json?: boolean
  explain?: string
  csv?: string
  pb?: string
  picture?: string
}

export interface Counted {
  file: PabulibFile
  election: Election
  terms: RuleTerms
  count: Count
}

/** `more`: keep what stands beside the ballots, which only a file that is written again needs. Throws a refusal by line and column. */
export async function readCounted(path: string, wanted: WantedRule, more: boolean): Promise<Counted> {
  const file = await readElectionFile(path, { more })
  const terms = wantedTerms(file, wanted)
  const election = electionOf(file)
  return { file, election, terms, count: count(election, terms, new Uint8Array()) }
}

/** Where a file states no currency, sums are bare numbers. */
export function namedOf({ meta }: PabulibFile): Named {
  const currency = metaText(meta, 'currency')?.trim().toUpperCase() ?? ''
  return { number: (id) => id, currency: /^[A-Z]{3}$/.test(currency) ? currency : undefined }
}

export interface Reason {
  id: string
  would: WouldWin | undefined
  paid: SupportersPaid | undefined
}

/** Why one project won or not. Refuses an id that the file does not have. */
export function explained({ file, election, terms, count: counted }: Counted, id: string): Reason {
  const project = election.projects.find((one) => one.id === id)
  if (!project) throw refusal(`there is no project "${id}" in the file`)
  const lost = !counted.winners.includes(id) && project.withdrawn !== true
  const worth =
    (hasPoints(file) && (metaNumber(file.meta, 'max_points') ?? metaNumber(file.meta, 'max_sum_points'))) || 1
  const effort = {
    recounts: recountsFor(election, terms),
    worth: file.meta.voteType === 'ordinal' ? 1 : worth,
  }
  const would = lost ? whatWouldWin(election, terms, new Uint8Array(), id, effort) : undefined
  return { id, would, paid: supportersPaid(counted, election, id) }
}

/** So many that they take seconds, not minutes; the same on every machine. */
function recountsFor({ ballots, projects }: Election, { rule }: RuleTerms): number {
  const work = (ballots.times.length + 200 * projects.length) * (rule === 'equal-shares' ? 20 : 1)
  return Math.min(1000, Math.max(2, Math.round(5e6 / work)))
}
