// The shared contact on the screen: only the person's own, in answer to our prompt, neither forwarded nor by a bot.
import { readPhone } from '../../../core/person.ts'
import type { T } from '../../../i18n.ts'
import { deskLine } from '../../../words/desk.ts'
import { askScreen } from '../../ask.ts'
import type { Screen } from '../../message.ts'
import type { MethodScreen, Offered, Taken } from './screen.ts'

const TEN_MINUTES = 600

const ask = (t: T): Screen =>
  askScreen(t, t.html('verify.contact'), { text: t('verify.send-contact.button'), request_contact: true })

export const contactScreen: MethodScreen = {
  ask,
  awaits: (where) => ({ what: { kind: 'contact', ...where }, seconds: TEN_MINUTES }),
  takes,
  wrong: (t, desk) => t.html('verify.contact-wrong', { desk }),
  unaskedContact: 'verify.contact-unasked',
}

function takes({ t, account, place, message }: Offered): Taken {
  const shared = message.contact
  if (!shared) return { kind: 'other' }
  if (shared.user_id !== account || message.forward_origin || message.via_bot)
    return { kind: 'refused', screen: { ...ask(t), text: t.html('verify.contact-not-yours') } }
  const phone = readPhone(shared.phone_number)
  const without = (text: string): Screen => ({ text, keyboard: { remove_keyboard: true } })
  if (phone.ok)
    return { kind: 'evidence', evidence: phone.value, first: without(t.html('verify.contact-taken')) }
  const desk = deskLine(t, place)
  return { kind: 'refused', screen: without(t.html('verify.contact-foreign', { desk })) }
}
