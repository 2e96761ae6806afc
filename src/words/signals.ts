// Signals in words.
import type { Facts, Key, T } from '../i18n.ts'
import { graphemeCut } from '../core/text.ts'
import type { Localised } from '../core/localised.ts'
import type { Signal } from '../core/signals.ts'

const MOST_OF_LINK = 40

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
    case 'link': {
      const { name, link, project, votes, of } = signal
      const facts = { village: t.of(name), votes, of }
      if (project !== undefined) return ['signals.link-project', { ...facts, number: project }]
      return [
        'signals.link',
        { ...facts, link: graphemeCut(link.replace(/[\p{C}\s]+/gu, ' '), MOST_OF_LINK) },
      ]
    }
    case 'full-accounts': {
      const { name, ...numbers } = signal
      return ['signals.full-accounts', { village: t.of(name), ...numbers }]
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
