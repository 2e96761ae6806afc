// People hold the key of a binding vote: their public key comes into the log, and no vote opens before two shares have opened a test.
import { readDice } from '../core/audit/dice.ts'
import { decodeEvent, DICE, type Event, type EventKind } from '../core/audit/event.ts'
import { rehearsalCode } from '../core/audit/mac.ts'
import { fromHex, utf8 } from '../core/bytes.ts'
import { isBefore, type Phase, PROFILES } from '../core/cycle.ts'
import {
  foldCode,
  type HeldFault,
  type HeldKeys,
  readHeld,
  rehearsalText,
} from '../core/formats/held-keys.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { isBoxKey, seal } from '../sealing/sealed-box.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { leavesOfKind } from '../store/log.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { leafFault } from './leaf-fault.ts'
import { originOf } from './log-origin.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { transact } from './transact.ts'

export type HoldersProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** The server holds the key of this vote. */
  | { kind: 'not-held' }
  /** Voting has begun, or has not ended. */
  | { kind: 'wrong-phase'; phase: Phase }
  /** It is void, so nothing is prepared any more. */
  | { kind: 'void' }
  /** The file is none of a ceremony. */
  | { kind: HeldFault }
  /** It is of the ceremony of another vote. */
  | { kind: 'of-another-vote'; cycle: string }
  /** Another ceremony was brought since the file was looked at. */
  | { kind: 'changed' }
  | { kind: 'no-keys' }
  | { kind: 'wrong-code' }
  | { kind: 'not-dice' }
  /** Two people have entered these alike. */
  | { kind: 'thrown-before'; dice: string }

/** What the log has of this kind, in its order. */
export async function actsOf(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
  kind: Exclude<EventKind, 'ballot'>,
): Promise<Event[]> {
  const leaves = await leavesOfKind(tx, id, kind)
  return leaves.flatMap((leaf) => {
    const event = leafFault(app, originOf(app, slug), leaf) ? undefined : decodeEvent(leaf.body)
    return event?.ok ? [event.value] : []
  })
}

export interface Held {
  key: string
  seed: string
  rehearsed: boolean
}

/** The keys that the log has last, and whether two shares have opened a test since. */
export async function heldKeys(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
): Promise<Held | undefined> {
  const last = (await actsOf(app, tx, { id, slug }, 'keys-brought')).at(-1)
  if (last?.kind !== 'keys-brought') return undefined
  const rehearsals = await actsOf(app, tx, { id, slug }, 'keys-rehearsed')
  const { key, seed } = last
  return { key, seed, rehearsed: rehearsals.some((act) => act.kind === 'keys-rehearsed' && act.key === key) }
}

/** `before`: the keys that stand there; `same`: they are these. */
export interface KeysPlan {
  held: HeldKeys
  before: Held | undefined
  same: boolean
}

/** What would come of a file that a ceremony made; nothing is changed. */
export const previewKeys = (
  app: App,
  cycleId: number,
  text: string,
  by: Actor,
): Promise<Result<KeysPlan, HoldersProblem>> =>
  transact<KeysPlan, HoldersProblem>(app, (tx) => planKeys(app, tx, cycleId, text, by))

/**
 * Brings what a ceremony made; a later one takes its place, and is rehearsed anew. The same again changes nothing. `seen`: the key that
 * stood there when the file was looked at, empty for none: where another stands there by now, nothing is changed.
 */
export const bringKeys = (
  app: App,
  cycleId: number,
  text: string,
  by: Actor,
  seen?: string,
): Promise<Result<KeysPlan, HoldersProblem>> =>
  transact<KeysPlan, HoldersProblem>(app, async (tx) => {
    const plan = await planKeys(app, tx, cycleId, text, by)
    if (!plan.ok || plan.value.same) return plan
    const { held, before } = plan.value
    if (seen !== undefined && seen !== (before?.key ?? '')) return fail({ kind: 'changed' })
    const at = await clock(tx)
    await appendLeaf(app, tx, cycleId, { kind: 'keys-brought', at, ...held, by: markOf(app, by) })
    return plan
  })

