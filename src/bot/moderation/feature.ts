// Moderators decide about ideas, one card at a time, in their own chat: who decides and what is decided is asked of the use case.
import type { Message } from 'grammy/types'
import { type Decision, REJECT_REASONS } from '../../core/idea.ts'
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { potFor } from '../../core/pot.ts'
import type { Key } from '../../i18n.ts'
import { claimIdea, decideIdea, type Idea } from '../../use-cases/decide-idea.ts'
import { ideaQueue, readIdeaToDecide } from '../../use-cases/idea-queue.ts'
import { muteOf } from '../../use-cases/mute-author.ts'
import { similarIdeas } from '../../use-cases/similar-ideas.ts'
import { categoryIds } from '../../words/category.ts'
import { moderatedButton, roomsButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { sendIdeaMedia } from '../idea-media.ts'
import { listener } from '../listener.ts'
import type { Button } from '../message.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import * as button from './buttons.ts'
import type { Moderating } from './expects.ts'
import { mute, muteRow, unmute } from './mute.ts'
import { inviteTo, roomButton, rooms, roomsRow } from './rooms.ts'
import { quoteIn, readAnswer } from './answers.ts'
import { cardFacts } from './card-facts.ts'
import { marksButton, marksScreen, potButton, potsAt, potsButton, potsScreen } from './filing.ts'
import { stream, streamButton, streamRows } from './stream.ts'
import * as view from './view.ts'
import { waits, waitsButton, waitsRow } from './waits.ts'

type At = { idea: number; version: number }

export function moderationFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('moderate', (_, talk) => queue(parts, talk))
  on.shows(button.nextButton, (_, talk, { after }) => queue(parts, talk, after))
  on.shows(waitsButton, waits)
  on.shows(streamButton, stream)
  on.shows(roomsButton, rooms)
  on.shows(roomButton, inviteTo)
  on.shows(moderatedButton, (_, talk, { idea }) => show(parts, talk, idea))
  on.button(button.claimButton, (_, talk, { idea }) => claim(parts, talk, idea))
  on.button(button.approveButton, (_, talk, at) => decide(parts, talk, at, { kind: 'approve' }))
  on.shows(button.askButton, (_, talk, { what, ...at }) => ask(parts, talk, at, what))
  on.button(button.mergeButton, (_, talk, { into, ...at }) =>
    decide(parts, talk, at, { kind: 'merge', into }),
  )
  on.shows(button.rejectButton, (_, talk, at) => withIdea(parts, talk, at, view.reasonsScreen))
  on.button(button.reasonButton, (_, talk, chosen) => refuse(parts, talk, chosen))
  on.shows(button.editButton, (_, talk, at) => edit(parts, talk, at))
  on.shows(button.wordsButton, (_, talk, chosen) => askWords(parts, talk, chosen))
  on.shows(button.categoriesButton, (_, talk, at) => withIdea(parts, talk, at, view.categoriesScreen))
  on.shows(potsButton, (_, talk, at) => askPot(parts, talk, at))
  on.button(potButton, (_, talk, { pot, ...at }) =>
    decide(parts, talk, at, { kind: 'edit', titles: {}, texts: {}, pot }),
  )
  on.shows(marksButton, (_, talk, at) => ask(parts, talk, at, 'marks'))
  on.button(button.categoryButton, (_, talk, { category, ...at }) =>
    categoryIds().includes(category)
      ? decide(parts, talk, at, { kind: 'edit', titles: {}, texts: {}, category })
      : outdated(talk),
  )
  on.button(button.costButton, (_, talk, { list, thousands, rest, ...at }) =>
    decide(parts, talk, at, { kind: 'feasible', cost: thousands * 1000 + rest, onList: list === 1 }),
  )
  on.button(button.muteButton, mute)
  on.button(button.unmuteButton, unmute)
  on.button(button.mediaButton, (_, talk, { idea }) =>
    readFor(parts, talk, idea, (read) => sendIdeaMedia(parts, talk, read.media)),
  )
  return {
    composer: on.composer,
    opens: { moderate: (talk, asked) => arrive(parts, talk, asked) },
    expects: {
      moderate: { take: (talk, kept, message) => answer(parts, talk, kept, message), longest: 2000 },
    },
  } satisfies Feature
}

