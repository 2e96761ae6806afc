// A small trial with verified people, put straight into the database: where `send` begins.
import { readPabulib } from '../src/core/formats/pabulib/read.ts'
import type { App } from '../src/use-cases/app.ts'
import { importPabulib } from '../src/use-cases/import-pabulib.ts'
import { rememberAccount } from '../src/use-cases/remember-account.ts'
import { territoriesOf } from '../src/store/places.ts'
import { claimFor, cycleOf, enterPeople, handThemOver } from '../test/support/people.ts'

export interface Trial {
  cycle: number
  territory: number
  people: { account: number; rollRow: number }[]
  /** Project ids that everyone marks. */
  marks: string[]
}

const PROJECTS = 24
const FILE = [
  'META\nkey;value\ndescription;Bench\ncountry;-\nunit;Bench\ninstance;1',
  `num_projects;${PROJECTS}\nnum_votes;1\nbudget;1000000\nvote_type;approval\nrule;greedy\nmax_length;5`,
  'PROJECTS\nproject_id;cost;name',
  ...Array.from({ length: PROJECTS }, (_, at) => `p${at + 1};${50_000 + at};Project ${at + 1}`),
  'VOTES\nvoter_id;vote\n1;p1',
].join('\n')

/** People with the ids `first`, `first` + 1, …, each with a row of the roll of their own. */
export async function importTrial(app: App, people: number, first: number): Promise<Trial> {
  const file = readPabulib(FILE)
  if (!file.ok) throw new Error(`the trial of the bench cannot be read: ${file.problem[0]?.kind}`)
  const made = await importPabulib(app, { name: 'bench', file: file.value, slug: `bench-${Date.now()}` })
  if (!made.ok) throw new Error(`the trial of the bench cannot be opened: ${made.problem.kind}`)
  const cycle = made.value
  const [place] = await territoriesOf(app.db, cycle)
  if (!place) throw new Error('the trial of the bench has no place')
  const { territory } = place
  const stored = await cycleOf(app, cycle)
  const entered = await enterPeople(
    app,
    stored,
    territory,
    Array.from({ length: people }, () => app.random(32)),
  )
  await handThemOver(app, stored, territory, entered)
  const voters = entered.map((one, at) => ({ ...one, account: first + at }))
  await claimFor(app, stored, territory, voters)
  for (const { account } of voters)
    await rememberAccount(app, account, { locale: 'kk', home: { cycle, territory } })
  return {
    cycle,
    territory,
    people: voters.map(({ account, rollRow }) => ({ account, rollRow })),
    marks: ['p3', 'p7', 'p11', 'p20'],
  }
}
