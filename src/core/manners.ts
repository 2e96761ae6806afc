// How a notice comes: whether it waits for the morning, and which switch of its reader keeps it away.
import type { NoticeKind } from './notice.ts'

/** What a reader may switch off. Receipts, lost rights and what staff must decide have no switch. */
export const SWITCHES = ['ideas', 'questions', 'results', 'works', 'reminders', 'announcements'] as const
export type Switch = (typeof SWITCHES)[number]

export const isSwitch = (text: string): text is Switch => (SWITCHES as readonly string[]).includes(text)

/** `waits`: it is not sent at night. What was just asked for, or has a deadline, goes at once. */
const MANNERS: Record<NoticeKind, { waits: boolean; off?: Switch }> = {
  receipt: { waits: false },
  extended: { waits: false, off: 'reminders' },
  suspended: { waits: false },
  resumed: { waits: false },
  voided: { waits: false },
  results: { waits: false, off: 'results' },
  began: { waits: true, off: 'reminders' },
  'right-released': { waits: false },
  'room-lost': { waits: false },
  channel: { waits: false },
  'idea-arrived': { waits: true },
  'idea-late': { waits: true },
  'author-muted': { waits: true },
  'idea-to-cost': { waits: true },
  'idea-supported': { waits: true, off: 'ideas' },
  'idea-unsupported': { waits: true, off: 'ideas' },
  'ideas-listed': { waits: true, off: 'ideas' },
  'idea-decided': { waits: true, off: 'ideas' },
  'question-asked': { waits: true },
  'question-settled': { waits: true, off: 'questions' },
  'need-meeting': { waits: true, off: 'reminders' },
  'meeting-cancelled': { waits: true, off: 'reminders' },
  'hands-differ': { waits: true },
  'paper-handed-out': { waits: false },
  'vote-assisted': { waits: false },
  'pressure-reported': { waits: true },
  'papers-differ': { waits: true },
  'needs-published': { waits: true, off: 'results' },
  milestone: { waits: true, off: 'works' },
  'work-built': { waits: true, off: 'works' },
  'work-disputed': { waits: true },
  announcement: { waits: true, off: 'announcements' },
  'announcement-ended': { waits: false },
  reminder: { waits: true, off: 'reminders' },
  'second-asked': { waits: false },
  'second-decided': { waits: true },
}

export const waitsForMorning = (kind: NoticeKind): boolean => MANNERS[kind].waits

/** Null: nobody switches it off. */
export const switchOf = (kind: NoticeKind): Switch | null => MANNERS[kind].off ?? null
