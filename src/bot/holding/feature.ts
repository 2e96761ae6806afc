// Officials see to the needs of a village in their own chat: the meeting, its show of hands, the publication, and the minutes.
import { InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { z } from 'zod'
import { LONGEST_MEETING_PLACE, LONGEST_REPLY } from '../../core/needs.ts'
import { minutesPdf } from '../../documents/minutes.ts'
import { cancelMeeting, enterHands, setMeeting } from '../../use-cases/hold-meeting.ts'
import { type NeedsDesk, needsPlaces, readNeedsDesk } from '../../use-cases/needs-desk.ts'
import { lastAct } from '../../use-cases/read-course.ts'
import { publishNeeds } from '../../use-cases/publish-needs.ts'
import type { At } from '../at.ts'
import { needsDeskButton } from '../buttons.ts'
import { changedLine } from '../changed.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { HOLDING, type Holding } from './expects.ts'
import { readHands, readTime } from './read.ts'
import { said, voices } from './said.ts'
import * as view from './view.ts'

export function holdingFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('needs', (_, talk) => places(parts, talk, 0))
  on.shows(view.placesButton, (_, talk, { page }) => places(parts, talk, page))
  on.shows(needsDeskButton, (_, talk, here) => desk(parts, talk, here))
  on.shows(view.askButton, (_, talk, { what, ...here }) => {
    const asked = HOLDING.find((one) => one === what)
    return asked ? ask(parts, talk, here, asked) : outdated(talk)
  })
  on.button(view.setButton, set)
  on.shows(view.askCancelButton, (_, talk, here) =>
    withDesk(parts, talk, here, () => talk.speak.show(view.cancelScreen(talk.t, here))),
  )
  on.button(view.cancelButton, cancel)
  on.button(view.enterButton, enter)
  on.button(view.publishButton, publish)
  on.shows(view.minutesButton, minutes)
  on.shows(view.saidButton, (_, talk, here) => said(parts, talk, here))
  on.shows(view.voicesButton, (_, talk, here) => voices(parts, talk, here))
  return {
    composer: on.composer,
    expects: {
      holding: { take: (talk, kept, message) => take(parts, talk, kept, message), longest: LONGEST_REPLY },
    },
  } satisfies Feature
}

async function places({ app }: FeatureParts, { t, who, speak }: Talk, page: number): Promise<void> {
  speak.show(view.placesScreen(t, await needsPlaces(app, who.id), page))
}

/** What was written so far of one act, until it is confirmed: public words and numbers only. Lost, they are asked for again. */
const draftSchema = z.object({
  time: z.iso.datetime().optional(),
  /** For when the meeting was set when this was asked. */
  seen: z.iso.datetime().nullable().optional(),
  kk: z.string().optional(),
  ru: z.string().optional(),
  hands: z.object({ present: z.int(), women: z.int(), hands: z.array(z.int()) }).optional(),
})
type Draft = z.infer<typeof draftSchema>
const DRAFT_S = 3600
const draftNote = (account: number, { cycle, territory }: At): string =>
  `holding:${account}:${cycle}:${territory}`
const draftOf = async ({ session }: FeatureParts, { who }: Talk, here: At): Promise<Draft> =>
  draftSchema.safeParse(await session.note(draftNote(who.id, here))).data ?? {}

/** For whoever may see it there; else that is said. */
async function withDesk(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  here: At,
  use: (desk: NeedsDesk) => unknown,
): Promise<void> {
  const found = await readNeedsDesk(app, who.id, here)
  if (!found) return speak.show(view.lineScreen(t, t.html('consult.hold-not-allowed')))
  await use(found)
}

async function desk(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  await leave(parts, talk.who.id)
  talk.speak.drawnBy(needsDeskButton.pack(here))
  await withDesk(parts, talk, here, (found) => talk.speak.show(view.deskScreen(talk.t, found, note)))
}

const ask = (parts: FeatureParts, talk: Talk, here: At, what: Holding): Promise<void> =>
  withDesk(parts, talk, here, async ({ read, official }) => {
    if (!official && what !== 'hands') return desk(parts, talk, here, talk.t.html('consult.hold-not-allowed'))
    if (what === 'hands' && read.meeting?.agreed)
      return desk(parts, talk, here, talk.t.html('consult.hold-agreed'))
    await expect(parts, talk.who.id, { kind: 'holding', ...here, what })
    talk.speak.show(view.askScreen(talk.t, here, what, read.needs))
  })

/** Keeps what was written and asks for the next, or reads all of it back; what does not fit is asked again, with why. */
async function take(
  parts: FeatureParts,
  talk: Talk,
  { what, ...here }: At & { what: Holding },
  { text }: Message,
): Promise<boolean> {
  const again = async (why: string): Promise<true> => {
    await ask(parts, noted(talk, why), here, what)
    return true
  }
  if (text === undefined) return again(talk.t.html('questions.text-wanted'))
  const before = await draftOf(parts, talk, here)
  await withDesk(parts, talk, here, async (found) => {
    const written = readAnswer(talk, what, text, found.read.needs.length)
    if ('wrong' in written) return again(written.wrong)
    const seen = what === 'time' ? { seen: found.read.meeting?.at ?? null } : {}
    const draft = { ...before, ...written, ...seen }
    await parts.session.setNote(draftNote(talk.who.id, here), draft, DRAFT_S)
    const next = NEXT[what]
    if (next) return ask(parts, talk, here, next)
    await parts.session.expectNothing(talk.who.id)
    readBack(talk, here, what, found, draft)
  })
  return true
}

