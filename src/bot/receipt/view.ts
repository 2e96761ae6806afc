// "Did my vote arrive?" and the receipt looked up in the public log.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { T } from '../../i18n.ts'
import type { Voter } from '../../use-cases/list-voters.ts'
import type { ReceiptProblem, RecordedVote } from '../../use-cases/read-receipt.ts'
import { toMenu } from '../buttons.ts'
import type { Screen } from '../message.ts'
import { voterName } from '../voter-name.ts'

export function arrivedScreen(t: T, people: readonly Voter[]): Screen {
  const lines = people.map((person) =>
    person.castAt && person.receipt
      ? t.html('receipt.arrived', {
          person: voterName(t, person),
          time: t.moment(person.castAt),
          number: formatReceiptNumber(person.receipt),
        })
      : t.html('receipt.not-arrived', { person: voterName(t, person) }),
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

export function receiptProblem(t: T, problem: ReceiptProblem): Screen {
  const text = {
    unknown: () => t.html('receipt.unknown'),
    'log-stopped': () =>
      t.html('common.log-stopped', { fault: problem.kind === 'log-stopped' ? problem.fault : '' }),
    'too-short': () => t.html('receipt.mistyped'),
    'too-long': () => t.html('receipt.mistyped'),
    'no-digits': () => t.html('receipt.mistyped'),
    'check-digits': () => t.html('receipt.mistyped'),
  } satisfies Record<ReceiptProblem['kind'], () => string>
  return { text: text[problem.kind](), buttons: [[toMenu(t)]] }
}

/** What the log says of a receipt number: time, leaf, place and proof; never the choice. */
export function receiptScreen(t: T, vote: RecordedVote): Screen {
  const { proof } = vote
  return {
    text: [
      t.html('receipt.found', {
        number: formatReceiptNumber(vote.number),
        cycle: t.of(vote.cycle.title),
        time: t.moment(vote.at),
        leaf: vote.leaf,
      }),
      proof ? t.html('receipt.in-log', { seq: proof.seq + 1, size: proof.size }) : t.html('receipt.soon'),
      t.html('receipt.signature', { signature: vote.signature }),
      ...(proof && proof.path.length > 0
        ? [`<blockquote expandable>${t.html('receipt.proof')}: ${proof.path.join(' ')}</blockquote>`]
        : []),
      '',
      t.html('receipt.says-nothing'),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}
