// Announcements, straight to Telegram: what all recipients share is made once, and of the client there is only what a call needs.
import { Pool } from 'undici'
import type { Metrics } from '../metrics.ts'
import { ANNOUNCEMENTS, type Session } from '../session/session.ts'
import { anew, type Screen } from './message.ts'
import { forbidsVoices } from './new-message.ts'

/** What came of a message that rides on no request. `unknown`: it may have arrived, so it is never sent again. */
export type Sent =
  | { outcome: 'sent'; messageId: number }
  | { outcome: 'later'; afterSeconds: number }
  | { outcome: 'blocked' | 'failed' | 'unknown' }

/** A message as many get it: all but the chat. */
export interface Letter {
  method: 'sendMessage' | 'sendPhoto' | 'sendVoice'
  /** Its parameters behind the chat, as JSON from the comma on. */
  rest: string
  /** For whom forbids voice notes. */
  instead?: Letter
}

/** Sends a letter to one chat, and takes its time for nothing but the answer. */
export type Mail = (chat: number, letter: Letter) => Promise<Sent>

/** A screen without a local file, once for all who get it. */
export function letterOf(screen: Screen): Letter {
  const { text, photo, voice } = screen
  const rest = (params: object): string => `,${JSON.stringify(params).slice(1)}`
  const plain: Letter = { method: 'sendMessage', rest: rest({ text, ...anew(screen) }) }
  const { link_preview_options: _, ...form } = anew(screen)
  if (voice !== undefined)
    return { method: 'sendVoice', rest: rest({ voice, caption: text, ...form }), instead: plain }
  if (photo && 'id' in photo)
    return { method: 'sendPhoto', rest: rest({ photo: photo.id, caption: text, ...form }) }
  return plain
}

const HEADERS = { 'content-type': 'application/json' }
/** So long an answer is waited for: then it is not known whether the message arrived. */
const PATIENCE_MS = 70_000
/** Calls at once, on connections of their own: a reply never waits behind announcements. */
const AT_ONCE = 50

export const mailPool = (origin: string): Pool =>
  new Pool(origin, {
    connections: AT_ONCE,
    pipelining: 1,
    keepAliveTimeout: 60_000,
    headersTimeout: PATIENCE_MS,
    bodyTimeout: PATIENCE_MS,
  })

interface Line {
  pool: Pool
  session: Session
  metrics: Metrics
}

export function mailOver({ pool, session, metrics }: Line, root: string): Mail {
  const base = new URL(root).pathname
  const counted = (method: Letter['method'], outcome: string) => metrics.calls.inc({ method, outcome })
  return async function mail(chat, letter) {
    const { method, rest, instead } = letter
    let answer: Answer
    try {
      answer = await posted(pool, `${base}/${method}`, `{"chat_id":${chat}${rest}`)
    } catch (error) {
      counted(method, 'lost')
      return neverLeft(error) ? { outcome: 'later', afterSeconds: 5 } : { outcome: 'unknown' }
    }
    const { status, text } = answer
    counted(method, String(status))
    const messageId = status === 200 ? /"message_id":(\d+)/.exec(text)?.[1] : undefined
    if (messageId !== undefined) return { outcome: 'sent', messageId: Number(messageId) }
    if (status >= 500 || status === 200) return { outcome: 'unknown' }
    if (status === 429) {
      const afterSeconds = Number(/"retry_after":(\d+)/.exec(text)?.[1] ?? 5)
      await session.pause(ANNOUNCEMENTS, afterSeconds * 1000).catch(() => undefined)
      return { outcome: 'later', afterSeconds }
    }
    if (instead && forbidsVoices(text)) return mail(chat, instead)
    return { outcome: status === 403 || /chat not found/.test(text) ? 'blocked' : 'failed' }
  }
}

interface Answer {
  status: number
  text: string
}

/** Without the stream and the objects that undici's `request` makes of an answer: they cost more than the call. */
const posted = (pool: Pool, path: string, body: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    let [status, text] = [0, '']
    pool.dispatch(
      { path, method: 'POST', headers: HEADERS, body },
      {
        onRequestStart() {},
        onResponseStart(_, code) {
          status = code
        },
        // What is read of it is in ASCII.
        onResponseData(_, part) {
          text += part.toString('latin1')
        },
        onResponseEnd: () => resolve({ status, text }),
        onResponseError: (_, error) => reject(error),
      },
    )
  })

/** The connection was refused: the call certainly did not happen. */
export function neverLeft(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ENOTFOUND'
}
