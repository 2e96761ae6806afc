// Clerks hand out paper ballots and type in what lay in the box, in their own chat: nothing here tells who has voted, or how.
import type { Message } from 'grammy/types'
import { z } from 'zod'
import { enterPapers } from '../../use-cases/enter-papers.ts'
import { explainPapers } from '../../use-cases/explain-papers.ts'
import { markPaper } from '../../use-cases/mark-paper.ts'
import { type PaperDesk, paperPlaces, readPaperDesk, readTypedPapers } from '../../use-cases/paper-desk.ts'
import { readOwnVote } from '../../use-cases/read-own-vote.ts'
import { ownVoteKey } from '../../words/paper.ts'
import type { At } from '../at.ts'
import { paperDeskButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { listNumber } from '../numbers.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { PAPER_ASKED, type PaperAsked } from './expects.ts'
import * as view from './view.ts'

/** A whole message. */
const LONGEST = 4000

export function paperFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('paper', (_, talk) => places(parts, talk, 0))
  on.shows(view.placesButton, (_, talk, { page }) => places(parts, talk, page))
  on.shows(paperDeskButton, (_, talk, here) => desk(parts, talk, here))
  on.shows(view.askButton, (_, talk, { what, ...here }) => {
    const asked = PAPER_ASKED.find((one) => one === what)
    return asked ? ask(parts, talk, here, asked) : outdated(talk)
  })
  on.button(view.markButton, mark)
  on.button(view.enterButton, enter)
  on.button(view.explainButton, explain)
  return {
    composer: on.composer,
    expects: { paper: { take: (talk, kept, message) => take(parts, talk, kept, message), longest: LONGEST } },
  } satisfies Feature
}

async function places({ app }: FeatureParts, { t, who, speak }: Talk, page: number): Promise<void> {
  speak.show(view.placesScreen(t, await paperPlaces(app, who.id), page))
}

/** What was typed so far, until it is entered; it lies in the session store only. Lost, it is asked for again. */
const draftSchema = z.object({
  returned: z.int().optional(),
  papers: z.string().optional(),
  kk: z.string().optional(),
  ru: z.string().optional(),
})
type Draft = z.infer<typeof draftSchema>
const DRAFT_S = 3600
const draftNote = (account: number, { cycle, territory }: At): string =>
  `paper:${account}:${cycle}:${territory}`
const draftOf = async ({ session }: FeatureParts, { who }: Talk, here: At): Promise<Draft> =>
  draftSchema.safeParse(await session.note(draftNote(who.id, here))).data ?? {}

/** For whoever may see it there; else that is said. */
async function withDesk(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  here: At,
  use: (desk: PaperDesk) => unknown,
): Promise<void> {
  const found = await readPaperDesk(app, who.id, here)
  if (!found) return speak.show(view.lineScreen(t, t.html('paper.why-not-allowed')))
  await use(found)
}

async function desk(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  await leave(parts, talk.who.id)
  talk.speak.drawnBy(paperDeskButton.pack(here))
  await withDesk(parts, talk, here, (found) => talk.speak.show(view.deskScreen(talk.t, found, note)))
}

const ask = (parts: FeatureParts, talk: Talk, here: At, what: PaperAsked): Promise<void> =>
  withDesk(parts, talk, here, async () => {
    await expect(parts, talk.who.id, { kind: 'paper', ...here, what })
    talk.speak.show(view.askScreen(talk.t, here, what))
  })

