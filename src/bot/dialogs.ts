// Dialogs: questions in a row, each answered by a button or a message, over the conversations plugin. What it records lies in the session store.
import { type Conversation, conversations, createConversation } from '@grammyjs/conversations'
import { Composer, type Context, type MiddlewareFn } from 'grammy'
import type { Update } from 'grammy/types'
import { z } from 'zod'
import type { Locale } from '../core/localised.ts'
import type { Who } from '../use-cases/who-is.ts'
import { type AnsweredBy, type Asking, asking, type Outside } from './asking.ts'
import type { ButtonType } from './callback.ts'
import { dialogNote, type FeatureParts } from './parts.ts'
import { pressMeant, readInView } from './seen.ts'
import { wordsMeant } from './words-meant.ts'

const WEEK = 7 * 24 * 3600

/**
 * A dialog. All its buttons are of one type and carry the open question (`step`) and all answers so far: a press that finds no
 * dialog at work, after a flush, a crash or with a new version, goes on from there. So does a press on another question.
 */
export interface Dialog<V extends { step: string }> {
  name: string
  /** Raised when the order or the meaning of what is recorded changes: recorded state of another version is let go. */
  version: number
  button: ButtonType<V>
  /** The first question, nothing answered. */
  first: V
  /** What a button may lead to; anything else leads to the first question. */
  steps: readonly string[]
  /** From the question that `from` names to the end. Whatever it reads goes through `ask.read`. */
  run(ask: Asking<V>, from: V): Promise<void>
}

/** A dialog as it is installed: what goes on with it, and what begins it. */
export interface DialogPart {
  id: string
  /** Its buttons. */
  pattern: RegExp
  goesOn: (met: Met) => MiddlewareFn<Outside>
  begins: (met: Met) => MiddlewareFn<Outside>
}

/** What an update met: a dialog at work, or what another version had recorded; and where an answer leads. */
interface Met {
  atWork: WeakSet<Update>
  onward: WeakMap<Update, { id: string; to: unknown; by: AnsweredBy<unknown> }>
  /** The name of the dialog that another version was leading. */
  left: WeakMap<Update, string>
}

/** Plain data: it is recorded with the dialog. */
interface Entered<V> {
  locale: Locale
  who: Who
  from: V
  /** It was cut off, and the person is told so. */
  again: boolean
  /** What led there. */
  by?: AnsweredBy<V>
}

export function dialogPart<V extends { step: string }>(parts: FeatureParts, dialog: Dialog<V>): DialogPart {
  const id = `${dialog.name}@${dialog.version}`
  const leads =
    (met: Met) =>
    (
      conversation: Conversation<Outside, Context>,
      _: Context,
      { locale, who, from, again, by }: Entered<V>,
    ) => {
      // A dialog outlives a deploy, which may have taken its language away.
      const t = parts.textsOf(parts.textsOf.guess(locale))
      const goOn = (update: Update, to: V, answer: AnsweredBy<V>) =>
        met.onward.set(update, { id, to, by: answer })
      return dialog.run(asking(conversation, dialog.button, parts, { t, who, again, by, goOn }), from)
    }
  return {
    id,
    pattern: dialog.button.pattern,
    goesOn: (met) => createConversation<Outside, Context>(leads(met), { id }),
    begins: (met) => async (ctx, next) => {
      const data = ctx.callbackQuery?.data
      const pressed = data !== undefined && dialog.button.pattern.test(data)
      const left = met.left.get(ctx.update) === dialog.name
      const answer = met.onward.get(ctx.update)
      const onward = answer?.id === id ? answer : undefined
      if (!pressed && !left && !onward) return next()
      const { t, who } = parts.talkOf(ctx)
      const named = pressed ? dialog.button.parse(data) : undefined
      const meant = onward ? (onward.to as V) : named
      const from = meant && dialog.steps.includes(meant.step) ? meant : dialog.first
      const again = left || (from.step !== dialog.first.step && !met.atWork.has(ctx.update))
      await parts.session.expectNothing(who.id)
      const entered: Entered<V> = {
        locale: t.locale,
        who,
        from,
        again,
        ...(onward && { by: onward.by as AnsweredBy<V> }),
      }
      await ctx.conversation.enter(id, entered)
    },
  }
}

/** What is recorded of an update: which it was, and the button. Neither names nor words, nor the text that the button stood under. */
const recordSchema = z.object({
  update_id: z.int(),
  callback_query: z.object({ data: z.string() }).optional(),
})

const withoutWords = (state: object): object =>
  JSON.parse(
    JSON.stringify(state, (_, value: unknown) => recordSchema.safeParse(value).data ?? value),
  ) as object

/**
 * Leads the dialogs of private chats. It stands behind everything that has buttons and commands of its own, so that nobody who
 * votes pays for reading dialogs; commands and what asks for something else leave a dialog by erasing its note.
 */
export function dialogs(parts: FeatureParts, all: readonly DialogPart[]): MiddlewareFn<Context> {
  const { session, doors, talkOf, textsOf } = parts
  const met: Met = { atWork: new WeakSet(), onward: new WeakMap(), left: new WeakMap() }
  const inside = new Composer<Outside>()
  inside.use(
    conversations<Outside, Context>({
      storage: {
        type: 'key',
        getStorageKey: (ctx) => dialogNote(ctx.chatId ?? 0),
        adapter: {
          read: (key) => session.note(key) as never,
          write: (key, state) => session.setNote(key, withoutWords(state), WEEK),
          delete: (key) => session.eraseNotes(key),
        },
      },
    }),
  )
  inside.use(async (ctx, next) => {
    for (const id of Object.keys(ctx.conversation.active())) {
      if (all.some((one) => one.id === id)) met.atWork.add(ctx.update)
      else {
        met.left.set(ctx.update, id.split('@')[0] ?? '')
        await ctx.conversation.exit(id)
      }
    }
    await next()
  })
  for (const { goesOn } of all) inside.use(goesOn(met))
  for (const { begins } of all) inside.use(begins(met))
  const run = inside.middleware()

  /** The press on a question that somebody wrote. It goes through the plugin alone: two at once would each keep its own record. */
  async function written(ctx: Context): Promise<string | undefined> {
    const text = ctx.message?.text
    const view = text === undefined ? undefined : await readInView(session, talkOf(ctx).who.id)
    const meant = view && pressMeant(view, wordsMeant(textsOf, text ?? ''))
    return meant !== undefined && all.some(({ pattern }) => pattern.test(meant)) ? meant : undefined
  }
  return async (ctx, next) => {
    const press = await written(ctx)
    // The plugin adds its controls itself.
    return press === undefined ? run(ctx as Outside, next) : doors.press(talkOf(ctx), press)
  }
}
