// Files of a command: read with a plain word when they are missing, written for their owner only.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Key } from '../i18n.ts'
import { refused } from './refused.ts'

/** `-` is standard input: into a container that cannot be written to, a file goes through a pipe. */
export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return path === '-' ? await buffer(process.stdin) : await readFile(path)
  } catch (error) {
    throw unusable(path, error)
  }
}

export const readText = async (path: string): Promise<string> =>
  Buffer.from(await readBytes(path)).toString('utf8')

/** Readable by the owner only: codes may stand in it. A file that is there is not overwritten. */
export async function writeNew(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw unusable(path, error)
  }
}

/** Asked before an act whose fruit is a file: refuses where the folder cannot be written to. Makes the folder. */
export async function mayWriteInto(folder: string): Promise<void> {
  const probe = join(folder, `.dauys-${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, '', { flag: 'w' })
    await rm(probe)
  } catch (error) {
    throw unusable(folder, error)
  }
}

/** The code that the system gave an error, or nothing. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** A file that cannot be read or written, in a plain word. */
export const unusable = (path: string, error: unknown): Error =>
  refused(REASONS[codeOf(error)] ?? 'cli.io-other', { path, code: codeOf(error) })

const REASONS: Record<string, Key> = {
  ENOENT: 'cli.io-missing',
  EEXIST: 'cli.io-there',
  EISDIR: 'cli.io-folder',
  EACCES: 'cli.io-denied',
  EPERM: 'cli.io-denied',
  EROFS: 'cli.io-read-only',
  ENOSPC: 'cli.io-full',
}

/** A bot's user name as people write it, with or without @; without it from here on. */
export function readBotName(text: string): string {
  const name = text.trim().replace(/^@/, '')
  if (!/^[A-Za-z]\w{0,31}$/.test(name)) throw refused('cli.no-bot-name', { text })
  return name
}
