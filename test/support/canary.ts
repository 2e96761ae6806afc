// Looks for secrets where none may be: in a database, in its dump, in Redis, in log lines; in every spelling that bytes can take.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import postgres from 'postgres'

const run = promisify(execFile)

/** A secret as text, as hex, and as base64 at each of its three alignments. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // What the neighbours reach into is left out.
    return text.slice(shift === 0 ? 0 : shift + 1, (bytes.length + shift) % 3 === 0 ? undefined : -1)
  })
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([secret, bytes.toString('hex'), ...base64, ...url])]
}

/** The secrets that stand in a text, in any spelling. */
export const found = (text: string, secrets: readonly string[]): string[] => {
  const low = text.toLowerCase()
  return secrets.filter((secret) =>
    spellings(secret).some((one) => text.includes(one) || low.includes(one.toLowerCase())),
  )
}

/** Every row of every table, as text by table; bytes as hex. */
export async function tables(sql: postgres.Sql<{ bigint: number }>): Promise<Map<string, string>> {
  const names = await sql<{ name: string }[]>`
    select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`
  const all = new Map<string, string>()
  for (const { name } of names) {
    const rows = await sql.unsafe<{ row: string }[]>(`select t::text as row from ${name} t`)
    all.set(name.replace('public.', ''), rows.map(({ row }) => row).join('\n'))
  }
  return all
}

/** What pg_dump writes, by table, with all that stands outside of tables under ''; undefined where there is none for this server. */
export async function dump(url: string, form: 'plain' | 'inserts'): Promise<Map<string, string> | undefined> {
  const args = form === 'inserts' ? ['--inserts', url] : [url]
  let text: string
  try {
    text = (await run('pg_dump', args, { maxBuffer: 1 << 28 })).stdout
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string }
    if (code === 'ENOENT' || stderr?.includes('server version mismatch')) return undefined
    throw error
  }
  const all = new Map<string, string>()
  let copying = ''
  for (const line of text.split('\n')) {
    const [, inserted] = /^INSERT INTO (?:public\.)?(\S+) VALUES/.exec(line) ?? []
    const [, copied] = /^COPY (?:public\.)?(\S+) \(/.exec(line) ?? []
    if (copied !== undefined) copying = copied
    else if (line === '\\.') copying = ''
    const table = inserted ?? copying
    all.set(table, `${all.get(table) ?? ''}${line}\n`)
  }
  return all
}

export interface Wal {
  /** The file that it begins with. */
  from: string
  /** Lets the server remove it. */
  release(): Promise<void>
}

/**
 * Begins a new file of the write-ahead log, after which pages written before are not logged again; whatever others write on this server,
 * its files stay until they are released. Undefined where the login may not read such files.
 */
export async function beginWal(url: string): Promise<Wal | undefined> {
  const sql = postgres(url, { max: 1, idle_timeout: 0, onnotice: () => {} })
  const release = () => sql.end({ timeout: 5 })
  const [login] = await sql`select 1 from pg_roles where rolname = current_user and rolsuper`
  if (!login) {
    await release()
    return undefined
  }
  await sql`vacuum (freeze)`
  await sql`checkpoint`
  await sql`select pg_switch_wal()`
  // It ends with this connection.
  await sql`select pg_create_physical_replication_slot(${`canary_${process.pid}`}, true, true)`
  // A place exactly between two files counts to the one before: something is written first.
  await sql`select pg_logical_emit_message(false, 'dauys', 'begin')`
  const [row] = await sql<{ name: string }[]>`select pg_walfile_name(pg_current_wal_insert_lsn()) as name`
  return row && { from: row.name, release }
}

/** The secrets that stand in the write-ahead log from this file on, in any spelling. */
export async function foundInWal(
  sql: postgres.Sql,
  from: string,
  secrets: readonly string[],
): Promise<string[]> {
  const [end] = await sql<{ file: string; at: number }[]>`
    select file_name as file, file_offset as at from pg_walfile_name_offset(pg_current_wal_insert_lsn())`
  if (!end) throw new Error('the write-ahead log has no end')
  const files = await sql<{ name: string }[]>`
    select name from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name >= ${from} and name <= ${end.file} order by name`
  const bySpelling = new Map(
    secrets.flatMap((secret) =>
      spellings(secret).map((one) => [Buffer.from(one).toString('latin1'), secret]),
    ),
  )
  const any = new RegExp([...bySpelling.keys()].map((one) => one.replace(/[+]/g, '\\+')).join('|'), 'g')
  const hits = new Set<string>()
  for (const { name } of files) {
    const [file] = await sql<{ bytes: Buffer }[]>`select pg_read_binary_file('pg_wal/' || ${name}) as bytes`
    // Behind the end, and in files beyond it, stands what an old file left that is being written over.
    const text = file?.bytes.toString('latin1', 0, name === end.file ? end.at : undefined) ?? ''
    for (const [hit] of text.matchAll(any)) hits.add(bySpelling.get(hit) ?? '')
  }
  if (files.length === 0) throw new Error('the write-ahead log was not there to be searched')
  return [...hits]
}

/** Every key of a Redis with what it holds. */
export async function keysOf(url: string): Promise<string[]> {
  const redis = new Redis(url)
  const keys = await redis.keys('*')
  const read = async (key: string): Promise<unknown> => {
    const type = await redis.type(key)
    if (type === 'hash') return JSON.stringify(await redis.hgetall(key))
    return type === 'zset' ? redis.zrange(key, 0, '-1') : redis.get(key)
  }
  const all = await Promise.all(keys.map(async (key) => `${key} ${String(await read(key))}`))
  redis.disconnect()
  return all
}
