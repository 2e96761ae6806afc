// Screens of verification that every method has: verified, refused, and the question that a card's link asks.
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { VerifyProblem } from '../../use-cases/verify-account.ts'
import { deskLine } from '../../words/desk.ts'
import { placeName } from '../../words/place.ts'
import { button } from '../callback.ts'
import { press, primary, type Screen } from '../message.ts'
import { methodScreen } from './screens/index.ts'
import { wayOut } from './way-out.ts'

export const claimButton = button('vc', { yes: 'int' })

export const verifiedLine = (t: T, place: Place, already: boolean): string =>
  t.html(already ? 'verify.already' : 'verify.verified', { village: placeName(t, place) })

/** A refusal says why, what is accepted, and where to go. */
export function problemScreen(t: T, place: Place, problem: VerifyProblem): Screen {
  const desk = deskLine(t, place)
  const text = {
    wrong: () => methodScreen(place).wrong(t, desk),
    'not-handed-over': () => t.html('verify.not-handed-over', { desk }),
    'too-many-people': () => t.html('verify.too-many-people', { count: place.cycle.maxPeople, desk }),
    'two-rows': () => t.html('verify.two-rows', { desk }),
    wait: () =>
      t.html('verify.wait', { count: problem.kind === 'wait' ? Math.ceil(problem.seconds / 60) : 0, desk }),
  } satisfies Record<VerifyProblem['kind'], () => string>
  return { text: text[problem.kind](), buttons: wayOut(t, place) }
}

export const claimScreen = (t: T, place: Place): Screen => ({
  text: t.html('verify.claim-ask', { village: placeName(t, place) }),
  buttons: [
    [
      primary(t('common.yes.button'), claimButton.pack({ yes: 1 })),
      press(t('common.no.button'), claimButton.pack({ yes: 0 })),
    ],
  ],
})
