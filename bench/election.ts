// The election of a Pabulib file as the replay needs it: who marks what, and who must win.
import { count } from '../src/core/counting/index.ts'
import { electionOf, isWithdrawn, ruleOf } from '../src/core/formats/pabulib/election.ts'
import type { PabulibFile } from '../src/core/formats/pabulib/file.ts'
import { metaNumber } from '../src/core/formats/pabulib/meta.ts'
import { type PabulibVote, PabulibVotes } from '../src/core/formats/pabulib/votes.ts'

export interface Replayed {
  /** What each voter marks, as numbers on the list: a project's number is its row in the file, from 1. */
  ballots: { number: number; title: string }[][]
  /** Ballots of the file that nobody could send here: without a mark, or with more than the limit. */
  left: number
  /** Marks that nobody can make here, on projects that the city withdrew after its vote; they win nowhere. */
  leftMarks: number
  /** Numbers of the winners, ascending. */
  winners: number[]
  /** The winners are those the city announced, not those of our own recount. */
  announced: boolean
}

/** The first `voters` of the file, or all. With all of them the winners are those the city announced, where the file says so. */
export function replayed(file: PabulibFile, voters: number | undefined): Replayed {
  if (file.meta.voteType !== 'approval' && file.meta.voteType !== 'choose-1')
    throw new Error(`voters of a replay only mark projects, and these ballots are ${file.meta.voteType}`)
  const rule = ruleOf(file)
  if (!rule.ok) throw new Error(`the file's rule is not counted here: ${rule.problem.kind}`)
  const places = new Map(file.projects.map(({ id, name }, at) => [id, { number: at + 1, title: name }]))
  const max =
    file.meta.voteType === 'choose-1' ? 1 : (metaNumber(file.meta, 'max_length') ?? file.projects.length)
  const min = file.meta.voteType === 'choose-1' ? 1 : Math.max(1, metaNumber(file.meta, 'min_length') ?? 1)
  const withdrawn = new Set(
    file.projects.filter(({ cost }) => isWithdrawn(cost, file.meta)).map(({ id }) => id),
  )
  const given = [...file.votes].slice(0, voters)
  const first = given.map(({ id, projects }): PabulibVote => {
    return { id, projects: projects.filter((project) => !withdrawn.has(project)) }
  })
  const marks = (all: PabulibVote[]) => all.reduce((sum, { projects }) => sum + projects.length, 0)
  const votes = first.filter(({ projects }) => projects.length >= min && projects.length <= max)
  const selected = file.projects.filter((project) => project.selected === 1).map((project) => project.id)
  const announced =
    (voters ?? Infinity) >= file.votes.length &&
    file.projects.some((project) => project.selected !== undefined)
  const ids = announced
    ? selected
    : count(
        electionOf({ ...file, votes: PabulibVotes.of(votes, file.projects) }),
        rule.value,
        new Uint8Array(32),
      ).winners
  return {
    ballots: votes.map(({ projects }) => projects.flatMap((id) => places.get(id) ?? [])),
    left: first.length - votes.length,
    leftMarks: marks(given) - marks(first),
    winners: ids.flatMap((id) => places.get(id)?.number ?? []).toSorted((a, b) => a - b),
    announced,
  }
}
