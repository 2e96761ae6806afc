// Signals in words.
import type { Facts, Key, T } from '../i18n.ts'
import type { Localised } from '../core/localised.ts'
import type { Signal } from '../core/signals.ts'

/** A sentence a signal, as a key with its facts: the chat shows it as HTML, the command as it is. */
export function signalLine(t: T, signal: Signal): [key: Key, facts: Facts] {
  switch (signal.kind) {
    case 'burst': {
      const { name, hour, votes, of } = signal
      return ['signals.burst', { village: t.of(name), hour: t.moment(hour), votes, of }]
    }
    case 'clerk': {
      const { name, rows, of } = signal
      return ['signals.clerk', { village: t.of(name), rows, of }]
    }
    case 'facilitator': {
      const { name, votes, of } = signal
      return ['signals.facilitator', { village: t.of(name), votes, of }]
    }
    case 'wrong-codes': {
      const { hour, wrong, most } = signal
      return ['signals.wrong-codes', { hour: t.moment(hour), wrong, most }]
    }
  }
}

/** A report of pressure: where it came from, when, and what it says. */
export const reportFacts = (
  t: T,
  { village, at, text }: { village: Localised; at: string; text: string | null },
): Facts => ({ village: t.of(village), time: t.moment(at), text: text ?? t('signals.report-voice') })
