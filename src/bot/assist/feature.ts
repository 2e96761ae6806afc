// Facilitators help people to vote on their own phone, and officials name who does. Nothing here tells who has voted, or how.
import type { Message } from 'grammy/types'
import { readCardCode } from '../../core/person.ts'
import { readTypedMoment } from '../../core/typed-moment.ts'
import {
  type AssistDesk,
  type AssistSession,
  assistPlaces,
  currentAssist,
  readAssistDesk,
} from '../../use-cases/assist-desk.ts'
import { castAssisted } from '../../use-cases/cast-assisted.ts'
import { chooseAssistLanguage } from '../../use-cases/choose-assist-language.ts'
import { endAssist } from '../../use-cases/end-assist.ts'
import { endFacilitator, nameFacilitator } from '../../use-cases/name-facilitator.ts'
import { openAssist, type Shown } from '../../use-cases/open-assist.ts'
import { accountIn } from '../account-in.ts'
import type { At } from '../at.ts'
import { assistSendButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { minutesOf, momentOf } from '../minutes.ts'
import { listNumber } from '../numbers.ts'
import { forgetScreens } from '../open-screens.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

export function assistFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('assist', (_, talk) => begin(parts, talk))
  on.shows(view.placesButton, (_, talk, { page }) => places(parts, talk, page))
  on.shows(view.deskButton, (_, talk, here) => desk(parts, talk, here))
  on.shows(view.askButton, (_, talk, here) => ask(parts, talk, here))
  on.button(view.openRowButton, (_, talk, { number, ...here }) =>
    open(parts, talk, here, { registerNo: number }),
  )
  on.shows(view.sessionButton, (_, talk) => session(parts, talk))
  on.button(view.languageButton, language)
  on.button(assistSendButton, send)
  on.button(view.doneButton, done)
  on.shows(view.whoButton, (_, talk, here) => who(parts, talk, here))
  on.shows(view.sureButton, (_, talk, { number, ...here }) => sure(parts, talk, here, number))
  on.shows(view.untilButton, (_, talk, kept) => until(parts, talk, kept))
  on.shows(view.askNameButton, (_, talk, wish) => askName(parts, talk, wish))
  on.button(view.nameButton, name)
  on.button(view.endButton, end)
  return {
    composer: on.composer,
    opens: { assisted: (talk) => session(parts, talk) },
    expects: {
      'assist-shown': { take: (talk, here, message) => shown(parts, talk, here, message) },
      'assist-who': { take: (talk, here, message) => takeWho(parts, talk, here, message) },
      'assist-until': { take: (talk, kept, message) => takeUntil(parts, talk, kept, message) },
    },
  } satisfies Feature
}

/** A session that is open goes on; else the places. */
async function begin(parts: FeatureParts, talk: Talk): Promise<void> {
  await leave(parts, talk.who.id)
  if (await currentAssist(parts.app, talk.who.id)) await session(parts, talk)
  else await places(parts, talk, 0)
}

async function places({ app }: FeatureParts, { t, who, speak }: Talk, page: number): Promise<void> {
  speak.show(view.placesScreen(t, await assistPlaces(app, who.id), page))
}

async function allowed(parts: FeatureParts, talk: Talk, here: At): Promise<AssistDesk | undefined> {
  const found = await readAssistDesk(parts.app, talk.who.id, here)
  if (!found) talk.speak.show(view.lineScreen(talk.t, talk.t.html('assist.why-not-allowed')))
  return found
}

async function desk(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  await leave(parts, talk.who.id)
  talk.speak.drawnBy(view.deskButton.pack(here))
  const found = await allowed(parts, talk, here)
  if (!found) return
  // A card that is typed here is the person's: the facilitator must not claim it.
  if (found.helps && found.byCard) await expect(parts, talk.who.id, { ...here, kind: 'assist-shown' })
  talk.speak.show(view.deskScreen(talk.t, found, note))
}

async function ask(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  const found = await allowed(parts, talk, here)
  if (!found) return
  await expect(parts, talk.who.id, { ...here, kind: 'assist-shown' })
  talk.speak.drawnBy(view.askButton.pack(here))
  talk.speak.show(view.askScreen(talk.t, found, note))
}