async function planKeys(
  app: App,
  tx: Tx,
  cycleId: number,
  text: string,
  by: Actor,
): Promise<Result<KeysPlan, HoldersProblem>> {
  const may = await mayHold(app, tx, cycleId, by)
  if (!may.ok) return may
  const read = readHeld(text)
  if (!read.ok) return fail({ kind: read.problem })
  const held = read.value
  if (held.cycle !== may.value.slug) return fail({ kind: 'of-another-vote', cycle: held.cycle })
  if (!isBoxKey(app.sodium, fromHex(held.key) ?? new Uint8Array())) return fail({ kind: 'not-a-key-file' })
  const before = await heldKeys(app, tx, may.value)
  return ok({ held, before, same: before?.key === held.key && before.seed === held.seed })
}

/** The test that two holders open: a code in a box under their key. */
export const rehearsal = (app: App, cycleId: number, by: Actor): Promise<Result<string, HoldersProblem>> =>
  transact<string, HoldersProblem>(app, async (tx) => {
    const may = await mayHold(app, tx, cycleId, by)
    if (!may.ok) return may
    const { slug } = may.value
    const held = await heldKeys(app, tx, may.value)
    if (!held) return fail({ kind: 'no-keys' })
    const publicKey = fromHex(held.key) ?? new Uint8Array()
    const code = rehearsalCode(app.secrets.leafKey, originOf(app, slug), publicKey)
    return ok(rehearsalText(slug, held.key, seal(app.sodium, publicKey, utf8(code))))
  })

/** `already`: two shares of this key had opened a test before, and nothing changed. */
export type Rehearsed = { already: boolean }

/** `code`: what was in the box. From then on voting may open. */
export const enterRehearsal = (
  app: App,
  cycleId: number,
  code: string,
  by: Actor,
): Promise<Result<Rehearsed, HoldersProblem>> =>
  transact<Rehearsed, HoldersProblem>(app, async (tx) => {
    const may = await mayHold(app, tx, cycleId, by)
    if (!may.ok) return may
    const { slug } = may.value
    const held = await heldKeys(app, tx, may.value)
    if (!held) return fail({ kind: 'no-keys' })
    const publicKey = fromHex(held.key) ?? new Uint8Array()
    if (foldCode(code) !== rehearsalCode(app.secrets.leafKey, originOf(app, slug), publicKey))
      return fail({ kind: 'wrong-code' })
    if (held.rehearsed) return ok({ already: true })
    const { key } = held
    const at = await clock(tx)
    await appendLeaf(app, tx, cycleId, { kind: 'keys-rehearsed', at, cycle: slug, key, by: markOf(app, by) })
    return ok({ already: false })
  })

async function mayHold(app: App, tx: Tx, cycleId: number, by: Actor): Promise<Result<Cycle, HoldersProblem>> {
  const cycle = await cycleForUpdate(tx, cycleId)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  if (!(await mayActInCycle(app, tx, by, 'move-phase', cycleId))) return fail({ kind: 'not-allowed' })
  if (PROFILES[cycle.profile].keys !== 'holders') return fail({ kind: 'not-held' })
  if (cycle.halt?.kind === 'void') return fail({ kind: 'void' })
  return isBefore(cycle.phase, 'voting') ? ok(cycle) : fail({ kind: 'wrong-phase', phase: cycle.phase })
}

/** `agreed`: another person had entered the same, so it counts from now on. `already`: this person had entered the very same before. */
export type DiceEntered = { agreed: boolean; already: boolean }

/** After the close; what two people enter alike counts, and nothing that comes later. */
export const enterDice = (
  app: App,
  cycleId: number,
  dice: string,
  by: number,
): Promise<Result<DiceEntered, HoldersProblem>> =>
  transact<DiceEntered, HoldersProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    if (PROFILES[cycle.profile].keys !== 'holders') return fail({ kind: 'not-held' })
    if (cycle.phase !== 'counting') return fail({ kind: 'wrong-phase', phase: cycle.phase })
    if (!DICE.test(dice)) return fail({ kind: 'not-dice' })
    const before = await actsOf(app, tx, cycle, 'dice-thrown')
    const reader = readDice()
    for (const act of [...(await actsOf(app, tx, cycle, 'closed')), ...before]) reader.hear(act)
    const thrown = reader.thrown()
    if (thrown !== undefined) return fail({ kind: 'thrown-before', dice: thrown })
    const at = await clock(tx)
    const act = { kind: 'dice-thrown', at, cycle: cycle.slug, dice, by: markOf(app, by) } as const
    const already = before.some((one) => one.kind === act.kind && one.dice === dice && one.by === act.by)
    if (already) return ok({ agreed: false, already })
    await appendLeaf(app, tx, cycleId, act)
    reader.hear(act)
    return ok({ agreed: reader.thrown() !== undefined, already })
  })
