// The verifier that shares no code with ours, in Python, asked about bundles.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { sayNotRun } from './notes.ts'
import { findPython } from './python.ts'

export const SCRIPT = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url))
const run = promisify(execFile)

/** What it says of each bundle, in order: `good`, or the check that fails. Undefined, and said aloud, where it cannot run. */
export async function secondVerifier(): Promise<
  ((bundles: readonly Uint8Array[]) => Promise<string[]>) | undefined
> {
  const python = await findPython()
  if (python) return (bundles) => asked(python, bundles)
  sayNotRun('the second verifier', 'no python3 with nacl here: apt-get install python3-nacl')
  return undefined
}

async function asked(python: string, bundles: readonly Uint8Array[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-bundles-'))
  const files = bundles.map((_, at) => join(folder, `bundle-${at}`))
  await Promise.all(files.map((file, at) => writeFile(file, bundles[at] as Uint8Array)))
  const said = run(python, [SCRIPT, '-'], { maxBuffer: 10_000_000 })
  said.child.stdin?.end(files.join('\n'))
  const { stdout } = await said.catch((error: { stdout: string }) => error)
  await rm(folder, { recursive: true, force: true })
  return stdout
    .trim()
    .split('\n')
    .map((line) => (line.startsWith('good ') ? 'good' : (/^bad \S+: (\w+):/.exec(line)?.[1] ?? line)))
}
