// The bot, as a list in one written order: who, which language → features → what was expected → what is left over.
import { type Api, Composer, Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { T, Texts } from '../i18n.ts'
import { databaseReady } from '../use-cases/database-ready.ts'
import { noteReachable } from '../use-cases/remember-account.ts'
import { whoIs } from '../use-cases/who-is.ts'
import { discoverFeature } from './discover/feature.ts'
import { dialogPart, dialogs } from './dialogs.ts'
import type { Doors } from './doors.ts'
import { fenced } from './errors.ts'
import type { Takes } from './expectations.ts'
import type { Feature } from './feature.ts'
import { followDialog } from './follow/dialog.ts'
import { helpFeature } from './help/feature.ts'
import { messages } from './messages.ts'
import type { BotParts, FeatureParts } from './parts.ts'
import { receiptFeature } from './receipt/feature.ts'
import { resultsFeature } from './results/feature.ts'
import { type Behind, speakBehind } from './speaker.ts'
import { startFeature } from './start/feature.ts'
import { outdated, type Talk, talkOn } from './talk.ts'
import { type GiveUp, type Handle, personOf } from './updates.ts'
import { verifyFeature } from './verify/feature.ts'
import { voteFeature } from './vote/feature.ts'

export interface Bot {
  handle: Handle
  giveUp: GiveUp
  /** Throws while a store is away. */
  ready: () => Promise<void>
}

export interface BotOptions {
  parts: BotParts
  api: Api
  me: UserFromGetMe
  textsOf: Texts
  /** Where photos and voice notes of projects lie. */
  mediaFolder: string
}

/** Presses and messages of one person: bursts are fine, floods are not. */
const FLOOD = { limit: 60, windowMs: 20_000 }

export function createBot({ parts: given, api, me, textsOf, mediaFolder }: BotOptions): Bot {
  const { app, session, log } = given
  const talks = new WeakMap<Update, Talk>()
  const talkOf = (ctx: Context): Talk => {
    const talk = talks.get(ctx.update)
    if (!talk) throw new Error('an update without its talk')
    return talk
  }
  const doors = {} as Doors
  const run = everything({ ...given, textsOf, mediaFolder, doors, talkOf }, me).middleware()

  return {
    async handle(update, behind, attempt) {
      const account = Number(personOf(update))
      if (!Number.isSafeInteger(account)) return
      const ctx = new Context(update, api, me)
      const found = await whoIs(app, account)
      // A language that is gone was not chosen: it is guessed, and asked for again.
      const who = { ...found, locale: textsOf.known(found.locale) }
      const t = textsOf(who.locale ?? textsOf.guess(ctx.from?.language_code))
      const talk = talkOn(ctx, t, who, speakBehind(ctx, behind))
      talks.set(update, talk)
      const handled = async () => {
        if (await session.allow(`flood:${account}`, FLOOD.limit, FLOOD.windowMs)) {
          await run(ctx, async () => {})
          talk.speak.answer()
        } else talk.speak.answer(t('common.slow-down.alert'))
      }
      await fenced(update, attempt, log, handled, (code) => tellFault(ctx, t, behind, code))
    },
    async giveUp(update, behind) {
      const ctx = new Context(update, api, me)
      const speak = speakBehind(ctx, behind)
      speak.answer()
      if (ctx.chat?.type !== 'private') return
      // What keeps failing may be this very question: then the language is guessed.
      const who = await whoIs(app, ctx.chat.id).catch(() => undefined)
      const t = textsOf(textsOf.known(who?.locale) ?? textsOf.guess(ctx.from?.language_code))
      speak.send({ text: t.html('common.set-aside') })
    },
    ready: async () => {
      await databaseReady(app)
      await session.ready()
    },
  }
}

/** Everything the bot listens to, in order. Numbers: a receipt is asked first, for a card's code may have more digits or less. */
function everything(parts: FeatureParts, me: UserFromGetMe): Composer<Context> {
  const start = startFeature(parts)
  const discover = discoverFeature(parts)
  const vote = voteFeature(parts)
  const receipt = receiptFeature(parts)
  const verify = verifyFeature(parts)
  const results = resultsFeature(parts)
  const help = helpFeature(parts)
  const features: Feature[] = [start, discover, vote, receipt, verify, results, help]
  const takes: Takes = { ...start.expects, ...discover.expects, ...vote.expects, ...verify.expects }
  const doors: Doors = { ...start.opens, ...discover.opens, ...vote.opens, ...verify.opens }
  Object.assign(parts.doors, doors)

  const bot = new Composer<Context>()
  bot.on('my_chat_member', async (ctx) => {
    if (ctx.chat.type !== 'private') return
    await noteReachable(parts.app, ctx.from.id, ctx.myChatMember.new_chat_member.status !== 'kicked')
  })
  bot.on('inline_query', discover.composer)
  const chat = bot.chatType('private')
  chat.use(...features.map(({ composer }) => composer))
  chat.use(dialogs(parts, [dialogPart(parts, followDialog(parts.app))]))
  chat.on('callback_query', (ctx) => outdated(parts.talkOf(ctx)))
  chat.use(messages(parts, me.id, takes, features))
  return bot
}

/** A fault of ours, in place of all that was to be said: to a chat of one's own as a message, elsewhere to who pressed. */
function tellFault(ctx: Context, t: T, behind: Behind[], code: string): void {
  behind.length = 0
  const speak = speakBehind(ctx, behind)
  if (ctx.chat?.type === 'private') speak.show({ text: t.html('common.technical', { code }) })
  else speak.answer(t('common.technical', { code }), true)
}
