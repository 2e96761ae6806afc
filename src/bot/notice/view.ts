// Notices that ride on no request: rendered on sending, in the reader's language.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { Notice, NoticeKind } from '../../core/notice.ts'
import type { T } from '../../i18n.ts'
import { receiptCopies, toMenu } from '../buttons.ts'
import type { Button, Screen } from '../message.ts'

type View<K extends NoticeKind> = (
  t: T,
  notice: Extract<Notice, { kind: K }>,
) => { text: string; buttons?: Button[][] }

const NOTICES = {
  extended: (t, { closesAt }) => ({ text: t.html('notices.extended', { time: t.moment(closesAt) }) }),
  results: (t) => ({ text: t.html('notices.results') }),
  receipt: (t, { at, receipt, ballot }) => {
    const number = formatReceiptNumber(receipt)
    const text = t.html('notices.receipt', { time: t.moment(at), number })
    return { text, buttons: receiptCopies(t, ballot, number) }
  },
} satisfies { [K in NoticeKind]: View<K> }

/** The screen of a notice: its text and buttons, and the way to the menu. */
export function noticeScreen(t: T, notice: Notice): Screen {
  const view = NOTICES[notice.kind] as View<NoticeKind>
  const { text, buttons } = view(t, notice)
  return { text, buttons: [...(buttons ?? []), [toMenu(t)]] }
}
