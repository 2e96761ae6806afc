// What an official sees who enters cards of the desk: where they all are, which act, which village, and the numbers read back.
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type Key, type T } from '../../i18n.ts'
import type { KnownTerritory } from '../../use-cases/find-village.ts'
import type { Cycle, CycleVillage } from '../../use-cases/list-cycles.ts'
import {
  type CardsProblem,
  cardsProblemWords,
  serialRanges,
  shortSerials,
} from '../../words/cards-problem.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { courseButton } from '../buttons.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { swapsCards } from './card-swap-view.ts'
import { askSwapButton, deskActButton, deskButton, deskDoButton, deskVillageButton, SEEN } from './buttons.ts'

export const DESK_ACTS = ['hand-over', 'return', 'destroy'] as const
export type DeskAct = (typeof DESK_ACTS)[number]
export const isDeskAct = (text: string): text is DeskAct => (DESK_ACTS as readonly string[]).includes(text)

const LABELS = {
  'hand-over': 'manage.desk-hand-over.button',
  return: 'manage.desk-return.button',
  destroy: 'manage.desk-destroy.button',
} as const
const READ_BACK = {
  'hand-over': 'manage.desk-would-hand-over',
  return: 'manage.desk-would-return',
  destroy: 'manage.desk-would-destroy',
} as const
const DONE = {
  'hand-over': 'cli.cards-handed-over',
  return: 'cli.cards-returned',
  destroy: 'cli.cards-destroyed',
} as const

/** So many villages are shown; the others are typed. */
const MOST = 20
/** Letters of what was read. */
const LONGEST = 1500

const back = (t: T, cycle: number): Button[] => [press(t('common.back.button'), courseButton.pack({ cycle }))]
const toDesk = (t: T, cycle: number): Button[] => [press(t('manage.desk.button'), deskButton.pack({ cycle }))]

/** Of a vote whose cards are in people's hands, or soon will be. */
export const cardActs = (t: T, cycle: Cycle): Button[][] =>
  swapsCards(cycle)
    ? [
        [
          press(t('manage.desk.button'), deskButton.pack({ cycle: cycle.id })),
          press(t('manage.swap.button'), askSwapButton.pack({ cycle: cycle.id })),
        ],
      ]
    : []

interface Numbers {
  territory: number
  cards: number
  printed: number
  handed: number
  returned: number
  destroyed: number
  replaced: number
}

/** `numbers`: of each village that has cards. */
export function deskScreen(
  t: T,
  cycle: Cycle,
  villages: readonly CycleVillage[],
  numbers: readonly Numbers[],
): Screen {
  const lines = villages.slice(0, MOST).flatMap((village) => {
    const found = numbers.find(({ territory }) => territory === village.territory)
    return found ? [t.html('cli.cards-status', { ...found, village: t.of(village.name) })] : []
  })
  return {
    text: [
      ...trialLines(t, { cycle }),
      t.html('manage.desk-head'),
      ...(lines.length === 0 ? [t.html('cli.cards-none')] : lines),
    ].join('\n'),
    buttons: [
      ...DESK_ACTS.map((what) => [press(t(LABELS[what]), deskActButton.pack({ cycle: cycle.id, what }))]),
      back(t, cycle.id),
    ],
  }
}

export const deskVillageScreen = (
  t: T,
  { id }: Cycle,
  what: DeskAct,
  villages: readonly CycleVillage[],
): Screen => ({
  text: [`<b>${t.html(LABELS[what])}</b>`, t.html('manage.desk-village')].join('\n'),
  buttons: [
    ...villages
      .slice(0, MOST)
      .map(({ name, territory }) => [
        press(cutLabel(t.of(name)), deskVillageButton.pack({ cycle: id, what, territory })),
      ]),
    toDesk(t, id),
  ],
})

export const deskSerialsScreen = (t: T, cycle: number, what: DeskAct, village: KnownTerritory): Screen => ({
  text: [
    `<b>${t.html(LABELS[what])}</b>`,
    `<b>${escapeHtml(placeName(t, village))}</b>`,
    t.html('manage.desk-ask'),
  ].join('\n'),
  buttons: [toDesk(t, cycle)],
})

/** What was read of the numbers, before any of it counts. `seen`: what stands for the list. */
export const deskReadBackScreen = (
  t: T,
  cycle: Cycle,
  what: DeskAct,
  village: KnownTerritory,
  { serials, seen }: { serials: readonly number[]; seen: string },
): Screen => ({
  text: [
    ...trialLines(t, { cycle }),
    `<b>${escapeHtml(placeName(t, village))}</b>`,
    t.html(READ_BACK[what], { cards: t.number(serials.length) }),
    graphemeCut(serialRanges(serials), LONGEST),
  ].join('\n'),
  buttons: [
    [
      primary(
        t('manage.desk-do.button'),
        deskDoButton.pack({
          cycle: cycle.id,
          what,
          territory: village.territory,
          seen: seen.slice(0, SEEN),
        }),
      ),
    ],
    [
      press(
        t('manage.desk-other.button'),
        deskVillageButton.pack({ cycle: cycle.id, what, territory: village.territory }),
      ),
    ],
    back(t, cycle.id),
  ],
})

/** HTML. `own`: printed by whoever handed them over, for want of another official. */
export const deskDone = (
  t: T,
  what: DeskAct,
  village: KnownTerritory,
  { entered, already, own }: { entered: number; already: number; own: readonly number[] },
): string =>
  [
    t.html(DONE[what], { village: placeName(t, village), cards: entered, before: already }),
    ...(own.length > 0 ? [t.html('cli.cards-own-alone', { serials: shortSerials(own) })] : []),
  ].join('\n')

/** HTML. What is said otherwise in the chat than on the command line is said here. */
export function deskProblem(t: T, problem: CardsProblem): string {
  const { key, facts } = cardsProblemWords(problem)
  return t.html(HERE[problem.kind] ?? key, facts)
}

const HERE: Partial<Record<CardsProblem['kind'], Key>> = {
  'not-allowed': 'manage.not-yours',
  'own-prints': 'manage.desk-own-prints',
  'second-serials': 'manage.desk-second',
}
