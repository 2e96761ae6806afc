// Screens and how they reach a person: edited in place after a press, sent anew after a message. Telegram's moods end here.
import { GrammyError } from 'grammy'
import type { InlineKeyboardButton, ReplyKeyboardMarkup, ReplyKeyboardRemove } from 'grammy/types'
import type { Behind, Ctx } from './context.ts'

export type Button = InlineKeyboardButton

export interface Screen {
  /** Telegram's HTML. */
  text: string
  buttons?: Button[][]
  /** A keyboard in place of the person's own; such a screen is always a new message. */
  keyboard?: ReplyKeyboardMarkup | ReplyKeyboardRemove
}

export const press = (text: string, data: string): Button => ({ text, callback_data: data })
export const primary = (text: string, data: string): Button =>
  ({ text, callback_data: data, style: 'primary' }) as Button
export const success = (text: string, data: string): Button =>
  ({ text, callback_data: data, style: 'success' }) as Button

/** What came of a call that may fail without harm. */
export type Outcome = 'done' | 'unchanged' | 'gone' | 'blocked' | 'late' | 'failed'

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
    if (/query is too old|QUERY_ID_INVALID/.test(description)) return 'late'
    if (code === 403 || /chat not found/.test(description)) return 'blocked'
    throw error
  }
}

const FORM = { parse_mode: 'HTML', link_preview_options: { is_disabled: true } } as const
const inline = (screen: Screen) => ({
  ...FORM,
  ...(screen.buttons ? { reply_markup: { inline_keyboard: screen.buttons } } : {}),
})
const anew = (screen: Screen) =>
  screen.keyboard ? { ...FORM, reply_markup: screen.keyboard } : inline(screen)

/** Says something once what was said before it is there. */
function say(ctx: Ctx, call: Behind): void {
  ctx.behind.push(() => {
    ctx.said = ctx.said.then(call, call)
    return ctx.said
  })
}

/** Shows a screen behind the acknowledgement: in place of the pressed message, or as a new one. `then` runs once it is there. */
export function show(ctx: Ctx, screen: Screen, then?: (messageId: number) => Promise<unknown>): void {
  answer(ctx)
  const chat = ctx.chat?.id
  const pressed = ctx.callbackQuery?.message
  if (chat === undefined) return
  say(ctx, async () => {
    if (pressed && !screen.keyboard) {
      const outcome = await safe(() =>
        ctx.api.editMessageText(chat, pressed.message_id, screen.text, inline(screen)),
      )
      if (outcome === 'done' || outcome === 'unchanged') return then?.(pressed.message_id)
      if (outcome === 'blocked') return
    }
    let sent = 0
    const outcome = await safe(async () => {
      sent = (await ctx.api.sendMessage(chat, screen.text, anew(screen))).message_id
    })
    if (outcome === 'done') await then?.(sent)
  })
}

/** Sends a screen as a message of its own, whatever was pressed. */
export function send(ctx: Ctx, screen: Screen): void {
  answer(ctx)
  const chat = ctx.chat?.id
  if (chat !== undefined) say(ctx, () => safe(() => ctx.api.sendMessage(chat, screen.text, anew(screen))))
}

/** Answers a press: nothing, a short line, or (`alert`) a box to be closed. At most 200 characters. */
export function answer(ctx: Ctx, text?: string, alert = false): void {
  const query = ctx.callbackQuery
  if (!query || ctx.answered) return
  ctx.answered = true
  ctx.behind.push(() =>
    safe(() =>
      ctx.api.answerCallbackQuery(query.id, text ? { text: text.slice(0, 200), show_alert: alert } : {}),
    ),
  )
}
