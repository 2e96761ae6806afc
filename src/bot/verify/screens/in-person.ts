// In person on the screen: the 8 digits that the desk gave when it saw the document.
import { readDeskCode } from '../../../core/desk-code.ts'
import { deskLine } from '../../../words/desk.ts'
import { trialLines } from '../../../words/trial.ts'
import { wayOut } from '../way-out.ts'
import type { MethodScreen, Offered, Taken } from './screen.ts'

const TEN_MINUTES = 600

export const inPersonScreen: MethodScreen = {
  ask: (t, place) => ({
    text: [...trialLines(t, place), t.html('verify.in-person', { desk: deskLine(t, place) })].join('\n'),
    buttons: wayOut(t, place),
  }),
  awaits: (where) => ({ what: { kind: 'code', ...where, half: '' }, seconds: TEN_MINUTES }),
  takes,
  wrong: (t, desk) => t.html('verify.in-person-wrong', { desk }),
  unaskedContact: 'verify.in-person-needed',
}

function takes({ t, place, message }: Offered): Taken {
  const evidence = message.text === undefined ? undefined : readDeskCode(message.text)
  if (evidence !== undefined) return { kind: 'evidence', evidence }
  const text = [...trialLines(t, place), t.html('verify.in-person-digits')].join('\n')
  return { kind: 'refused', screen: { text, buttons: wayOut(t, place) }, half: '' }
}
