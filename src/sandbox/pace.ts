// How fast the bot sends: a meter of what was sent, and on request Telegram's own limits with a 429 that stays in force.
import type { Checked, Refusal } from './answer.ts'
import { tooMany } from './answer.ts'
import type { Params } from './params.ts'
import { decimal, flag, int, text } from './params.ts'

const sending = /^(?:send(?!chataction)|copymessage|forwardmessage)/i
// A long run fits; a sandbox left alone does not grow for ever.
const keptSends = 500_000

export interface Limits {
  on: boolean
  /** Messages a second over all chats. */
  per_second: number
  /** Messages a second in one chat, over longer. */
  chat_per_second: number
  /** How many may come at once in one chat. */
  chat_burst: number
  /** Messages a minute in one group or channel. */
  group_per_minute: number
}
interface Sent {
  /** Clock milliseconds. */
  at: number
  chat: string
}
interface ChatPace {
  /** What of the burst is used up; goes down with time. */
  used: number
  at: number
  /** When the last minute's messages of a group were sent. */
  minute: number[]
}
export interface Pace {
  readonly limits: Limits
  /** A 429 when this call comes too fast, or while an earlier 429 holds. */
  refusal(method: string, params: Params, now: number): Refusal | undefined
  /** Counts what a call has sent. */
  note(method: string, params: Params, checked: Checked<unknown>, now: number): void
  /** What was sent: over all, by second, by chat. `p`: `since` in milliseconds, `chat`, `top`. */
  report(p: Params): Record<string, unknown>
  /** Counts a call that came while a 429 held. */
  ignored(): void
  reset(): void
}

/** The limits that the Bot API's own answers speak of; off until asked for. */
const telegram: Limits = {
  on: false,
  per_second: 30,
  chat_per_second: 1,
  chat_burst: 5,
  group_per_minute: 20,
}

/** The most that fell into any window of `ms`; `times` rise. */
export function densest(times: readonly number[], ms: number): number {
  let from = 0
  let most = 0
  for (const [index, at] of times.entries()) {
    while (at - (times[from] ?? at) >= ms) from++
    most = Math.max(most, index - from + 1)
  }
  return most
}

const isGroup = (chat: string) => chat.startsWith('-') || chat.startsWith('@')

/** A meter that has seen nothing, and limits that are off. */
export function createPace(): Pace {
  const limits = { ...telegram }
  let sent: Sent[] = []
  let chats = new Map<string, ChatPace>()
  let second: number[] = []
  /** Until when a 429 holds, by chat; '' for all. */
  let holds = new Map<string, number>()
  const counts = { refused: 0, ignored: 0 }

  const paceOf = (chat: string, now: number): ChatPace => {
    const pace = chats.get(chat) ?? { used: 0, at: now, minute: [] }
    pace.used = Math.max(0, pace.used - ((now - pace.at) / 1000) * limits.chat_per_second)
    pace.at = now
    pace.minute = pace.minute.filter((at) => now - at < 60_000)
    chats.set(chat, pace)
    return pace
  }

  /** Milliseconds to wait before `n` more may go to `chat`, and whether for this chat alone. */
  function wait(chat: string, n: number, now: number): { ms: number; scope: string } {
    second = second.filter((at) => now - at < 1000)
    if (second.length + n > limits.per_second) return { ms: 1000 - (now - (second[0] ?? now)), scope: '' }
    const { used, minute } = paceOf(chat, now)
    if (isGroup(chat) && minute.length + n > limits.group_per_minute)
      return { ms: 60_000 - (now - (minute[0] ?? now)), scope: chat }
    const over = used + n - limits.chat_burst
    return { ms: over > 0 ? (over / limits.chat_per_second) * 1000 : 0, scope: chat }
  }

  function refusal(method: string, params: Params, now: number): Refusal | undefined {
    if (!limits.on || !sending.test(method)) return undefined
    const chat = text(params, 'chat_id') ?? ''
    const held = Math.max(holds.get('') ?? 0, holds.get(chat) ?? 0)
    if (held > now) {
      counts.ignored++
      return tooMany(Math.ceil((held - now) / 1000))
    }
    const { ms, scope } = wait(chat, 1, now)
    if (ms <= 0) return undefined
    const seconds = Math.max(1, Math.ceil(ms / 1000))
    holds.set(scope, now + seconds * 1000)
    counts.refused++
    return tooMany(seconds)
  }

  function note(method: string, params: Params, checked: Checked<unknown>, now: number): void {
    if (!checked.ok || !sending.test(method)) return
    const chat = text(params, 'chat_id') ?? ''
    const messages = Array.isArray(checked.value) ? checked.value.length : 1
    const pace = paceOf(chat, now)
    for (let i = 0; i < messages; i++) {
      sent.push({ at: now, chat })
      second.push(now)
      if (isGroup(chat)) pace.minute.push(now)
    }
    pace.used += messages
    if (sent.length > keptSends) sent = sent.slice(keptSends / 2)
    if (!limits.on) second.length = 0
  }

  function report(p: Params): Record<string, unknown> {
    const since = decimal(p, 'since') ?? 0
    const only = text(p, 'chat')
    const counted = sent.filter(({ at, chat }) => at >= since && (only === undefined || chat === only))
    const times = counted.map(({ at }) => at)
    const seconds = new Map<number, number>()
    const byChat = new Map<string, number[]>()
    for (const { at, chat } of counted) {
      const start = Math.floor(at / 1000)
      seconds.set(start, (seconds.get(start) ?? 0) + 1)
      const known = byChat.get(chat)
      if (known) known.push(at)
      else byChat.set(chat, [at])
    }
    const busiest = [...byChat]
      .map(([chat, own]) => ({
        chat,
        sends: own.length,
        most_in_a_second: densest(own, 1000),
        most_in_a_minute: densest(own, 60_000),
      }))
      .sort((a, b) => b.most_in_a_second - a.most_in_a_second || b.sends - a.sends)
    return {
      sends: counted.length,
      chats: byChat.size,
      most_in_a_second: densest(times, 1000),
      first_at: times[0],
      last_at: times.at(-1),
      seconds: [...seconds].map(([at, sends]) => ({ at: at * 1000, sends })),
      busiest: busiest.slice(0, int(p, 'top') ?? 20),
      refused: counts.refused,
      ignored: counts.ignored,
    }
  }

  return {
    limits,
    refusal,
    note,
    report,
    ignored: () => void counts.ignored++,
    reset() {
      sent = []
      chats = new Map()
      second = []
      holds = new Map()
      counts.refused = counts.ignored = 0
    },
  }
}

/** Changes the limits by the fields that `p` has; `on` starts and ends them. */
export function setLimits(limits: Limits, p: Params): Limits {
  if (p.on !== undefined) limits.on = flag(p, 'on')
  for (const name of ['per_second', 'chat_per_second', 'chat_burst', 'group_per_minute'] as const)
    limits[name] = Math.max(0.01, decimal(p, name) ?? limits[name])
  return limits
}
