// The embedded PostgreSQL through a life: created, stopped, taken over, killed, recovered.
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type Embedded, embeddedUrl, startEmbedded } from '../../src/embedded/embedded.ts'
import { nativeFolder, prepareNative } from '../../src/embedded/native.ts'
import { run } from '../../src/embedded/run.ts'
import { ask, type Checkout, makeCheckout, runProgram, type Started } from './program.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let checkout: Checkout
const running: Embedded[] = []
const programs: Started[] = []

const start = async (): Promise<Embedded> => {
  const server = await startEmbedded({ dir: checkout.dir })
  running.push(server)
  return server
}
const postmaster = async (): Promise<number> =>
  Number((await readFile(join(checkout.dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
const remembered = (url: string): Promise<string[]> =>
  ask(url, async (sql) => (await sql`select word from kept order by word`).map((row) => String(row.word)))
const remember = (url: string, word: string): Promise<unknown> =>
  ask(url, (sql) => sql`insert into kept values (${word})`)

beforeAll(async () => {
  checkout = await makeCheckout()
})
afterEach(async () => {
  for (const program of programs.splice(0)) await program.end()
  for (const server of running.splice(0)) await server.stop()
})
afterAll(() => checkout.remove())

test('the first start creates a database that is durable, asks for its password and knows Kazakh letters', async () => {
  const lines: string[] = []
  const server = await startEmbedded({ dir: checkout.dir, log: (line) => lines.push(line) })
  running.push(server)
  expect(server.adopted).toBe(false)
  expect(lines.join()).toContain('Creating')
  await ask(server.url, async (sql) => {
    const [row] =
      await sql`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync,
      current_setting('server_encoding') as encoding, current_setting('listen_addresses') as address,
      lower('ӘЙГҮЛ') as name`
    expect(row).toEqual({ fsync: 'on', sync: 'on', encoding: 'UTF8', address: '127.0.0.1', name: 'әйгүл' })
    await sql`create table kept (word text primary key)`
  })
  const stranger = new URL(server.url)
  stranger.password = 'guess'
  await expect(ask(stranger.href, (sql) => sql`select 1`)).rejects.toThrow(/password/)
  expect((await stat(join(checkout.dir, 'postgres.json'))).mode & 0o777).toBe(0o600)
})

test('what was stored is there after a stop and a start, at the same address', async () => {
  const before = await start()
  await remember(before.url, 'stop')
  await before.stop()
  await before.stop()
  await expect(ask(before.url, (sql) => sql`select 1`)).rejects.toThrow(/ECONNREFUSED/)
  const after = await start()
  expect(after).toMatchObject({ url: before.url, adopted: false })
  expect(await remembered(after.url)).toContain('stop')
})

test('a command joins the server that runs, and finds none when none runs', async () => {
  expect(await embeddedUrl(checkout.dir)).toBeUndefined()
  expect(await embeddedUrl(join(checkout.folder, 'elsewhere'))).toBeUndefined()
  const server = await start()
  expect(await embeddedUrl(checkout.dir)).toBe(server.url)
})

test('two programs share one server, and the last to leave stops it', async () => {
  const first = await start()
  const second = await runProgram(checkout)
  programs.push(second)
  expect(second).toMatchObject({ url: first.url, adopted: true })
  await first.stop()
  expect(await remembered(second.url)).toContain('stop')
  await second.end()
  expect(await embeddedUrl(checkout.dir)).toBeUndefined()
})

test('a server left behind by a killed program is taken over, and stopped with its new owner', async () => {
  const killed = await runProgram(checkout)
  await remember(killed.url, 'killed')
  killed.process.kill('SIGKILL')
  const heir = await start()
  expect(heir).toMatchObject({ url: killed.url, adopted: true })
  expect(await remembered(heir.url)).toContain('killed')
  await heir.stop()
  expect(await embeddedUrl(checkout.dir)).toBeUndefined()
})

test('a server that was killed itself recovers what was committed', async () => {
  const server = await start()
  await remember(server.url, 'crash')
  process.kill(await postmaster(), 'SIGKILL')
  const again = await start()
  expect(again.adopted).toBe(false)
  expect(await remembered(again.url)).toContain('crash')
})

test('a server that is just starting up is waited for', async () => {
  const { pgCtl } = await prepareNative(nativeFolder())
  const data = join(checkout.dir, 'postgres')
  const { port } = JSON.parse(await readFile(join(checkout.dir, 'postgres.json'), 'utf8')) as { port: number }
  const { uid, gid } = await stat(data)
  const args = ['start', '-W', '-D', data, '-l', join(data, 'server.log')]
  const user = process.getuid?.() === 0 ? { uid, gid } : undefined
  await run(pgCtl, [...args, '-o', `-p ${port} -c unix_socket_directories=`], { user, timeoutMs: 10_000 })
  await expect.poll(() => postmaster().catch(() => 0)).toBeGreaterThan(0)
  const server = await start()
  expect(server.adopted).toBe(true)
  expect(await remembered(server.url)).toContain('crash')
})

test('a port that somebody else has taken meanwhile is left to them', async () => {
  const before = await start()
  await before.stop()
  const taken = createServer()
  await new Promise<void>((done) => taken.listen(Number(new URL(before.url).port), '127.0.0.1', () => done()))
  const server = await start()
  taken.close()
  expect(new URL(server.url).port).not.toBe(new URL(before.url).port)
  expect(await remembered(server.url)).toContain('crash')
  await server.stop()
  expect((await start()).url).toBe(server.url)
})

test('a stale postmaster.pid whose number belongs to another program now does not keep the server from starting', async () => {
  const { url } = await start().then(async (server) => (await server.stop(), server))
  const lines = [
    process.pid,
    join(checkout.dir, 'postgres'),
    1,
    new URL(url).port,
    '',
    '127.0.0.1',
    '  1  1',
    'ready',
  ]
  await writeFile(join(checkout.dir, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`)
  expect(await embeddedUrl(checkout.dir)).toBeUndefined()
  expect(await remembered((await start()).url)).toContain('crash')
})

test('a lost password is replaced, with the server running or not', async () => {
  const before = await runProgram(checkout)
  before.process.kill('SIGKILL')
  await rm(join(checkout.dir, 'postgres.json'))
  const server = await start()
  expect(new URL(server.url).password).not.toBe(new URL(before.url).password)
  expect(await remembered(server.url)).toContain('crash')
})

test('two programs that start at once make one server', async () => {
  const fresh = { ...checkout, dir: join(checkout.folder, 'fresh') }
  const both = await Promise.all([runProgram(fresh), runProgram(fresh)])
  programs.push(...both)
  expect(both.filter((program) => program.adopted)).toHaveLength(1)
  expect(both[0].url).toBe(both[1].url)
  expect(await ask(both[0].url, (sql) => sql`select 1 as one`)).toHaveLength(1)
})

test('a data folder of another PostgreSQL is refused with its reason and the way out', async () => {
  await writeFile(join(checkout.dir, 'postgres', 'PG_VERSION'), '9.6\n')
  await expect(start()).rejects.toThrow(/9\.6[^]*DATABASE_URL/)
})
