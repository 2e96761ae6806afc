// The pipeline of an update: once per update_id, one at a time per person, acknowledged after its effects are committed.
import type { Update } from 'grammy/types'
import type { Log } from '../log.ts'
import { errorFacts } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Session } from '../session/session.ts'
import type { Behind } from './speaker.ts'

/** Handles one update up to the commit of its effects; pushes what answers the person to `behind`. `attempt`: 1 for the first try. */
export type Handle = (update: Update, behind: Behind[], attempt: number) => Promise<void>
/** Tells a person that their update was set aside. */
export type GiveUp = (update: Update, behind: Behind[]) => Promise<void>

export interface Pipeline {
  /** Resolves when the update may be acknowledged; rejects when it must come again. */
  process: (update: Update) => Promise<void>
  /** Resolves when no update is at work and no call is under way. */
  idle(): Promise<void>
}

const ATTEMPTS = 3
const READY_MS = 3_000

/** Whose lock an update takes: the person's. Updates without one take their own. */
export function personOf(update: Update): string {
  const from =
    update.message?.from ??
    update.edited_message?.from ??
    update.callback_query?.from ??
    update.inline_query?.from ??
    update.my_chat_member?.from
  return from ? String(from.id) : `update-${update.update_id}`
}

export interface PipelineParts {
  session: Session
  handle: Handle
  giveUp: GiveUp
  /** Throws while a store is away. */
  ready: () => Promise<void>
  log: Log
  metrics: Metrics
  /** A handler that takes longer has lost its turn. Milliseconds. */
  watchdogMs?: number
  /** How long an update waits for the person's lock. Milliseconds. */
  waitMs?: number
}

export function createPipeline({
  session,
  handle,
  giveUp,
  ready,
  log,
  metrics,
  watchdogMs = 25_000,
  waitMs = 20_000,
}: PipelineParts): Pipeline {
  const work = openWork()

  /** `seen`: it was done with before. `again`: it was not, or its person is busy elsewhere, and it must come again. */
  async function run(update: Update): Promise<'done' | 'seen' | 'again'> {
    const person = personOf(update)
    const id = update.update_id
    const begun = await session.begin(person, id, waitMs)
    if (begun.state === 'seen') return 'seen'
    if (begun.state === 'busy') return 'again'
    const behind: Behind[] = []
    try {
      if (begun.attempt > ATTEMPTS) {
        log.error('update set aside', { update_id: id })
        metrics.updates.inc({ outcome: 'set-aside' })
        await giveUp(update, behind)
      } else {
        await inTime(handle(update, behind, begun.attempt), watchdogMs)
      }
      await session.commit(id)
    } catch (error) {
      log.warn('update comes again', { ...errorFacts(error), update_id: id, attempt: begun.attempt })
      if (await isAway(ready)) await session.forgive(id).catch(() => undefined)
      await session.release(person, id)
      return 'again'
    }
    void work.track(answerPerson(behind, id, log).then(() => session.release(person, id)))
    return 'done'
  }

  async function taken(update: Update): Promise<void> {
    const end = await run(update)
    metrics.updates.inc({ outcome: end })
    if (end === 'again') throw new NotNow()
  }

  return {
    process(update) {
      const end = metrics.handling.startTimer()
      return work.track(taken(update).finally(() => end()))
    },
    idle: work.idle,
  }
}

/** A store is away: then the update is not to blame; however long it lasts, it comes again and is not set aside. */
const isAway = (ready: () => Promise<void>): Promise<boolean> =>
  inTime(ready(), READY_MS).then(
    () => false,
    () => true,
  )

/** The calls that answer: together, behind the acknowledgement. What fails here is healed at the next touch. */
async function answerPerson(behind: readonly Behind[], id: number, log: Log): Promise<void> {
  const outcomes = await Promise.allSettled(behind.map((call) => call()))
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected')
      log.warn('answer lost', { ...errorFacts(outcome.reason), update_id: id })
  }
}

/** What is at work, and a way to wait for its end. */
function openWork() {
  const atWork = new Set<Promise<unknown>>()
  return {
    track<V>(work: Promise<V>): Promise<V> {
      atWork.add(work)
      const done = () => atWork.delete(work)
      work.then(done, done)
      return work
    },
    idle: async (): Promise<void> => {
      while (atWork.size > 0) await Promise.allSettled(atWork)
    },
  }
}

/** The update must come again: its person is busy elsewhere, or it was not committed. */
export class NotNow extends Error {
  override name = 'NotNow'
}

async function inTime(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('watchdog')), ms)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
