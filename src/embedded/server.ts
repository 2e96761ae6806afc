// One server on one data folder: found, started, waited for, stopped.
import { readFile, readlink, realpath, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dataIn, lastLines, NAME, type Settings, writeSettings } from './data-folder.ts'
import type { Native } from './native.ts'
import { freePort, isFree, probe } from './probe.ts'
import { isRunning } from './processes.ts'
import { OWN_DATABASE, refusal } from './refusal.ts'
import { run, type ServerUser } from './run.ts'

const PG_CTL_SECONDS = 60
const START_MS = 60_000
const SILENCE_MS = 60_000
const RECOVERY_MS = 15 * 60_000

export interface Place {
  dir: string
  native: Native
  user: ServerUser
  log: (line: string) => void
}

export interface Running {
  pid: number
  port: number
  stopping: boolean
}

/** The server that runs on this data folder, by its postmaster.pid; undefined when none does (a stale file included). */
export async function findRunning(dir: string): Promise<Running | undefined> {
  const lines = (await readFile(join(dataIn(dir), 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if (!Number.isInteger(pid) || pid <= 0 || !Number.isInteger(port) || !(await isPostmaster(pid, dir))) {
    return undefined
  }
  return { pid, port, stopping: lines[7]?.trim() === 'stopping' }
}

/** The number in a stale file may belong to another program by now: a postmaster's working folder is its data folder. */
async function isPostmaster(pid: number, dir: string): Promise<boolean> {
  if (!isRunning(pid)) return false
  if (process.platform === 'win32') return true
  if (process.platform !== 'linux') {
    const told = await run('ps', ['-p', `${pid}`, '-o', 'command='], { timeoutMs: 5_000 }).catch(
      () => undefined,
    )
    return told === undefined || told.text.includes(dataIn(dir))
  }
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(dataIn(dir)))
  } catch (error) {
    // EACCES: another user's process. ENOENT: it ended, or nobody has collected it yet.
    return error instanceof Error && 'code' in error && error.code === 'EACCES'
  }
}

/** Waits until the running server takes connections; false when it is gone instead. */
export async function untilReady(
  dir: string,
  log: (line: string) => void,
  limitMs = RECOVERY_MS,
): Promise<boolean> {
  const started = performance.now()
  let told = false
  let heard = started
  while (performance.now() - started < limitMs) {
    const found = await findRunning(dir)
    if (!found) return false
    const answer = await probe(found.port, NAME)
    if (answer === 'ready') return true
    if (answer === 'starting') heard = performance.now()
    // A server that recovers says so; one that says nothing for a minute is none.
    if (performance.now() - heard > SILENCE_MS) break
    if (!told && performance.now() - started > 2_000) {
      told = true
      log('PostgreSQL is still starting up: after an interrupted run it first repeats what was written')
    }
    await sleep(100)
  }
  throw refusal(
    `The embedded PostgreSQL in ${dir} runs, it seems (${join(dataIn(dir), 'postmaster.pid')}), but does not become ready.`,
    `See ${logIn(dir)}; end that process, or delete postmaster.pid if it is not PostgreSQL. ${OWN_DATABASE}`,
  )
}

/** Starts the server and waits until it is ready; takes another port, and keeps it, when the given one is taken. */
export async function startServer(place: Place, settings: Settings): Promise<Settings> {
  const { dir, native, user } = place
  const until = performance.now() + START_MS
  await removeStalePid(dir)
  let now = settings
  for (;;) {
    if (now.port === 0 || !(await isFree(now.port))) {
      now = { ...now, port: await freePort() }
      await writeSettings(dir, now)
    }
    const from = (await stat(logIn(dir)).catch(() => undefined))?.size ?? 0
    const args = ['start', '-D', dataIn(dir), '-w', '-t', `${PG_CTL_SECONDS}`, '-l', logIn(dir)]
    const done = await run(native.pgCtl, [...args, '-o', serverOptions(now.port)], {
      user,
      timeoutMs: (PG_CTL_SECONDS + 10) * 1000,
    })
    // pg_ctl gives up waiting on a long recovery, the server does not.
    if ((done.code === 0 || (await findRunning(dir))) && (await untilReady(dir, place.log))) return now
    const why = (await readFile(logIn(dir)).catch(() => Buffer.alloc(0))).subarray(from).toString('utf8')
    const again = performance.now() < until
    if (again && /Address already in use|could not create any TCP/i.test(why)) {
      now = { ...now, port: 0 }
    } else if (again && /shared memory block|another postmaster/i.test(why)) {
      // Children of a killed server are still leaving.
      await sleep(500)
    } else {
      throw refusal(
        `The embedded PostgreSQL did not start:\n${lastLines(why || done.text)}`,
        `Its log is ${logIn(dir)}. ${OWN_DATABASE}`,
      )
    }
  }
}

/** Ends the server: sessions are cut, everything committed stays. */
export async function stopServer(place: Place): Promise<void> {
  if (!(await findRunning(place.dir))) return
  const args = ['stop', '-D', dataIn(place.dir), '-m', 'fast', '-w', '-t', `${PG_CTL_SECONDS}`]
  const done = await run(place.native.pgCtl, args, {
    user: place.user,
    timeoutMs: (PG_CTL_SECONDS + 10) * 1000,
  })
  if (done.code !== 0 && (await findRunning(place.dir))) {
    place.log(`PostgreSQL did not stop and is left running: ${lastLines(done.text)}`)
  }
}

/** Waits for a server that is shutting down. */
export async function untilGone(dir: string): Promise<void> {
  const until = performance.now() + START_MS
  while ((await findRunning(dir)) && performance.now() < until) await sleep(100)
}

const logIn = (dir: string): string => join(dataIn(dir), 'server.log')

// fsync and synchronous_commit stay as PostgreSQL has them: on. Errors are logged without statements and details,
// which hold values.
const serverOptions = (port: number): string =>
  [
    `-p ${port}`,
    ...[
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'shared_buffers=64MB',
      'max_connections=100',
      'timezone=UTC',
      'log_timezone=UTC',
      'log_error_verbosity=terse',
      'log_min_error_statement=panic',
      'log_checkpoints=off',
    ].map((setting) => `-c ${setting}`),
  ].join(' ')

/** PostgreSQL itself handles a file whose process is dead, but not a number that somebody else has now. */
async function removeStalePid(dir: string): Promise<void> {
  const file = join(dataIn(dir), 'postmaster.pid')
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0])
  if (pid > 0 && isRunning(pid) && !(await findRunning(dir))) await rm(file, { force: true })
}