/** A card opens the session at once, and its digits are taken out of the chat; behind a number of the list is the document. */
async function shown(parts: FeatureParts, talk: Talk, here: At, message: Message): Promise<boolean> {
  const found = await allowed(parts, talk, here)
  if (!found) return true
  const { t, speak } = talk
  if (!found.byCard) {
    const number = listNumber(message.text ?? '')
    if (number === undefined) await ask(parts, talk, here, t.html('paper.number-wanted'))
    else await sure(parts, talk, here, number)
    return true
  }
  const code = readCardCode(message.text ?? '')
  speak.also((api, chat) => api.deleteMessage(chat, message.message_id))
  if (code.ok) await open(parts, talk, here, { card: code.value })
  else await ask(parts, talk, here, t.html('assist.card-wanted'))
  return true
}

async function sure(parts: FeatureParts, talk: Talk, here: At, number: number): Promise<void> {
  const found = await allowed(parts, talk, here)
  talk.speak.drawnBy(view.sureButton.pack({ ...here, number }))
  if (found) talk.speak.show(view.sureScreen(talk.t, found.place, number))
}

async function open(parts: FeatureParts, talk: Talk, here: At, what: Shown): Promise<void> {
  const before = await currentAssist(parts.app, talk.who.id)
  const opened = await openAssist(parts.app, here, what, talk.who.id)
  if (!opened.ok) return ask(parts, talk, here, view.openLine(talk.t, opened.problem))
  await parts.session.expectNothing(talk.who.id)
  if (before) await closeScreens(parts, talk, before)
  await session(parts, talk)
}

/** As it stands: to be handed over, or sent and its number not yet written down. */
async function session(parts: FeatureParts, talk: Talk): Promise<void> {
  const { t, who, speak } = talk
  speak.drawnBy(view.sessionButton.pack({}))
  const open = await currentAssist(parts.app, who.id)
  if (!open) return places(parts, talk, 0)
  const { receipt, sentAt } = open
  if (receipt !== null && sentAt !== null)
    speak.show(view.numberScreen(theirs(parts, talk, open), open.place, { ...open, receipt, at: sentAt }))
  else speak.show(view.handOverScreen(t, open, parts.textsOf.languages))
}

const theirs = (parts: FeatureParts, { t }: Talk, { locale }: AssistSession) =>
  locale === null ? t : parts.textsOf(locale)

async function language(
  parts: FeatureParts,
  talk: Talk,
  { ballot, locale }: { ballot: string; locale: string },
): Promise<void> {
  if (!parts.textsOf.languages.some((one) => one.locale === locale)) return outdated(talk)
  await chooseAssistLanguage(parts.app, { ballot, account: talk.who.id, locale })
  if ((await parts.session.marks(talk.who.id, ballot)) === undefined)
    await parts.session.setMarks(talk.who.id, ballot, [])
  await parts.doors.helped(talk, ballot, parts.textsOf(locale).html('assist.yours'))
}

async function send(parts: FeatureParts, talk: Talk, { ballot }: { ballot: string }): Promise<void> {
  const { app, metrics } = parts
  const { who, speak } = talk
  const open = await currentAssist(app, who.id)
  if (open?.ballot !== ballot) return outdated(talk)
  const t = theirs(parts, talk, open)
  speak.drawnBy(view.sessionButton.pack({}))
  const marks = await parts.session.marks(who.id, ballot)
  const cast = await castAssisted(app, { ballot, account: who.id, marks })
  metrics.casts.inc({ outcome: cast.ok ? (cast.value.repeat ? 'repeat' : 'cast') : cast.problem.kind })
  if (!cast.ok) return speak.show(view.notCastScreen(t, open, cast.problem))
  const { number, at } = cast.value
  speak.replace(view.numberScreen(t, open.place, { ballot, receipt: number, at }), closing(parts, talk, open))
}

