// The checkpoints of a cycle's log as anybody may read them: each signed by the log, with the lines of its witnesses.
import { verifierKey } from '../core/audit/checkpoint.ts'
import { readNote } from '../core/bundle/read-log.ts'
import { equal } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { checkpointsOf } from '../store/bundle.ts'
import { cycleByName } from '../store/cycles.ts'
import type { App } from './app.ts'
import { cosignedNotes } from './cosigned-notes.ts'
import { originOf } from './log-origin.ts'
import { type HeadFault, headTogether, logKey } from './trusted-head.ts'

export interface KeptCheckpoint {
  size: number
  /** UTC ISO. */
  at: string
  note: string
}

/** By size; undefined when there is no such cycle or nothing is numbered yet. One that the log did not sign is a fault. */
export async function readCheckpoints(
  app: App,
  slug: string,
): Promise<Result<KeptCheckpoint[] | undefined, HeadFault>> {
  const cycle = await cycleByName(app.db, slug)
  if (!cycle) return ok(undefined)
  const head = await headTogether(app, cycle.id)
  if (!head.ok) return head
  if (!head.value) return ok(undefined)
  const kept = await checkpointsOf(app.db, cycle.id)
  const { origin, publicKey, verify } = logKey(app, originOf(app, cycle.slug))
  const key = verifierKey(origin, publicKey)
  for (const { size, root, note } of kept) {
    const read = await app.inTurn(() => readNote(note, key, verify, size))
    if ('kind' in read) return fail(read)
    if (read.size !== size || !equal(read.root, root)) return fail({ kind: 'note-root', size })
  }
  const notes = await cosignedNotes(app, app.db, cycle, kept, head.value.size)
  return ok(kept.map(({ size, at }, place) => ({ size, at, note: notes[place] ?? '' })))
}
