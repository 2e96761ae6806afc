// The pipeline of an update: once per update_id, one at a time per person, acknowledged after its effects are committed.
import type { Update } from 'grammy/types'
import type { Log } from '../log.ts'
import { errorFacts } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Owed, Session, Settled, Wants } from '../session/session.ts'
import { againInMs, callAll } from './losses.ts'
import { settledBy } from './redraw.ts'
import { type Behind, nothingBehind } from './speaker.ts'

/**
 * Handles one update up to the commit of its effects; pushes what answers the person to `behind`, and resolves to what the chat is then
 * owed: without calls for it the screen was put off.
 */
export type Handle = (update: Update, behind: Behind, begun: Begun) => Promise<Owed | undefined>
/** `attempt`: 1 for the first try. `allowed`: whether the rate that was wanted allows this update; undefined where none was. */
export interface Begun {
  attempt: number
  allowed?: boolean
}
/** Tells a person that their update was set aside. */
export type GiveUp = (update: Update, behind: Behind) => Promise<Owed | undefined>

/** A call of the Bot API whose outcome nobody waits for. */
export type Carried = { method: 'answerCallbackQuery'; callback_query_id: string }

export interface Pipeline {
  /**
   * Resolves when the update may be acknowledged; rejects when it must come again. `carries`: the acknowledgement is Telegram's to read, and
   * takes along the call that it resolves with (https://core.telegram.org/bots/api#making-requests-when-getting-updates).
   */
  process: (update: Update, carries?: boolean) => Promise<Carried | undefined>
  /** Resolves when no update is at work and no call is under way. */
  idle(): Promise<void>
}

const ATTEMPTS = 3
/** By then a screen is in the chat, or the replica that was to send it is dead or the way is lost. */
const SHOWN_MS = 10_000
/** Above the pace of a chat: when its newest screen may be drawn. */
const PUT_OFF_MS = 1_300
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
  /** What of the session store this update will need. */
  wants?: (update: Update) => Wants
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
  wants = () => ({}),
  log,
  metrics,
  watchdogMs = 25_000,
  waitMs = 20_000,
}: PipelineParts): Pipeline {
  const work = openWork()

  /** `seen`: it was done with before. `again`: it was not, or its person is busy elsewhere, and it must come again. */
  async function run(
    update: Update,
    carries: boolean,
  ): Promise<{ end: 'done' | 'seen' | 'again'; carried?: Carried | undefined }> {
    const person = personOf(update)
    const id = update.update_id
    const begun = await session.begin(person, id, waitMs, wants(update))
    if (begun.state === 'seen') return { end: 'seen' }
    if (begun.state === 'busy') return { end: 'again' }
    const behind = nothingBehind()
    let owed: Owed | undefined
    try {
      if (begun.attempt > ATTEMPTS) {
        await noteSetAside({ session, log, metrics }, id)
        owed = await giveUp(update, behind)
      } else {
        owed = await inTime(handle(update, behind, begun), watchdogMs)
      }
      // In one step, and the screen first: whoever dies behind this leaves it to another replica.
      const inMs = behind.screens.length > 0 ? SHOWN_MS : PUT_OFF_MS
      await session.commit(person, id, owed && { owed, inMs })
    } catch (error) {
      log.warn('update comes again', { ...errorFacts(error), update_id: id, attempt: begun.attempt })
      const kept = (await isAway(ready)) ? session.forgive(person, id) : noteCause(session, id, error)
      await kept.catch(() => undefined)
      await session.release(person, id)
      return { end: 'again' }
    }
    const carried = carries ? carriedOf(behind, metrics) : undefined
    if (!carried && behind.clock) behind.answers.push(behind.clock.stop)
    // What never comes to an end keeps nobody from their chat: the screen is owed, and drawn again.
    const answered = inTime(answerPerson({ log, metrics }, id, behind, owed), watchdogMs)
    // In one step again: what is settled, and the lock's end.
    void work.track(answered.catch(hanging(log, id)).then((settled) => session.release(person, id, settled)))
    return { end: 'done', carried }
  }

  async function taken(update: Update, carries: boolean): Promise<Carried | undefined> {
    const { end, carried } = await run(update, carries)
    metrics.updates.inc({ outcome: end })
    if (end === 'again') throw new NotNow()
    return carried
  }

  return {
    process(update, carries = false) {
      const end = metrics.handling.startTimer()
      return work.track(taken(update, carries).finally(() => end()))
    },
    idle: work.idle,
  }
}

/** What the acknowledgement takes along: the end of a press's clock. What holds words goes by a call, for it must be known to have arrived. */
function carriedOf({ clock }: Behind, metrics: Metrics): Carried | undefined {
  if (!clock) return undefined
  metrics.calls.inc({ method: 'answerCallbackQuery', outcome: 'carried' })
  return { method: 'answerCallbackQuery', callback_query_id: clock.query }
}

/** How the last try of an update ended, on whichever replica. One that ended with its program says nothing. */
const FAILURES_S = 3600
const causeNote = (update: number): string => `failed:${update}`

const noteCause = (session: Session, update: number, error: unknown): Promise<void> =>
  session.setNote(causeNote(update), { cause: error instanceof TooSlow ? 'slow' : 'fault' }, FAILURES_S)

async function noteSetAside(
  { session, log, metrics }: Pick<PipelineParts, 'session' | 'log' | 'metrics'>,
  id: number,
): Promise<void> {
  const cause = await causeOf(session, id)
  log.error('update set aside', { update_id: id, cause })
  metrics.updates.inc({ outcome: 'set-aside' })
  metrics.setAside.inc({ cause })
}

async function causeOf(session: Session, update: number): Promise<'slow' | 'fault' | 'died'> {
  const noted = await session.note(causeNote(update))
  const { cause } = (noted ?? {}) as { cause?: string }
  return cause === 'slow' || cause === 'fault' ? cause : 'died'
}

/** A store is away: then the update is not to blame; however long it lasts, it comes again and is not set aside. */
const isAway = (ready: () => Promise<void>): Promise<boolean> =>
  inTime(ready(), READY_MS).then(
    () => false,
    () => true,
  )

/**
 * The calls that answer: together, behind the acknowledgement. A screen that fails here is drawn again. Returns what is then to be
 * settled. Never throws.
 */
async function answerPerson(
  { log, metrics }: Pick<PipelineParts, 'log' | 'metrics'>,
  id: number,
  behind: Behind,
  owed: Owed | undefined,
): Promise<Settled | undefined> {
  const [late, lost] = await Promise.all([callAll(behind.answers, metrics), callAll(behind.screens, metrics)])
  for (const { error } of [...late, ...lost]) log.warn('answer lost', { ...errorFacts(error), update_id: id })
  if (!owed && behind.told && late.length > 0) {
    const { language } = behind
    const lostOne = { update: id, by: '', ...(language !== undefined && { language }) }
    return { kind: 'owed', owed: lostOne, inMs: againInMs(late, 1) }
  }
  return owed && behind.screens.length > 0 ? settledBy(owed, lost, 1).settled : undefined
}

const hanging = (log: Log, id: number) => (): undefined => {
  log.warn('an answer hangs', { update_id: id })
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

/** The watchdog: a handler took longer than it may. */
class TooSlow extends Error {
  override name = 'TooSlow'
}

async function inTime<V>(work: Promise<V>, ms: number): Promise<V> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow('watchdog')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
