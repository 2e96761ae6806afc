// The ceremony of key holders as an official sees it: where it stands, what is next, and a key read back before it is brought.
import { isBefore, isPublished, PROFILES } from '../../core/cycle.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { KeysPlan } from '../../use-cases/key-holders.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import type { Ceremony } from '../../use-cases/read-ceremony.ts'
import { trialLines, trialNotes } from '../../words/trial.ts'
import { courseButton, toMenu } from '../buttons.ts'
import { whoWhenLines } from '../changed.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import {
  askCodeButton,
  askDiceButton,
  askKeysButton,
  askResultButton,
  ceremonyButton,
  keysButton,
  SEEN,
  testButton,
} from './buttons.ts'

/** People hold its key, or shall. */
export const isHeld = ({ profile }: Pick<Cycle, 'profile'>): boolean => PROFILES[profile].keys === 'holders'

/** A key may still be brought. */
export const takesKeys = (cycle: Cycle): boolean =>
  isHeld(cycle) && isBefore(cycle.phase, 'voting') && cycle.halt?.kind !== 'void'

/** The way to its screen, as long as there is something to do. `waits`: it stands in the way of the vote. */
export function ceremonyActs(t: T, cycle: Cycle, waits: boolean): Button[][] {
  if (!isHeld(cycle) || isPublished(cycle.phase) || cycle.halt?.kind === 'void') return []
  return [[(waits ? primary : press)(t('manage.keys.button'), ceremonyButton.pack({ cycle: cycle.id }))]]
}

const headOf = (t: T, cycle: Cycle): string[] => [
  ...trialLines(t, { cycle }),
  `<b>${escapeHtml(t.of(cycle.title))}</b>`,
]
const back = (t: T, cycle: number): Button[] => [
  press(t('common.back.button'), ceremonyButton.pack({ cycle })),
]

/** As much of a key as people compare. */
const beginOf = (key: string): string => key.slice(0, SEEN).replaceAll(/.{4}(?=.)/g, '$& ')

/** `note`: HTML, on top. */
export function ceremonyScreen(t: T, cycle: Cycle, ceremony: Ceremony, note?: string): Screen {
  const { held, brought, rehearsed } = ceremony
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...headOf(t, cycle),
      t.html('manage.keys-head'),
      '',
      held ? t.html('manage.keys-there', { key: beginOf(held.key) }) : t.html('manage.keys-none'),
      ...whoWhenLines(t, brought),
      ...(held ? [t.html(held.rehearsed ? 'manage.keys-opened' : 'manage.keys-unopened')] : []),
      ...whoWhenLines(t, rehearsed),
      ...nextLines(t, cycle, held),
    ].join('\n'),
    buttons: [
      ...ceremonyDoors(t, cycle, held),
      [press(t('manage.again.button'), ceremonyButton.pack({ cycle: cycle.id }))],
      [press(t('common.back.button'), courseButton.pack({ cycle: cycle.id }))],
    ],
  }
}

/** What is next, in one sentence. */
function nextLines(t: T, cycle: Cycle, held: Ceremony['held']): string[] {
  if (cycle.halt?.kind === 'void') return []
  return ['', t.html(nextKey(cycle, held), { cycle: cycle.slug })]
}

function nextKey({ phase }: Cycle, held: Ceremony['held']) {
  if (phase === 'voting') return 'manage.keys-next-vote'
  if (phase === 'counting') return 'manage.keys-next-count'
  if (isPublished(phase)) return 'manage.keys-next-done'
  if (!held) return 'manage.keys-next-make'
  return held.rehearsed ? 'manage.keys-next-open' : 'manage.keys-next-test'
}

function ceremonyDoors(t: T, cycle: Cycle, held: Ceremony['held']): Button[][] {
  const one = { cycle: cycle.id }
  if (cycle.phase === 'counting' && !cycle.halt)
    return [
      [press(t('manage.dice.button'), askDiceButton.pack(one))],
      [press(t('manage.result-file.button'), askResultButton.pack(one))],
    ]
  if (!takesKeys(cycle)) return []
  if (!held) return [[primary(t('manage.keys-send.button'), askKeysButton.pack(one))]]
  const other = [press(t('manage.keys-other.button'), askKeysButton.pack(one))]
  if (held.rehearsed) return [other]
  return [
    [primary(t('manage.keys-test.button'), testButton.pack(one))],
    [primary(t('manage.keys-code.button'), askCodeButton.pack(one))],
    other,
  ]
}

export const askKeysScreen = (t: T, cycle: Cycle): Screen => ({
  text: [...headOf(t, cycle), t.html('manage.keys-ask')].join('\n'),
  buttons: [back(t, cycle.id)],
})

/** What a file says, before anything counts. */
export const keysReadBackScreen = (t: T, cycle: Cycle, { held, before }: KeysPlan): Screen => ({
  text: [
    ...headOf(t, cycle),
    t.html('manage.keys-says', { cycle: held.cycle, key: beginOf(held.key) }),
    ...(before ? [t.html('manage.keys-replaces', { key: beginOf(before.key) })] : []),
    '',
    t.html('manage.keys-sure'),
  ].join('\n'),
  buttons: [
    [primary(t('manage.keys-do.button'), keysButton.pack({ cycle: cycle.id, key: held.key.slice(0, SEEN) }))],
    [press(t('manage.other-file.button'), askKeysButton.pack({ cycle: cycle.id }))],
    back(t, cycle.id),
  ],
})

/** Under the test: plain text. */
export const testCaption = (t: T, cycle: Cycle): string =>
  [...trialNotes(t, { cycle }), t('manage.test-what', { title: t.of(cycle.title) })].join('\n')

export const askCodeScreen = (t: T, cycle: Cycle): Screen => ({
  text: [...headOf(t, cycle), t.html('manage.code-ask')].join('\n'),
  buttons: [[press(t('manage.keys-test.button'), testButton.pack({ cycle: cycle.id }))], back(t, cycle.id)],
})

/** After somebody sent what holders keep to themselves, unasked. */
export const shareScreen = (t: T): Screen => ({
  text: t.html('manage.keys-secret'),
  buttons: [[toMenu(t)]],
})
