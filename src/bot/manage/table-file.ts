// A table that somebody on the staff sends: a voter roll never travels through Telegram, so the message is taken away and the way told.
import type { Message } from 'grammy/types'
import type { Talk } from '../talk.ts'
import { homeButton } from './buttons.ts'
import { tableScreen } from './view.ts'

/** What every spreadsheet saves as text. */
export const TEXT_TABLE = /\.(?:csv|tsv|txt)$/i
export const TABLE = /\.(?:csv|tsv|txt|xlsx?|xlsm|ods|numbers|sealed)$/i

/** Whatever is in it: nobody opens it to find out. False for what is no table, or comes from somebody without a role. */
export function refuseTable({ t, who, speak }: Talk, { document, message_id }: Message): boolean {
  if (who.roles.length === 0 || !TABLE.test(document?.file_name ?? '')) return false
  speak.also((api, chat) => api.deleteMessage(chat, message_id))
  speak.drawnBy(homeButton.pack({}))
  speak.send(tableScreen(t))
  return true
}
