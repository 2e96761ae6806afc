// What is posted in channels of a vote: claimed one by one, posted once or reported as unknown; and once a day the head of its log.
import { readCheckpointText, readSignedNote } from '../core/audit/checkpoint.ts'
import { type Checkpointed, checkpointed } from '../core/channel.ts'
import { wallClock } from '../core/zone.ts'
import {
  type ChannelPost,
  claimPost,
  dueCheckpoints,
  putOffPost,
  queueCheckpoint,
  settleLostPosts,
  settlePost,
} from '../store/channels.ts'
import { clock } from '../store/clock.ts'
import type { App } from './app.ts'
import { lastCheckpoint } from './last-checkpoint.ts'

export type { ChannelPost }

/** Takes the next post that is due: ours to send. Those whose sender died are of unknown fate from now on. */
export async function nextPost(app: App): Promise<ChannelPost | undefined> {
  await settleLostPosts(app.db)
  return claimPost(app.db)
}

/** `message`: Telegram's number. `later`: not before so many seconds. */
export type Posted =
  | { outcome: 'sent'; message: number }
  | { outcome: 'failed' | 'unknown' }
  | { outcome: 'later'; seconds: number }

export async function notePost(app: App, id: number, posted: Posted): Promise<void> {
  if (posted.outcome === 'later') return putOffPost(app.db, id, posted.seconds)
  await settlePost(app.db, id, posted.outcome, posted.outcome === 'sent' ? posted.message : null)
}

/**
 * By day, each channel is to get the head of its vote's log once, where the log went on since the last one. Safe on every replica: the
 * day stands in the table once. Returns how many are to be posted.
 */
export async function postCheckpoints(app: App): Promise<number> {
  const now = await clock(app.db)
  if (Date.parse(app.quiet(now)) > Date.parse(now)) return 0
  const day = wallClock(now).slice(0, 10)
  let queued = 0
  for (const { chat, cycle, slug, last } of await dueCheckpoints(app.db, day)) {
    const head = await headOf(app, slug)
    if (head && head.root !== last?.root && (await queueCheckpoint(app.db, { chat, cycle, day }, head)))
      queued += 1
  }
  return queued
}

/** Undefined while nothing is signed, or what is signed cannot be believed: then the program raises the alarm elsewhere. */
async function headOf(app: App, slug: string): Promise<Checkpointed | undefined> {
  const note = await lastCheckpoint(app, slug)
  const signed = note.ok && note.value !== undefined ? readSignedNote(note.value) : undefined
  const read = signed?.ok ? readCheckpointText(signed.value.text) : undefined
  const [signature] = signed?.ok ? signed.value.signatures : []
  return read?.ok && signature ? checkpointed(read.value, signature) : undefined
}
