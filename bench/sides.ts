// The sides that are held beside each other: the program, the handbooks' style, and the two floors. Each answers the same webhook.
import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import { sendButton, listButton } from '../src/bot/buttons.ts'
import { rememberScreen } from '../src/bot/open-screens.ts'
import { markButton } from '../src/bot/vote/view.ts'
import type { Session } from '../src/session/session.ts'
import type { App } from '../src/use-cases/app.ts'
import { openBallot } from '../src/use-cases/open-ballot.ts'
import { type Program, startProgram, twoFreePorts } from './program.ts'
import type { Trial } from './trial.ts'
import { commandOf, pressOf } from './updates.ts'

export type Act = 'send' | 'tap' | 'list' | 'start'

/** The calls of the Bot API that a person waits for after the act, the same on every side. */
export const CALLS: Record<Act, Record<string, number>> = {
  send: { answerCallbackQuery: 1, editMessageText: 1, sendMessage: 1 },
  tap: { answerCallbackQuery: 1, editMessageText: 1 },
  list: { answerCallbackQuery: 1, editMessageText: 1 },
  start: { sendMessage: 1 },
}

export interface Side {
  name: string
  program: Program
  port: number
  secret: string
  /** It answers a press within the acknowledgement of the webhook, not by a call of its own. */
  carries: boolean
  /** The update of each person, as Telegram posts it; what must be there before it is put there. */
  updates(act: Act): Promise<string[]>
}

/** What all sides stand on. */
export interface Ground {
  app: App
  session: Session
  redis: Redis
  trial: Trial
  /** Of the program and of the other sides. */
  settings: Record<string, string>
  databaseUrl: string
  redisUrl: string
}

async function startSide(
  ground: Ground,
  name: string,
  script: string | undefined,
  more: Record<string, string>,
  updates: Side['updates'],
  profile?: string,
): Promise<Side> {
  const port = await twoFreePorts()
  const secret = randomBytes(16).toString('hex')
  const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`, WEBHOOK_SECRET: secret }
  const settings = { ...ground.settings, ...hook, ...more }
  const program = await startProgram(settings, {
    port,
    profile,
    ...(script === undefined ? {} : { script }),
  })
  return { name, program, port, secret, carries: script === undefined, updates }
}

/** In the order in which they are printed; the second is what the others are held against. */
export async function startSides(ground: Ground, profile: string | undefined): Promise<Side[]> {
  const stores = { DATABASE_URL: ground.databaseUrl, REDIS_URL: ground.redisUrl }
  const plain = (act: Act) => plainUpdates(ground, act)
  const sides: Side[] = []
  try {
    const own = (act: Act) => ourUpdates(ground, act)
    sides.push(await startSide(ground, 'dauys', undefined, {}, own, profile))
    sides.push(await startSide(ground, 'documented', 'baseline.mjs', stores, plain))
    sides.push(await startSide(ground, 'floor 1', 'floor.mjs', { ...stores, FLOOR: 'one' }, plain))
    sides.push(await startSide(ground, 'floor 2', 'floor.mjs', { ...stores, FLOOR: 'batch' }, plain))
    return sides
  } catch (error) {
    for (const { program } of sides) await program.stop()
    throw error
  }
}

/** For a Send and a tap a ballot is opened for each, with marks and its screen, as after Review. */
async function ourUpdates({ app, session, trial }: Ground, act: Act): Promise<string[]> {
  const { cycle, territory, people, marks } = trial
  if (act === 'start') return people.map(({ account }) => commandOf(account, '/start'))
  if (act === 'list')
    return people.map(({ account }, at) =>
      pressOf(account, listButton.pack({ cycle, territory, page: at % 3, category: 0 })),
    )
  const updates: string[] = []
  for (let from = 0; from < people.length; from += 50)
    updates.push(
      ...(await Promise.all(
        people.slice(from, from + 50).map(async ({ account, rollRow }, at) => {
          const opened = await openBallot(app, account, cycle, rollRow)
          if (!opened.ok) throw new Error(`a ballot was not opened: ${opened.problem.kind}`)
          const { ballot } = opened.value
          await session.setMarks(account, ballot, marks)
          await rememberScreen(session, account, { ballot, rollRow, message: 77 })
          const data =
            act === 'send'
              ? sendButton.pack({ ballot, cycle, territory, rollRow })
              : markButton.pack({ ballot, number: 1 + (at % 2), page: 0 })
          return pressOf(account, data)
        }),
      )),
    )
  return updates
}

async function plainUpdates({ redis, trial }: Ground, act: Act): Promise<string[]> {
  const { people, marks } = trial
  const kept = JSON.stringify({ marks })
  const pipeline = redis.pipeline()
  for (const { account } of people) pipeline.set(`bench:${account}`, kept)
  await pipeline.exec()
  if (act === 'start') return people.map(({ account }) => commandOf(account, '/start'))
  const data = (at: number) =>
    act === 'send' ? 'send:1' : act === 'tap' ? `mark:1:${1 + (at % 2)}:0` : `list:1:${at % 3}`
  return people.map(({ account }, at) => pressOf(account, data(at)))
}
