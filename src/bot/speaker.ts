// How the bot speaks to whom an update came from: behind the acknowledgement, or at once where a dialog waits for the answer.
import { type Api, type Context, GrammyError, HttpError } from 'grammy'
import type { InlineQueryResultArticle, MaybeInaccessibleMessage } from 'grammy/types'
import { inline, type Outcome, safe, type Screen } from './message.ts'
import { HalfSent, NoPhoto, sendNew } from './new-message.ts'

/** A call to Telegram that runs once the update's effects are committed and the update is acknowledged. */
export type Behind = () => Promise<unknown>
/** Runs once a screen is in the chat. */
export type Then = (message: number, api: Api, chat: number) => Promise<unknown>

/** `Done`: nothing behind the acknowledgement, a promise at once. What is said to nobody's chat is not said. */
export interface Speaker<Done = void> {
  /** Shows a screen in place of the pressed message, or as a new one; what holds something to copy stays as it is. */
  show(screen: Screen, then?: Then): Done
  /** Sends a screen as a message of its own, whatever was pressed. */
  send(screen: Screen, then?: Then): Done
  /** Answers a press, once: nothing, a short line, or (`alert`) a box to be closed. At most 200 characters. */
  answer(text?: string, alert?: boolean): Done
}

/** What is said behind the acknowledgement arrives in the order in which it was said; answers to presses wait for nothing. */
export interface SpeakerBehind extends Speaker {
  /** Shows a screen in place of the pressed message or nowhere; `then` runs whatever became of it, once something was pressed. */
  replace(screen: Screen, then?: Then): void
  /** Any other call to the chat, in turn. */
  also(call: (api: Api, chat: number) => Promise<unknown>): void
  /** The press gets its answer elsewhere: at once, by a dialog. */
  answered(): void
  /** Answers an inline query with what may be chosen. */
  offer(results: readonly InlineQueryResultArticle[]): void
}

/** Pushes to `behind` what shall be said once the update is acknowledged. */
export function speakBehind(ctx: Context, behind: Behind[]): SpeakerBehind {
  const chat = ctx.chat?.id
  const query = ctx.callbackQuery
  let said: Promise<unknown> = Promise.resolve()
  let answered = false
  const say = (call: (chat: number) => Promise<unknown>): void => {
    answer()
    if (chat === undefined) return
    const turn = () => call(chat)
    behind.push(() => {
      said = said.then(turn, turn)
      return said
    })
  }
  const answer = (text?: string, alert = false): void => {
    if (!query || answered) return
    answered = true
    behind.push(() => safe(() => ctx.api.answerCallbackQuery(query.id, alertOf(text, alert))))
  }
  return {
    show: (screen, then) =>
      say(async (to) => {
        const message = await put(ctx, to, screen, safe)
        if (message !== undefined) await then?.(message, ctx.api, to)
      }),
    send: (screen, then) =>
      say(async (to) => {
        const message = await post(ctx.api, to, screen, safe)
        if (message !== undefined) await then?.(message, ctx.api, to)
      }),
    replace: (screen, then) =>
      say(async (to) => {
        const message = query?.message
        if (!message) return
        if (mayReplace(message)) await edit(ctx.api, to, message.message_id, screen, safe)
        await then?.(message.message_id, ctx.api, to)
      }),
    answer,
    answered: () => {
      answered = true
    },
    also: (call) => say((to) => safe(() => call(ctx.api, to))),
    offer: (results) =>
      void behind.push(() =>
        safe(() => ctx.answerInlineQuery(results, { cache_time: 60, is_personal: true })),
      ),
  }
}

/**
 * Speaks at once, from inside a dialog, whose calls are recorded and replayed. Nothing that Telegram does is thrown: it would
 * end the dialog.
 */
export function speakAtOnce(ctx: Context): Speaker<Promise<void>> {
  const chat = ctx.chat?.id
  const query = ctx.callbackQuery
  let answered = false
  const answer = async (text?: string, alert = false): Promise<void> => {
    if (!query || answered) return
    answered = true
    await calm(() => ctx.api.answerCallbackQuery(query.id, alertOf(text, alert)))
  }
  return {
    async show(screen, then) {
      await answer()
      if (chat === undefined) return
      const message = await put(ctx, chat, screen, calm)
      if (message !== undefined) await then?.(message, ctx.api, chat)
    },
    async send(screen, then) {
      await answer()
      if (chat === undefined) return
      const message = await post(ctx.api, chat, screen, calm)
      if (message !== undefined) await then?.(message, ctx.api, chat)
    },
    answer,
  }
}

type Careful = (call: () => Promise<unknown>) => Promise<Outcome>

const WEATHER = [GrammyError, HttpError, HalfSent, NoPhoto]

/** As `safe`, and what Telegram or the way to it fails at is an outcome too. */
async function calm(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    return await safe(call)
  } catch (error) {
    if (WEATHER.some((kind) => error instanceof kind)) return 'failed'
    throw error
  }
}

/** In place of the pressed message, else as a new one: the message's id, undefined when it did not arrive. */
async function put(
  ctx: Context,
  chat: number,
  screen: Screen,
  careful: Careful,
): Promise<number | undefined> {
  const pressed = ctx.callbackQuery?.message
  if (pressed && mayReplace(pressed) && !screen.keyboard && !screen.photo) {
    const edited = await edit(ctx.api, chat, pressed.message_id, screen, careful)
    if (edited === 'done' || edited === 'unchanged') return pressed.message_id
    if (edited === 'blocked' || edited === 'failed') return undefined
  }
  return post(ctx.api, chat, screen, careful)
}

const edit = (api: Api, chat: number, message: number, screen: Screen, careful: Careful): Promise<Outcome> =>
  careful(() => api.editMessageText(chat, message, screen.text, inline(screen)))

/** A receipt is a person's own copy: no button takes it out of the chat. Nor is a message replaced that Telegram no longer shows us. */
function mayReplace(message: MaybeInaccessibleMessage): boolean {
  if (message.date === 0) return false
  const rows = message.reply_markup?.inline_keyboard ?? []
  return !rows.flat().some((one) => 'copy_text' in one)
}

async function post(api: Api, chat: number, screen: Screen, careful: Careful): Promise<number | undefined> {
  let sent: number | undefined
  await careful(async () => {
    sent = (await sendNew(api, chat, screen)).message_id
  })
  return sent
}

const alertOf = (text: string | undefined, alert: boolean) =>
  text ? { text: text.slice(0, 200), show_alert: alert } : {}
