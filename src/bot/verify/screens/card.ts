// The card on the screen: 16 digits, in one message or two.
import { readCardCode } from '../../../core/person.ts'
import { deskLine } from '../../../words/desk.ts'
import { trialLines } from '../../../words/trial.ts'
import { at } from '../../at.ts'
import { toMenu } from '../../buttons.ts'
import { wayOut } from '../way-out.ts'
import type { MethodScreen, Offered, Taken } from './screen.ts'

const HOUR = 3600

export const cardScreen: MethodScreen = {
  ask: (t, place) => ({
    text: [
      ...trialLines(t, place),
      t.html('verify.card'),
      t.html('verify.card-where', { desk: deskLine(t, place) }),
    ].join('\n'),
    buttons: wayOut(t, place),
  }),
  awaits: (where) => ({ what: { kind: 'code', ...where, digits: '' }, seconds: HOUR }),
  takes,
  wrong: (t, desk) => t.html('verify.wrong', { desk }),
  unaskedContact: 'verify.card-needed',
}

function takes({ t, place, message, kept }: Offered): Taken {
  if (message.contact)
    return { kind: 'refused', screen: { text: t.html('verify.card-needed'), buttons: [[toMenu(t)]] } }
  if (message.text === undefined) return { kind: 'other' }
  const alone = readCardCode(message.text)
  const code = kept && !alone.ok ? readCardCode(kept + message.text) : alone
  const awaits = { kind: 'code', ...at(place), digits: '' } as const
  if (code.ok) return { kind: 'evidence', evidence: code.value, awaits, elsewhere: true }
  const refused = (text: string, digits = ''): Taken => ({
    kind: 'refused',
    screen: { text, buttons: wayOut(t, place) },
    awaits: { ...awaits, digits },
  })
  switch (code.problem.kind) {
    case 'too-short': {
      const { digits } = code.problem
      return refused(t.html('verify.more-digits', { count: 16 - digits.length }), digits)
    }
    case 'no-digits':
      return refused(t.html('verify.no-digits'))
    case 'too-long':
      return refused(t.html('verify.too-long'))
    case 'check-digits':
      return refused(t.html('verify.check-digits'))
  }
}
