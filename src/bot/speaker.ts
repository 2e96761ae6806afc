// How the bot speaks to whom an update came from: behind the acknowledgement, so that nobody waits for Telegram, and drawn again when lost.
import type { Api, Context } from 'grammy'
import type { InlineQueryResultArticle, MaybeInaccessibleMessage } from 'grammy/types'
import { escapeHtml } from '../i18n.ts'
import type { Owed } from '../session/session.ts'
import { inline, type Outcome, safe, type Screen } from './message.ts'
import { sendNew } from './new-message.ts'

/** A call to Telegram that runs once the update's effects are committed and the update is acknowledged. */
type Call = () => Promise<unknown>
/** What answers a person: answers to a press, which are of use now or never, and screens, which are drawn again when they were lost. */
export interface Behind {
  answers: Call[]
  /** A press that is answered with nothing but the end of its clock. */
  clock?: { query: string; stop: Call }
  screens: Call[]
  /** The screens are not shown now: what draws them again does so a moment later, once for all that came meanwhile. */
  later: boolean
  /** An answer to a press in a chat of the person's own holds words: lost, they are missed. */
  told?: true
  /** What is spoken, where the person chose none. */
  language?: string
}
export const nothingBehind = (): Behind => ({ answers: [], screens: [], later: false })
/** Runs once a screen is in the chat. */
export type Then = (message: number, api: Api, chat: number) => Promise<unknown>

/** What is said arrives in the order in which it was said; answers to presses wait for nothing. What is said to nobody's chat is not said. */
export interface Speaker {
  /** Shows a screen in place of the pressed message, or as a new one; what holds something to copy stays as it is. */
  show(screen: Screen, then?: Then): void
  /** Sends a screen as a message of its own, whatever was pressed. */
  send(screen: Screen, then?: Then): void
  /**
   * Answers a press, once: nothing, a short line, or (`alert`) a box to be closed; at most 200 characters. `link`: a `startLink` that
   * opens the person's own chat.
   */
  answer(text?: string, alert?: boolean, link?: string): void
  /** Shows a screen in place of the pressed message or nowhere; `then` runs whatever became of it, once something was pressed. */
  replace(screen: Screen, then?: Then): void
  /** Any other call to the chat, in turn. */
  also(call: (api: Api, chat: number) => Promise<unknown>): void
  /** The press has its answer. */
  answered(): void
  /** In a chat of the person's own, what is said waits a moment for more to come, and is then drawn by what leads there: see `drawnBy`. */
  later(): void
  /** Nothing is to be said, on purpose. */
  leaveIt(): void
  /** Whether nothing was said so far, and not on purpose: a press that only stops its clock is silence too. */
  silent(): boolean
  /**
   * Lost, what is said is drawn again by this: a button's data or a command that only shows. Ids, never a person's words, marks or
   * codes. The last one counts.
   */
  drawnBy(address: string): void
  /** What the chat waits for once this update is acknowledged; undefined when nothing is shown in a chat of the person's own. */
  owed(): Owed | undefined
  /** Answers an inline query with what may be chosen. */
  offer(results: readonly InlineQueryResultArticle[]): void
}

/** Who watches what a person gets to see; what it does happens in turn, and where it fails the screen comes all the same. */
export interface Watcher {
  before(screen: Screen, api: Api, chat: number): Promise<void>
  after(screen: Screen): Promise<void>
}

/** The id of a press that somebody wrote instead of pressing: nobody waits for its answer. */
export const TYPED = 'typed'

/** Pushes to `behind` what shall be said once the update is acknowledged. */
export function speakBehind(ctx: Context, behind: Behind, watcher?: Watcher): Speaker {
  const chat = ctx.chat?.id
  const query = ctx.callbackQuery
  let said: Promise<unknown> = Promise.resolve()
  let answered = false
  let silent = true
  let by = ''
  const say = (call: (chat: number) => Promise<unknown>): void => {
    answer()
    silent = false
    if (chat === undefined) return
    const turn = () => call(chat)
    behind.screens.push(() => {
      said = said.then(turn, turn)
      return said
    })
  }
  const answer = (text?: string, alert = false, link?: string): void => {
    if (!query || answered) return
    answered = true
    if (text ?? link) silent = false
    if (text && ctx.chat?.type === 'private') behind.told = true
    const call = () => answerPress(ctx, query.id, text, alert, link)
    if (text ?? link) behind.answers.push(call)
    else behind.clock = { query: query.id, stop: call }
  }
  const watched = watching(ctx.api, watcher)
  return {
    show: (screen, then) => say(watched(screen, (to) => put(ctx, to, screen), then)),
    send: (screen, then) => say(watched(screen, (to) => post(ctx.api, to, screen), then)),
    replace: (screen, then) =>
      say(async (to) => {
        const message = query?.message
        if (!message) return
        if (mayReplace(message)) await edit(ctx.api, to, message.message_id, screen)
        await then?.(message.message_id, ctx.api, to)
      }),
    answer,
    answered: () => {
      answered = true
    },
    later: () => {
      behind.later = true
    },
    leaveIt: () => {
      silent = false
    },
    silent: () => silent,
    drawnBy: (address) => {
      by = address
    },
    owed: () => (behind.screens.length === 0 ? undefined : owedTo(ctx, by, behind.language)),
    also: (call) => say((to) => safe(() => call(ctx.api, to))),
    offer: (results) =>
      void behind.answers.push(() =>
        safe(() => ctx.answerInlineQuery(results, { cache_time: 60, is_personal: true })),
      ),
  }
}

