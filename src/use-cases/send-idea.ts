// An author sends an idea, answers a question, appeals against a refusal, or gives it up. Once each, however often it is pressed.
import { isOpen, isWritable } from '../core/idea.ts'
import { hasWord, masked } from '../core/masked.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { comparedIdea, keysOf } from '../core/similarity.ts'
import { cycleForShare } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { dropMedia } from '../store/idea-media.ts'
import {
  holdAuthor,
  type Idea,
  ideaById,
  ideaForUpdate,
  ideaTermsOf,
  sendWritten,
  sentBy,
  withdrawHeld,
} from '../store/ideas.ts'
import { mutedUntil } from '../store/mutes.ts'
import type { App } from './app.ts'
import { transact } from './transact.ts'
import { tellModerators } from './tell-moderators.ts'
import type { NotCollecting, NotYours } from './write-idea.ts'

export type Missing = 'category' | 'title' | 'text' | 'place'

/** So many were sent in 24 hours, or wait for an answer; or a moderator lets no new one come until a moment, UTC ISO. */
export type LimitProblem =
  | { kind: 'too-many-today' | 'too-many-open'; most: number }
  | { kind: 'muted'; until: string }

export type SendProblem =
  | NotYours
  | NotCollecting
  | LimitProblem
  | { kind: 'incomplete'; missing: Missing[] }
  /** A refusal may be appealed against once, and it was not this one's to appeal. */
  | { kind: 'no-appeal' }

export interface Sent {
  number: number
  /** Until when it is to be answered, UTC ISO. */
  dueAt: string | null
  /** It had been sent before. */
  already: boolean
}

/** `appeal`: unchanged, to somebody else than who refused it. A voice note stands for the text. */
export const sendIdea = (
  app: App,
  author: number,
  id: number,
  appeal = false,
): Promise<Result<Sent, SendProblem>> =>
  transact<Sent, SendProblem>(app, async (tx) => {
    await holdAuthor(tx, author)
    const idea = await ideaForUpdate(tx, id)
    if (idea?.author !== author) return fail({ kind: 'not-yours' })
    if (idea.state === 'sent') return ok({ number: idea.number ?? 0, dueAt: idea.dueAt, already: true })
    const problem = await whyNot(tx, idea, author, appeal)
    if (problem) return fail(problem)
    const { answerDays, words = [] } = await ideaTermsOf(tx, idea.cycle)
    const said = [idea.title, idea.body, idea.landmark].join('\n')
    const flags = [...masked(said).flags, ...(hasWord(said, words) ? (['word'] as const) : [])]
    const number = await sendWritten(tx, id, {
      flags,
      foundBy: keysOf(comparedIdea(idea)),
      answerDays,
      appeal,
    })
    const sent = (await ideaById(tx, id)) as Idea
    await tellModerators(app, tx, sent, idea.state !== 'draft')
    return ok({ number, dueAt: sent.dueAt, already: false })
  })

async function whyNot(tx: Tx, idea: Idea, author: number, appeal: boolean): Promise<SendProblem | undefined> {
  if (!isWritable(idea.state)) return { kind: 'not-yours' }
  if (appeal && (idea.state !== 'rejected' || idea.appealed)) return { kind: 'no-appeal' }
  const cycle = await cycleForShare(tx, idea.cycle)
  const first = idea.state === 'draft'
  if (cycle?.phase !== 'ideas' && (first || cycle?.phase !== 'review')) return { kind: 'not-collecting' }
  const missing = missingOf(idea)
  if (missing.length > 0) return { kind: 'incomplete', missing }
  return limitOf(tx, author, idea.cycle, { first, reopens: !isOpen(idea.state) })
}

/** Why an account may send no other idea now, before it writes one. */
export async function mayPropose(
  app: App,
  author: number,
  cycle: number,
): Promise<Result<void, LimitProblem>> {
  const problem = await limitOf(app.db, author, cycle, { first: true, reopens: true })
  return problem ? fail(problem) : ok(undefined)
}

async function limitOf(
  tx: Tx,
  author: number,
  cycle: number,
  { first, reopens }: { first: boolean; reopens: boolean },
): Promise<LimitProblem | undefined> {
  const until = first ? await mutedUntil(tx, cycle, author) : undefined
  if (until !== undefined) return { kind: 'muted', until }
  const terms = await ideaTermsOf(tx, cycle)
  const { today, open } = await sentBy(tx, author, cycle)
  if (first && today >= terms.perDay) return { kind: 'too-many-today', most: terms.perDay }
  return reopens && open >= terms.open ? { kind: 'too-many-open', most: terms.open } : undefined
}

/** What must be answered before an idea can be sent, in the order in which it is asked. */
export function missingOf(
  idea: Pick<Idea, 'category' | 'title' | 'body' | 'lat' | 'landmark' | 'media'>,
): Missing[] {
  const voice = idea.media.some(({ kind }) => kind === 'voice')
  const holes: [Missing, boolean][] = [
    ['category', idea.category === null],
    ['title', idea.title === null && !voice],
    ['text', idea.body === null && !voice],
    ['place', idea.lat === null && idea.landmark === null],
  ]
  return holes.flatMap(([name, hole]) => (hole ? [name] : []))
}

/** The author gives the idea up, and its photos and voice note go; safe to repeat. What is on the way to the ballot stays there. */
export const withdrawIdea = (
  app: App,
  author: number,
  id: number,
): Promise<Result<number | null, NotYours | { kind: 'too-late' }>> =>
  transact<number | null, NotYours | { kind: 'too-late' }>(app, async (tx) => {
    const idea = await ideaForUpdate(tx, id)
    if (idea?.author !== author) return fail({ kind: 'not-yours' })
    if (idea.state === 'withdrawn') return ok(idea.number)
    if (!isWritable(idea.state) && idea.state !== 'sent') return fail({ kind: 'too-late' })
    await withdrawHeld(tx, id)
    await dropMedia(tx, id)
    return ok(idea.number)
  })
