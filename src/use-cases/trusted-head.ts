// The last head of a log, believed only when the log's key signed it and it extends what was signed last, as kept outside the database.
import { readCheckpointText, readSignedNote } from '../core/audit/checkpoint.ts'
import { decodeEvent } from '../core/audit/event.ts'
import { consistencyProof, edgeRoot, emptyEdge, verifyConsistency } from '../core/audit/merkle.ts'
import { planConsistency } from '../core/audit/tiles.ts'
import type { NoteFault, TreeFault } from '../core/audit/trusted/fault.ts'
import { type LogKey, readHead, type TrustedHead } from '../core/audit/trusted/notes.ts'
import { equal, fromHex, toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { verify } from '../sealing/sign.ts'
import { leavesOfKind, lastHead, leafHashes } from '../store/log.ts'
import type { App } from './app.ts'
import { leafFault } from './leaf-fault.ts'
import { logOrigin } from './log-origin.ts'
import { proofFromTiles } from './log-tiles.ts'

/** Why a log may be neither extended nor shown. `kept-unreadable`: the file of the last head says nothing. */
export type HeadFault =
  | NoteFault
  | Extract<TreeFault, { kind: 'root' | 'rolled-back' | 'forked' }>
  | { kind: 'kept-unreadable' }

/** The head with its note; undefined before the first. */
export type Trusted = (TrustedHead & { note: string }) | undefined

/** Whose log it is, as its readers check it. */
export const logKey = (app: App, origin: string): LogKey => ({
  origin,
  publicKey: app.secrets.logKeys.publicKey,
  verify: (bytes, signature, publicKey) => verify(app.sodium, bytes, signature, publicKey),
})

/**
 * Reads the last head of a log. A file of the last head that is behind (somebody died between commit and file) is brought up to
 * it, once the log was found to extend it; one that is ahead or beside is a fault, unless two officials accepted the loss by a leaf. The file is read first: a head is written
 * there after its commit, so the database read afterwards has it.
 */
export async function trustedHead(app: App, log: number): Promise<Result<Trusted, HeadFault>> {
  const kept = await keptHead(app, log)
  if (!kept.ok) return kept
  const signed = kept.value
  const stored = await storedHead(app, log)
  if (!stored.ok) return stored
  const head = stored.value
  const fault = signed && (await lostHistory(app, log, head, signed))
  if (fault && !(await lossAccepted(app, log, head, signed))) return fail(fault)
  if (head && (fault || signed?.size !== head.size)) await app.secrets.keepHead(log, head.note)
  return ok(head)
}

/** The same for whoever asks the running program: read once for all who ask in the same moment. */
export async function headTogether(app: App, log: number): Promise<Result<Trusted, HeadFault>> {
  const read = async (one: number) => [one, await trustedHead(app, one)] as const
  const trusted = await app.db.together(
    'trusted head',
    log,
    async (logs) => new Map(await Promise.all(logs.map(read))),
  )
  if (!trusted) throw new Error('a head was asked for and not read')
  return trusted
}

/** What the database has, believed by its signature only. */
async function storedHead(app: App, log: number): Promise<Result<Trusted, HeadFault>> {
  const head = await lastHead(app.db, log)
  if (!head) return ok(undefined)
  const read = readHead(head, logKey(app, await logOrigin(app, log)))
  return read.ok ? ok({ ...read.value, note: head.note }) : read
}

async function lostHistory(
  app: App,
  log: number,
  head: Trusted,
  signed: Tree,
): Promise<HeadFault | undefined> {
  const size = head?.size ?? 0
  if (!head || signed.size > size) return { kind: 'rolled-back', size, signed: signed.size }
  return (await extendsIt(app, log, head, signed)) ? undefined : { kind: 'forked', size: signed.size }
}

/** Two officials took up an older copy: the log goes on from what they said it has, in place of what was signed last. */
async function lossAccepted(app: App, log: number, head: Trusted, signed: Tree): Promise<boolean> {
  const origin = await logOrigin(app, log)
  for (const act of await leavesOfKind(app.db, log, 'log-rollback-accepted')) {
    const event = decodeEvent(act.body)
    if (!event.ok || event.value.kind !== 'log-rollback-accepted' || leafFault(app, origin, act)) continue
    const { signed: given, stored, by, second } = event.value
    if (by === second || given.size !== signed.size || given.root !== toHex(signed.root)) continue
    const from = { size: stored.size, root: fromHex(stored.root, 32) }
    if (from.size === 0) return true
    if (head && from.root && (await extendsIt(app, log, head, { size: from.size, root: from.root })))
      return true
  }
  return false
}

/** Of a log that the database has less of than was signed: both trees. Undefined for any other log. */
export async function rolledBack(app: App, log: number): Promise<{ signed: Tree; stored: Tree } | undefined> {
  const [kept, stored] = [await keptHead(app, log), await storedHead(app, log)]
  if (!kept.ok || !kept.value || !stored.ok) return undefined
  const none = { size: 0, root: edgeRoot(emptyEdge()) }
  const head = stored.value ?? none
  return kept.value.size > head.size
    ? { signed: kept.value, stored: { size: head.size, root: head.root } }
    : undefined
}

type Tree = { size: number; root: Uint8Array }

/** Whether the log goes on from what was signed. A proof from tiles that does not hold is made again from the leaves. */
async function extendsIt(app: App, log: number, head: Tree, signed: Tree): Promise<boolean> {
  if (signed.size === head.size) return equal(signed.root, head.root)
  const sizes = { first: signed.size, second: head.size, firstRoot: signed.root, secondRoot: head.root }
  const stored = await proofFromTiles(app.db, log, planConsistency(signed.size, head.size))
  if (stored && verifyConsistency(sizes, stored)) return true
  const leaves = await leafHashes(app.db, log, head.size)
  return leaves.length === head.size && verifyConsistency(sizes, consistencyProof(leaves, signed.size))
}

async function keptHead(app: App, log: number): Promise<Result<Tree | undefined, HeadFault>> {
  const kept = await app.secrets.keptHead(log)
  if (kept === undefined) return ok(undefined)
  const note = readSignedNote(kept)
  const checkpoint = note.ok ? readCheckpointText(note.value.text) : note
  return checkpoint.ok ? checkpoint : fail({ kind: 'kept-unreadable' })
}
