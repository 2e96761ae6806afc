// Votes by the thousand over two replicas as they are shipped, through kills, crashes of the stores, copies and lost answers: each that
// was accepted is stored once, none is made up, none is later than the close. The whole log is read and counted at the end.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { sendButton } from '../../src/bot/buttons.ts'
import { nativeFolder } from '../../src/embedded/native.ts'
import { redisSession } from '../../src/session/redis.ts'
import type { Session } from '../../src/session/session.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { hasRedisServer } from '../session/redis-server.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { judge, type StoredCast } from '../support/cast-history.ts'
import { crowd, openAll, type OpenedByOne } from '../support/crowd.ts'
import { letClose, must, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { sayFigure, sayNotRun } from '../support/notes.ts'
import { ownPostgres } from '../support/own-postgres.ts'
import { freePort } from '../support/redis.ts'
import { buildShipped } from '../support/shipped.ts'
import { isTold, sized } from '../support/size.ts'
import { type Blow, BLOWS, openStorm, type Storm } from '../support/storm.ts'
import { STORM_SECRET, STORM_TOKEN, stormTelegram, type StormTelegram } from '../support/storm-telegram.ts'

const wanted = Number(process.env.DAUYS_CASTS ?? 0)
const ROUNDS = 4
const AT_ONCE = 40
const FIRST = 30_000_000
const MARKS = ['a1', 'a2']
/** A person waits so long for the receipt, then presses again. */
const PATIENT_MS = 2_500
/** In the last round the vote closes after so long. */
const CLOSES_IN_MS = 1_500
vi.setConfig({ testTimeout: Math.max(360_000, wanted * 60), hookTimeout: 120_000 })

const there = hasRedisServer()
if (!there) sayNotRun('votes by the thousand in a storm', 'there is no redis-server program')

interface Stage {
  app: TestApp
  cycle: SmallCycle
  session: Session
  telegram: StormTelegram
  storm: Storm
  sent: Map<string, { account: number; accepted: boolean }>
}

/** Everyone votes a few times, each time by a new ballot; in the last round the vote closes under their hands. */
async function story(name: string, casts: number, blows: readonly Blow[], everyMs: number): Promise<void> {
  const ends: (() => Promise<unknown>)[] = []
  try {
    const stage = await prepare(name, blows, ends)
    const { app, cycle, telegram, storm, sent } = stage
    const at = { cycle: cycle.id, territory: cycle.villages[0] as number }
    const people = await crowd(app, at, Math.ceil(casts / ROUNDS), FIRST)
    const rounds: OpenedByOne[][] = []
    for (let round = 0; round < ROUNDS; round++) rounds.push(await openAll(app, cycle.id, people))
    const began = performance.now()
    storm.begin(blows, everyMs)
    for (const round of rounds.slice(0, -1)) await everyone(stage, round, () => false)
    await storm.calm()
    await letClose(app, cycle.id, CLOSES_IN_MS)
    storm.begin(['kill'], everyMs)
    const closed = performance.now() + CLOSES_IN_MS
    // Whoever was told nothing long after the close knows that they were not in time.
    await everyone(stage, rounds.at(-1) ?? [], () => performance.now() > closed + 2 * PATIENT_MS)
    const seconds = (performance.now() - began) / 1000
    await storm.calm()
    await telegram.end()
    await storm.stop()
    await closeAndCount(app, cycle)

    const stored = await storedCasts(app, cycle.id)
    const verdict = judge({ sent, told: telegram.told, stored })
    const figures = Object.entries(verdict).map(([what, count]) => `${what}=${count}`)
    const blowsSaid = Object.entries(storm.struck).filter(([, count]) => count > 0)
    sayFigure(
      `${stored.length} of ${sent.size} votes before the close, ${(sent.size / seconds).toFixed(0)} a second; ${blowsSaid.map(([blow, count]) => `${count} ${blow}`).join(', ')}; ${JSON.stringify(telegram.did)}`,
    )
    process.stdout.write(`${name} casts=${sent.size} ${figures.join(' ')}\n`)
    expect(verdict).toEqual({ lost: 0, doubled: 0, phantom: 0, late: 0 })
    // All of the earlier rounds were cast before the close.
    expect(stored.length).toBeGreaterThanOrEqual(people.length * (ROUNDS - 1))
    for (const blow of blows) expect(storm.struck[blow], blow).toBeGreaterThan(0)
  } finally {
    for (const end of ends.reverse()) await end()
  }
}

async function prepare(
  name: string,
  blows: readonly Blow[],
  ends: (() => Promise<unknown>)[],
): Promise<Stage> {
  await buildShipped()
  const folder = await mkdtemp(join(tmpdir(), 'dauys-storm-'))
  ends.push(() => rm(folder, { recursive: true, force: true }))
  const postgres = blows.includes('crash') ? await ownPostgres() : undefined
  const app = await testApp(name, 10, postgres?.database)
  ends.push(() => app.done())
  const cycle = await smallCycle(app, name, [[100, 200, 300]])
  await openVoting(app, cycle.id)
  const [redisPort, ...ports] = await Promise.all([freePort(), freePort(), freePort()])
  const telegram = await stormTelegram(ports, { copies: 8, late: 4, hurried: 3, dropped: 2 })
  ends.push(() => telegram.end())
  const storm = await openStorm({
    ports,
    redisPort,
    postgres,
    databaseUrl: app.url,
    settings: {
      BOT_TOKEN: STORM_TOKEN,
      TELEGRAM_API_ROOT: telegram.url,
      WEBHOOK_SECRET: STORM_SECRET,
      DATABASE_URL: app.url,
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      DAUYS_DIR: folder,
      SECRETS_DIR: app.secretsDir,
      // The name of the log, as the story's own App has it.
      PUBLIC_URL: `https://${app.origin}`,
    },
  })
  ends.push(() => storm.stop())
  const session = redisSession(`redis://127.0.0.1:${redisPort}`, 1)
  ends.push(() => session.close())
  return { app, cycle, session, telegram, storm, sent: new Map() }
}

/** So many at once; `over`: whoever still has no receipt gives up. */
async function everyone(stage: Stage, round: readonly OpenedByOne[], over: () => boolean): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let one = round[next++]; one; one = round[next++]) await sends(stage, one, over)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

