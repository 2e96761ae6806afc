// The update that an owed screen is drawn from: a press of the button that leads to it, or the command, as if made just now.
import type { Chat, Update, User } from 'grammy/types'
import type { Owed } from '../session/session.ts'

const DRAWN_AGAIN = ''

/** `owed.by`: a button's data, or a command with its slash. A press whose message is not known is one on a message that is gone. */
export function updateOf(person: number, { update, by, message }: Owed): Update {
  const from: User = { id: person, is_bot: false, first_name: '' }
  const chat: Chat.PrivateChat = { id: person, type: 'private', first_name: '' }
  if (by.startsWith('/')) {
    const length = by.search(/\s|$/)
    const entities = [{ type: 'bot_command' as const, offset: 0, length }]
    return { update_id: update, message: { message_id: 0, date: 1, chat, from, text: by, entities } }
  }
  const under =
    message === undefined ? { message_id: 0, date: 0 as const, chat } : { message_id: message, date: 1, chat }
  return {
    update_id: update,
    callback_query: { id: DRAWN_AGAIN, from, chat_instance: '', data: by, message: under },
  } as Update
}

/** Telegram's own presses have an id. */
export const isDrawnAgain = (update: Update): boolean => update.callback_query?.id === DRAWN_AGAIN

/** The payload of a link may be kept when it holds ids; a card's code may not. */
export const commandAddress = (name: string, rest: string): string =>
  rest === '' || !/^[vpt]_[\d_]+$/.test(rest) ? `/${name}` : `/${name} ${rest}`
