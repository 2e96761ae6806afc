// What an official sees who has a card replaced: the village, which numbers are wanted, and what would happen.
import { isOver } from '../../core/cycle.ts'
import { escapeHtml, type Key, type T } from '../../i18n.ts'
import type { KnownTerritory } from '../../use-cases/find-village.ts'
import type { Cycle, CycleVillage } from '../../use-cases/list-cycles.ts'
import type { ProposeReissueProblem } from '../../use-cases/reissue-card.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { courseButton } from '../buttons.ts'
import { type Button, cutLabel, press, type Screen } from '../message.ts'
import { askSwapButton, swapButton, swapVillageButton } from './buttons.ts'

/** So many villages have a button; the others are typed. */
const MOST = 20

/** Cards are in people's hands, and may still give way to others. */
export const swapsCards = ({ method, phase, halt }: Cycle): boolean =>
  method === 'card' && phase !== 'draft' && !isOver(phase) && halt?.kind !== 'void'

const back = (t: T, cycle: number): Button[] => [press(t('common.back.button'), courseButton.pack({ cycle }))]

export const swapVillageScreen = (t: T, { id }: Cycle, villages: readonly CycleVillage[]): Screen => ({
  text: t.html('manage.swap-village'),
  buttons: [
    ...villages
      .slice(0, MOST)
      .map((village) => [
        press(
          cutLabel(t.of(village.name)),
          swapVillageButton.pack({ cycle: id, territory: village.territory }),
        ),
      ]),
    back(t, id),
  ],
})

export const serialsScreen = (t: T, cycle: number, village: KnownTerritory): Screen => ({
  text: [`<b>${escapeHtml(placeName(t, village))}</b>`, t.html('manage.swap-ask')].join('\n'),
  buttons: [back(t, cycle)],
})

/** `held`: an account votes by the old card, so the right may pass to another one. */
export function swapScreen(
  t: T,
  cycle: Cycle,
  village: KnownTerritory,
  { register, old, serial, territory }: { register: number; old: number; serial: number; territory: number },
  held: boolean,
): Screen {
  const facts = { register: t.number(register), old: String(old), serial: String(serial) }
  const act = { cycle: cycle.id, territory, old, serial }
  return {
    text: [
      ...trialLines(t, { cycle }),
      `<b>${escapeHtml(placeName(t, village))}</b>`,
      t.html('second.what-card-reissue', facts),
      ...(held ? ['', t.html('second.what-card-move', facts)] : []),
      '',
      t.html('manage.joint'),
    ].join('\n'),
    buttons: [
      [press(t('manage.swap-lost.button'), swapButton.pack({ ...act, how: 'lost' }))],
      ...(held ? [[press(t('manage.swap-moved.button'), swapButton.pack({ ...act, how: 'moved' }))]] : []),
      [press(t('manage.swap-other.button'), askSwapButton.pack({ cycle: cycle.id }))],
      back(t, cycle.id),
    ],
  }
}

const WHY = {
  'no-such-cycle': 'manage.no-such-cycle',
  'not-allowed': 'manage.not-yours',
  'nobody-to-confirm': 'manage.nobody-to-confirm',
  closed: 'second.why-closed',
  'no-such-row': 'second.why-no-such-row',
  'not-handed-over': 'second.why-not-handed-over',
  'has-voted': 'second.why-has-voted',
  'nobody-claimed': 'second.why-nobody-claimed',
  'not-its-card': 'second.why-not-its-card',
  'other-card': 'second.why-other-card',
  'no-such-card': 'manage.swap-no-card',
  'own-print': 'manage.swap-own-print',
} satisfies Record<ProposeReissueProblem['kind'], Key>

/** HTML. */
export const swapProblem = (t: T, problem: ProposeReissueProblem): string =>
  t.html(WHY[problem.kind], { serial: 'serial' in problem ? String(problem.serial) : '' })
