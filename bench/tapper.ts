// Residents who tap on a program behind a Bot API stub: what a tap costs them while the program has something else to do.
import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { request } from 'undici'
import { markButton } from '../src/bot/vote/view.ts'
import { rememberScreen } from '../src/bot/open-screens.ts'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { redisSession } from '../src/session/redis.ts'
import type { Session } from '../src/session/session.ts'
import type { App } from '../src/use-cases/app.ts'
import { openBallot } from '../src/use-cases/open-ballot.ts'
import { child, type Ends, heard } from './child.ts'
import { startProgram, twoFreePorts } from './program.ts'
import { openServices } from './services.ts'
import type { ToStub } from './stub.ts'
import { importTrial, type Trial } from './trial.ts'
import { pressOf } from './updates.ts'

const TAPPERS = 100
const FIRST_TAPPER = 6_000_000
/** Between two taps, each by the next resident. */
const TAP_EVERY_MS = 50
/** Before anything else is to do, after as many warm ones. */
export const IDLE_TAPS = 400
/** Its announcements do not wait for the morning. */
const NOON = 12

export interface Stage {
  app: App
  session: Session
  stub: ChildProcess
  trial: Trial
  root: string
  databaseUrl: string
  redisUrl: string
}

/** Makes one tap and returns how long the screen took to change, in milliseconds. */
export type Tap = () => Promise<number>

/** A trial with verified people, a stub of the Bot API and the stores. */
export async function prepareTaps(dir: string, ends: Ends): Promise<Stage> {
  const services = await openServices(process.env, { dir, needRedis: true, keep: false })
  ends.push(() => services.stop())
  const { redisUrl = '' } = services
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  if (embedded) ends.push(() => embedded.stop())
  const databaseUrl = services.databaseUrl ?? embedded?.url ?? ''
  const stub = child('stub.mjs', ends)
  const { port } = (await heard(stub)) as { port: number }
  const opened = await openApp(readConfig({ DATABASE_URL: databaseUrl, DAUYS_DIR: dir }), createLog('error'))
  ends.push(() => opened.close())
  // Its announcements do not wait for the morning.
  const app: App = { ...opened.app, quiet: (moment) => moment }
  const trial = await importTrial(app, TAPPERS, FIRST_TAPPER)
  const session = redisSession(redisUrl, 1)
  ends.push(() => session.close())
  return { app, session, stub, trial, root: `http://127.0.0.1:${port}`, databaseUrl, redisUrl }
}

/** Starts the program, lets residents tap with nothing else to do, and hands over; `idle`: how long each of these taps took. */
export async function whileTapped<V>(
  stage: Stage,
  dir: string,
  { settings, profile }: { settings: Record<string, string>; profile: string | undefined },
  busy: (tap: Tap, idle: number[]) => Promise<V>,
): Promise<V> {
  const port = await twoFreePorts()
  const secret = 'a-secret-of-the-bench'
  const program = await startProgram(
    {
      DATABASE_URL: stage.databaseUrl,
      DAUYS_DIR: dir,
      REDIS_URL: stage.redisUrl,
      BOT_TOKEN: '1:a-stub-needs-no-token',
      TELEGRAM_API_ROOT: stage.root,
      WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
      WEBHOOK_SECRET: secret,
      ...settings,
    },
    { port, profile, hour: NOON },
  )
  try {
    const tap = await tapper(stage, `http://127.0.0.1:${port}/telegram`, secret)
    stage.stub.send({ watch: 'editMessageText' } satisfies ToStub)
    for (let n = 0; n < IDLE_TAPS; n++) await tap()
    const idle: number[] = []
    for (let n = 0; n < IDLE_TAPS; n++) idle.push(await tap())
    return await busy(tap, idle)
  } finally {
    await program.stop()
  }
}

/** One resident after the other sets a mark or takes it away. */
async function tapper({ app, session, stub, trial }: Stage, url: string, secret: string): Promise<Tap> {
  const ballots: { account: number; ballot: string }[] = []
  for (const { account, rollRow } of trial.people) {
    const opened = await openBallot(app, account, trial.cycle, rollRow)
    if (!opened.ok) throw new Error(`a ballot was not opened: ${opened.problem.kind}`)
    const { ballot } = opened.value
    await session.setMarks(account, ballot, trial.marks)
    await rememberScreen(session, account, { ballot, rollRow, message: 77 })
    ballots.push({ account, ballot })
  }
  let next = 0
  return async () => {
    const n = next++
    const { account, ballot } = ballots[n % ballots.length] as (typeof ballots)[number]
    const body = pressOf(account, markButton.pack({ ballot, number: 1, page: 0 }))
    const called = heard(stub) as Promise<{ called: number }>
    const started = performance.timeOrigin + performance.now()
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
      body,
    })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error('a tap was refused')
    const took = (await called).called - started
    await pause(Math.max(0, TAP_EVERY_MS - took))
    return took
  }
}
