// The words of the library's files for a ballot and for a rule: what every ballot type and every rule of ours says of itself.

export type VoteType = 'approval' | 'choose-1' | 'cumulative' | 'ordinal' | 'scoring'

/** META entries, in any order: the writer sorts them. */
export type Entries = [key: string, value: string][]

/** A ballot as a file names it: its vote type, and its limits. */
export interface PabulibBallot {
  voteType: VoteType
  entries: Entries
}

const LEAST = ['min_length', 'min_sum_points']

/** The same ballot where it may also name nothing: a section that was left blank is a ballot too. */
export const allowingBlank = ({ voteType, entries }: PabulibBallot): PabulibBallot => ({
  voteType: voteType === 'choose-1' ? 'approval' : voteType,
  entries: entries.map(([name, value]) => [name, LEAST.includes(name) && Number(value) > 0 ? '0' : value]),
})

/** A rule as a file names it, the META entries it needs, and a comment where the name alone does not say it. */
export interface PabulibRule {
  rule: string
  entries: Entries
}

/** From so many projects to so many, of `listed` ones. */
export const lengthEntries = (min: number, max: number, listed: number): Entries => [
  ['min_length', String(min)],
  ['max_length', String(Math.min(max, listed))],
]
