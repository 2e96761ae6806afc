// Screens as values, and Telegram's moods: what it refuses as a matter of course becomes an outcome.
import { GrammyError } from 'grammy'
import type { InlineKeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import { graphemeCut } from '../core/text.ts'
import type { Key } from '../i18n.ts'

export type Button = InlineKeyboardButton

export interface Screen {
  /** Telegram's HTML. */
  text: string
  buttons?: Button[][]
  /** A keyboard in place of the person's own; such a screen is always a new message. */
  keyboard?: ReplyKeyboardMarkup | ReplyKeyboardRemove
  /** Above the text: one that Telegram has, by its file id, or a local file. Such a screen is always a new message. */
  photo?: { id: string } | { path: string }
  /** A voice note that Telegram has, by its file id, with the text under it; to whom forbids voice notes goes the text alone. Such a screen is always a new message. */
  voice?: string
  /** It answers this message of the reader; `quote`: of its words. Such a screen is always a new message. */
  reply?: { message: number; quote?: string | undefined }
  /** What answers a message that fits nothing here: a press, with a line on top. `location`: such a message fits. `wordless`: the line where nothing was written. */
  other?: { press: string; note: Key; location?: true; wordless?: Key }
}

export const press = (text: string, data: string): Button => ({ text, callback_data: data })
export const primary = (text: string, data: string): Button => styled(text, data, 'primary')
export const success = (text: string, data: string): Button => styled(text, data, 'success')

/** Colours of buttons came with Bot API 9.4; clients that do not know them show a plain button. */
const styled = (text: string, data: string, style: 'primary' | 'success'): Button => ({
  text,
  callback_data: data,
  style,
})

/** A button's label: Telegram cuts what is longer, so we cut it where a letter ends. */
export const cutLabel = (text: string): string => graphemeCut(text, 44)

/** What came of a call that may fail without harm. */
export type Outcome = 'done' | 'unchanged' | 'gone' | 'blocked' | 'late'

/** Runs a call; what Telegram refuses as a matter of course becomes an outcome, anything else is thrown. */
export async function safe(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    await call()
    return 'done'
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error
    const { description, error_code: code } = error
    if (/message is not modified/.test(description)) return 'unchanged'
    if (/message to (edit|delete) not found|message can't be|MESSAGE_ID_INVALID/.test(description))
      return 'gone'
    // A photo under which a button was pressed: the screen comes as a message of its own.
    if (/there is no text in the message to edit/.test(description)) return 'gone'
    if (/query is too old|QUERY_ID_INVALID/.test(description)) return 'late'
    if (code === 403 || /chat not found/.test(description)) return 'blocked'
    throw error
  }
}

const FORM = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const
/** How a screen that carries its buttons is written; also what replaces one. */
export const inline = (screen: Screen) => ({
  ...FORM,
  ...(screen.buttons ? { reply_markup: { inline_keyboard: screen.buttons } } : {}),
})
/** How a screen is written as a new message. */
export const anew = (screen: Screen) => ({
  ...(screen.keyboard ? { ...FORM, reply_markup: screen.keyboard } : inline(screen)),
  ...(screen.reply ? { reply_parameters: replying(screen.reply) } : {}),
})

/** A message that is gone is answered all the same. */
const replying = ({ message, quote }: NonNullable<Screen['reply']>) => ({
  message_id: message,
  allow_sending_without_reply: true,
  ...(quote === undefined ? {} : { quote }),
})
