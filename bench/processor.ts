// Processor time of a process, of a PostgreSQL server with its children and of a Redis server, as Linux counts it.
import { readdir, readFile } from 'node:fs/promises'
import type { Redis } from 'ioredis'
import type { Sql } from 'postgres'

/** Ticks of the kernel a second. */
const HZ = 100

interface Stat {
  parent: number
  /** Milliseconds, its own and of the children that it waited for. */
  own: number
  children: number
}

async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined)
  if (text === undefined) return undefined
  // The name of the program may hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const at = (index: number) => Number(fields[index])
  const ms = (ticks: number) => (ticks * 1000) / HZ
  return { parent: at(1), own: ms(at(11) + at(12)), children: ms(at(13) + at(14)) }
}

/** Milliseconds of processor time so far. */
export const processorOf = async (pid: number): Promise<number> => (await statOf(pid))?.own ?? 0

/** The same of a server and of all that it started. */
export async function processorOfServer(pid: number): Promise<number> {
  const server = await statOf(pid)
  let sum = (server?.own ?? 0) + (server?.children ?? 0)
  for (const name of await readdir('/proc')) {
    const one = /^\d+$/.test(name) ? await statOf(Number(name)) : undefined
    if (one?.parent === pid) sum += one.own
  }
  return sum
}

/** Megabytes of memory in use. */
export async function memoryOf(pid: number): Promise<number> {
  const pages = (await readFile(`/proc/${pid}/statm`, 'latin1')).split(' ')[1]
  return (Number(pages) * 4096) / 1_000_000
}

/** The process of the server behind a connection; throws where it is on another machine. */
export async function postgresPid(sql: Sql): Promise<number> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`
  const parent = (await statOf(row?.pid ?? 0))?.parent
  if (parent === undefined)
    throw new Error('PostgreSQL runs on another machine: its processor time cannot be read')
  return parent
}

export async function redisPid(redis: Redis): Promise<number> {
  const pid = Number(/process_id:(\d+)/.exec(await redis.info('server'))?.[1])
  if ((await statOf(pid)) === undefined)
    throw new Error('Redis runs on another machine: its processor time cannot be read')
  return pid
}
