// Published results for the papers of the tests: 40 projects with sums of eight digits, or a village of three voters.
import { count } from '../../src/core/counting/index.ts'
import { electionOfChoices } from '../../src/core/counting/election.ts'
import { shownCount } from '../../src/core/counting/shown.ts'
import type { ResultOnPaper } from '../../src/documents/result-files.ts'
import { place, title } from './village.ts'

const KK = 'Әкімдік өңірдегі үлкен құрылысты һәм ғимаратты іске қосады'
const RU = 'Акимат строит и ремонтирует большие объекты всего сельского округа'

/** `voters` people chose one project each, the nth the project n of the first seven. */
export function resultOnPaper(projects: number, voters: number): ResultOnPaper {
  const list = Array.from({ length: projects }, (_, at) => ({
    id: `p${at + 1}`,
    number: at + 1,
    title: { kk: `${KK} ${at + 1}`, ru: `${RU} ${at + 1}` },
    cost: 12_345_678 + at * 111_111,
    category: 'roads',
    marks: null,
    withdrawn: false,
  }))
  const ballots = Array.from({ length: voters }, (_, at) => [
    { project: `p${(at % Math.min(7, projects)) + 1}` },
  ])
  const ballotTerms = { kind: 'approval', min: 1, max: 3 } as const
  const ruleTerms = { rule: 'greedy', skip: true, minVotes: 1, ties: ['rows'] } as const
  const budget = 40_000_000
  const counted = count(
    electionOfChoices(budget, list, ballots, ballotTerms),
    { ...ruleTerms, ties: ['rows'] },
    new Uint8Array(32),
  )
  return {
    place: {
      ...place,
      territory: 7,
      pots: [{ pot: 'general' }],
      cycle: {
        slug: 'auyl',
        title,
        trial: false,
        currency: 'KZT',
        timeline: { voting: '2026-03-01T04:00:00.000Z', counting: '2026-03-05T13:00:00.000Z' },
        asOf: '2026-03-06T13:00:00.000Z',
        ballotTerms,
        ruleTerms: { ...ruleTerms, ties: ['rows'] },
      },
    },
    pot: 'general',
    budget,
    projects: list,
    roll: voters * 2,
    publishedAt: '2026-03-06T04:00:00.000Z',
    changed: [],
    ...shownCount(counted, voters),
  }
}
