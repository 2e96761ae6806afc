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
import { leafFault, type LeafFault, setAsideBefore } from './leaf-fault.ts'
import { logOrigin } from './log-origin.ts'
import { extendTiles, tileGrowth } from './log-tiles.ts'
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

const BATCH = 500
const MOST_LOST_RACES = 20

/**
 * What a step did. A log whose last head or next leaf cannot be believed is stopped: nothing more of it is signed, the others go on.
 */
export interface Numbered {
  numbered: number
  stopped: { log: number; fault: HeadFault | LeafFault }[]
}

/**
 * Two sequencers at once do no harm: the keys of `entry` let one of them win and the other reads again. The head that ends with
 * CLOSE, that with the publication, and one an hour, is kept as a checkpoint. A leaf without the program's MAC gets no number, and stops its log until it is set
 * aside by another leaf.
 */
export async function numberLeaves(app: App, progress: Progress = freshProgress()): Promise<Numbered> {
  const horizon = await leafHorizon(app.db)
  const stopped: Numbered['stopped'] = []
  const aside: number[] = []
  let [numbered, lost, above] = [0, 0, progress.above]
  for (let more = true; more; ) {
    const logs = stopped.map(({ log }) => log)
    const leaves = await unnumberedLeaves(app.db, above, BATCH, { logs, leaves: aside })
    more = leaves.length > 0
    // What this step has numbered it does not read again: a long backlog is read once.
    let reached = leaves.at(-1)?.id ?? above
    for (const part of parts(leaves)) {
      const end = await numberPart(app, part)
      if (end.kind === 'numbered') {
        numbered += end.count
        if (end.count === part.leaves.length) continue
      } else if (end.kind === 'aside') aside.push(end.leaf)
      else if (end.kind === 'lost') lost++
      else stopped.push({ log: part.log, fault: end })
      if (lost > MOST_LOST_RACES) return { numbered, stopped }
      reached = above
      break
    }
    above = reached
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
  /** The head that ends with it is kept for good. */
  ends: boolean
}

/** A head ends with each of these: the count goes by the first, the bundle by the second. */
const ENDS = ['closed', 'published']

/** Leaves by log, in the order of their ids; a part ends with CLOSE and with the publication, so that a head ends there. */
function parts(leaves: readonly NewLeaf[]): Part[] {
  const done: Part[] = []
  const open = new Map<number, Part>()
  for (const leaf of leaves) {
    const part = open.get(leaf.log) ?? { log: leaf.log, leaves: [], ends: false }
    if (part.leaves.length === 0) {
      done.push(part)
      open.set(leaf.log, part)
    }
    part.leaves.push(leaf)
    if (ENDS.includes(leaf.kind)) {
      part.ends = true
      open.delete(leaf.log)
    }
  }
  return done
}

type End =
  /** So many leaves from the first on: up to one that cannot be believed. */
  | { kind: 'numbered'; count: number }
  /** Another sequencer was first. */
  | { kind: 'lost' }
  /** The first leaf was set aside: it gets no number. */
  | { kind: 'aside'; leaf: number }
  | HeadFault
  | LeafFault

/** The head is kept outside the database before anybody is shown it. */
async function numberPart(app: App, { log, leaves, ends }: Part): Promise<End> {
  const before = await trustedHead(app, log)
  if (!before.ok) return before.problem
  const origin = await logOrigin(app, log)
  const wrong = leaves.findIndex((leaf) => leafFault(app, origin, leaf))
  const good = wrong < 0 ? leaves : leaves.slice(0, wrong)
  const [first] = leaves
  if (good.length === 0 && first) return whyNot(app, origin, log, first)
  const tiles = await tileGrowth(app.db, log, before.value)
  if (!tiles.ok) return tiles.problem
  let edge: Edge = before.value?.edge ?? emptyEdge()
  const seq = edge.size
  for (const leaf of good) edge = append(edge, leaf.hash)
  const root = edgeRoot(edge)
  const note = signHead(app, origin, edge.size, root)
  const checkpoint = (ends && wrong < 0) || (await checkpointDue(app.db, log))
  try {
    const ids = good.map((leaf) => leaf.id)
    const head = { size: edge.size, root, edge: edge.hashes.map(toHex), note }
    await app.db.begin(async (tx) => {
      await insertEntries(tx, log, seq, ids, head, checkpoint)
      await extendTiles(
        tx,
        log,
        tiles.value,
        good.map(({ hash }) => hash),
      )
    })
  } catch (error) {
    if (clashOn(error)) return { kind: 'lost' }
    throw error
  }
  await app.secrets.keepHead(log, note)
  return { kind: 'numbered', count: good.length }
}

/** A leaf that cannot be believed stops its log, unless two officials set it aside. */
async function whyNot(app: App, origin: string, log: number, leaf: NewLeaf): Promise<End> {
  const fault = leafFault(app, origin, leaf)
  if (!fault) throw new Error('a leaf that can be believed was not numbered')
  if (await setAsideBefore(app, app.db, origin, log, fault)) return { kind: 'aside', leaf: leaf.id }
  return fault
}

function signHead(app: App, origin: string, size: number, root: Uint8Array): string {
  const { publicKey, privateKey } = app.secrets.logKeys
  const text = checkpointText({ origin, size, root })
  return signedNote(text, origin, noteKeyId(origin, publicKey), sign(app.sodium, utf8(text), privateKey))
}
