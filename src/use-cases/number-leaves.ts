// The sequencer's step: numbers committed leaves without gaps, in the order of their ids, and signs the head of each log.
import { checkpointText, noteKeyId, signedNote } from '../core/audit/checkpoint.ts'
import { append, type Edge, edgeRoot, emptyEdge } from '../core/audit/merkle.ts'
import { toHex, utf8 } from '../core/bytes.ts'
import { sign } from '../sealing/sign.ts'
import { clashOn } from '../store/db.ts'
import {
  checkpointDue,
  insertEntries,
  keepHourlyCheckpoints,
  leafHorizon,
  type NewLeaf,
  unnumberedLeaves,
} from '../store/log.ts'
import type { App } from './app.ts'
import { logOrigin } from './log-origin.ts'
import { type HeadFault, trustedHead } from './trusted-head.ts'

/**
 * What a sequencer remembers between two steps, so that it does not read the whole table each time: every leaf at or below
 * `above` is numbered or was rolled back. It may be forgotten at any time; a fresh one reads everything once.
 */
export interface Progress {
  above: number
  /** Leaves up to `last` were in sight when transaction `next` had not begun: once all before it have ended, none can appear. */
  sighted: { last: number; next: number } | undefined
}

export const freshProgress = (): Progress => ({ above: 0, sighted: undefined })

const BATCH = 2000
const MOST_LOST_RACES = 20

/** What a step did. A log whose last head cannot be believed is stopped: nothing in it is signed any more, the others go on. */
export interface Numbered {
  numbered: number
  stopped: { log: number; fault: HeadFault }[]
}

/**
 * Two sequencers at once do no harm: the keys of `entry` let one of them win and the other reads again. The head that ends with
 * CLOSE, and one an hour, is kept as a checkpoint.
 */
export async function numberLeaves(app: App, progress: Progress = freshProgress()): Promise<Numbered> {
  const horizon = await leafHorizon(app.db)
  const stopped: Numbered['stopped'] = []
  let [numbered, lost] = [0, 0]
  for (let more = true; more; ) {
    const logs = stopped.map(({ log }) => log)
    const leaves = await unnumberedLeaves(app.db, progress.above, BATCH, logs)
    more = leaves.length > 0
    for (const part of parts(leaves)) {
      const end = await numberPart(app, part)
      if (end === 'numbered') {
        numbered += part.leaves.length
        continue
      }
      if (end === 'lost') lost++
      else stopped.push({ log: part.log, fault: end })
      if (lost > MOST_LOST_RACES) return { numbered, stopped }
      break
    }
  }
  const { sighted } = progress
  // What a stopped log has left must be found again.
  if (stopped.length === 0 && (!sighted || sighted.next <= horizon.oldest)) {
    progress.above = Math.max(progress.above, sighted?.last ?? 0)
    progress.sighted = { last: horizon.last, next: horizon.next }
  }
  await keepHourlyCheckpoints(app.db)
  return { numbered, stopped }
}

interface Part {
  log: number
  leaves: NewLeaf[]
  closes: boolean
}

/** Leaves by log, in the order of their ids; a part ends with CLOSE, so that a head ends there. */
function parts(leaves: readonly NewLeaf[]): Part[] {
  const done: Part[] = []
  const open = new Map<number, Part>()
  for (const leaf of leaves) {
    const part = open.get(leaf.log) ?? { log: leaf.log, leaves: [], closes: false }
    if (part.leaves.length === 0) {
      done.push(part)
      open.set(leaf.log, part)
    }
    part.leaves.push(leaf)
    if (leaf.kind === 'closed') {
      part.closes = true
      open.delete(leaf.log)
    }
  }
  return done
}

/** `lost`: another sequencer was first. The head is kept outside the database before anybody is shown it. */
async function numberPart(app: App, { log, leaves, closes }: Part): Promise<'numbered' | 'lost' | HeadFault> {
  const before = await trustedHead(app, log)
  if (!before.ok) return before.problem
  let edge: Edge = before.value?.edge ?? emptyEdge()
  const first = edge.size
  for (const leaf of leaves) edge = append(edge, leaf.hash)
  const root = edgeRoot(edge)
  const note = signHead(app, await logOrigin(app, log), edge.size, root)
  const checkpoint = closes || (await checkpointDue(app.db, log))
  try {
    const ids = leaves.map((leaf) => leaf.id)
    const head = { size: edge.size, root, edge: edge.hashes.map(toHex), note }
    await app.db.begin((tx) => insertEntries(tx, log, first, ids, head, checkpoint))
  } catch (error) {
    if (clashOn(error)) return 'lost'
    throw error
  }
  await app.secrets.keepHead(log, note)
  return 'numbered'
}

function signHead(app: App, origin: string, size: number, root: Uint8Array): string {
  const { publicKey, privateKey } = app.secrets.logKeys
  const text = checkpointText({ origin, size, root })
  return signedNote(text, origin, noteKeyId(origin, publicKey), sign(app.sodium, utf8(text), privateKey))
}
