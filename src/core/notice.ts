// The closed list of messages that ride on no request: what each must know, and which goes first.
import { z } from 'zod'
import { LONGEST_QUOTE } from './idea.ts'
import { fail, ok, type Result } from './result.ts'
import { jointActSchema, whereSchema } from './two-officials.ts'

const time = z.iso.datetime()
/** The cycle, and the reader's village in it. */
const home = { cycle: z.int(), territory: z.int() }
/** As officials entered it. */
const localised = z.object({ kk: z.string(), ru: z.string() }).catchall(z.string())
/** Of a project. */
const title = localised
/** What came of an announcement, in messages. */
const figures = z.object({
  waiting: z.int(),
  sent: z.int(),
  blocked: z.int(),
  failed: z.int(),
  unknown: z.int(),
  cancelled: z.int(),
  pressed: z.int(),
})
/** An act of two officials; `by`: the account of the other one. */
const joint = { proposal: z.uuid(), by: z.int(), act: jointActSchema, where: whereSchema }

const noticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('receipt'),
    ballot: z.uuid(),
    receipt: z.string().regex(/^\d{14}$/),
    at: time,
    // A row that an older program wrote has neither.
    cycle: z.int().optional(),
    territory: z.int().optional(),
  }),
  z.object({ kind: z.literal('extended'), ...home, closesAt: time, away: z.literal(true).exactOptional() }),
  z.object({ kind: z.literal('suspended'), ...home, at: time, reason: localised }),
  z.object({ kind: z.literal('resumed'), ...home, closesAt: time }),
  z.object({ kind: z.literal('voided'), ...home, at: time, reason: localised }),
  z.object({
    kind: z.literal('results'),
    ...home,
    followed: z.array(z.object({ number: z.int(), title, won: z.boolean() })).optional(),
  }),
  z.object({ kind: z.literal('began'), ...home, phase: z.enum(['ideas', 'support', 'voting']), until: time }),
  z.object({ kind: z.literal('right-released'), ...home, serial: z.int(), at: time }),
  z.object({
    kind: z.literal('idea-arrived'),
    ...home,
    idea: z.int(),
    number: z.int(),
    again: z.boolean(),
    dueAt: time,
  }),
  z.object({ kind: z.literal('idea-to-cost'), ...home, idea: z.int(), number: z.int() }),
  z.object({
    kind: z.literal('idea-supported'),
    ...home,
    idea: z.int(),
    title: z.string(),
    needed: z.int(),
  }),
  z.object({
    kind: z.literal('idea-unsupported'),
    ...home,
    idea: z.int(),
    title: z.string(),
    supporters: z.int(),
    needed: z.int(),
    mine: z.boolean(),
    follows: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('ideas-listed'),
    ...home,
    until: time,
    ideas: z.array(z.object({ number: z.int(), title, mine: z.boolean() })).min(1),
  }),
  z.object({
    kind: z.literal('idea-decided'),
    ...home,
    idea: z.int(),
    title: z.string(),
    decision: z.enum(['approve', 'edit', 'return', 'reject', 'merge', 'feasible', 'unfeasible']),
    reason: z.string().optional(),
    note: z.string().optional(),
    cost: z.int().optional(),
    into: z.int().optional(),
    last: z.boolean().optional(),
    /** The author's message that a question answers, in their chat with the bot. */
    reply: z.object({ message: z.int(), quote: z.string().max(LONGEST_QUOTE).optional() }).optional(),
    mine: z.boolean(),
    follows: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('idea-late'),
    ...home,
    idea: z.int(),
    number: z.int(),
    dueAt: time,
    late: z.boolean(),
  }),
  z.object({
    kind: z.literal('author-muted'),
    ...home,
    idea: z.int(),
    number: z.int(),
    until: time,
    mine: z.boolean(),
  }),
  z.object({ kind: z.literal('room-lost'), ...home, at: time }),
  z.object({
    kind: z.literal('channel'),
    ...home,
    what: z.enum(['bound', 'lost', 'cannot-post', 'not-yours', 'not-allowed']),
    title: z.string(),
    at: time,
  }),
  z.object({
    kind: z.literal('question-asked'),
    ...home,
    question: z.int(),
    number: z.int(),
    title,
    idea: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('question-settled'),
    ...home,
    number: z.int(),
    title,
    idea: z.boolean().optional(),
    answered: z.boolean(),
    text: z.string(),
    mine: z.boolean(),
  }),
  z.object({ kind: z.literal('need-meeting'), ...home, meets: time, place: localised }),
  z.object({ kind: z.literal('meeting-cancelled'), ...home, meets: time, place: localised }),
  z.object({ kind: z.literal('hands-differ'), ...home, by: z.int() }),
  z.object({ kind: z.literal('paper-handed-out'), ...home, at: time }),
  z.object({ kind: z.literal('vote-assisted'), ...home, at: time }),
  z.object({ kind: z.literal('pressure-reported'), ...home }),
  z.object({ kind: z.literal('papers-differ'), ...home, by: z.int() }),
  z.object({ kind: z.literal('needs-published'), ...home }),
  z.object({
    kind: z.literal('milestone'),
    ...home,
    number: z.int(),
    title,
    name: localised,
    day: z.iso.date(),
  }),
  z.object({
    kind: z.literal('work-built'),
    ...home,
    number: z.int(),
    title,
    reply: localised.optional(),
  }),
  z.object({ kind: z.literal('work-disputed'), ...home, number: z.int(), title }),
  z.object({ kind: z.literal('announcement'), announcement: z.int() }),
  z.object({
    kind: z.literal('announcement-ended'),
    announcement: z.int(),
    state: z.enum(['done', 'cancelled', 'stopped']),
    figures,
    where: whereSchema,
  }),
  z.object({
    kind: z.literal('reminder'),
    ...home,
    what: z.enum(['opened', 'last-day', 'voting']),
    until: time,
  }),
  z.object({ kind: z.literal('second-asked'), ...joint, until: time }),
  z.object({ kind: z.literal('second-decided'), ...joint, outcome: z.enum(['done', 'refused']), at: time }),
])

