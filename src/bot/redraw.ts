// Screens that did not reach their chat, drawn again: by whichever replica claims them, one at a time per person.
import type { Log } from '../log.ts'
import { errorFacts } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { DueScreen, Owed, Session, Settled } from '../session/session.ts'
import { againInMs, callAll, type Loss } from './losses.ts'
import { type Behind, nothingBehind } from './speaker.ts'

/** Pushes to `behind` what draws the owed screen, with no effect besides. */
export type Draw = (person: string, owed: Owed, behind: Behind) => Promise<void>

export interface RedrawParts {
  session: Session
  draw: Draw
  log: Log
  metrics: Metrics
}

export interface Redraw {
  /** Begins with what is due and free hands allow: how many were claimed. */
  round(): Promise<number>
  /** Resolves when nothing is at work. */
  idle(): Promise<void>
}

const HANDS = 50
/** A claimed screen of a replica that died is another's after this. */
const HOLD_MS = 20_000
/** The person is being served at this moment. */
const BUSY_MS = 1_000
/** About a quarter of an hour without Telegram; later the person's next touch shows the screen. */
const ATTEMPTS = 100

/**
 * What becomes of an owed screen after its calls: it is settled when they arrived. What Telegram refuses as it is, it would refuse again:
 * the person is told in plain words that the answer was lost.
 */
export function settledBy(
  owed: Owed,
  lost: readonly Loss[],
  attempt: number,
): { outcome: 'drawn' | 'later' | 'given-up'; settled: Settled } {
  const refused = lost.some(({ reason }) => reason === 'refused')
  if (lost.length === 0) return { outcome: 'drawn', settled: { kind: 'paid' } }
  if (attempt >= ATTEMPTS || (refused && owed.by === ''))
    return { outcome: 'given-up', settled: { kind: 'paid' } }
  if (refused) return { outcome: 'later', settled: { kind: 'owed', owed: { ...owed, by: '' }, inMs: 0 } }
  return { outcome: 'later', settled: { kind: 'later', inMs: againInMs(lost, attempt) } }
}

export function createRedraw({ session, draw, log, metrics }: RedrawParts): Redraw {
  const atWork = new Set<Promise<void>>()

  /** Under the person's lock: what was said since is never drawn over. */
  async function one({ person, owed }: DueScreen): Promise<void> {
    // The attempts of a redraw are counted apart from those of its update.
    const turn = -owed.update
    const begun = await session.begin(person, turn, 0)
    if (begun.state !== 'mine') return void (await session.oweLater(person, owed.update, BUSY_MS))
    try {
      if (!(await session.oweLater(person, owed.update, HOLD_MS))) return
      const outcome = await drawn(person, owed, begun.attempt)
      metrics.redraws.inc({ outcome })
      if (outcome !== 'later') await session.forgive(person, turn)
    } finally {
      await session.release(person, turn)
    }
  }

  async function drawn(person: string, owed: Owed, attempt: number) {
    const behind = nothingBehind()
    let lost: Loss[]
    try {
      await draw(person, owed, behind)
      lost = await callAll(behind.screens, metrics)
    } catch (error) {
      lost = [{ reason: 'failed', error }]
    }
    for (const { error } of lost)
      log.warn('a screen is not drawn yet', { ...errorFacts(error), update_id: owed.update, attempt })
    const { outcome, settled } = settledBy(owed, lost, attempt)
    if (settled.kind === 'owed') await session.owe(person, settled.owed, settled.inMs)
    else if (settled.kind === 'later') await session.oweLater(person, owed.update, settled.inMs)
    else await session.paid(person, owed.update)
    return outcome
  }

  return {
    async round() {
      const due = await session.claimOwed(HANDS - atWork.size, HOLD_MS)
      for (const screen of due) {
        const work: Promise<void> = one(screen)
          .catch((error: unknown) => log.warn('a screen was not drawn', errorFacts(error)))
          .finally(() => atWork.delete(work))
        atWork.add(work)
      }
      return due.length
    },
    async idle() {
      await Promise.all(atWork)
    },
  }
}