const NEXT: Partial<Record<Holding, Holding>> = {
  time: 'place-kk',
  'place-kk': 'place-ru',
  'reply-kk': 'reply-ru',
}

function readAnswer({ t }: Talk, what: Holding, text: string, needs: number): Draft | { wrong: string } {
  if (what === 'time') {
    const time = readTime(text)
    return time === undefined ? { wrong: t.html('consult.bad-time') } : { time }
  }
  if (what === 'hands') {
    const hands = readHands(text, needs)
    return hands ? { hands } : { wrong: t.html('consult.bad-hands') }
  }
  const words = text.trim()
  const most = what.startsWith('place') ? LONGEST_MEETING_PLACE : LONGEST_REPLY
  if (words === '' || words.length > most) return { wrong: t.html('consult.bad-length', { most }) }
  return what.endsWith('kk') ? { kk: words } : { ru: words }
}

function readBack({ t, speak }: Talk, here: At, what: Holding, found: NeedsDesk, draft: Draft): void {
  const { time, kk = '', ru = '', hands } = draft
  if (what === 'hands' && hands) speak.show(view.handsScreen(t, here, found.read.needs, hands))
  else if (what === 'place-ru' && time !== undefined)
    speak.show(view.meetingScreen(t, here, { place: { kk, ru }, at: time }))
  else speak.show(view.publicationScreen(t, here, found, { kk, ru }))
}

/** What was read back is done; where it is not kept any more, it is asked for again. */
async function set(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const { time, seen, kk, ru } = await draftOf(parts, talk, here)
  if (time === undefined || kk === undefined || ru === undefined) return ask(parts, talk, here, 'time')
  const done = await setMeeting(parts.app, here, { place: { kk, ru }, at: time, seen }, talk.who.id)
  await after(
    parts,
    talk,
    here,
    done.ok ? talk.t.html('consult.meeting-set') : await whyNot(parts, talk, here, done.problem),
  )
}

async function cancel(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const done = await cancelMeeting(parts.app, here, talk.who.id)
  const said = done.ok ? talk.t.html('consult.meeting-off') : await whyNot(parts, talk, here, done.problem)
  await after(parts, talk, here, said)
}

const ENTERED = {
  agreed: 'consult.hands-agreed',
  first: 'consult.hands-first',
  differs: 'consult.hands-differ',
} as const

async function enter(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const { hands } = await draftOf(parts, talk, here)
  if (!hands) return ask(parts, talk, here, 'hands')
  const done = await enterHands(parts.app, here, hands, talk.who.id)
  const said = done.ok ? talk.t.html(ENTERED[done.value.kind]) : await whyNot(parts, talk, here, done.problem)
  await after(parts, talk, here, said)
}

async function publish(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const { kk, ru } = await draftOf(parts, talk, here)
  if (kk === undefined || ru === undefined) return ask(parts, talk, here, 'reply-kk')
  const done = await publishNeeds(parts.app, here, { kk, ru }, talk.who.id)
  const said = done.ok ? talk.t.html('consult.now-published') : await whyNot(parts, talk, here, done.problem)
  await after(parts, talk, here, said)
}

const CHANGES = ['meeting-set', 'meeting-cancelled', 'hands-counted', 'needs-published'] as const
const OF_ANOTHER_TIME = ['moved-before', 'no-meeting', 'counted', 'published']

/** HTML. Where somebody was faster, who and when; the desk as it is now stands below. */
async function whyNot(
  { app }: FeatureParts,
  { t, who }: Talk,
  here: At,
  problem: Parameters<typeof view.problemLine>[1],
): Promise<string> {
  const found = OF_ANOTHER_TIME.includes(problem.kind) ? await readNeedsDesk(app, who.id, here) : undefined
  if (!found) return view.problemLine(t, problem)
  return changedLine(t, await lastAct(app, found.place.cycle, CHANGES, here.territory))
}

async function after(parts: FeatureParts, talk: Talk, here: At, note: string): Promise<void> {
  await parts.session.eraseNotes(draftNote(talk.who.id, here))
  await desk(parts, talk, here, note)
}

const minutes = (parts: FeatureParts, talk: Talk, here: At): Promise<void> =>
  withDesk(parts, talk, here, async ({ place, read }) => {
    const { meeting, needs } = read
    if (!meeting?.agreed) return outdated(talk)
    const facts = { title: place.cycle.title, village: place, place: meeting.place, at: meeting.at, needs }
    const t = [parts.textsOf('kk'), parts.textsOf('ru')] as const
    const bytes = await minutesPdf({ t, ...facts, counted: meeting.agreed })
    await once(parts, talk, `minutes:${here.territory}`, () =>
      talk.speak.also((api, chat) => api.sendDocument(chat, new InputFile(bytes, 'hattama-protokol.pdf'))),
    )
  })
