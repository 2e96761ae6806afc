// The bot, as a list in one written order: who, which language → features → what was expected → what is left over.
import { type Api, Composer } from 'grammy'
import type { Update, UserFromGetMe } from 'grammy/types'
import { LOCALES, type Locale } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { databaseReady } from '../use-cases/database-ready.ts'
import { noteReachable, isLocale } from '../use-cases/remember-person.ts'
import { whoIs } from '../use-cases/who-is.ts'
import { type Behind, Ctx } from './context.ts'
import { discoverFeature } from './discover/feature.ts'
import { fenced } from './errors.ts'
import { readExpectation } from './expectation.ts'
import { helpFeature } from './help/feature.ts'
import { answer, safe, send, show } from './message.ts'
import type { BotParts } from './parts.ts'
import { receiptFeature } from './receipt/feature.ts'
import { resultsFeature } from './results/feature.ts'
import { startFeature } from './start/feature.ts'
import type { GiveUp, Handle } from './updates.ts'
import { personOf } from './updates.ts'
import { verifyFeature } from './verify/feature.ts'
import { voteFeature } from './vote/feature.ts'
import { toMenu } from './buttons.ts'

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
  textsOf: (locale: Locale) => T
  /** Where photos and voice notes of projects lie. */
  mediaFolder: string
}

const LONGEST_TEXT = 500
/** Presses and messages of one person: bursts are fine, floods are not. */
const FLOOD = { limit: 60, windowMs: 20_000 }

