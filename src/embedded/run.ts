// Runs a program of PostgreSQL, if need be as another user, with a clean environment and a time limit.
import { spawn } from 'node:child_process'

/** The system user that owns and runs the server; undefined = whoever runs this program. */
export type ServerUser = { uid: number; gid: number } | undefined

export interface Outcome {
  /** Exit code; -1 when it was stopped at the time limit or by a signal. */
  code: number
  /** What it wrote, both streams. */
  text: string
}

// No secret of ours and no PG* setting of the person's shell reaches the server: it gets what every system has, and no more.
const ENVIRONMENT =
  process.platform === 'win32'
    ? { PATH: 'C:\\Windows\\System32', SystemRoot: 'C:\\Windows' }
    : { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' }

/** Runs `file` to its end. Rejects only when it cannot be started at all (`code` ENOENT, EACCES, EPERM). */
export function run(
  file: string,
  args: readonly string[],
  options: { user?: ServerUser; input?: string; timeoutMs: number },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...args], {
      ...options.user,
      env: ENVIRONMENT,
      cwd: process.platform === 'win32' ? undefined : '/',
      windowsHide: true,
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    })
    let text = ''
    const keep = (chunk: Buffer): void => {
      text += chunk.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    // The program may end without reading its input.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    child.once('error', reject)
    child.once('exit', (code) => {
      const done = (): void => resolve({ code: code ?? -1, text })
      // A server that the program leaves behind may hold the pipes open.
      const patience = setTimeout(done, 500)
      child.once('close', () => {
        clearTimeout(patience)
        done()
      })
    })
  })
}
