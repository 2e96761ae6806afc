// A process of its own beside a bench, and what it says.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const LONGEST_MS = 120_000

/** What a scene has to end, the last first. */
export type Ends = (() => Promise<unknown>)[]

export function child(script: string, ends: Ends, args: readonly string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(`./${script}`, import.meta.url))
  const started = fork(path, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  ends.push(async () => started.kill('SIGKILL'))
  return started
}

/** The next thing that it says. Throws after two minutes. */
export async function heard(from: ChildProcess): Promise<unknown> {
  const [said] = await once(from, 'message', { signal: AbortSignal.timeout(LONGEST_MS) })
  return said
}
