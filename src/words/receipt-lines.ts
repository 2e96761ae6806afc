// What a check of a receipt's text says.
import type { CheckedReceipt, ReceiptFault } from '../core/audit/receipt-text.ts'
import { formatReceiptNumber } from '../core/audit/receipt.ts'
import { toHex } from '../core/bytes.ts'
import type { Key, T } from '../i18n.ts'

/** Of a receipt that holds. */
export const receiptLines = (t: T, { number, cycle, leaf, at }: CheckedReceipt): string[] => [
  t('cli.receipt-holds', { number: formatReceiptNumber(number), cycle, at, leaf: toHex(leaf) }),
  t('cli.receipt-proof'),
]

/** What is wrong with one that does not hold. */
export const RECEIPT_FAULTS = {
  'not-a-receipt': 'cli.receipt-not-a-receipt',
  number: 'cli.receipt-number',
  'number-of-another': 'cli.receipt-number-of-another',
  statement: 'cli.receipt-statement',
  key: 'cli.receipt-key-damaged',
  'other-key': 'cli.receipt-other-key',
  'other-log': 'cli.receipt-other-log',
  'other-signer': 'cli.receipt-other-signer',
  signature: 'cli.receipt-signature',
} satisfies Record<ReceiptFault['kind'], Key>
