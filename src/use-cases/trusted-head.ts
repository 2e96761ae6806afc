// The last head of a log, believed only when the log's key signed it and it extends what was signed last, as kept outside the database.
import { readCheckpointText, readSignedNote } from '../core/audit/checkpoint.ts'
import { consistencyProof, verifyConsistency } from '../core/audit/merkle.ts'
import { planConsistency } from '../core/audit/tiles.ts'
import type { NoteFault, TreeFault } from '../core/audit/trusted/fault.ts'
import { type LogKey, readHead, type TrustedHead } from '../core/audit/trusted/notes.ts'
import { equal } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { verify } from '../sealing/sign.ts'
import { lastHead, leafHashes } from '../store/log.ts'
import type { App } from './app.ts'
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
 * it, once the log was found to extend it; one that is ahead or beside is a fault. The file is read first: a head is written
 * there after its commit, so the database read afterwards has it.
 */
export async function trustedHead(app: App, log: number): Promise<Result<Trusted, HeadFault>> {
  const kept = await keptHead(app, log)
  if (!kept.ok) return kept
  const signed = kept.value
  const head = await lastHead(app.db, log)
  if (!head) return signed ? fail({ kind: 'rolled-back', size: 0, signed: signed.size }) : ok(undefined)
  const read = readHead(head, logKey(app, await logOrigin(app, log)))
  if (!read.ok) return read
  const { size } = read.value
  if (signed && signed.size > size) return fail({ kind: 'rolled-back', size, signed: signed.size })
  if (signed && !(await extendsIt(app, log, read.value, signed)))
    return fail({ kind: 'forked', size: signed.size })
  if (signed?.size !== size) await app.secrets.keepHead(log, head.note)
  return ok({ ...read.value, note: head.note })
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
