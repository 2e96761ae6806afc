// Two replicas send an announcement while processes are killed, Telegram refuses, forgets to answer, and people have blocked the bot: nobody gets it twice.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queueAnnouncement } from '../../src/store/announcements.ts'
import { announce } from '../../src/use-cases/announce.ts'
import { readAnnouncement } from '../../src/use-cases/read-announcement.ts'
import { runAnnouncements } from '../../src/use-cases/run-announcements.ts'
import { beginAnnouncement, writeAnnouncement } from '../../src/use-cases/write-announcement.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, openVoting, smallCycle } from '../support/cycle.ts'
import { appRole } from '../support/database.ts'
import type { SenderWish } from '../support/sender.ts'
import { sized } from '../support/size.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const FIRST = 5_000_000
const IN_FLIGHT = 12

const wanted = Number(process.env.DAUYS_RECIPIENTS ?? 0)
const size = sized(
  'an announcement under kill -9',
  { recipients: 80, kills: 2, pace: 60 },
  { recipients: 3000, kills: 20, pace: 400 },
)
const recipients = wanted > 0 ? wanted : size.recipients
const { pace } = size
const kills = wanted > 0 ? 20 : size.kills

let app: TestApp
let folder: string
beforeAll(async () => {
  app = await testApp('survive-announcements')
  folder = await mkdtemp(join(ROOT, 'node_modules', '.sender-'))
  await build({
    entryPoints: [join(ROOT, 'test/support/sender.ts')],
    outfile: join(folder, 'sender.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
})
afterAll(async () => {
  await app.done()
  await rm(folder, { recursive: true, force: true })
})

/** A replica under a name; killed, it comes again. */
interface Sender {
  name: string
  process: ChildProcess
}

/** Telegram as far as an announcement goes: counts what each chat got, and when. */
function telegram(kill: (sender: string) => void, killsAt: readonly number[]) {
  const got = new Map<number, number>()
  const at: number[] = []
  let [calls, dropped, next] = [0, 0, 1]
  const due = [...killsAt]
  const refuse = (out: ServerResponse, status: number, body: object) => {
    out.writeHead(status, { 'content-type': 'application/json' })
    out.end(JSON.stringify({ ok: false, error_code: status, ...body }))
  }
  const server = createServer((request: IncomingMessage, out: ServerResponse) => {
    void text(request).then((body) => {
      at.push(performance.now())
      calls += 1
      const { chat_id: chat } = JSON.parse(body) as { chat_id: number }
      if (calls % 500 === 0)
        return refuse(out, 429, { description: 'Too Many Requests', parameters: { retry_after: 1 } })
      if (chat % 50 === 0) return refuse(out, 403, { description: 'Forbidden: bot was blocked by the user' })
      got.set(chat, (got.get(chat) ?? 0) + 1)
      // Between Telegram's acceptance and the mark.
      if (calls >= (due[0] ?? Infinity)) {
        due.shift()
        return kill(request.url?.split('/')[1] ?? '')
      }
      if (calls % 100 === 57) {
        dropped += 1
        return void request.socket.destroy()
      }
      out.writeHead(200, { 'content-type': 'application/json' })
      out.end(JSON.stringify({ ok: true, result: { message_id: next++ } }))
    })
  })
  return { server, got, at, dropped: () => dropped }
}

/** The most calls in any second. */
function fastest(at: readonly number[]): number {
  const sorted = at.toSorted((a, b) => a - b)
  let [most, from] = [0, 0]
  for (const [to, moment] of sorted.entries()) {
    while (moment - (sorted[from] ?? 0) >= 1000) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}

test.runIf(process.env.DAUYS_TEST_REDIS_URL)(
  'nobody is written to twice, everybody else once or known as unknown, and never faster than the pace',
  async () => {
    const { id: cycle, villages } = await smallCycle(app, 'many', [[100]])
    await openVoting(app, cycle)
    await app.db.sql`
      insert into account (id, locale, home_cycle, home_territory)
      select ${FIRST}::bigint + n, case when n % 3 = 0 then 'ru' else 'kk' end, ${cycle}::int, ${villages[0] as number}::int
      from generate_series(1, ${recipients}::int) n`
    const id = must(await beginAnnouncement(app, { cycle }, 'command'))
    for (const [locale, html] of [
      ['kk', '<b>Жиналыс</b>'],
      ['ru', '<b>Собрание</b>'],
    ] as const)
      must(await writeAnnouncement(app, { id }, { text: { locale, html } }, 'command'))
    must(await announce(app, { id }, 'command'))
    await Promise.all([runAnnouncements(app), runAnnouncements(app)])
    const one = (await readAnnouncement(app, id, 'command'))?.one
    if (!one) throw new Error('it is not there')
    expect(one.recipients).toBe(recipients)
    expect(await app.db.begin((tx) => queueAnnouncement(tx, one)), 'taken once').toBe(0)

    const senders = new Map<string, Sender>()
    let killed = 0
    const kill = (name: string) => {
      const sender = senders.get(name)
      if (!sender || sender.process.killed) return
      killed += 1
      sender.process.kill('SIGKILL')
      start(name)
    }
    const half = Math.floor(kills / 2)
    const killsAt = Array.from({ length: half }, (_, n) => Math.floor(((n + 1) * recipients) / (half + 2)))
    const { server, got, at, dropped } = telegram(kill, killsAt)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const prefix = `dauys-test-announce-${process.pid}-${Date.now()}:`
    function start(name: string): void {
      const wish: SenderWish = {
        databaseUrl: app.url,
        role: appRole(new URL(app.url).username),
        redisUrl: process.env.DAUYS_TEST_REDIS_URL ?? '',
        prefix,
        apiRoot: `http://127.0.0.1:${port}/${name}`,
        pace,
        inFlight: IN_FLIGHT,
        locales: join(ROOT, 'locales'),
      }
      const child = spawn(process.execPath, [join(folder, 'sender.mjs'), JSON.stringify(wish)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      senders.set(name, { name, process: child })
    }
    for (const name of ['a', 'b']) start(name)

    const left = async () => {
      const [row] = await app.db.sql<{ left: number }[]>`
        select count(*)::int as left from delivery where announcement = ${id} and state = 'pending'`
      return row?.left ?? 0
    }
    // The other half of the kills falls at any moment.
    let seen = 0
    for (let waiting = await left(); waiting > 0; waiting = await left()) {
      const due = Math.floor(((recipients - waiting) / recipients) * (kills - half + 1))
      if (due > seen && seen < kills - half) {
        seen += 1
        kill(seen % 2 === 0 ? 'a' : 'b')
      }
      await sleep(20)
    }
    await sleep(500)
    for (const { process: child } of senders.values()) child.kill('SIGKILL')
    server.closeAllConnections()
    server.close()

    const rows = await app.db.sql<{ account: number; state: string }[]>`
      select account, state from delivery where announcement = ${id}`
    const doubled = [...got.values()].filter((times) => times > 1).length
    const once_ = [...got.values()].filter((times) => times === 1).length
    const unknown = rows.filter(({ state }) => state === 'sending' || state === 'unknown').length
    const known = new Set(['blocked', 'sending', 'unknown'])
    const never = rows.filter(({ account, state }) => !known.has(state) && !got.has(account)).length
    const most = fastest(at)
    process.stdout.write(
      `announcements recipients=${recipients} once=${once_} doubled=${doubled} never=${never} unknown=${unknown} kills=${killed} fastest=${most}/${pace}\n`,
    )
    expect(rows).toHaveLength(recipients)
    expect({ doubled, never }).toEqual({ doubled: 0, never: 0 })
    expect(killed).toBeGreaterThanOrEqual(kills - 1)
    expect(unknown).toBeLessThanOrEqual(killed * IN_FLIGHT + 2 * IN_FLIGHT + dropped())
    // What was on its way while this very process stood still arrives together.
    expect(most).toBeLessThanOrEqual(pace + 2 * IN_FLIGHT)
    for (const { account, state } of rows)
      if (account % 50 === 0) expect(['blocked', 'sending']).toContain(state)
  },
)
