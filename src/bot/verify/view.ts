// Screens of verification that every method has: verified, refused, and the question that a card's link asks.
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { VerifyProblem } from '../../use-cases/verify-account.ts'
import { deskLine } from '../../words/desk.ts'
import { placeLine } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT } from '../at.ts'
import { closedScreen } from '../closed.ts'
import { button } from '../callback.ts'
import { press, primary, type Screen } from '../message.ts'
import { methodScreen } from './screens/index.ts'
import { wayOut } from './way-out.ts'

/** On no keyboard: what they lead to is drawn again by them when it was lost. */
export const askButton = button('va', AT)
export const problemButton = button('vp', { ...AT, problem: 'word', seconds: 'int' })
export const askClaimButton = button('vk', {})
export const claimButton = button('vc', { yes: 'int' })

export const verifiedLine = (t: T, place: Place, already: boolean): string =>
  t.html(already ? 'verify.already' : 'verify.verified', { village: placeLine(t, place) })

const REFUSALS = {
  wrong: (t, place) => methodScreen(place).wrong(t, deskLine(t, place)),
  'not-handed-over': (t, place) => t.html('verify.not-handed-over', { desk: deskLine(t, place) }),
  'too-many-people': (t, place) =>
    t.html('verify.too-many-people', { count: place.cycle.maxPeople, desk: deskLine(t, place) }),
  'two-rows': (t, place) => t.html('verify.two-rows', { desk: deskLine(t, place) }),
  wait: (t, place, seconds) =>
    seconds > 3600
      ? t.html('verify.wait-hours', { count: Math.ceil(seconds / 3600), desk: deskLine(t, place) })
      : t.html('verify.wait', { count: Math.ceil(seconds / 60), desk: deskLine(t, place) }),
} satisfies Record<Exclude<VerifyProblem['kind'], 'closed'>, (t: T, place: Place, seconds: number) => string>

/** The kind of a refusal that a button names. */
export const problemKind = (word: string): VerifyProblem['kind'] | undefined =>
  word === 'closed' || Object.hasOwn(REFUSALS, word) ? (word as VerifyProblem['kind']) : undefined

/** A refusal says why, what is accepted, and where to go. */
export function problemScreen(
  t: T,
  place: Place,
  { kind, seconds = 0 }: { kind: VerifyProblem['kind']; seconds?: number },
): Screen {
  if (kind === 'closed') return closedScreen(t, place)
  return {
    text: [...trialLines(t, place), REFUSALS[kind](t, place, seconds)].join('\n'),
    buttons: wayOut(t, place),
  }
}

export const claimScreen = (t: T, place: Place): Screen => ({
  text: [...trialLines(t, place), t.html('verify.claim-ask', { village: placeLine(t, place) })].join('\n'),
  other: { press: askClaimButton.pack({}), note: 'common.press-below' },
  buttons: [
    [
      primary(t('common.yes.button'), claimButton.pack({ yes: 1 })),
      press(t('common.no.button'), claimButton.pack({ yes: 0 })),
    ],
  ],
})
