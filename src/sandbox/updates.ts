// The bot's update queue: made once, kept until acknowledged or expired, read by long polling or by the webhook.
import { randomInt } from 'node:crypto'
import type { Clock } from './clock.ts'

export interface Update {
  id: number
  kind: string
  /** Updates of one lane are delivered one after another; lanes run in parallel. */
  lane: string
  /** Clock milliseconds after which Telegram forgets the update. */
  expires: number
  /** The JSON that is sent. */
  body: string
}
export interface UpdateQueue {
  next: number
  readonly pending: Map<number, Update>
  /** undefined: Telegram's default set. */
  allowed: readonly string[] | undefined
  created: number
  delivered: number
  acknowledged: number
  expired: number
  /** Set by the polling and the webhook side. */
  listeners: ((update: Update) => void)[]
}

/** The part of the world that makes updates. */
export interface Source {
  readonly clock: Clock
  readonly updates: UpdateQueue
  saved: () => void
}

const seconds: Record<string, number> = {
  callback_query: 150,
  shipping_query: 150,
  pre_checkout_query: 150,
  inline_query: 30,
  chosen_inline_result: 600,
}
const notByDefault = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

/** An empty queue. Numbers start anywhere, as Telegram's do: a bot that remembers those of an earlier world must not take ours for them. */
export function updateQueue(clock: Clock): UpdateQueue {
  const queue: UpdateQueue = {
    next: 100_000_000 + randomInt(900_000_000),
    pending: new Map(),
    allowed: undefined,
    created: 0,
    delivered: 0,
    acknowledged: 0,
    expired: 0,
    listeners: [],
  }
  clock.onAdvance(() => {
    for (const update of queue.pending.values()) dropIfExpired(queue, update, clock.now())
  })
  return queue
}

/** Forgets the update when its time is over; says whether it did. */
export function dropIfExpired(queue: UpdateQueue, update: Update, now: number): boolean {
  if (now <= update.expires) return false
  if (queue.pending.delete(update.id)) queue.expired++
  return true
}

/** Marks the update as taken by the bot. */
export function acknowledge(queue: UpdateQueue, id: number): void {
  if (queue.pending.delete(id)) queue.acknowledged++
}

const letters: Record<string, string> = {
  message: 'm',
  edited_message: 'm',
  callback_query: 'c',
  inline_query: 'i',
  chosen_inline_result: 'r',
  my_chat_member: 'b',
}

/**
 * Makes an update of `kind` for the lane of `owner` (a chat or a user: Telegram queues messages by chat, the rest by user).
 * Returns its id, or undefined when the bot does not ask for this kind.
 */
export function emit(w: Source, kind: string, payload: unknown, owner: number): number | undefined {
  const queue = w.updates
  if (queue.allowed ? !queue.allowed.includes(kind) : notByDefault.has(kind)) return undefined
  const update: Update = {
    id: queue.next++,
    kind,
    lane: `${letters[kind] ?? kind}${owner}`,
    expires: w.clock.now() + (seconds[kind] ?? 86_400) * 1000,
    body: '',
  }
  update.body = `{"update_id":${update.id},${JSON.stringify(kind)}:${JSON.stringify(payload)}}`
  queue.created++
  queue.pending.set(update.id, update)
  for (const listener of queue.listeners) listener(update)
  w.saved()
  return update.id
}

/** Remembers `allowed_updates`; absent leaves the earlier choice, an empty list is Telegram's default. */
export function rememberAllowed(queue: UpdateQueue, list: unknown): void {
  if (!Array.isArray(list)) return
  const names = list.filter((name): name is string => typeof name === 'string')
  queue.allowed = names.length === 0 ? undefined : names
}