/** Reads the answer and asks for the next, or reads all of it back; what does not fit is asked again, with why. */
async function take(
  parts: FeatureParts,
  talk: Talk,
  { what, ...here }: At & { what: PaperAsked },
  { text }: Message,
): Promise<boolean> {
  const again = async (why: string): Promise<true> => {
    await ask(parts, noted(talk, why), here, what)
    return true
  }
  if (text === undefined) return again(talk.t.html('questions.text-wanted'))
  if (what === 'row' || what === 'own') {
    const number = listNumber(text)
    if (number === undefined) return again(talk.t.html('paper.number-wanted'))
    await parts.session.expectNothing(talk.who.id)
    if (what === 'own') return ownVote(parts, talk, here, number)
    await withDesk(parts, talk, here, ({ place }) => talk.speak.show(view.markScreen(talk.t, place, number)))
    return true
  }
  const read = await readAnswer(parts, talk, here, what, text)
  if (typeof read === 'string') return again(read)
  const draft = { ...(await draftOf(parts, talk, here)), ...read }
  await parts.session.setNote(draftNote(talk.who.id, here), draft, DRAFT_S)
  const next = NEXT[what]
  if (next) await ask(parts, talk, here, next)
  else await readBack(parts, talk, here, what, draft)
  return true
}

const NEXT: Partial<Record<PaperAsked, PaperAsked>> = { returned: 'papers', 'note-kk': 'note-ru' }

/** Or, in HTML, what is wrong with it. */
async function readAnswer(
  { app }: FeatureParts,
  { t }: Talk,
  here: At,
  what: Exclude<PaperAsked, 'row' | 'own'>,
  text: string,
): Promise<Draft | string> {
  if (what === 'returned') {
    const returned = listNumber(text)
    return returned === undefined ? t.html('paper.number-wanted') : { returned }
  }
  if (what === 'papers') {
    const read = await readTypedPapers(app, here, text)
    return read.ok ? { papers: text } : view.problemLine(t, read.problem)
  }
  return what === 'note-kk' ? { kk: text.trim() } : { ru: text.trim() }
}

async function readBack(
  { app, session }: FeatureParts,
  { t, who, speak }: Talk,
  here: At,
  what: PaperAsked,
  { returned = 0, papers = '', kk = '', ru = '' }: Draft,
): Promise<void> {
  await session.expectNothing(who.id)
  if (what === 'note-ru') return speak.show(view.noteScreen(t, here, { kk, ru }))
  const read = await readTypedPapers(app, here, papers)
  speak.show(
    read.ok
      ? view.papersScreen(t, here, read.value, returned)
      : view.lineScreen(t, view.problemLine(t, read.problem)),
  )
}

async function mark(
  { app, ...parts }: FeatureParts,
  talk: Talk,
  { number, ...here }: At & { number: number },
) {
  const { t } = talk
  const done = await markPaper(app, here, number, talk.who.id)
  const said = done.ok
    ? t.html('paper.marked', { number, marks: done.value.marks })
    : view.problemLine(t, done.problem, { number })
  await desk({ app, ...parts }, talk, here, said)
}

/** For whoever stands at the desk: whether a vote came, and how. */
async function ownVote(parts: FeatureParts, talk: Talk, here: At, number: number): Promise<true> {
  const { t } = talk
  const done = await readOwnVote(parts.app, here, number, talk.who.id)
  const said = done.ok
    ? [t.html('paper.own', { number }), t.html(ownVoteKey(done.value))].join('\n')
    : view.problemLine(t, done.problem)
  await desk(parts, talk, here, said)
  return true
}

async function enter(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const { returned, papers } = await draftOf(parts, talk, here)
  if (returned === undefined || papers === undefined) return ask(parts, talk, here, 'returned')
  const done = await enterPapers(parts.app, here, { text: papers, returned }, talk.who.id)
  await parts.session.eraseNotes(draftNote(talk.who.id, here))
  await desk(
    parts,
    talk,
    here,
    done.ok ? view.enteredLines(talk.t, done.value) : view.problemLine(talk.t, done.problem),
  )
}

async function explain(parts: FeatureParts, talk: Talk, here: At): Promise<void> {
  const { kk, ru } = await draftOf(parts, talk, here)
  if (kk === undefined || ru === undefined) return ask(parts, talk, here, 'note-kk')
  const done = await explainPapers(parts.app, here, { kk, ru }, talk.who.id)
  await parts.session.eraseNotes(draftNote(talk.who.id, here))
  await desk(
    parts,
    talk,
    here,
    done.ok ? talk.t.html('paper.explained') : view.problemLine(talk.t, done.problem),
  )
}