let updates = 1_000

/** Marks and presses Send until a receipt comes that was not there before. */
async function sends(
  { cycle, session, telegram, sent }: Stage,
  { account, ballot, rollRow, territory }: OpenedByOne,
  over: () => boolean,
): Promise<void> {
  const data = sendButton.pack({ ballot, cycle: cycle.id, territory, rollRow })
  const receipts = () => telegram.told.get(account)?.size ?? 0
  const before = receipts()
  const cast = { account, accepted: false }
  sent.set(ballot, cast)
  while (!cast.accepted && !over()) {
    // A store that forgot the marks, or is away, is asked again.
    const marked = await session.setMarks(account, ballot, MARKS).then(
      () => true,
      () => false,
    )
    if (!marked) {
      await sleep(100)
      continue
    }
    await telegram.deliver(pressOf(account, data))
    const until = performance.now() + PATIENT_MS
    while (receipts() === before && performance.now() < until) await sleep(5)
    cast.accepted = receipts() > before
  }
}

function pressOf(account: number, data: string): object {
  const from = { id: account, is_bot: false, first_name: 'x' }
  const chat = { id: account, type: 'private', first_name: 'x' }
  const message = { message_id: 77, date: 1_700_000_000, chat, text: 'x' }
  const update_id = ++updates
  return {
    update_id,
    callback_query: { id: `${account}-${update_id}`, from, message, chat_instance: '1', data },
  }
}

/** What the replicas left undone is done; the count reads the whole log and opens every ballot, or names a fault. */
async function closeAndCount(app: TestApp, { id }: SmallCycle): Promise<void> {
  const [row] = await app.db.sql<{ phase: string }[]>`select phase from cycle where id = ${id}`
  if (row?.phase === 'voting') must(await movePhase(app, id, { by: 'command' }))
  await numberLeaves(app)
  must(await countCycle(app, id, 'command'))
}

const storedCasts = (app: TestApp, cycle: number): Promise<StoredCast[]> =>
  app.db.sql<StoredCast[]>`
    select b.opened_ballot::text as ballot, o.account, b.receipt,
      e.seq is null or e.seq > closing.seq or b.at >= p.starts_at as late
    from ballot b join opened_ballot o on o.id = b.opened_ballot
    join phase_start p on p.cycle = b.cycle and p.phase = 'counting'
    left join entry e on e.leaf = b.leaf and e.log = b.cycle
    cross join (select e.seq from leaf l join entry e on e.leaf = l.id where l.log = ${cycle} and l.kind = 'closed') closing
    where b.cycle = ${cycle}`

test.runIf(there)('through kills, copies and lost answers every accepted vote is stored once', () =>
  story('sends', wanted || sized('votes through kills', 160, 1_000), ['kill'], 1_000),
)

const native = (() => {
  try {
    return nativeFolder() !== ''
  } catch {
    return false
  }
})()
test.runIf(there && native && isTold('votes through crashes of both stores'))(
  'through crashes of both stores and a replica that stands still every accepted vote is stored once',
  () => story('survive', wanted || 5_000, BLOWS, 1_200),
)
