// The program as it is shipped, built and started as a process of its own, with the settings of a story.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Shipped {
  process: ChildProcess
  /** All that it has written so far. */
  said(): string
  /** Resolves when it has written this; rejects when it ended before. */
  says(words: string): Promise<void>
  /** Its exit code, null after a signal. */
  ended: Promise<number | null>
  /** Ends it by this signal, if it still runs. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Builds what is older than its sources. */
export async function buildShipped(): Promise<void> {
  await promisify(execFile)(process.execPath, ['build.mjs'], { cwd: ROOT })
}

export function startShipped(settings: Record<string, string>, args: readonly string[] = []): Shipped {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(ROOT, 'dist/dauys.mjs'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'silent', ...settings },
  })
  let text = ''
  const heard = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      text += part.toString('utf8')
      for (const hear of heard) hear()
    })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    process: child,
    said: () => text,
    ended,
    says: (words) =>
      new Promise((resolve, reject) => {
        const hear = () => text.includes(words) && resolve()
        heard.add(hear)
        hear()
        void ended.then(() => reject(new Error(`the program ended without "${words}": ${text}`)))
      }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await ended
    },
  }
}
