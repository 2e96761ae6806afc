// Screens of whoever hands out papers: the places, one of them, the questions, what was typed read back, and why not.
import type { Localised } from '../../core/localised.ts'
import { escapeHtml, type Facts, type Key, type T } from '../../i18n.ts'
import type { EnteredPapers } from '../../use-cases/enter-papers.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { PaperDesk, PaperPlace, PapersRead } from '../../use-cases/paper-desk.ts'
import { type PaperWhy, sumsFacts, whyNoPaper } from '../../words/paper.ts'
import { placeName } from '../../words/place.ts'
import { potName } from '../../words/pot.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, type At, at } from '../at.ts'
import { paperDeskButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { choosePlace } from '../choose-place.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import type { PaperAsked } from './expects.ts'

export const placesButton = button('pp', { page: 'int' })
export const askButton = button('pq', { ...AT, what: 'word' })
export const markButton = button('pm', { ...AT, number: 'int' })
export const enterButton = button('pe', AT)
export const explainButton = button('px', AT)

/** Papers that another clerk has not are named up to here. */
const MOST_NAMED = 10

export const placesScreen = (t: T, places: readonly PaperPlace[], page: number): Screen =>
  choosePlace(t, places, page, {
    none: 'paper.none',
    leads: (place) => paperDeskButton.pack(place),
    turns: (to) => placesButton.pack({ page: to }),
  })

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })

/** How the papers of a village stand, and what may be done. `note`: HTML, on top. */
export function deskScreen(t: T, desk: PaperDesk, note?: string): Screen {
  const { place, marks, box, typed, own } = desk
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, place),
      `<b>${escapeHtml(placeName(t, place))}</b>`,
      t.html('paper.handed-out', { marks }),
      ...(box ? [t.html('paper.box', sumsFacts(box)), t.html(box.fits ? 'paper.fits' : 'paper.unfit')] : []),
      ...(box?.note ? [t.html('paper.note', { note: t.of(box.note) })] : []),
      ...(!box && typed > 0 ? [t.html(own ? 'paper.typed-own' : 'paper.typed-other')] : []),
    ].join('\n'),
    buttons: [
      ...acts(t, desk),
      [press(t('consult.hold-places.button'), placesButton.pack({ page: 0 })), toMenu(t)],
    ],
  }
}

function acts(t: T, { place, phase, marks, box, official }: PaperDesk): Button[][] {
  const ask = (label: Key, what: PaperAsked) => press(t(label), askButton.pack({ ...at(place), what }))
  if (phase === 'voting') return [[ask('paper.mark.button', 'row')]]
  const own = official ? [[ask('paper.own.button', 'own')]] : []
  if (phase !== 'counting') return own
  if (!box) return [...(marks > 0 ? [[ask('paper.type.button', 'returned')]] : []), ...own]
  return [...(official && !box.fits && !box.note ? [[ask('paper.explain.button', 'note-kk')]] : []), ...own]
}

const ASKED: Record<PaperAsked, Key> = {
  row: 'paper.ask-row',
  own: 'paper.ask-own',
  returned: 'paper.ask-returned',
  papers: 'paper.ask-papers',
  'note-kk': 'paper.ask-note-kk',
  'note-ru': 'paper.ask-note-ru',
}

export const askScreen = (t: T, here: At, what: PaperAsked): Screen => ({
  text: t.html(ASKED[what]),
  buttons: [[press(t('common.back.button'), paperDeskButton.pack(here)), toMenu(t)]],
})

const sureScreen = (t: T, here: At, lines: readonly string[], yes: Button, again: PaperAsked): Screen => ({
  text: lines.join('\n'),
  buttons: [
    [yes],
    [press(t('consult.again.button'), askButton.pack({ ...here, what: again }))],
    [press(t('common.back.button'), paperDeskButton.pack(here))],
  ],
})

export const markScreen = (t: T, place: Place, number: number): Screen =>
  sureScreen(
    t,
    at(place),
    [`<b>${escapeHtml(placeName(t, place))}</b>`, t.html('paper.ask-mark', { number })],
    primary(t('paper.mark-yes.button'), markButton.pack({ ...at(place), number })),
    'row',
  )

export const papersScreen = (
  t: T,
  here: At,
  { ballots, spoiled, pots }: PapersRead,
  returned: number,
): Screen =>
  sureScreen(
    t,
    here,
    [
      t.html('paper.check'),
      t.html('paper.check-numbers', { ballots, spoiled, returned }),
      ...pots.flatMap(({ marks, ...one }) => [
        ...(pots.length > 1 ? ['', t.html('paper.check-pot', { pot: potName(t, one) })] : []),
        ...marks.map(({ number, papers }) => t.html('paper.check-project', { number, papers })),
      ]),
    ],
    primary(t('paper.enter.button'), enterButton.pack(here)),
    'returned',
  )

export const noteScreen = (t: T, here: At, { kk, ru }: Localised): Screen =>
  sureScreen(
    t,
    here,
    [
      t.html('paper.check-note'),
      t.html('consult.check-kk', { text: kk }),
      t.html('consult.check-ru', { text: ru }),
    ],
    primary(t('paper.publish-note.button'), explainButton.pack(here)),
    'note-kk',
  )

/** HTML: what came of typing a box in. */
export function enteredLines(t: T, entered: EnteredPapers): string {
  if (entered.kind === 'first') return t.html('paper.typed-first')
  if (entered.kind === 'agreed') return t.html(entered.fits ? 'paper.agreed' : 'paper.agreed-unfit')
  const { mine, theirs, papers } = entered
  return [
    t.html('paper.differs'),
    t.html('paper.differs-mine', mine),
    t.html('paper.differs-theirs', theirs),
    ...papers.slice(0, MOST_NAMED).map((one) => t.html('paper.differs-paper', { ...one })),
  ].join('\n')
}

/** HTML: why it was not done. */
export function problemLine(t: T, problem: PaperWhy, more: Facts = {}): string {
  const { key, facts } = whyNoPaper(problem)
  return t.html(key, { ...more, ...facts })
}
