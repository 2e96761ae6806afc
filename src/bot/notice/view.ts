// Notices that ride on no request: rendered on sending, in the reader's language.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { T } from '../../i18n.ts'
import { menuButton } from '../buttons.ts'
import { press, type Screen } from '../message.ts'

const string = (facts: Record<string, unknown>, name: string): string => {
  const value = facts[name]
  if (typeof value !== 'string') throw new Error(`a notice without ${name}`)
  return value
}

const NOTICES = {
  extended: (t: T, facts: Record<string, unknown>) =>
    t.html('notices.extended', { time: t.moment(string(facts, 'closesAt')) }),
  results: (t: T) => t.html('notices.results'),
  receipt: (t: T, facts: Record<string, unknown>) =>
    t.html('notices.receipt', {
      time: t.moment(string(facts, 'at')),
      number: formatReceiptNumber(string(facts, 'receipt')),
    }),
} satisfies Record<string, (t: T, facts: Record<string, unknown>) => string>

export type NoticeKind = keyof typeof NOTICES

/** The screen of a notice; throws for a kind that nobody knows. */
export function noticeScreen(t: T, kind: string, facts: Record<string, unknown>): Screen {
  if (!(kind in NOTICES)) throw new Error('an unknown kind of notice')
  return {
    text: NOTICES[kind as NoticeKind](t, facts),
    buttons: [[press(t('common.menu.button'), menuButton.pack({}))]],
  }
}
