// A stage for notices: a database, a Telegram, people who wait for their messages, and the parts of the delivery loop.
import type { Message } from 'grammy/types'
import { type Client, createClient } from '../../src/bot/api.ts'
import type { Notice } from '../../src/core/notice.ts'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import type { DeliveryParts } from '../../src/loops/delivery.ts'
import { createMetrics } from '../../src/metrics.ts'
import { memorySession } from '../../src/session/memory.ts'
import { spacing } from '../../src/session/rate.ts'
import type { Session } from '../../src/session/session.ts'
import { enqueue } from '../../src/store/deliveries.ts'
import { plain } from '../bot/survive-journey.ts'
import { openRoom, type Someone } from '../sandbox/room.ts'
import { testApp } from './app.ts'

export const RESULTS: Notice = { kind: 'results', cycle: 1, territory: 1 }
export const RECEIPT: Notice = {
  kind: 'receipt',
  ballot: '01890a5d-ac96-774b-bcce-b302099a8057',
  receipt: '12345678901234',
  at: '2026-11-07T04:00:00.000Z',
}
/** What `RESULTS` reads like to people who chose no language. */
export const RESULTS_TEXT = plain(createI18n()('kk').html('notices.results'))

export interface Shown {
  from: string
  text?: string
  caption?: string
  photo?: unknown
  buttons?: unknown[][]
}
export type Notices = Awaited<ReturnType<typeof openNotices>>

export async function openNotices() {
  const app = await testApp('notices')
  const room = await openRoom()
  let ahead = 0
  let asked = 0
  const session = memorySession(() => (asked = Date.now() + ahead))
  const metrics = createMetrics(false)
  const client = createClient(room.sandbox.token, room.sandbox.url, session, metrics)
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  const textsOf = createI18n()
  // No pace to speak of, unless a story tells of it.
  /** When each turn was that the loop took, on the session store's clock. */
  const turns: number[] = []
  const paced: Session = {
    ...session,
    async turn(key, perSecond, most = 1) {
      const answer = session.turn(key, perSecond, most)
      const moment = asked
      const wait = await answer
      for (let n = 0; n < most; n++) turns.push(moment + wait + n * spacing(perSecond))
      return wait
    },
  }
  const parts: DeliveryParts = {
    app,
    api: client.bulk,
    mail: client.mail,
    session: paced,
    textsOf,
    log,
    metrics,
    pace: 10_000,
  }
  const shown = async (person: Someone): Promise<Shown[]> =>
    ((await person.sees()).messages as Shown[]).filter(({ from }) => from === 'bot')
  const texts = async (person: Someone): Promise<string[]> =>
    (await shown(person)).map(({ text, caption }) => text ?? caption ?? '')

  return {
    app,
    room,
    client,
    parts,
    lines,
    turns,
    /** Whoever wrote to the bot once. */
    people: async (count: number): Promise<Someone[]> => {
      const all: Someone[] = []
      for (let n = 0; n < count; n++) {
        const someone = await room.person(`Тұрғын ${n}`)
        await someone.says('/start')
        all.push(someone)
      }
      return all
    },
    queue: ({ id }: Someone, notice: Notice = RESULTS) =>
      enqueue(app.db, notice, { account: id, dedupe: `${notice.kind}:${id}` }),
    shown,
    texts,
    /** How many messages each of them has. */
    got: (all: readonly Someone[]) => Promise.all(all.map(async (one) => (await texts(one)).length)),
    stateOf: async ({ id }: Someone): Promise<string | undefined> => {
      const [row] = await app.db.sql<{ state: string }[]>`select state from delivery where account = ${id}`
      return row?.state
    },
    /** Something is wrong with the next text that Telegram gets, unless told otherwise. */
    fault: (body: object) => room.control('POST', 'faults', { method: 'sendMessage', times: 1, ...body }),
    /** Lets so many seconds go by, for the session store and for what waits. */
    pass: async (seconds: number): Promise<void> => {
      ahead += seconds * 1000
      await app.db.sql`update delivery set due_at = due_at - make_interval(secs => ${seconds})`
    },
    /** The client, with something around the sending of texts. */
    around: (wrap: (chat: number, call: () => Promise<Message>) => Promise<Message>): Client['api'] =>
      new Proxy(client.api, {
        get(target, name, self) {
          if (name !== 'sendMessage') return Reflect.get(target, name, self) as unknown
          return (...args: Parameters<Client['api']['sendMessage']>) =>
            wrap(Number(args[0]), () => target.sendMessage(...args))
        },
      }),
    /** To whom the bot sent a text, in the order of Telegram's hearing. */
    heard: async (): Promise<number[]> => {
      const calls: { method: string; params: { chat_id: number } }[] = await room.control(
        'GET',
        'calls?after=0',
      )
      return calls
        .filter(({ method }) => method === 'sendMessage')
        .map(({ params }) => Number(params.chat_id))
    },
    /** Nothing waits, nothing is wrong, nothing was said. */
    clear: async (): Promise<void> => {
      await app.db.sql`delete from delivery`
      await room.control('DELETE', 'faults')
      lines.length = 0
      turns.length = 0
    },
    close: async (): Promise<void> => {
      await client.close()
      await session.close()
      await room.close()
      await app.done()
    },
  }
}
