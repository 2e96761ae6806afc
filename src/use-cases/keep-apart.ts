// Somebody looked at two ideas that lie close together and says that both may be built.
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import { keepApart as keep } from '../store/idea-list.ts'
import { ideaByNumber } from '../store/ideas.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayAct, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type ApartProblem = NotAllowed | { kind: 'no-such-idea'; number: number }

/** By their numbers, in any order; safe to repeat. Returns false where it was said before. */
export const keepApart = (
  app: App,
  cycle: number,
  pair: readonly [number, number],
  by: Actor,
): Promise<Result<boolean, ApartProblem>> =>
  transact<boolean, ApartProblem>(app, async (tx) => {
    const numbers = pair.toSorted((a, b) => a - b)
    const [one, other] = await Promise.all(numbers.map((number) => ideaByNumber(tx, cycle, number)))
    const missing = numbers[one ? 1 : 0] ?? 0
    if (!one || !other || one.id === other.id) return fail({ kind: 'no-such-idea', number: missing })
    if (!(await mayAct(app, tx, by, 'cost-idea', [one.territory, other.territory])))
      return fail({ kind: 'not-allowed' })
    if (!(await keep(tx, one.id, other.id))) return ok(false)
    const slug = (await cycleById(tx, cycle))?.slug ?? ''
    await appendLeaf(app, tx, cycle, {
      kind: 'ideas-apart',
      at: await clock(tx),
      cycle: slug,
      village: String(one.territory),
      first: numbers[0] ?? 0,
      second: numbers[1] ?? 0,
      by: markOf(app, by),
    })
    return ok(true)
  })