/** The one behind `after`; the first where that was the last, or waits no more. */
async function queue(parts: FeatureParts, talk: Talk, after = 0): Promise<void> {
  const ids = await ideaQueue(parts.app, talk.who.id)
  const id = ids[ids.indexOf(after) + 1] ?? ids[0]
  const below = [
    ...(await waitsRow(parts, talk)),
    ...(await streamRows(parts, talk)),
    ...(await roomsRow(parts, talk)),
  ]
  const empty = view.emptyScreen(talk.t)
  if (id === undefined) return talk.speak.show({ ...empty, buttons: [...below, ...(empty.buttons ?? [])] })
  await show(parts, talk, id, { below })
}

/** Come from a group: the card, and below it the question that was pressed there. */
const arrive = (parts: FeatureParts, talk: Talk, { idea: id, what }: { idea: number; what: string }) =>
  readFor(parts, talk, id, async (idea) => {
    const at = { idea: id, version: idea.version }
    talk.speak.send(view.cardScreen(talk.t, await cardFacts(parts.app, idea, parts.app.now().toISOString())))
    if (what === 'reject') talk.speak.send(view.reasonsScreen(talk.t, idea))
    else if (what === 'edit')
      talk.speak.send(view.editScreen(talk.t, parts.textsOf, idea, await potsAt(parts, idea)))
    else if (what === 'feasible') await ask(parts, talk, at, 'cost')
    else if (Object.hasOwn(QUESTIONS, what)) await ask(parts, talk, at, what)
  })

/** Whoever may not decide about it is told so, and sees nothing of it. */
async function readFor(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  id: number,
  use: (idea: Idea) => unknown,
): Promise<void> {
  const idea = await readIdeaToDecide(app, who.id, id)
  if (!idea) return speak.show(view.lineScreen(t, t.html('moderation.not-allowed')))
  await use(idea)
}

const show = (
  parts: FeatureParts,
  talk: Talk,
  id: number,
  { note, below = [] }: { note?: string | undefined; below?: Button[][] } = {},
): Promise<void> =>
  readFor(parts, talk, id, async (idea) => {
    await parts.session.expectNothing(talk.who.id)
    const card = view.cardScreen(
      talk.t,
      await cardFacts(parts.app, idea, parts.app.now().toISOString()),
      note,
    )
    const author = idea.author === null ? [] : [muteRow(talk.t, id, await muteOf(parts.app, idea))]
    talk.speak.show({ ...card, buttons: [...(card.buttons ?? []), ...author, ...below] })
  })

async function claim(parts: FeatureParts, talk: Talk, id: number): Promise<void> {
  const done = await claimIdea(parts.app, id, talk.who.id)
  const { t } = talk
  const note = done.ok
    ? t.html('moderation.claimed-yours', { time: t.moment(done.value.claimedUntil ?? '') })
    : view.problemLine(t, done.problem)
  await show(parts, talk, id, { note })
}

/** The card as it stands afterwards, with what was done or why not on top. */
async function decide(parts: FeatureParts, talk: Talk, at: At, decision: Decision): Promise<void> {
  const done = await decideIdea(parts.app, at.idea, decision, { by: talk.who.id, version: at.version })
  const note = done.ok ? talk.t.html('moderation.done') : view.problemLine(talk.t, done.problem)
  if (done.ok && (await wantsPot(parts, done.value, decision))) {
    const { t } = talk
    const { id: idea, version } = done.value
    return askPot(parts, noted(talk, t.html('moderation.done')), { idea, version })
  }
  await show(parts, talk, at.idea, { note })
}

/** A screen about an idea that still stands as it was read; else the card as it stands now. */
const withIdea = (
  parts: FeatureParts,
  talk: Talk,
  { idea: id, version }: At,
  screen: (t: Talk['t'], idea: Idea) => ReturnType<typeof view.lineScreen>,
): Promise<void> =>
  readFor(parts, talk, id, (idea) =>
    idea.version === version
      ? talk.speak.show(screen(talk.t, idea))
      : show(parts, talk, id, {
          note: view.problemLine(talk.t, { kind: 'overtaken', state: idea.state, by: idea.decidedBy }),
        }),
  )

/** Approved or costed, and nobody knows which budget it competes in: that is asked at once. */
async function wantsPot(parts: FeatureParts, idea: Idea, { kind }: Decision): Promise<boolean> {
  if (kind !== 'approve' && kind !== 'feasible') return false
  return potFor(await potsAt(parts, idea), idea) === undefined
}

