// Screens of verification: the card, the contact, and every way it can go wrong.
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { VerifyProblem } from '../../use-cases/verify-person.ts'
import { deskLine } from '../../words/desk.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { askScreen } from '../ask.ts'
import { deskButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { press, primary, type Screen } from '../message.ts'

export const claimButton = button('vc', { yes: 'int' })

const wayOut = (t: T, place: Place) => [
  [
    press(t('start.desk.button'), deskButton.pack({ cycle: place.cycle.id, territory: place.territory })),
    toMenu(t),
  ],
]

export const cardScreen = (t: T, place: Place): Screen => ({
  text: [
    ...trialLines(t, place),
    t.html('verify.card'),
    t.html('verify.card-where', { desk: deskLine(t, place) }),
  ].join('\n'),
  buttons: wayOut(t, place),
})

export const contactScreen = (t: T): Screen =>
  askScreen(t, t.html('verify.contact'), { text: t('verify.send-contact.button'), request_contact: true })

export const verifiedLine = (t: T, place: Place, already: boolean): string =>
  t.html(already ? 'verify.already' : 'verify.verified', { village: placeName(t, place) })

/** A refusal says why, what is accepted, and where to go. */
export function problemScreen(t: T, place: Place, problem: VerifyProblem): Screen {
  const desk = deskLine(t, place)
  const text = {
    wrong: () => t.html(place.cycle.method === 'contact' ? 'verify.contact-wrong' : 'verify.wrong', { desk }),
    'not-handed-over': () => t.html('verify.not-handed-over', { desk }),
    'too-many-people': () => t.html('verify.too-many-people', { count: place.cycle.maxPeople, desk }),
    'two-rows': () => t.html('verify.two-rows', { desk }),
    wait: () =>
      t.html('verify.wait', { count: problem.kind === 'wait' ? Math.ceil(problem.seconds / 60) : 0, desk }),
  } satisfies Record<VerifyProblem['kind'], () => string>
  return { text: text[problem.kind](), buttons: wayOut(t, place) }
}

/** What was typed is not a card code: no attempt is spent. */
export function notACode(
  t: T,
  place: Place,
  key: 'verify.no-digits' | 'verify.too-long' | 'verify.check-digits',
): Screen {
  return { text: t.html(key), buttons: wayOut(t, place) }
}

export const moreDigits = (t: T, place: Place, missing: number): Screen => ({
  text: t.html('verify.more-digits', { count: missing }),
  buttons: wayOut(t, place),
})

export const claimScreen = (t: T, place: Place): Screen => ({
  text: t.html('verify.claim-ask', { village: placeName(t, place) }),
  buttons: [
    [
      primary(t('common.yes.button'), claimButton.pack({ yes: 1 })),
      press(t('common.no.button'), claimButton.pack({ yes: 0 })),
    ],
  ],
})