export function createBot({ parts, api, me, textsOf, mediaFolder }: BotOptions): Bot {
  const { app, session, log } = parts
  const vote = voteFeature(parts, (ctx, at) => verify.ask(ctx, at))
  const verify = verifyFeature(parts, vote.open)
  const discover = discoverFeature(parts, mediaFolder)
  const start = startFeature(parts, textsOf, { project: discover.project, card: verify.link })
  const receipt = receiptFeature(parts)

  const bot = new Composer<Ctx>()
  bot.on('my_chat_member', async (ctx) => {
    if (ctx.chat.type !== 'private') return
    await noteReachable(app, ctx.who.id, ctx.myChatMember.new_chat_member.status !== 'kicked')
  })
  bot.on('inline_query', discover.composer)
  const chat = bot.filter((ctx) => ctx.chat?.type === 'private')
  chat.use(start.composer)
  chat.use(discover.composer)
  chat.use(vote.composer)
  chat.use(verify.composer)
  chat.use(receipt.composer)
  chat.use(resultsFeature(parts))
  chat.use(helpFeature(parts))
  chat.on('callback_query', (ctx) => answer(ctx, ctx.t('common.outdated.alert'), true))
  chat.on('message:contact', async (ctx) => {
    const expected = await expectedOf(ctx)
    await verify.contact(ctx, expected?.kind === 'contact' ? expected : undefined, ctx.message)
  })
  chat.on('message:location', async (ctx) => {
    const expected = await expectedOf(ctx)
    await session.expectNothing(String(ctx.who.id))
    const point = { lat: ctx.message.location.latitude, lon: ctx.message.location.longitude }
    if (expected?.kind === 'near') return discover.near(ctx, expected, point)
    send(ctx, { text: ctx.t.html('start.location-taken'), keyboard: { remove_keyboard: true } })
    await start.near(ctx, point)
  })
  chat.on('message:text', text)
  chat.on('edited_message:text', edited)
  chat.on('message', (ctx) => show(ctx, { text: ctx.t.html('common.media'), buttons: [[toMenu(ctx.t)]] }))

  const expectedOf = async (ctx: Ctx) => readExpectation(await session.expectation(String(ctx.who.id)))

  /** A text is what was asked for; else a card code or a receipt number by its look; else the menu. */
  async function text(ctx: Ctx): Promise<void> {
    // A project they shared into this very chat.
    if (ctx.message?.via_bot?.id === me.id) return
    const said = ctx.message?.text ?? ''
    const expected = await expectedOf(ctx)
    // The keyboard may still be in the language of before.
    if (LOCALES.some((locale) => said === textsOf(locale)('common.cancel.button'))) {
      await session.expectNothing(String(ctx.who.id))
      send(ctx, { text: ctx.t('common.cancel.button'), keyboard: { remove_keyboard: true } })
      return start.menu(ctx)
    }
    if (said.length > LONGEST_TEXT) return tooLong(ctx)
    const digits = said.replace(/[^0-9]/g, '').length
    switch (expected?.kind) {
      case 'code':
        return verify.typed(ctx, expected, expected.digits, said)
      case 'search':
        return discover.search(ctx, expected, said)
      case 'label':
        return vote.label(ctx, expected, said)
      case 'contact':
        return verify.ask(ctx, expected)
      case 'claim':
      case 'near':
      case 'village-near':
      case undefined:
        break
    }
    if (ctx.who.home && digits === 14 && !/\p{L}/u.test(said)) return receipt.look(ctx, said)
    if (ctx.who.home && digits >= 12 && !/\p{L}/u.test(said)) return verify.typed(ctx, ctx.who.home, '', said)
    send(ctx, { text: ctx.t.html('common.not-understood') })
    await start.menu(ctx)
  }

  /**
   * A code that is corrected in the message itself: read alone, for what was kept of half a code may be what is corrected.
   * After a success no code is expected any more, so a later edit changes nothing.
   */
  async function edited(ctx: Ctx): Promise<void> {
    const said = ctx.editedMessage?.text ?? ''
    const expected = await expectedOf(ctx)
    if (expected?.kind !== 'code') return
    if (said.length > LONGEST_TEXT) return tooLong(ctx)
    await verify.typed(ctx, expected, '', said)
  }

  const tooLong = (ctx: Ctx) =>
    show(ctx, {
      text: ctx.t.html('common.too-long', { max: LONGEST_TEXT }),
      buttons: [[toMenu(ctx.t)]],
    })

  const run = bot.middleware()
  return {
    async handle(update, behind, attempt) {
      const ctx = await contextOf(update, behind)
      if (!ctx) return
      await fenced(ctx, log, attempt, async () => {
        if (!(await session.allow(`flood:${ctx.who.id}`, FLOOD.limit, FLOOD.windowMs))) {
          return answer(ctx, ctx.t('common.slow-down.alert'))
        }
        await run(ctx, async () => {})
        answer(ctx)
      })
    },
    async giveUp(update, behind) {
      const query = update.callback_query
      if (query) behind.push(() => safe(() => api.answerCallbackQuery(query.id)))
      const message = update.message ?? update.edited_message
      const chat = message?.chat ?? query?.message?.chat
      if (chat?.type !== 'private') return
      // What keeps failing may be this very question: then the language is guessed.
      const who = await whoIs(app, chat.id).catch(() => undefined)
      const t = textsOf(who?.locale ?? guess((message ?? query)?.from?.language_code))
      behind.push(() => safe(() => api.sendMessage(chat.id, t('common.set-aside'))))
    },
    ready: async () => {
      await databaseReady(app)
      await session.ready()
    },
  }

  async function contextOf(update: Update, behind: Behind[]): Promise<Ctx | undefined> {
    const person = Number(personOf(update))
    if (!Number.isSafeInteger(person)) return undefined
    const who = await whoIs(app, person)
    const ctx = new Ctx(update, api, me, textsOf(who.locale ?? 'kk'), who, behind)
    if (!who.locale) ctx.t = textsOf(guess(ctx.from?.language_code))
    return ctx
  }
}

/** Before a person chose: what Telegram says of their language, else Kazakh. */
function guess(code: string | undefined): Locale {
  const base = (code ?? '').slice(0, 2)
  return isLocale(base) ? base : 'kk'
}
