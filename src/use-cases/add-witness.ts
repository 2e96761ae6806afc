// Names a witness of a cycle's log: from then on its signatures under heads are taken in, shown and verified.
import { COSIGNATURES, readVerifierKey } from '../core/audit/checkpoint.ts'
import { WITNESS } from '../core/audit/event.ts'
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'
import { witnessesOf } from './take-cosignature.ts'

export type AddWitnessProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** Not a key of a witness: of the log itself, of another kind, or cut short. */
  | { kind: 'not-a-witness-key' }

/** `key`: as witnesses publish theirs, `name+key id+base64`. Who is named already stays as they are. */
export const addWitness = (
  app: App,
  cycleId: number,
  key: string,
  by: Actor,
): Promise<Result<{ name: string; already: boolean }, AddWitnessProblem>> =>
  transact<{ name: string; already: boolean }, AddWitnessProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'add-witness', cycleId))) return fail({ kind: 'not-allowed' })
    const read = readVerifierKey(key.trim(), COSIGNATURES)
    if (!read.ok || !WITNESS.test(read.value.name)) return fail({ kind: 'not-a-witness-key' })
    const { name, publicKey } = read.value
    const hex = toHex(publicKey)
    if ((await witnessesOf(app, tx, cycle)).some((one) => toHex(one.publicKey) === hex))
      return ok({ name, already: true })
    const act = { kind: 'witness-added', cycle: cycle.slug, name, key: hex, by: markOf(app, by) } as const
    await appendLeaf(app, tx, cycleId, act)
    return ok({ name, already: false })
  })
