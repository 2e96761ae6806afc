// 300+: one list. The bot, as a list in one written order: who, which language → features → what was expected → what is left over.
import { type Api, Composer, Context } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import type { T, Texts } from '../i18n.ts'
import type { Owed, Wants } from '../session/session.ts'
import type { MediaStore } from '../use-cases/copy-idea-media.ts'
import { databaseReady } from '../use-cases/database-ready.ts'
import { practices } from '../use-cases/read-practice.ts'
import { noteReachable } from '../use-cases/remember-account.ts'
import { whoIs } from '../use-cases/who-is.ts'
import { channelFeature } from './announce/channels.ts'
import { announceFeature } from './announce/feature.ts'
import { answeringFeature } from './answering/feature.ts'
import { menuButton } from './buttons.ts'
import { consultFeature } from './consult/feature.ts'
import { discoverFeature } from './discover/feature.ts'
import { dialogPart, dialogs } from './dialogs.ts'
import type { Doors } from './doors.ts'
import { updateOf } from './drawn-again.ts'
import { fenced } from './errors.ts'
import type { Takes } from './expectations.ts'
import type { Feature } from './feature.ts'
import { followDialog } from './follow/dialog.ts'
import { holdingFeature } from './holding/feature.ts'
import { helpFeature } from './help/feature.ts'
import { ideaDialog } from './ideas/dialog.ts'
import { ideasFeature } from './ideas/feature.ts'
import { keepingFeature } from './keeping/feature.ts'
import { watcherOf } from './seen.ts'
import { moderationFeature } from './moderation/feature.ts'
import { groupFeature, isTalkOfOthers } from './moderation/group.ts'
import { manageFeature } from './manage/feature.ts'
import { rolesFeature } from './manage/roles.ts'
import { messages } from './messages.ts'
import type { BotParts, FeatureParts } from './parts.ts'
import { reviewsFeature } from './reviews/feature.ts'
import { signalsFeature } from './signals/feature.ts'
import { assistFeature } from './assist/feature.ts'
import { personFeature } from './person/feature.ts'
import { paperFeature } from './paper/feature.ts'
import { pressureFeature } from './pressure/feature.ts'
import { questionsFeature } from './questions/feature.ts'
import { newCycleFeature } from './new-cycle/feature.ts'
import { receiptFeature } from './receipt/feature.ts'
import { reportFeature } from './report/feature.ts'
import { resultsFeature } from './results/feature.ts'
import { atPace, lostScreen, PACE, type Pace } from './pace.ts'
import type { Draw } from './redraw.ts'
import { noRoutes, routed } from './routes.ts'
import { secondFeature } from './second/feature.ts'
import { type Behind, type Speaker, speakBehind, TYPED, withoutPress } from './speaker.ts'
import { startFeature } from './start/feature.ts'
import { outdated, type Talk, type TalkOf, talkOn } from './talk.ts'
import { type GiveUp, type Handle, personOf } from './updates.ts'
import { wanted } from './wanted.ts'
import { verifyFeature } from './verify/feature.ts'
import type { HowVoices } from './voice.ts'
import { voteFeature } from './vote/feature.ts'
import { worksFeature } from './works/feature.ts'

export interface Bot {
  handle: Handle
  /** What of the session store an update needs: asked with its lock. */
  wants: (update: Update) => Wants
  giveUp: GiveUp
  draw: Draw
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
  /** Where copies of photos that came through Telegram or a command lie; unless told, there are none. */
  copies?: MediaStore
  /** "How it works" as a voice note; unless told, in no language. */
  howVoices?: HowVoices
  /** Unless told, `PACE`. */
  pace?: Pace
  /** What the bot listens to; unless told, everything. */
  listens?: (parts: FeatureParts, me: UserFromGetMe) => Composer<Context>
}

