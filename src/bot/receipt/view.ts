// "Did my vote arrive?" and the receipt looked up in the public log.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { ReceiptFault } from '../../core/audit/receipt-text.ts'
import type { Localised } from '../../core/localised.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { CheckedVote } from '../../use-cases/check-receipt.ts'
import type { Voter } from '../../use-cases/list-voters.ts'
import type { ReceiptProblem, RecordedVote } from '../../use-cases/read-receipt.ts'
import { trialLines } from '../../words/trial.ts'
import { toMenu } from '../buttons.ts'
import type { Screen } from '../message.ts'
import { voterName } from '../voter-name.ts'

const arrivals = (t: T, people: readonly Voter[]): string[] =>
  people.map((person) =>
    person.castAt && person.receipt
      ? t.html('receipt.arrived', {
          person: voterName(t, person),
          time: t.dated(person.castAt),
          number: formatReceiptNumber(person.receipt),
        })
      : t.html('receipt.not-arrived', { person: voterName(t, person) }),
  )

/** `earlier`: who voted in an earlier vote, where nobody has in this one. */
export function arrivedScreen(
  t: T,
  people: readonly Voter[],
  earlier?: { title: Localised; people: readonly Voter[] },
  cycle: Parameters<typeof trialLines>[1]['cycle'] = { trial: false },
): Screen {
  const lines = arrivals(t, people)
  return {
    text: [
      ...trialLines(t, { cycle }),
      t.html('receipt.title'),
      ...(lines.length > 0 || earlier ? lines : [t.html('receipt.none')]),
      ...(earlier ? [t.html('receipt.earlier', { cycle: t.of(earlier.title) })] : []),
      ...arrivals(t, earlier?.people ?? []),
      ...(people.some(({ receipt }) => receipt) || earlier
        ? ['', t.html('receipt.says-nothing'), t.html('receipt.check-hint')]
        : []),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}

function inLog(t: T, { proof, late }: RecordedVote): string {
  if (proof) return t.html('receipt.in-log', { seq: proof.seq + 1, size: proof.size })
  return late ? t.html('receipt.late') : t.html('receipt.soon')
}

/** The whole receipt, to be kept or sent on: one text that a tap copies. */
export const wholeScreen = (text: string): Screen => ({ text: `<pre>${escapeHtml(text)}</pre>` })

/** What a receipt says that somebody brought back. */
export function checkedScreen(t: T, { receipt, vote }: CheckedVote): Screen {
  const facts = {
    number: formatReceiptNumber(receipt.number),
    cycle: receipt.cycle,
    time: t.dated(receipt.at),
  }
  return {
    text: [
      ...(vote ? trialLines(t, vote) : []),
      t.html('receipt.genuine', facts),
      vote ? inLog(t, vote) : t.html('receipt.missing'),
      '',
      t.html('receipt.says-nothing'),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}

type CheckProblem = ReceiptFault | Extract<ReceiptProblem, { kind: 'log-stopped' }>

const stoppedText = (t: T, problem: CheckProblem | ReceiptProblem): string =>
  t.html('common.log-stopped', { fault: problem.kind === 'log-stopped' ? problem.fault : '' })

/** A text that is no receipt of this log, or not as it was signed. */
export function checkProblem(t: T, problem: CheckProblem): Screen {
  const text = {
    'log-stopped': () => stoppedText(t, problem),
    'not-a-receipt': () => t.html('receipt.torn'),
    number: () => t.html('receipt.torn'),
    statement: () => t.html('receipt.torn'),
    key: () => t.html('receipt.torn'),
    'number-of-another': () => t.html('receipt.not-genuine'),
    'other-key': () => t.html('receipt.not-genuine'),
    'other-log': () => t.html('receipt.not-genuine'),
    'other-signer': () => t.html('receipt.not-genuine'),
    signature: () => t.html('receipt.not-genuine'),
  } satisfies Record<CheckProblem['kind'], () => string>
  return { text: text[problem.kind](), buttons: [[toMenu(t)]] }
}

export function receiptProblem(t: T, problem: ReceiptProblem): Screen {
  const text = {
    unknown: () => t.html('receipt.unknown'),
    'log-stopped': () => stoppedText(t, problem),
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
      ...trialLines(t, vote),
      t.html('receipt.found', {
        number: formatReceiptNumber(vote.number),
        cycle: t.of(vote.cycle.title),
        time: t.dated(vote.at),
      }),
      inLog(t, vote),
      t.html('receipt.whole'),
      `<pre>${escapeHtml(vote.text)}</pre>`,
      ...(proof && proof.path.length > 0
        ? [`<blockquote expandable>${t.html('receipt.proof')}: ${proof.path.join(' ')}</blockquote>`]
        : []),
      '',
      t.html('receipt.says-nothing'),
    ].join('\n'),
    buttons: [[toMenu(t)]],
  }
}
