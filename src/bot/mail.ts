// Announcements, straight to Telegram: what all recipients share is made once, and of the client there is only what a call needs.
import type { Pool } from 'undici'
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

interface Line {
  pool: Pool
  session: Session
  metrics: Metrics
}

export const mailOver = ({ pool, session, metrics }: Line, root: string): Mail => {
  const path = new URL(root).pathname
  return async function mail(chat, letter) {
    const { method, rest, instead } = letter
    let status: number
    let text: string
    try {
      const answer = await pool.request({
        path: `${path}/${method}`,
        method: 'POST',
        headers: HEADERS,
        body: `{"chat_id":${chat}${rest}`,
        headersTimeout: PATIENCE_MS,
        bodyTimeout: PATIENCE_MS,
      })
      status = answer.statusCode
      text = await answer.body.text()
    } catch (error) {
      metrics.calls.inc({ method, outcome: 'lost' })
      return neverLeft(error) ? { outcome: 'later', afterSeconds: 5 } : { outcome: 'unknown' }
    }
    metrics.calls.inc({ method, outcome: String(status) })
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

/** The connection was refused: the call certainly did not happen. */
export function neverLeft(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ENOTFOUND'
}
