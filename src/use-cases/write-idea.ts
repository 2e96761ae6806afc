// An author writes an idea: a draft in the database from the first answer on, so that nothing written is ever lost.
import { IDEA_LENGTHS, type IdeaText, isWritable, MOST_PHOTOS } from '../core/idea.ts'
import { isMoney } from '../core/money.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { stateResidence } from '../store/accounts.ts'
import { cycleById } from '../store/cycles.ts'
import { addMedia, dropMedia, type NewMedia } from '../store/idea-media.ts'
import {
  beginDraft,
  type Idea,
  ideaById,
  ideaForUpdate,
  moveDraft as move,
  openIdeaOf,
  type Written,
  writeIdea as write,
} from '../store/ideas.ts'
import type { App } from './app.ts'
import { transact } from './transact.ts'

export type { Idea, NewMedia, Written }

/** Nobody is asked for ideas there now. */
export type NotCollecting = { kind: 'not-collecting' }
/** It is somebody else's, or is decided on and no longer its author's to write. */
export type NotYours = { kind: 'not-yours' }

/** What an author wants to propose in a village: the draft that waits for them there, or a new one. Safe to repeat. */
export async function beginIdea(
  app: App,
  author: number,
  at: { cycle: number; territory: number; locale: string },
): Promise<Result<Idea, NotCollecting>> {
  const cycle = await cycleById(app.db, at.cycle)
  if (cycle?.phase !== 'ideas') return fail({ kind: 'not-collecting' })
  const id = await app.db.begin((tx) => beginDraft(tx, { author, ...at }))
  const idea = await ideaById(app.db, id)
  if (!idea) throw new Error('the draft is gone')
  return ok(idea)
}

/** The idea that the account writes at the moment, in whichever cycle. */
export const openIdea = (app: App, author: number): Promise<Idea | undefined> => openIdeaOf(app.db, author)

/** The idea, if it is this author's to write. */
export async function readOwnIdea(app: App, author: number, id: number): Promise<Result<Idea, NotYours>> {
  const idea = await ideaById(app.db, id)
  return idea?.author === author && isWritable(idea.state) ? ok(idea) : fail({ kind: 'not-yours' })
}

/** The draft goes along to its author's village of now, where they say that they live; its place is to be told anew. */
export const moveDraft = (app: App, author: number, id: number): Promise<Result<Idea, NotYours>> =>
  transact<Idea, NotYours>(app, async (tx) => {
    if (!(await move(tx, id, author))) return fail({ kind: 'not-yours' })
    const idea = (await ideaById(tx, id)) as Idea
    await stateResidence(tx, author, idea.territory)
    return ok(idea)
  })

export type WriteProblem =
  | NotYours
  /** `least`, `most`: letters. */
  | { kind: 'too-short'; field: IdeaText; least: number }
  | { kind: 'too-long'; field: IdeaText; most: number; by: number }
  /** Signs and pictures alone. */
  | { kind: 'wordless'; field: IdeaText }
  | { kind: 'not-a-sum' }

/** Keeps answers as they come; texts are trimmed. `roughCost`: whole tenge. Returns the idea as it stands now. */
export async function writeIdea(
  app: App,
  author: number,
  id: number,
  change: Written,
): Promise<Result<Idea, WriteProblem>> {
  const trimmed = { ...change }
  for (const [column, field] of [
    ['title', 'title'],
    ['body', 'text'],
    ['landmark', 'landmark'],
  ] as const) {
    const text = change[column]?.trim()
    if (text === undefined) continue
    const problem = lengthProblem(field, text)
    if (problem) return fail(problem)
    trimmed[column] = text
  }
  if (typeof change.roughCost === 'number' && !isMoney(change.roughCost)) return fail({ kind: 'not-a-sum' })
  if (!(await write(app.db, id, author, trimmed))) return fail({ kind: 'not-yours' })
  return readOwnIdea(app, author, id)
}

/** What is wrong with a text, or undefined. */
export function lengthProblem(field: IdeaText, text: string): WriteProblem | undefined {
  const [least, most] = IDEA_LENGTHS[field]
  if (text.length < least) return { kind: 'too-short', field, least }
  if (text.length > most) return { kind: 'too-long', field, most, by: text.length - most }
  return /[\p{L}\p{N}]/u.test(text) ? undefined : { kind: 'wordless', field }
}

/** Adds a photo, or the voice note in place of another. Photos of one album may come in any order and over several replicas. */
export const addIdeaMedia = (
  app: App,
  author: number,
  id: number,
  media: NewMedia,
): Promise<Result<'added' | 'there', NotYours | { kind: 'full'; most: number }>> =>
  transact<'added' | 'there', NotYours | { kind: 'full'; most: number }>(app, async (tx) => {
    const idea = await ideaForUpdate(tx, id)
    if (idea?.author !== author || !isWritable(idea.state)) return fail({ kind: 'not-yours' })
    if (media.kind === 'voice') await dropMedia(tx, id, 'voice')
    const most = media.kind === 'photo' ? MOST_PHOTOS : 1
    const added = await addMedia(tx, id, media, most)
    return added === 'full' ? fail({ kind: 'full', most }) : ok(added)
  })

/** Takes the photos or the voice note away again. */
export const dropIdeaMedia = (
  app: App,
  author: number,
  id: number,
  kind: 'photo' | 'voice',
): Promise<Result<void, NotYours>> =>
  transact<void, NotYours>(app, async (tx) => {
    const idea = await ideaForUpdate(tx, id)
    if (idea?.author !== author || !isWritable(idea.state)) return fail({ kind: 'not-yours' })
    await dropMedia(tx, id, kind)
    return ok(undefined)
  })
