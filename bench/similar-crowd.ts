// Ten thousand ideas of one village, and what it costs to find among them those that are like one.
import { comparedIdea, keysOf } from '../src/core/similarity.ts'
import type { Db, Tx } from '../src/store/db.ts'
import { ideaById } from '../src/store/ideas.ts'
import { candidates } from '../src/store/similar-ideas.ts'
import type { App } from '../src/use-cases/app.ts'
import { similarIdeas } from '../src/use-cases/similar-ideas.ts'
import { asOwner } from '../test/support/database.ts'
import { ideasCycle } from '../test/support/ideas.ts'
import { quantile } from './figures.ts'
import type { Pair } from './labelled-pairs.ts'
import { processorOf } from './processor.ts'

const IDEAS = 10_000
const ASKED = 200
/** A village: about two kilometres across, in degrees. */
const ACROSS = 0.02

/**
 * Milliseconds for one search. `database`: the query as the database times it; `backend`: processor time of the database's process for all
 * that a search asks, none where it runs on another machine; `program`: processor time beside the database.
 */
export interface Cost {
  ideas: number
  database: { median: number; p95: number; most: number }
  backend: number | undefined
  program: number
}

export async function crowdCost(app: App, pairs: readonly Pair[]): Promise<Cost> {
  const ids = await fill(app, pairs)
  const asked = ids.filter((_, at) => at % (IDEAS / ASKED) === 0)
  for (const id of asked) await similarIdeas(app, id)
  const begun = process.cpuUsage()
  for (const id of asked) await similarIdeas(app, id)
  const { user, system } = process.cpuUsage(begun)
  const times: number[] = []
  for (const id of asked) times.push(await timedByDatabase(app.db, id))
  return {
    ideas: ids.length,
    database: { median: quantile(times, 0.5), p95: quantile(times, 0.95), most: Math.max(...times) },
    backend: await backendTime(app, asked),
    program: (user + system) / 1000 / asked.length,
  }
}

/** All searches over one connection, whose process the kernel counts apart from everybody else's. */
const backendTime = (app: App, asked: readonly number[]): Promise<number | undefined> =>
  app.db.begin(async (tx) => {
    const [row] = await tx.sql<{ pid: number }[]>`select pg_backend_pid() as pid`
    const pid = row?.pid ?? 0
    const own = { ...app, db: tx as Db }
    const before = await processorOf(pid)
    for (const id of asked) await similarIdeas(own, id)
    const spent = (await processorOf(pid)) - before
    return before === 0 && spent === 0 ? undefined : spent / asked.length
  })

/** The ideas of the pairs again and again, all over the village. Returns their ids. */
async function fill(app: App, pairs: readonly Pair[]): Promise<number[]> {
  const cycle = await ideasCycle(app, `bench-${Date.now()}`)
  const written = pairs.flatMap(({ one, other }) => [one, other])
  const rows = Array.from({ length: IDEAS }, (_, at) => {
    const { category, title, text: body } = written[at % written.length] as Pair['one']
    const found = keysOf(comparedIdea({ locale: 'kk', category, title, body, titles: {}, texts: {} }))
    return { number: at + 1, category, title, body, found, ...placeOf(at) }
  })
  const made = await app.db.sql<{ id: number }[]>`
    insert into idea (cycle, territory, locale, state, number, category, title, body, lat, lon, found_by)
    select ${cycle.id}::int, ${cycle.villages[0] ?? 0}::int, 'kk', 'sent', x.number, x.category, x.title, x.body, x.lat, x.lon,
      array(select jsonb_array_elements_text(x.found))
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      x(number int, category text, title text, body text, lat float8, lon float8, found jsonb) returning id`
  await asOwner(app.db, (sql) => sql`analyze idea`)
  return made.map(({ id }) => id)
}

/** Spread evenly, as far as a lattice of a village goes. */
const placeOf = (at: number): { lat: number; lon: number } => ({
  lat: 49.95 + ((at * 0.618034) % 1) * ACROSS,
  lon: 82.61 + ((at * 0.414214) % 1) * ACROSS,
})

async function timedByDatabase(db: Db, id: number): Promise<number> {
  const idea = await ideaById(db, id)
  if (!idea) throw new Error('an idea is gone')
  const keys = keysOf(comparedIdea(idea))
  const at = { lat: idea.lat ?? 0, lon: idea.lon ?? 0 }
  const [row] = (await candidates(explaining(db), idea, keys, at)) as unknown as {
    'QUERY PLAN': { 'Execution Time': number; 'Planning Time': number }[]
  }[]
  const plan = row?.['QUERY PLAN'][0]
  if (!plan) throw new Error('the database does not explain')
  return plan['Execution Time'] + plan['Planning Time']
}

/** The same queries, explained and timed instead of answered. */
function explaining({ sql, orm }: Db): Tx {
  const tag = (strings: TemplateStringsArray, ...values: never[]) => {
    const texts = [`explain (analyze, format json) ${strings[0]}`, ...strings.slice(1)]
    return sql(Object.assign(texts, { raw: texts }), ...values)
  }
  return { sql: tag as unknown as Tx['sql'], orm }
}
