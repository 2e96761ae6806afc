// The closed list of messages that ride on no request: what each must know, and which goes first.
import { z } from 'zod'
import { fail, ok, type Result } from './result.ts'

const time = z.iso.datetime()
/** The cycle, and the reader's village in it. */
const home = { cycle: z.int(), territory: z.int() }

const noticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('receipt'),
    ballot: z.uuid(),
    receipt: z.string().regex(/^\d{14}$/),
    at: time,
  }),
  z.object({ kind: z.literal('extended'), ...home, closesAt: time }),
  z.object({ kind: z.literal('results'), ...home }),
])

/**
 * One message that nobody asked for just now: its kind and the facts that its text is made of when it is sent. `at` and `closesAt`
 * are UTC ISO times, `ballot` is the opened ballot, `receipt` its 14 digits.
 */
export type Notice = z.infer<typeof noticeSchema>
export type NoticeKind = Notice['kind']

type WithoutHome<N> = N extends { cycle: number; territory: number } ? Omit<N, keyof typeof home> : never
/** A notice to everyone of a cycle: each reader's cycle and village are filled in. */
export type CycleNotice = WithoutHome<Notice>

/** What goes first when messages wait: replies to people, then notices, then announcements. */
export const LANES = { receipts: 0, notices: 1, announcements: 2 } as const
export type Lane = (typeof LANES)[keyof typeof LANES]

const LANE_OF = {
  receipt: LANES.receipts,
  extended: LANES.notices,
  results: LANES.notices,
} satisfies { [K in NoticeKind]: Lane }

/** The kinds that this program can read and say; one of a newer program is left to it. */
export const NOTICE_KINDS = Object.keys(LANE_OF) as readonly NoticeKind[]

export const laneOf = (kind: NoticeKind): Lane => LANE_OF[kind]

/** The facts as they are kept, apart from the kind. Throws when the notice is not one of the closed list: that is our bug. */
export function factsOf(notice: Notice): Record<string, unknown> {
  const { kind: _, ...facts } = noticeSchema.parse(notice)
  return facts
}

/** Reads kept facts back; facts that a newer program added are passed over. */
export function readNotice(kind: string, facts: unknown): Result<Notice, { kind: 'not-a-notice' }> {
  const parsed = noticeSchema.safeParse(typeof facts === 'object' ? { ...facts, kind } : facts)
  return parsed.success ? ok(parsed.data) : fail({ kind: 'not-a-notice' })
}