/**
 * One message that nobody asked for just now: its kind and the facts that its text is made of when it is sent. `at` and `closesAt`
 * are UTC ISO times, `ballot` is the opened ballot, `receipt` its 14 digits, `serial` that of the card by which the reader held a
 * right. Of an idea: its number (`idea-arrived`: id and number, `again` where it was sent before), what its author wrote or was told
 * in words, `reason` of the closed list, `cost` in whole tenge, `mine` for its author, `follows` for whoever follows it without supporting it, `last` where they have appealed already.
 * Of ideas on the list that is voted on: each by its number there. `supporters` are as many as there were, `needed` as the cycle asks for.
 * Of a question: `number` of the project (`idea`: of the idea), `text` the answer or why there is none, `mine` for whoever asked. Of results: the projects that the reader
 * follows, and whether they were elected. Of a work: `number` of its project, `name` and `day` of the milestone that was reached, `reply` what
 * officials say to whoever found it not as promised.
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
  suspended: LANES.notices,
  resumed: LANES.notices,
  voided: LANES.notices,
  results: LANES.notices,
  began: LANES.notices,
  'right-released': LANES.notices,
  'idea-arrived': LANES.notices,
  'idea-to-cost': LANES.notices,
  'idea-supported': LANES.notices,
  'idea-unsupported': LANES.notices,
  'ideas-listed': LANES.notices,
  'idea-decided': LANES.notices,
  'idea-late': LANES.notices,
  'author-muted': LANES.notices,
  'room-lost': LANES.notices,
  channel: LANES.notices,
  'question-asked': LANES.notices,
  'question-settled': LANES.notices,
  'need-meeting': LANES.notices,
  'meeting-cancelled': LANES.notices,
  'hands-differ': LANES.notices,
  'paper-handed-out': LANES.notices,
  'vote-assisted': LANES.notices,
  'pressure-reported': LANES.notices,
  'papers-differ': LANES.notices,
  'needs-published': LANES.notices,
  milestone: LANES.notices,
  'work-built': LANES.notices,
  'work-disputed': LANES.notices,
  announcement: LANES.announcements,
  'announcement-ended': LANES.notices,
  reminder: LANES.announcements,
  'second-asked': LANES.notices,
  'second-decided': LANES.notices,
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
