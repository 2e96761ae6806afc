// Several processes of ours around one server: who is starting it, who uses it, which of them still live.
import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { giveToOwnerOf } from './data-folder.ts'
import { refusal } from './refusal.ts'

const BEAT_MS = 2_000
const DEAD_MS = 30_000
const WAIT_MS = 240_000

/** True when a process with this number exists, also somebody else's. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Tells a process from a later one of the same number: host, number and, on Linux, its start in ticks since boot. */
async function mark(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const ticks = text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  return `${hostname()} ${pid} ${ticks}`
}

async function lives(marked: string): Promise<boolean> {
  const pid = Number(marked.split(' ')[1])
  return Number.isInteger(pid) && pid > 0 && isRunning(pid) && (await mark(pid)) === marked
}

/**
 * Does `work` while no other process does such work on the same folder. The lock of a process that died is taken over.
 * Waits up to four minutes, then throws.
 */
export async function alone<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const lock = join(dir, 'postgres.lock')
  const mine = `${await mark(process.pid)}\n${randomUUID()}`
  const until = performance.now() + WAIT_MS
  while (!(await put(lock, mine))) {
    await breakIfDead(lock)
    if (performance.now() > until) {
      throw refusal(
        `Another process has been starting PostgreSQL in ${dir} for minutes.`,
        `End it, or delete ${lock}.`,
      )
    }
    await sleep(50 + Math.random() * 50)
  }
  const beat = setInterval(() => void utimes(lock, new Date(), new Date()).catch(() => undefined), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    if ((await readFile(lock, 'utf8').catch(() => '')) === mine) await rm(lock, { force: true })
  }
}

/** Whole or not at all: a lock is never seen half written. */
async function put(lock: string, mine: string): Promise<boolean> {
  const draft = `${lock}.${randomUUID()}`
  await writeFile(draft, mine, { flag: 'wx' })
  try {
    await link(draft, lock)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

async function breakIfDead(lock: string): Promise<void> {
  const [held, file] = await Promise.all([readFile(lock, 'utf8'), stat(lock)]).catch(() => [
    undefined,
    undefined,
  ])
  if (held === undefined || file === undefined) return
  if ((await lives(held.split('\n')[0] ?? '')) && Date.now() - file.mtimeMs < DEAD_MS) return
  const aside = `${lock}.${randomUUID()}`
  await rename(lock, aside).catch(() => undefined)
  // Somebody was quicker and this is already the next lock: put it back.
  const got = await readFile(aside, 'utf8').catch(() => held)
  if (got !== held) await link(aside, lock).catch(() => undefined)
  await rm(aside, { force: true })
}

const usersOf = (dir: string): string => join(dir, 'postgres-users')

/** Notes that this process uses the server. Answers the note's name, for `leave`. */
export async function enrol(dir: string): Promise<string> {
  await mkdir(usersOf(dir), { recursive: true })
  await giveToOwnerOf(dir, usersOf(dir))
  const note = randomUUID()
  await writeFile(join(usersOf(dir), note), await mark(process.pid))
  return note
}

/** Takes the note back. Answers how many living processes still use the server. */
export async function leave(dir: string, note: string): Promise<number> {
  await rm(join(usersOf(dir), note), { force: true })
  let left = 0
  for (const name of await readdir(usersOf(dir)).catch(() => [])) {
    const file = join(usersOf(dir), name)
    if (await lives(await readFile(file, 'utf8').catch(() => ''))) left += 1
    else await rm(file, { force: true })
  }
  return left
}