export function createBot(options: BotOptions): Bot {
  const { parts: given, api, me, textsOf, pace = PACE, listens = everything } = options
  const { app, session, log } = given
  const talks = new WeakMap<Update, Talk>()
  const own = featureParts(options, talkIn(talks))
  const { doors } = own
  const run = running(own, listens(own, me))

  /** `spoken`: in which language the person was answered before, where this update comes from no phone. */
  async function begin(ctx: Context, account: number, behind: Behind, spoken?: string): Promise<Talk> {
    const found = await whoIs(app, account)
    // A language that is gone was not chosen: it is guessed, and asked for again.
    const who = { ...found, locale: textsOf.known(found.locale) }
    const t = textsOf(who.locale ?? textsOf.known(spoken) ?? textsOf.guess(ctx.from?.language_code))
    if (!who.locale) behind.language = t.locale
    const own = ctx.chat?.type === 'private'
    const watcher = own ? watcherOf(session, account, t('common.keyboard-gone')) : undefined
    const talk = talkOn(ctx, t, who, speakBehind(ctx, behind, watcher))
    talks.set(ctx.update, talk)
    return talk
  }
  doors.press = pressing(talks, api, me, run)

  return {
    async handle(update, behind, { attempt, allowed }) {
      const account = Number(personOf(update))
      if (!Number.isSafeInteger(account)) return undefined
      if (isTalkOfOthers(update.message ?? update.edited_message)) return undefined
      const ctx = new Context(update, api, me)
      const talk = await begin(ctx, account, behind)
      let { speak } = talk
      let drawn = true
      const handled = async () => {
        drawn = await atPace(session, pace, ctx, talk, allowed, async () => {
          await run(ctx)
          if (speak.silent()) await unsaid(own, ctx, talk)
        })
      }
      await fenced(update, attempt, log, handled, (code) => {
        speak = tellFault(ctx, talk.t, behind, code)
      })
      const owed = speak.owed()
      if (owed && (!drawn || behind.later)) behind.screens.length = 0
      return owed
    },
    wants: (update) => wanted(update, pace),
    giveUp: (update, behind) => giveUp(own, new Context(update, api, me), behind),
    async draw(person, owed, behind) {
      const ctx = new Context(updateOf(Number(person), owed), api, me)
      const talk = await begin(ctx, Number(person), behind, owed.language)
      talk.speak.answered()
      if (owed.by === '') return talk.speak.send(lostScreen(talk.t))
      await run(ctx)
      // What led there is of another time now.
      if (behind.screens.length === 0) await doors.menu(talk)
    },
    ready: async () => {
      await databaseReady(app)
      await session.ready()
    },
  }
}

/** What all features share; its doors and routes are filled as they are made. */
function featureParts(
  { parts, textsOf, mediaFolder, copies, howVoices = new Map(), pace = PACE }: BotOptions,
  talkOf: TalkOf,
): FeatureParts {
  const filled = { routes: noRoutes(), doors: {} as Doors, practiceOf: practices(parts.app) }
  return { ...parts, ...filled, textsOf, mediaFolder, copies, howVoices, pace, talkOf }
}

/** What is routed goes straight to its handler; all else through those who listen, in their order. */
function running({ routes, talkOf }: FeatureParts, others: Composer<Context>) {
  const middleware = others.middleware()
  return (ctx: Context): Promise<unknown> => {
    const handle = ctx.chat?.type === 'private' ? routed(routes, ctx) : undefined
    return handle ? handle(talkOf(ctx)) : Promise.resolve(middleware(ctx, async () => {}))
  }
}

async function giveUp(
  { app, textsOf }: FeatureParts,
  ctx: Context,
  behind: Behind,
): Promise<Owed | undefined> {
  const speak = speakBehind(ctx, behind)
  speak.answer()
  if (ctx.chat?.type !== 'private') return undefined
  // What keeps failing may be this very question: then the language is guessed.
  const who = await whoIs(app, ctx.chat.id).catch(() => undefined)
  const t = textsOf(textsOf.known(who?.locale) ?? textsOf.guess(ctx.from?.language_code))
  speak.send({ text: t.html('common.set-aside') })
  return speak.owed()
}

/** Nobody ends in silence: what no handler had a word for leads to the menu, or is said to be out of date. */
async function unsaid({ log, doors }: FeatureParts, ctx: Context, talk: Talk): Promise<void> {
  if (ctx.chat?.type !== 'private' || !(ctx.message || ctx.callbackQuery)) return
  log.warn('nothing was said', { update_id: ctx.update.update_id })
  if (ctx.callbackQuery) return outdated(talk)
  talk.speak.drawnBy(menuButton.pack({}))
  await doors.menu(talk)
}

const talkIn =
  (talks: WeakMap<Update, Talk>): TalkOf =>
  (ctx) => {
    const talk = talks.get(ctx.update)
    if (!talk) throw new Error('an update without its talk')
    return talk
  }

