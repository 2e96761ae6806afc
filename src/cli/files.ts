// Files of a command: read with a plain word when they are missing, written for their owner only.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { refusal } from './acting.ts'

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
  refusal(`${path}: ${reasonOf(codeOf(error))}`)

function reasonOf(code: string): string {
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EEXIST') return 'the file is there already; name another one'
  if (code === 'EISDIR') return 'this is a folder'
  if (code === 'EACCES' || code === 'EPERM') return 'no permission'
  if (code === 'EROFS') return 'nothing can be written here'
  if (code === 'ENOSPC') return 'the disk is full'
  return `cannot be read or written (${code})`
}