/** The number is written down, or nothing is sent: whatever stood of the session is taken out of the chat. */
async function done(parts: FeatureParts, talk: Talk, { ballot }: { ballot: string }): Promise<void> {
  const { t, who, speak } = talk
  const open = await currentAssist(parts.app, who.id)
  if (open?.ballot !== ballot) return outdated(talk)
  await endAssist(parts.app, who.id, who.id)
  speak.drawnBy(view.askButton.pack({ cycle: open.cycle, territory: open.territory }))
  speak.replace(view.overScreen(t, open.place, open.receipt !== null), closing(parts, talk, open))
}

/** Every other message that shows marks of this session is closed, and the marks are erased. */
const closing =
  ({ session }: FeatureParts, { t, who }: Talk, { ballot, rollRow }: AssistSession) =>
  (message: number, api: Parameters<Parameters<Talk['speak']['also']>[0]>[0], chat: number): Promise<void> =>
    forgetScreens(session, who.id, { ballot, rollRow, message }, (other) =>
      api.editMessageText(chat, other, t.html('assist.closed'), { parse_mode: 'HTML' }),
    )

async function closeScreens(parts: FeatureParts, talk: Talk, open: AssistSession): Promise<void> {
  await parts.session.eraseMarks(talk.who.id, open.ballot)
  talk.speak.also((api, chat) => closing(parts, talk, open)(0, api, chat))
}

async function who(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  const found = await allowed(parts, talk, here)
  if (!found) return
  await expect(parts, talk.who.id, { ...here, kind: 'assist-who' })
  talk.speak.drawnBy(view.whoButton.pack(here))
  talk.speak.show(view.whoScreen(talk.t, found.place, note))
}

async function takeWho(parts: FeatureParts, talk: Talk, here: At, message: Message): Promise<boolean> {
  const account = accountIn(message)
  if (account === undefined) {
    await who(parts, talk, here, talk.t.html('roles.no-account'))
    return true
  }
  await until(parts, talk, { ...here, account: String(account) })
  return true
}

async function until(
  parts: FeatureParts,
  talk: Talk,
  kept: At & { account: string },
  note?: string,
): Promise<void> {
  const found = await allowed(parts, talk, kept)
  if (!found) return
  await expect(parts, talk.who.id, { ...kept, kind: 'assist-until' })
  talk.speak.drawnBy(view.untilButton.pack(kept))
  talk.speak.show(view.untilScreen(talk.t, found.place, note))
}

async function takeUntil(
  parts: FeatureParts,
  talk: Talk,
  kept: At & { account: string },
  { text }: Message,
): Promise<boolean> {
  const moment = text === undefined ? undefined : readTypedMoment(text, true)
  if (moment === undefined || Date.parse(moment) <= parts.app.now().getTime()) {
    await until(parts, talk, kept, talk.t.html(moment === undefined ? 'roles.no-day' : 'roles.until-past'))
    return true
  }
  await parts.session.expectNothing(talk.who.id)
  await askName(parts, talk, { ...kept, until: minutesOf(moment) })
  return true
}

async function askName(
  parts: FeatureParts,
  talk: Talk,
  wish: At & { account: string; until: number },
): Promise<void> {
  const found = await allowed(parts, talk, wish)
  talk.speak.drawnBy(view.askNameButton.pack(wish))
  const { account } = wish
  if (found) talk.speak.show(view.nameScreen(talk.t, found.place, { account, until: momentOf(wish.until) }))
}

async function name(
  parts: FeatureParts,
  talk: Talk,
  { account, until, ...here }: At & { account: string; until: number },
): Promise<void> {
  if (!/^[1-9]\d{0,15}$/.test(account)) return outdated(talk)
  const wish = { ...here, account: Number(account), until: momentOf(until) }
  const named = await nameFacilitator(parts.app, wish, talk.who.id)
  const { t } = talk
  const said = !named.ok
    ? view.nameLine(t, named.problem)
    : t.html(named.value.kind === 'named' ? 'assist.named' : 'works.proposed')
  await desk(parts, talk, here, said)
}

async function end(
  parts: FeatureParts,
  talk: Talk,
  { account, ...here }: At & { account: string },
): Promise<void> {
  const ended = await endFacilitator(parts.app, { ...here, account: Number(account) }, talk.who.id)
  const { t } = talk
  await desk(parts, talk, here, ended.ok ? t.html('assist.ended') : view.nameLine(t, ended.problem))
}
