// What Telegram delivers in parts and people sent as one: an album, and a long text. One of the parts is answered, whichever replica has it.
import type { Message } from 'grammy/types'
import { z } from 'zod'
import type { Session } from '../session/session.ts'

/** Telegram parts a text at this length. */
const LONGEST_MESSAGE = 4096
/** Clients cut at a blank, so a part may be a little shorter. */
const NEARLY = LONGEST_MESSAGE - 200
const TOGETHER_S = 2
const ALBUM_S = 600

/** The part that has the answer. It may come again itself, where its answer was not committed. */
const answered = z.object({ message: z.int() })
const cut = answered.extend({ date: z.number() })

/** Whether this message is a further part of something that has its answer. */
export async function answeredAlready(session: Session, message: Message): Promise<boolean> {
  const { media_group_id: album, text, date, chat, message_id } = message
  if (album !== undefined) {
    const key = `album:${chat.id}:${album}`
    const first = answered.safeParse(await session.note(key))
    if (first.success) return first.data.message !== message_id
    await session.setNote(key, { message: message_id }, ALBUM_S)
    return false
  }
  if (text === undefined) return false
  const key = `cut:${chat.id}`
  const first = cut.safeParse(await session.note(key))
  const further = first.success && first.data.message !== message_id
  if (further && date - first.data.date <= TOGETHER_S) {
    // The last part: what comes then is a message of its own.
    if (text.length < NEARLY) await session.eraseNotes(key)
    return true
  }
  if (text.length >= NEARLY) await session.setNote(key, { date, message: message_id }, 2 * TOGETHER_S)
  return false
}
