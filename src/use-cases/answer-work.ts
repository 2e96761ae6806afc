// A resident answers whether a work is built as promised: once a person, changed until it is done. Two who show that it is not dispute it.
import { masked } from '../core/masked.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { WORK_LENGTHS } from '../core/work.ts'
import { votersOf } from '../store/claims.ts'
import { clock } from '../store/clock.ts'
import type { Tx } from '../store/db.ts'
import { putAnswer, putAnswerPhoto } from '../store/work-answers.ts'
import { workForUpdate, workNumbered, workOf } from '../store/works.ts'
import type { App } from './app.ts'
import { whoElseMay } from './may-act.ts'
import { shownWork, type Work, type WorkAt } from './read-works.ts'
import { tell } from './tell.ts'
import { transact } from './transact.ts'

export type AnswerWorkProblem =
  | { kind: 'no-such-work' }
  /** Nobody asks: it is not called built, or it is done. */
  | { kind: 'not-asked' | 'done' }
  /** Verified people of that village answer, each on the account that holds their card. */
  | { kind: 'not-verified' }
  /** It was called built again meanwhile: what is said must be about that. */
  | { kind: 'other-round' }
  | { kind: 'too-long'; most: number; number: number }

/** `round`: the one that was read. `photo`: as Telegram has it. */
export interface SaidOfWork {
  rollRow: number
  round: number
  accepted: boolean
  words?: string
  photo?: { fileId: string; uniqueId: string }
}

/** Returns the work as it stands afterwards. */
export const answerWork = (
  app: App,
  account: number,
  at: WorkAt,
  said: SaidOfWork,
): Promise<Result<Work, AnswerWorkProblem>> =>
  transact<Work, AnswerWorkProblem>(app, async (tx) => {
    const key = await workNumbered(tx, at)
    const stored = key && (await workForUpdate(tx, key))
    if (!key || !stored) return fail({ kind: 'no-such-work' })
    const now = await clock(tx)
    const before = shownWork(stored, now)
    const round = before.rounds.at(-1)?.round
    if (round === undefined || stored.dropped) return fail({ kind: 'not-asked' })
    if (before.state === 'done') return fail({ kind: 'done' })
    if (round !== said.round) return fail({ kind: 'other-round' })
    const people = await votersOf(tx, at.cycle, account)
    if (!people.some((one) => one.rollRow === said.rollRow && one.territory === at.territory))
      return fail({ kind: 'not-verified' })
    const words = said.words?.trim()
    const [, most] = WORK_LENGTHS.words
    const number = Array.from(words ?? '').length
    if (number > most) return fail({ kind: 'too-long', most, number })
    const answer = await putAnswer(
      tx,
      { ...key, round, rollRow: said.rollRow },
      { accepted: said.accepted, words: words ? masked(words).text : undefined },
    )
    if (said.photo) await putAnswerPhoto(tx, answer, said.photo)
    const after = await workOf(tx, key)
    if (!after) throw new Error('a held work is gone')
    const work = shownWork(after, now)
    if (work.state === 'disputed' && before.state !== 'disputed') await tellOfficials(app, tx, work, account)
    return ok(work)
  })

/** Whoever may answer for it, once a round. */
async function tellOfficials(app: App, tx: Tx, work: Work, by: number): Promise<void> {
  const { cycle, territory, project, number, title, rounds } = work
  for (const account of await whoElseMay(app, tx, 'keep-works', [territory], by))
    await tell(
      app,
      tx,
      { kind: 'work-disputed', cycle, territory, number, title },
      { account, dedupe: `work-disputed:${cycle}:${project}:${rounds.length}:${account}` },
    )
}
