// The card on the screen: 16 digits, in one message or two.
import type { Message } from 'grammy/types'
import { readCardCode } from '../../../core/person.ts'
import { CARD_DIGITS, isIin, readTypedNumber } from '../../../core/typed-number.ts'
import type { Key } from '../../../i18n.ts'
import { deskLine } from '../../../words/desk.ts'
import { trialLines } from '../../../words/trial.ts'
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
  awaits: (where, half) => ({ what: { kind: 'code', ...where, half }, seconds: HOUR }),
  takes,
  wrong: (t, desk) => t.html('verify.wrong', { desk }),
  unaskedContact: 'verify.card-needed',
}

function takes(offered: Offered): Taken {
  const { t, message, kept } = offered
  if (message.contact)
    return { kind: 'refused', screen: { text: t.html('verify.card-needed'), buttons: [[toMenu(t)]] } }
  if (message.text === undefined) return refused(offered, t.html(instead(message)))
  const number = readTypedNumber(message.text)
  switch (number.kind) {
    case 'card':
      return evidence(number.code)
    case 'receipt': {
      const rest = kept && readCardCode(kept + number.number)
      return rest && rest.ok ? evidence(rest.value) : { kind: 'not-mine' }
    }
    case 'iin':
      return refused(offered, t.html('verify.iin'))
    case 'digits':
      return partOf(offered, number)
    case 'none':
      return refused(offered, t.html('verify.no-digits'))
  }
}

/** What is said to what is no text: a picture may show the code, and a voice may say it. */
function instead({ photo, document, video, video_note, voice, audio }: Message): Key {
  if (photo || document || video || video_note) return 'verify.photo'
  return voice || audio ? 'verify.voice' : 'verify.no-digits'
}

const evidence = (code: string): Taken => ({ kind: 'evidence', evidence: code, half: '', elsewhere: true })

/** `half`: what is kept for the next message; nothing unless it could be the beginning of a code. */
const refused = ({ t, place }: Offered, text: string, half = ''): Taken => ({
  kind: 'refused',
  screen: { text: [...trialLines(t, place), text].join('\n'), buttons: wayOut(t, place) },
  half,
})

/** Digits that are no code yet: half of one, its other half, or a slip. */
function partOf(offered: Offered, { digits: typed, alone }: { digits: string; alone: boolean }): Taken {
  const { t, kept } = offered
  const joined = alone && typed.length < CARD_DIGITS ? kept + typed : typed
  if (isIin(joined)) return refused(offered, t.html('verify.iin'))
  const code = readCardCode(joined)
  if (code.ok) return evidence(code.value)
  switch (code.problem.kind) {
    case 'too-short':
      return alone
        ? refused(offered, t.html('verify.more-digits', { count: CARD_DIGITS - joined.length }), joined)
        : refused(offered, t.html('verify.no-digits'))
    case 'no-digits':
      return refused(offered, t.html('verify.no-digits'))
    case 'too-long':
      return refused(offered, t.html('verify.too-long'))
    case 'check-digits':
      return refused(offered, t.html('verify.check-digits'))
  }
}