/** In the order in which they are asked. Numbers: a receipt is asked first, for a card's code may have more digits or less. */
const featuresOf = (parts: FeatureParts) => ({
  start: startFeature(parts),
  ideas: ideasFeature(parts),
  discover: discoverFeature(parts),
  vote: voteFeature(parts),
  receipt: receiptFeature(parts),
  verify: verifyFeature(parts),
  results: resultsFeature(parts),
  report: reportFeature(parts),
  help: helpFeature(parts),
  newCycle: newCycleFeature(parts),
  second: secondFeature(parts),
  moderation: moderationFeature(parts),
  consult: consultFeature(parts),
  holding: holdingFeature(parts),
  paper: paperFeature(parts),
  person: personFeature(parts),
  assist: assistFeature(parts),
  signals: signalsFeature(parts),
  reviews: reviewsFeature(parts),
  pressure: pressureFeature(parts),
  questions: questionsFeature(parts),
  answering: answeringFeature(parts),
  works: worksFeature(parts),
  keeping: keepingFeature(parts),
  manage: manageFeature(parts),
  roles: rolesFeature(parts),
  announce: announceFeature(parts),
})

/** Who takes what was expected; the type checker names a kind without a taker. */
const takesOf = (made: ReturnType<typeof featuresOf>): Takes => ({
  ...made.start.expects,
  ...made.discover.expects,
  ...made.vote.expects,
  ...made.verify.expects,
  ...made.moderation.expects,
  ...made.consult.expects,
  ...made.holding.expects,
  ...made.paper.expects,
  ...made.person.expects,
  ...made.assist.expects,
  ...made.pressure.expects,
  ...made.questions.expects,
  ...made.ideas.expects,
  ...made.answering.expects,
  ...made.works.expects,
  ...made.keeping.expects,
  ...made.manage.expects,
  ...made.newCycle.expects,
  ...made.roles.expects,
  ...made.announce.expects,
  ...made.report.expects,
  ...made.reviews.expects,
})

/** Everything the bot listens to, in order. */
function everything(parts: FeatureParts, me: UserFromGetMe): Composer<Context> {
  const made = featuresOf(parts)
  const { start, discover, vote, receipt, verify, moderation, assist } = made
  const features: Feature[] = Object.values(made)
  const takes = takesOf(made)
  const doors: Omit<Doors, 'press'> = {
    ...start.opens,
    ...discover.opens,
    ...vote.opens,
    ...receipt.opens,
    ...verify.opens,
    ...moderation.opens,
    ...assist.opens,
  }
  Object.assign(parts.doors, doors)

  const bot = new Composer<Context>()
  bot.on('my_chat_member', async (ctx, next) => {
    if (ctx.chat.type !== 'private') return next()
    await noteReachable(parts.app, ctx.from.id, ctx.myChatMember.new_chat_member.status !== 'kicked')
  })
  bot.on('inline_query', discover.composer)
  bot.chatType('channel').use(channelFeature(parts))
  bot.chatType(['group', 'supergroup']).use(groupFeature(parts))
  const chat = bot.chatType('private')
  chat.use(...features.map(({ composer }) => composer))
  chat.use(dialogs(parts, [dialogPart(parts, followDialog(parts.app)), dialogPart(parts, ideaDialog(parts))]))
  chat.on('callback_query', (ctx) => outdated(parts.talkOf(ctx)))
  chat.use(messages(parts, me.id, takes, features))
  return bot
}

/** Runs a press that somebody wrote, in the talk of the message that it was written in. */
const pressing =
  (talks: WeakMap<Update, Talk>, api: Api, me: UserFromGetMe, run: (ctx: Context) => Promise<unknown>) =>
  async (talk: Talk, data: string): Promise<void> => {
    const update = asPress(talk.update, data)
    if (!update) return
    const ctx = new Context(update, api, me)
    talks.set(update, talkOn(ctx, talk.t, talk.who, withoutPress(talk.speak)))
    await run(ctx)
  }

/** What a message's text would have been as a press. Telegram shows the button's message to nobody, so the answer is a new one. */
function asPress({ update_id, message }: Update, data: string): Update | undefined {
  if (!message?.from) return undefined
  const { from, chat } = message
  const pressed = { chat, message_id: 0, date: 0 as const }
  return { update_id, callback_query: { id: TYPED, from, chat_instance: '', message: pressed, data } }
}

/** A fault of ours, in place of all that was to be said: to a chat of one's own as a message, elsewhere to who pressed. */
function tellFault(ctx: Context, t: T, behind: Behind, code: string): Speaker {
  behind.answers.length = behind.screens.length = 0
  delete behind.clock
  const speak = speakBehind(ctx, behind)
  if (ctx.chat?.type === 'private') speak.show({ text: t.html('common.technical', { code }) })
  else speak.answer(t('common.technical', { code }), true)
  return speak
}