async function askPot(parts: FeatureParts, talk: Talk, at: At): Promise<void> {
  const idea = await readIdeaToDecide(parts.app, talk.who.id, at.idea)
  const pots = idea ? await potsAt(parts, idea) : []
  await withIdea(parts, talk, at, (t, one) => potsScreen(t, one, pots))
}

async function edit(parts: FeatureParts, talk: Talk, at: At): Promise<void> {
  const idea = await readIdeaToDecide(parts.app, talk.who.id, at.idea)
  const pots = idea ? await potsAt(parts, idea) : []
  await withIdea(parts, talk, at, (t, one) => view.editScreen(t, parts.textsOf, one, pots))
}

const QUESTIONS = {
  return: 'moderation.ask-return',
  merge: 'moderation.ask-merge',
  cost: 'moderation.ask-cost',
  unfeasible: 'moderation.ask-unfeasible',
  marks: 'moderation.ask-marks',
} as const satisfies Record<string, Key>

async function ask(parts: FeatureParts, talk: Talk, at: At, what: string): Promise<void> {
  if (!Object.hasOwn(QUESTIONS, what)) return outdated(talk)
  const asked = what as keyof typeof QUESTIONS
  await expect(parts, talk.who.id, { kind: 'moderate', ...at, what: asked })
  const similar = asked === 'merge' ? await similarIdeas(parts.app, at.idea) : []
  await withIdea(parts, talk, at, (t, idea) =>
    asked === 'merge'
      ? view.mergeScreen(t, idea, similar)
      : asked === 'marks'
        ? marksScreen(t, idea)
        : asked === 'return' && idea.body !== null
          ? view.questionScreen(t, idea.id, idea.body)
          : view.askScreen(t, idea.id, { key: QUESTIONS[asked] }),
  )
}

async function refuse(
  parts: FeatureParts,
  talk: Talk,
  { now, reason, ...at }: At & { now: number; reason: string },
): Promise<void> {
  const known = REJECT_REASONS.find((one) => one === reason)
  if (!known) return outdated(talk)
  if (now === 1) return decide(parts, talk, at, { kind: 'reject', reason: known })
  await expect(parts, talk.who.id, { kind: 'moderate', ...at, what: 'note', reason: known })
  await withIdea(parts, talk, at, (t, idea) => view.noteScreen(t, idea, known))
}

async function askWords(
  parts: FeatureParts,
  talk: Talk,
  { what, locale, ...at }: At & { what: string; locale: string },
): Promise<void> {
  const language = OFFICIAL_LANGUAGES.find((one) => one === locale)
  if (!language || (what !== 'title' && what !== 'text')) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'moderate', ...at, what, locale: language })
  await withIdea(parts, talk, at, (t, idea) => {
    const now = (what === 'title' ? idea.titles : idea.texts)[language] ?? t('moderation.empty')
    const facts = { language: parts.textsOf(language).language.name, now }
    return view.askScreen(t, idea.id, { key: `moderation.ask-${what}`, facts })
  })
}

/** What a moderator wrote in answer to a question; what does not fit is asked again, with why. */
async function answer(parts: FeatureParts, talk: Talk, kept: Moderating, message: Message): Promise<boolean> {
  const at = { idea: kept.idea, version: kept.version }
  const read =
    message.text === undefined
      ? { wrong: talk.t.html('moderation.text-wanted') }
      : readAnswer(parts, talk, kept, message.text, quoteIn(message))
  if ('wrong' in read) {
    await again(parts, noted(talk, read.wrong), kept)
    return true
  }
  await parts.session.expectNothing(talk.who.id)
  if (read.cost === undefined) await decide(parts, talk, at, read.decision)
  else await withIdea(parts, talk, at, (t, idea) => view.listScreen(t, idea, read.cost as number))
  return true
}

/** The question that stands open, once more. */
async function again(parts: FeatureParts, talk: Talk, kept: Moderating): Promise<void> {
  const { what, reason = '', locale = '', ...at } = kept
  if (what === 'note') return refuse(parts, talk, { ...at, now: 0, reason })
  if (what === 'title' || what === 'text') return askWords(parts, talk, { ...at, what, locale })
  await ask(parts, talk, at, what)
}
