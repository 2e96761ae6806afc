// A vote that was held, closed, counted and published: two villages, in one of which few voted.
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import type { NewCycle } from '../../src/use-cases/new-cycle.ts'
import type { TestApp } from './app.ts'
import { begins, letClose, must, openVoting, smallCycle, type SmallCycle, vote, voters } from './cycle.ts'

/** What the voters of the first village mark; the last one thinks again. */
export const MARKS = ['a1', 'a1 a2', 'a2', 'a3', 'a1 a3', 'a2 a3', 'a1', 'a4', 'a4 a1', 'a2', 'a3 a4', 'a1']

export async function publishedVote(
  app: TestApp,
  slug: string,
  wanted: Partial<NewCycle> = {},
  /** How a project is marked, by its place on the ballot; its id alone unless told. */
  mark: (id: string, at: number) => string = (id) => id,
  /** Once the head that ends with the close is signed, before anything is counted. */
  afterClose: () => Promise<void> = async () => undefined,
): Promise<SmallCycle> {
  const made = await smallCycle(
    app,
    slug,
    [
      [4_000_000, 5_000_000, 5_000_000, 2_000_000],
      [1_000_000, 2_000_000],
    ],
    wanted,
  )
  await openVoting(app, made.id)
  const [first, second] = made.villages as [number, number]
  const people = await voters(app, made.id, first, MARKS.length)
  for (const [at, marks] of MARKS.entries())
    must(await vote(app, made.id, people[at] as (typeof people)[0], marks.split(' ').map(mark)))
  must(await vote(app, made.id, people.at(-1) as (typeof people)[0], [mark('a3', 0)]))
  await numberLeaves(app)
  for (const person of await voters(app, made.id, second, 3))
    must(await vote(app, made.id, person, [mark('b1', 0)]))
  await letClose(app, made.id)
  await begins(app, made.id, 'counting')
  await numberLeaves(app)
  await afterClose()
  must(await countCycle(app, made.id, 'command'))
  must(await publishResults(app, made.id, 'command'))
  await numberLeaves(app)
  return made
}

/** The bundle of a published vote. */
export const bundleOf = async (app: TestApp, { slug }: SmallCycle): Promise<Uint8Array> =>
  must(await makeBundle(app, slug)).bytes
