// "Did my vote arrive?" and the receipt looked up in the public log.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import { toBase64, toHex } from '../../core/bytes.ts'
import type { T } from '../../i18n.ts'
import type { VoterPerson } from '../../use-cases/list-people.ts'
import type { LoggedReceipt } from '../../use-cases/read-receipt.ts'
import { toMenu } from '../buttons.ts'
import type { Screen } from '../message.ts'
import { personName } from '../person-name.ts'

export function arrivedScreen(t: T, people: readonly VoterPerson[]): Screen {
  const lines = people.map((person) =>
    person.castAt && person.receipt
      ? t.html('receipt.arrived', {
          person: personName(t, person),
          time: t.moment(person.castAt),
          number: formatReceiptNumber(person.receipt),
        })
      : t.html('receipt.not-arrived', { person: personName(t, person) }),
  )
  return {
    text: [
      t.html('receipt.title'),
      ...(lines.length > 0 ? lines : [t.html('receipt.none')]),
      '',
      t.html('receipt.says-nothing'),
      t.html('receipt.check-hint'),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}

/** What the log says of a receipt number: time, leaf, place and proof; never the choice. */
export function receiptScreen(t: T, number: string, receipt: LoggedReceipt): Screen {
  const { inclusion } = receipt
  return {
    text: [
      t.html('receipt.found', {
        number: formatReceiptNumber(number),
        cycle: t.of(receipt.title),
        time: t.moment(receipt.at),
        leaf: toHex(receipt.leaf),
      }),
      ...(inclusion
        ? [t.html('receipt.in-log', { seq: inclusion.seq + 1, size: inclusion.size })]
        : [t.html('receipt.soon')]),
      t.html('receipt.signature', { signature: toBase64(receipt.signature) }),
      ...(inclusion && inclusion.proof.length > 0
        ? [
            `<blockquote expandable>${t.html('receipt.proof')}: ${inclusion.proof.map((hash) => toBase64(hash)).join(' ')}</blockquote>`,
          ]
        : []),
      '',
      t.html('receipt.says-nothing'),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}
