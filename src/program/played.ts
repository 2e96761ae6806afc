// Where a sandbox may be started: never on a database where people vote in earnest. One that began with its own empty database goes on,
// whatever was drawn up in it.
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { App } from '../use-cases/app.ts'
import { listCycles } from '../use-cases/list-cycles.ts'

type Place = Pick<Config, 'dir' | 'databaseUrl'>

const folder = ({ dir }: Place): string => join(resolve(dir), 'sandbox')
const mark = (place: Place): string => join(folder(place), 'began-here')

/** Throws where a vote is no trial, unless all that is there was drawn up in this sandbox. */
export async function refuseRealVotes(place: Place, app: App): Promise<void> {
  const own = place.databaseUrl === undefined
  if (own && existsSync(mark(place))) return
  const real = (await listCycles(app)).find((cycle) => !cycle.trial)
  if (real)
    throw new Error(
      `the database holds the vote "${real.slug}", which is no trial: no sandbox is started on it. Set BOT_TOKEN, or another DATABASE_URL`,
    )
  if (!own) return
  await mkdir(folder(place), { recursive: true })
  await writeFile(mark(place), '')
}

/** A program that serves people has run on this database: from here on its votes count. */
export const inEarnest = (place: Place): Promise<void> => rm(mark(place), { force: true })
