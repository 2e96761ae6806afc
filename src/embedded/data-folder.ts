// The data folder of the embedded PostgreSQL, and the port and password kept beside it.
import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Native } from './native.ts'
import { OWN_DATABASE, refusal } from './refusal.ts'
import { run, type ServerUser } from './run.ts'

/** The database and its superuser have one name. */
export const NAME = 'dauys'

const INITDB_MS = 180_000
const SINGLE_MS = 60_000

export interface Settings {
  port: number
  password: string
}

export const dataIn = (dir: string): string => join(dir, 'postgres')
const settingsIn = (dir: string): string => join(dir, 'postgres.json')

/** Port and password; undefined when there are none yet. Throws a refusal when they belong to another user. */
export async function readSettings(dir: string): Promise<Settings | undefined> {
  try {
    const { port, password } = JSON.parse(await readFile(settingsIn(dir), 'utf8')) as Partial<Settings>
    return typeof port === 'number' && typeof password === 'string' ? { port, password } : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw refusal(
        `The file ${settingsIn(dir)}, which holds the database's password, belongs to another user.`,
        `Use the program as the user who started it first. ${OWN_DATABASE}`,
      )
    }
    return undefined
  }
}

/** Keeps port and password where only their owner reads them (mode 0600). */
export async function writeSettings(dir: string, settings: Settings): Promise<void> {
  const draft = `${settingsIn(dir)}.new`
  await rm(draft, { force: true })
  await writeFile(draft, `${JSON.stringify(settings)}\n`, { mode: 0o600 })
  await giveToOwnerOf(dir, draft)
  await rename(draft, settingsIn(dir))
}

/** What root writes into another user's folder stays that user's. */
export async function giveToOwnerOf(dir: string, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(dir)
  await chown(path, uid, gid)
}

export const newPassword = (): string => randomBytes(24).toString('base64url')

/** True when the data folder is there; it appears whole or not at all. */
export async function hasData(dir: string): Promise<boolean> {
  return stat(join(dataIn(dir), 'PG_VERSION')).then(
    () => true,
    () => false,
  )
}

/** Throws a refusal when the data folder is of another major version than the programs. */
export async function checkVersion(dir: string, native: Native): Promise<void> {
  const theirs = (await readFile(join(dataIn(dir), 'PG_VERSION'), 'utf8')).trim()
  const told = await run(native.postgres, ['--version'], { timeoutMs: SINGLE_MS })
  const ours = /\) (\d+)/.exec(told.text)?.[1]
  if (ours === undefined || ours === theirs) return
  throw refusal(
    `The data folder ${dataIn(dir)} is of PostgreSQL ${theirs}, and this program brings PostgreSQL ${ours}.`,
    `Move the data over with pg_dump, or rename the folder to begin anew. ${OWN_DATABASE}`,
  )
}

/**
 * Makes the data folder with the database in it: UTF-8, order by code point, and letters known by PostgreSQL's own
 * tables (builtin C.UTF-8), so that it is the same on every system and lower('Ә') is 'ә'. A password is always asked.
 */
export async function createData(
  dir: string,
  native: Native,
  user: ServerUser,
  password: string,
): Promise<void> {
  const draft = `${dataIn(dir)}.new`
  const secret = join(dir, 'postgres.password')
  await rm(draft, { recursive: true, force: true })
  await rm(secret, { force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(secret, password, { mode: 0o600 })
  if (user) for (const path of [draft, secret]) await chown(path, user.uid, user.gid)
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const args = ['-D', draft, '-U', NAME, '--auth=scram-sha-256', `--pwfile=${secret}`, ...locale]
  try {
    const made = await run(native.initdb, args, { user, timeoutMs: INITDB_MS }).catch((error: Error) => ({
      code: -1,
      text: error.message,
    }))
    if (made.code !== 0) {
      throw refusal(
        `The embedded PostgreSQL could not make its data folder ${dataIn(dir)}:\n${lastLines(made.text)}`,
        OWN_DATABASE,
      )
    }
    await single(draft, native, user, 'postgres', `CREATE DATABASE ${NAME}`)
    await rename(draft, dataIn(dir))
  } finally {
    await rm(secret, { force: true })
  }
}

/** Gives the database's user a new password; the server must be down. */
export async function resetPassword(
  dir: string,
  native: Native,
  user: ServerUser,
  password: string,
): Promise<void> {
  await single(dataIn(dir), native, user, NAME, `ALTER ROLE ${NAME} PASSWORD '${password}'`)
}

async function single(
  data: string,
  native: Native,
  user: ServerUser,
  database: string,
  sql: string,
): Promise<void> {
  const done = await run(native.postgres, ['--single', '-D', data, database], {
    user,
    input: `${sql}\n`,
    timeoutMs: SINGLE_MS,
  })
  if (done.code !== 0 || /(ERROR|FATAL|PANIC):/.test(done.text)) {
    throw refusal(`The embedded PostgreSQL could not prepare ${data}:\n${lastLines(done.text)}`, OWN_DATABASE)
  }
}

/** The end of a program's output, for a message. */
export const lastLines = (text: string): string => text.trim().split('\n').slice(-6).join('\n')
