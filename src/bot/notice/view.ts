// Notices that ride on no request: rendered on sending, in the reader's language.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { Notice, NoticeKind } from '../../core/notice.ts'
import type { T } from '../../i18n.ts'
import { menuButton } from '../buttons.ts'
import { press, type Screen } from '../message.ts'

type View<K extends NoticeKind> = (t: T, notice: Extract<Notice, { kind: K }>) => string

const NOTICES = {
  extended: (t, { closesAt }) => t.html('notices.extended', { time: t.moment(closesAt) }),
  results: (t) => t.html('notices.results'),
  receipt: (t, { at, receipt }) =>
    t.html('notices.receipt', { time: t.moment(at), number: formatReceiptNumber(receipt) }),
} satisfies { [K in NoticeKind]: View<K> }

/** The screen of a notice: its text, and the way to the menu. */
export function noticeScreen(t: T, notice: Notice): Screen {
  const view = NOTICES[notice.kind] as View<NoticeKind>
  return { text: view(t, notice), buttons: [[press(t('common.menu.button'), menuButton.pack({}))]] }
}
