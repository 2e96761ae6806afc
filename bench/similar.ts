// The scene `similar`: how well similar ideas are told from others, beside pg_trgm on the same half of the labelled pairs.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { ALIKE } from '../src/core/similarity.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import type { Db } from '../src/store/db.ts'
import {
  bestThreshold,
  LABELS,
  labelledPairs,
  type Pair,
  type Quality,
  qualityOf,
  type Scored,
  scoreOf,
} from './labelled-pairs.ts'
import { asOwner } from '../test/support/database.ts'
import { type Cost, crowdCost } from './similar-crowd.ts'
import { openServices } from './services.ts'

/** The lines to print; the last one is for machines. */
export async function similarScene(): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const services = await openServices(process.env, { dir, needRedis: false, keep: false })
  const settings = services.databaseUrl ? { DATABASE_URL: services.databaseUrl } : {}
  try {
    const opened = await openApp(readConfig({ ...settings, DAUYS_DIR: dir }), createLog('error'))
    try {
      const pairs = await labelledPairs()
      const [ours, last] = ourLines(pairs)
      const trigrams = await trigramLines(opened.app.db, pairs)
      return [...ours, ...trigrams, costLine(await crowdCost(opened.app, pairs)), last]
    } finally {
      await opened.close()
    }
  } finally {
    await services.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

const halves = (pairs: readonly Pair[], scores: readonly number[]) => {
  const scored = pairs.map(({ half, label }, at) => ({ half, label, score: scores[at] ?? 0 }))
  const of = (half: Pair['half']): Scored[] => scored.filter((one) => one.half === half)
  return { choose: of('choose'), measure: of('measure') }
}

function ourLines(pairs: readonly Pair[]): [string[], string] {
  const begun = process.cpuUsage()
  const { choose, measure } = halves(pairs, pairs.map(scoreOf))
  const { user, system } = process.cpuUsage(begun)
  const quality = qualityOf(measure, ALIKE)
  const line = [
    `${pairs.length} labelled pairs; the threshold ${ALIKE} was chosen on ${choose.length} of them (there ${told(qualityOf(choose, ALIKE))}), measured on the other ${measure.length}:`,
    `  the program: ${told(quality)}; ${((user + system) / 1000 / pairs.length).toFixed(2)} ms of processor time a pair, both read anew`,
  ]
  const { precision, recall } = quality
  return [line, `similar precision=${precision.toFixed(3)} recall=${recall.toFixed(3)}`]
}

const costLine = ({ ideas, database: { median, p95, most }, backend, program }: Cost): string =>
  `Found among ${ideas} ideas of one village: ${median.toFixed(1)} ms in the database (p95 ${p95.toFixed(1)}, most ${most.toFixed(1)}; planning and execution as it explains them; ${backend === undefined ? 'its processor time cannot be read, it runs on another machine' : `${backend.toFixed(1)} ms of its processor time for all that a search asks`}), ${program.toFixed(1)} ms of the program's processor time`

const told = ({ precision, recall, called, of }: Quality): string =>
  `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; called alike: ${LABELS.map((label) => `${called[label]} of ${of[label]} ${label}`).join(', ')}`

/** The yardstick: what a database does that knows letters only. */
async function trigramLines(db: Db, pairs: readonly Pair[]): Promise<string[]> {
  const scores = await trigramScores(db, pairs)
  if (!scores)
    return ['  pg_trgm: not measured, this server does not have the extension, or does not let us have it']
  const { choose, measure } = halves(pairs, scores)
  const threshold = bestThreshold(choose)
  return [`  similarity() of pg_trgm at ${threshold}, chosen alike: ${told(qualityOf(measure, threshold))}`]
}

const NO_RIGHT = '42501'

async function trigramScores(db: Db, pairs: readonly Pair[]): Promise<number[] | undefined> {
  const [has] = await db.sql<{ has: boolean }[]>`
    select count(*) > 0 as has from pg_available_extensions where name = 'pg_trgm'`
  if (!has?.has) return undefined
  const made = await asOwner(db, (sql) => sql`create extension if not exists pg_trgm`).then(
    () => true,
    (error: { code?: string }) => {
      if (error.code === NO_RIGHT) return false
      throw error
    },
  )
  if (!made) return undefined
  const texts = pairs.map(({ one, other }) => [`${one.title} ${one.text}`, `${other.title} ${other.text}`])
  const rows = await db.sql<{ score: number }[]>`
    select similarity(x.body ->> 0, x.body ->> 1)::float8 as score
    from jsonb_array_elements(${JSON.stringify(texts)}::text::jsonb) with ordinality x(body, at) order by x.at`
  return rows.map(({ score }) => score)
}