/** What a chat of the person's own waits for: what draws it, and the message that it takes the place of. */
function owedTo(ctx: Context, by: string, language?: string): Owed | undefined {
  if (ctx.chat?.type !== 'private') return undefined
  const message = ctx.callbackQuery?.message
  const kept: Owed = { update: ctx.update.update_id, by, ...(language !== undefined && { language }) }
  return message && mayReplace(message) ? { ...kept, message: message.message_id } : kept
}

/** Puts a screen where it belongs, under the eyes of the watcher; what watches may fail, and the screen comes all the same. */
const watching =
  (api: Api, watcher?: Watcher) =>
  (screen: Screen, place: (to: number) => Promise<number | undefined>, then?: Then) =>
  async (to: number): Promise<void> => {
    await watcher?.before(screen, api, to).catch(() => undefined)
    const message = await place(to)
    if (message === undefined) return
    await watcher?.after(screen).catch(() => undefined)
    await then?.(message, api, to)
  }

/** In place of the pressed message, else as a new one: the message's id, undefined when it did not arrive. */
async function put(ctx: Context, chat: number, screen: Screen): Promise<number | undefined> {
  const pressed = ctx.callbackQuery?.message
  if (pressed && mayReplace(pressed) && !screen.keyboard && !screen.photo && screen.voice === undefined) {
    const edited = await edit(ctx.api, chat, pressed.message_id, screen)
    if (edited === 'done' || edited === 'unchanged') return pressed.message_id
    if (edited === 'blocked') return undefined
  }
  return post(ctx.api, chat, screen)
}

const edit = (api: Api, chat: number, message: number, screen: Screen): Promise<Outcome> =>
  safe(() => api.editMessageText(chat, message, screen.text, inline(screen)))

/** A receipt is a person's own copy: no button takes it out of the chat. Nor is a message replaced that Telegram no longer shows us. */
function mayReplace(message: MaybeInaccessibleMessage): boolean {
  if (message.date === 0) return false
  const rows = message.reply_markup?.inline_keyboard ?? []
  return !rows.flat().some((one) => 'copy_text' in one)
}

async function post(api: Api, chat: number, screen: Screen): Promise<number | undefined> {
  let sent: number | undefined
  await safe(async () => {
    sent = (await sendNew(api, chat, screen)).message_id
  })
  return sent
}

/** Telegram shows a box for a few seconds after the press only: what came too late is said in the chat. */
async function answerPress(
  ctx: Context,
  query: string,
  text?: string,
  alert = false,
  url?: string,
): Promise<void> {
  const outcome = await safe(() =>
    ctx.api.answerCallbackQuery(query, url === undefined ? alertOf(text, alert) : { url }),
  )
  if (outcome === 'late' && text && ctx.chat?.type === 'private')
    await post(ctx.api, ctx.chat.id, { text: escapeHtml(text) })
}

const alertOf = (text: string | undefined, alert: boolean) =>
  text ? { text: text.slice(0, 200), show_alert: alert } : {}

/** Speaks as `speak`, with a line on top of the first screen. `note`: Telegram's HTML. */
export function withNote(speak: Speaker, note: string): Speaker {
  let left = `${note}\n\n`
  const noted = (screen: Screen): Screen => {
    const text = left + screen.text
    left = ''
    return { ...screen, text }
  }
  return {
    ...speak,
    show: (screen, then) => speak.show(noted(screen), then),
    send: (screen, then) => speak.send(noted(screen), then),
  }
}

/** For a press that somebody wrote: what would be answered in a box is said in the chat, unless something else was. */
export function withoutPress(speak: Speaker): Speaker {
  let said = false
  return {
    ...speak,
    show: (screen, then) => {
      said = true
      speak.show(screen, then)
    },
    send: (screen, then) => {
      said = true
      speak.send(screen, then)
    },
    answer: (text) => {
      if (text && !said) speak.send({ text: escapeHtml(text) })
    },
  }
}
