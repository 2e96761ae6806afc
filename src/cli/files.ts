// Files of a command: read with a plain word when they are missing, written for their owner only.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refusal } from './acting.ts'

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
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
  if (code === 'EACCES') return 'no permission'
  return `cannot be read or written (${code})`
}
