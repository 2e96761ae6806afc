// The last head of a log, believed only when the log's key signed it and it extends what was signed last, as kept outside the database.
import { readCheckpointText, readSignedNote } from '../core/audit/checkpoint.ts'
import { rootOf } from '../core/audit/merkle.ts'
import type { NoteFault, TreeFault } from '../core/audit/trusted/fault.ts'
import { type LogKey, readHead, type TrustedHead } from '../core/audit/trusted/notes.ts'
import { equal } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { verify } from '../sealing/sign.ts'
import { lastHead, leafHashes } from '../store/log.ts'
import type { App } from './app.ts'
import { logOrigin } from './log-origin.ts'

/** Why a log may be neither extended nor shown. `kept-unreadable`: the file of the last head says nothing. */
export type HeadFault =
  | NoteFault
  | Extract<TreeFault, { kind: 'rolled-back' | 'forked' }>
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
  const { size, root } = read.value
  if (signed && signed.size > size) return fail({ kind: 'rolled-back', size, signed: signed.size })
  if (signed) {
    const then = signed.size === size ? root : rootOf(await leafHashes(app.db, log, signed.size))
    if (!equal(then, signed.root)) return fail({ kind: 'forked', size: signed.size })
  }
  if (signed?.size !== size) await app.secrets.keepHead(log, head.note)
  return ok({ ...read.value, note: head.note })
}

async function keptHead(
  app: App,
  log: number,
): Promise<Result<{ size: number; root: Uint8Array } | undefined, HeadFault>> {
  const kept = await app.secrets.keptHead(log)
  if (kept === undefined) return ok(undefined)
  const note = readSignedNote(kept)
  const checkpoint = note.ok ? readCheckpointText(note.value.text) : note
  return checkpoint.ok ? checkpoint : fail({ kind: 'kept-unreadable' })
}
