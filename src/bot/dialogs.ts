// Dialogs: questions in a row, each answered by a button, over the conversations plugin. What it records lies in the session store.
import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
} from '@grammyjs/conversations'
import { Composer, type Context, type MiddlewareFn } from 'grammy'
import type { Update } from 'grammy/types'
import type { Locale } from '../core/localised.ts'
import type { Who } from '../use-cases/who-is.ts'
import { type Asking, asking } from './asking.ts'
import type { ButtonType } from './callback.ts'
import { dialogNote, type FeatureParts } from './parts.ts'

type Outside = ConversationFlavor<Context>

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
  goesOn: MiddlewareFn<Outside>
  begins: (met: Met) => MiddlewareFn<Outside>
}

/** What an update met: a dialog at work, or what another version had recorded. */
interface Met {
  atWork: WeakSet<Update>
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
}

export function dialogPart<V extends { step: string }>(parts: FeatureParts, dialog: Dialog<V>): DialogPart {
  const id = `${dialog.name}@${dialog.version}`
  const lead = (
    conversation: Conversation<Outside, Context>,
    ctx: Context,
    { locale, who, from, again }: Entered<V>,
  ) => {
    // A dialog outlives a deploy, which may have taken its language away.
    const t = parts.textsOf(parts.textsOf.guess(locale))
    return dialog.run(asking(conversation, ctx, dialog.button, { t, who, again }), from)
  }
  return {
    id,
    goesOn: createConversation<Outside, Context>(lead, { id }),
    begins: (met) => async (ctx, next) => {
      const data = ctx.callbackQuery?.data
      const pressed = data !== undefined && dialog.button.pattern.test(data)
      const left = met.left.get(ctx.update) === dialog.name
      if (!pressed && !left) return next()
      const { t, who, speak } = parts.talkOf(ctx)
      const named = pressed ? dialog.button.parse(data) : undefined
      const from = named && dialog.steps.includes(named.step) ? named : dialog.first
      const again = left || (from.step !== dialog.first.step && !met.atWork.has(ctx.update))
      await parts.session.expectNothing(who.id)
      speak.answered()
      await ctx.conversation.enter(id, { locale: t.locale, who, from, again } satisfies Entered<V>)
    },
  }
}

/**
 * Leads the dialogs of private chats. It stands behind everything that has buttons and commands of its own, so that nobody who
 * votes pays for reading dialogs; commands and what asks for something else leave a dialog by erasing its note.
 */
export function dialogs(parts: FeatureParts, all: readonly DialogPart[]): MiddlewareFn<Context> {
  const { session } = parts
  const met: Met = { atWork: new WeakSet(), left: new WeakMap() }
  const inside = new Composer<Outside>()
  inside.use(
    conversations<Outside, Context>({
      storage: {
        type: 'key',
        getStorageKey: (ctx) => dialogNote(ctx.chatId ?? 0),
        adapter: {
          read: (key) => session.note(key) as never,
          write: (key, state) => session.setNote(key, state, WEEK),
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
  for (const { goesOn } of all) inside.use(goesOn)
  for (const { begins } of all) inside.use(begins(met))
  const run = inside.middleware()
  // The plugin adds its controls itself.
  return (ctx, next) => run(ctx as Outside, next)
}
