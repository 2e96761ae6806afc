// A resident says what the village needs: marks, a line or a voice note, changed as often as wanted until the end of the consultation.
import { isBefore } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { endOfAsking, isAsking, LONGEST_LINE, MOST_MARKS, topNeeds } from '../core/needs.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Cycle, cycleById, cycleForShare } from '../store/cycles.ts'
import { meetingIn, type NeedResult, needResultOf } from '../store/need-meetings.ts'
import { addMark, answerOf, dropMark, type NeedAnswer, needsOf, putWords, tallyOf } from '../store/needs.ts'
import type { Tx } from '../store/db.ts'
import type { App } from './app.ts'
import { transact } from './transact.ts'

export type { NeedAnswer }

export interface Consultation {
  needs: Localised[]
  asking: boolean
  /** Until when one may answer, UTC ISO. */
  until: string | undefined
  answer: NeedAnswer
}

export type Where = { cycle: number; territory: number }

/** The consultation is over, or has not begun. */
export type NotAsking = { kind: 'not-asking' }
export type MarkProblem = NotAsking | { kind: 'full'; most: number } | { kind: 'no-such-need' }
export type LineProblem = NotAsking | { kind: 'too-long'; most: number; by: number }

const NOTHING: NeedAnswer = { marks: [], line: null, voice: null }

/** What the cycle asks, and what the account said. Undefined: it asks nothing. */
export async function readConsultation(
  app: App,
  account: number,
  cycleId: number,
): Promise<Consultation | undefined> {
  const cycle = await cycleById(app.db, cycleId)
  if (!cycle) return undefined
  const needs = await needsOf(app.db, cycleId)
  if (needs.length === 0) return undefined
  const answer = (await answerOf(app.db, cycleId, account)) ?? NOTHING
  return { needs, asking: isAsking(cycle), until: endOfAsking(cycle.timeline), answer }
}

/** `need`: its number from 1; `on`: marked or not. Safe to repeat: the same press twice is the same answer. */
export const markNeed = (
  app: App,
  account: number,
  at: Where,
  { need, on }: { need: number; on: boolean },
): Promise<Result<void, MarkProblem>> =>
  whileAsking<MarkProblem>(app, at, async (tx) => {
    if (need < 1 || need > (await needsOf(tx, at.cycle)).length) return fail({ kind: 'no-such-need' })
    if (!on) {
      await dropMark(tx, { ...at, account }, need)
      return ok(undefined)
    }
    const marks = await addMark(tx, { ...at, account }, need, MOST_MARKS)
    return marks.includes(need) ? ok(undefined) : fail({ kind: 'full', most: MOST_MARKS })
  })

/** A line (trimmed, at most 300 letters), a voice note by Telegram's id, or nothing: it takes the place of what was said before. */
export const sayNeed = (
  app: App,
  account: number,
  at: Where,
  said: { line: string } | { voice: string } | undefined,
): Promise<Result<void, LineProblem>> =>
  whileAsking<LineProblem>(app, at, async (tx) => {
    const line = said && 'line' in said ? said.line.trim() : ''
    if (line.length > LONGEST_LINE)
      return fail({ kind: 'too-long', most: LONGEST_LINE, by: line.length - LONGEST_LINE })
    const voice = said && 'voice' in said ? said.voice : null
    await putWords(tx, { ...at, account }, { line: line === '' ? null : line, voice })
    return ok(undefined)
  })

/** The cycle is held meanwhile: no answer stands behind the end. */
const whileAsking = <P extends { kind: string }>(
  app: App,
  at: Where,
  act: (tx: Tx) => Promise<Result<void, P | NotAsking>>,
): Promise<Result<void, P | NotAsking>> =>
  transact<void, P | NotAsking>(app, async (tx) => {
    const cycle = await cycleForShare(tx, at.cycle)
    return cycle && isAsking(cycle) ? act(tx) : fail({ kind: 'not-asking' })
  })

/** What a menu says of the needs of a village. `top`: what is wanted most, up to three; none where too few spoke to tell. */
export interface NeedsAtHand {
  asking: boolean
  published: boolean
  top: Localised[]
}

/** Of a cycle without a consultation nothing is asked of the database. */
export async function needsAtHand(
  app: App,
  { cycle, territory }: { cycle: Cycle; territory: number },
): Promise<NeedsAtHand | undefined> {
  if (cycle.timeline.consultation === undefined || isBefore(cycle.phase, 'consultation')) return undefined
  const where = { cycle: cycle.id, territory }
  if (isAsking(cycle)) return { asking: true, published: false, top: [] }
  const result = await needResultOf(app.db, where)
  return { asking: false, published: result !== undefined, top: await readTopNeeds(app, where, result) }
}

/** What a village wants most, as it was published; before that, as it stands. */
export async function readTopNeeds(app: App, where: Where, result?: NeedResult): Promise<Localised[]> {
  const needs = await needsOf(app.db, where.cycle)
  if (needs.length === 0) return []
  const published = result ?? (await needResultOf(app.db, where))
  const top = published?.figures.top ?? (await currentTop(app, where))
  return top.flatMap((number) => needs[number - 1] ?? [])
}

async function currentTop(app: App, where: Where): Promise<number[]> {
  const [tally, meeting] = await Promise.all([
    tallyOf(app.db, where.cycle, where.territory),
    meetingIn(app.db, where),
  ])
  return topNeeds(tally, meeting?.agreed)
}
