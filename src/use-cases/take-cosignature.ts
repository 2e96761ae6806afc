// Takes in a head of a log that witnesses signed too. Whoever brings it: what counts is the witness's signature.
import {
  COSIGNATURES,
  noteKeyId,
  type NoteSignature,
  readCheckpointText,
  readSignedNote,
} from '../core/audit/checkpoint.ts'
import { cosignedBytes, readCosignature, type Witness } from '../core/audit/cosignature.ts'
import { decodeEvent, type Event } from '../core/audit/event.ts'
import { equal, fromHex, toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { verify } from '../sealing/sign.ts'
import { keepHead } from '../store/bundle.ts'
import { type Cycle, cycleByName, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { headOfSize, leavesOfKind } from '../store/log.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { leafFault } from './leaf-fault.ts'
import { originOf } from './log-origin.ts'
import { transact } from './transact.ts'

export type TakeCosignatureProblem =
  | { kind: 'not-a-checkpoint' }
  /** Of no log of this installation. */
  | { kind: 'not-our-log'; origin: string }
  /** That head was not kept: heads between two checkpoints give way to the next. */
  | { kind: 'not-kept'; size: number }
  /** Our log has another root at this size: somebody showed the witness another log. */
  | { kind: 'other-root'; size: number }
  /** No line of a witness that the log names. */
  | { kind: 'no-witness' }
  | { kind: 'wrong'; name: string }

export interface Taken {
  cycle: string
  size: number
  /** Names of witnesses whose line is new, and of those whose line was there before. */
  taken: string[]
  before: string[]
}

/** `file`: the checkpoint with its signature lines. All lines of witnesses must hold; those of strangers are passed over. */
export const takeCosignature = (app: App, file: string): Promise<Result<Taken, TakeCosignatureProblem>> =>
  transact<Taken, TakeCosignatureProblem>(app, async (tx) => {
    const note = readSignedNote(file)
    const checkpoint = note.ok ? readCheckpointText(note.value.text) : note
    if (!note.ok || !checkpoint.ok) return fail({ kind: 'not-a-checkpoint' })
    const { origin, size, root } = checkpoint.value
    const slug = origin.slice(originOf(app, '').length)
    const found = await cycleByName(tx, slug)
    const cycle = found && (await cycleForUpdate(tx, found.id))
    if (cycle?.slug !== slug || origin !== originOf(app, slug)) return fail({ kind: 'not-our-log', origin })
    await keepHead(tx, cycle.id, size)
    const head = await headOfSize(tx, cycle.id, size)
    if (!head) return fail({ kind: 'not-kept', size })
    if (!equal(head.root, root)) return fail({ kind: 'other-root', size })
    const witnesses = await witnessesOf(app, tx, cycle)
    const done = new Set((await cosignaturesOf(app, tx, cycle)).map(({ signature }) => signature))
    const told: Taken = { cycle: slug, size, taken: [], before: [] }
    for (const line of note.value.signatures) {
      const witness = witnesses.find((one) => isLineOf(one, line))
      if (!witness) continue
      const signed = readCosignature(line.signature)
      const said = signed && cosignedBytes(signed.time, note.value.text)
      if (!signed || !said || !verify(app.sodium, said, signed.signature, witness.publicKey))
        return fail({ kind: 'wrong', name: witness.name })
      const signature = toHex(signed.signature)
      const isNew = !done.has(signature)
      told[isNew ? 'taken' : 'before'].push(witness.name)
      if (!isNew) continue
      done.add(signature)
      const key = toHex(witness.publicKey)
      const { time } = signed
      await appendLeaf(app, tx, cycle.id, { kind: 'cosigned', cycle: slug, size, key, time, signature })
    }
    return told.taken.length + told.before.length > 0 ? ok(told) : fail({ kind: 'no-witness' })
  })

const isLineOf = ({ name, publicKey }: Witness, line: NoteSignature): boolean =>
  line.name === name && equal(line.keyId, noteKeyId(name, publicKey, COSIGNATURES))

/** The witnesses that the log of a cycle names. */
export async function witnessesOf(app: App, tx: Tx, cycle: Pick<Cycle, 'id' | 'slug'>): Promise<Witness[]> {
  const added = await ownActs(app, tx, cycle, 'witness-added')
  return added.map(({ name, key }) => ({ name, publicKey: fromHex(key) ?? new Uint8Array() }))
}

const cosignaturesOf = (app: App, tx: Tx, cycle: Pick<Cycle, 'id' | 'slug'>) =>
  ownActs(app, tx, cycle, 'cosigned')

/** The acts of a kind that the program wrote, numbered or not. */
async function ownActs<K extends 'witness-added' | 'cosigned'>(
  app: App,
  tx: Tx,
  { id, slug }: Pick<Cycle, 'id' | 'slug'>,
  kind: K,
): Promise<Extract<Event, { kind: K }>[]> {
  return (await leavesOfKind(tx, id, kind)).flatMap((leaf) => {
    const event = leafFault(app, originOf(app, slug), leaf) ? undefined : decodeEvent(leaf.body)
    return event?.ok && event.value.kind === kind ? [event.value as Extract<Event, { kind: K }>] : []
  })
}
