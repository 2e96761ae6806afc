// Screens of whoever sees to the needs of a village: the places, one of them, the questions, what was written read back, and why not.
import { handsDiffer, type Hands, type HandsDiffer } from '../../core/needs.ts'
import type { Localised } from '../../core/localised.ts'
import { escapeHtml, type Key, type T } from '../../i18n.ts'
import type { HandsProblem, MeetingProblem } from '../../use-cases/hold-meeting.ts'
import type { CountedBy, NeedsDesk, NeedsPlace } from '../../use-cases/needs-desk.ts'
import type { PublishNeedsProblem } from '../../use-cases/publish-needs.ts'
import { figureLines } from '../../words/need.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, type At, at } from '../at.ts'
import { needsDeskButton, toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { choosePlace } from '../choose-place.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import type { Holding } from './expects.ts'

export const placesButton = button('ho', { page: 'int' })
export const askButton = button('hq', { ...AT, what: 'word' })
export const setButton = button('hs', AT)
export const askCancelButton = button('hc', AT)
export const cancelButton = button('hx', AT)
export const enterButton = button('he', AT)
export const publishButton = button('hr', AT)
export const minutesButton = button('hm', AT)
/** What residents added. `need`: those who marked it; 0: all. */
export const saidButton = button('hl', { ...AT, need: 'int', page: 'int' })
export const voicesButton = button('hy', { ...AT, need: 'int', page: 'int' })

export const placesScreen = (t: T, places: readonly NeedsPlace[], page: number): Screen =>
  choosePlace(t, places, page, {
    none: 'consult.hold-none',
    leads: (place) => needsDeskButton.pack(place),
    turns: (to) => placesButton.pack({ page: to }),
  })

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })

/** All that is known there, and what may be done. `note`: HTML, on top. */
export function deskScreen(t: T, desk: NeedsDesk, note?: string): Screen {
  const { place, read } = desk
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, place),
      `<b>${escapeHtml(placeName(t, place))}</b>`,
      ...figureLines(t, read.needs, read.result?.figures ?? read.figures),
      '',
      ...meetingLines(t, desk),
      t.html(read.result ? 'consult.hold-published' : 'consult.hold-not-published'),
    ].join('\n'),
    buttons: [
      ...acts(t, desk),
      [press(t('consult.said.button'), saidButton.pack({ ...at(place), need: 0, page: 0 }))],
      [press(t('consult.hold-places.button'), placesButton.pack({ page: 0 })), toMenu(t)],
    ],
  }
}

function meetingLines(t: T, { read, counted }: NeedsDesk): string[] {
  const { meeting, needs } = read
  if (!meeting) return [t.html('consult.hold-no-meeting')]
  const [first, second] = counted
  const meets = { time: t.moment(meeting.at), place: t.of(meeting.place) }
  return [
    t.html('consult.hold-meets', meets),
    ...(meeting.agreed ? [t.html('consult.hold-agreed')] : []),
    ...counted.map((one) => countedLine(t, one)),
    ...(first && second && !meeting.agreed
      ? [t.html('consult.hold-differ'), ...handsDiffer(first, second).map((one) => differLine(t, needs, one))]
      : []),
  ]
}

const countedLine = (t: T, { account, at: time, present, women }: CountedBy): string =>
  t.html('consult.hold-counted', { by: account, time: t.moment(time), present, women })

/** HTML. */
function differLine(
  t: T,
  needs: readonly Localised[],
  { what, need = 0, mine, theirs }: HandsDiffer,
): string {
  const title = needs[need - 1]
  const name = what === 'need' ? `${need}. ${title ? t.of(title) : ''}` : t(`consult.hold-${what}`)
  return t.html('consult.hold-differ-line', { name, mine, theirs })
}

function acts(t: T, { place, read, official }: NeedsDesk): Button[][] {
  const here = at(place)
  const { meeting, result } = read
  if (result) return meeting?.agreed ? [[press(t('consult.minutes.button'), minutesButton.pack(here))]] : []
  const ask = (label: Key, what: Holding) => press(t(label), askButton.pack({ ...here, what }))
  const open = meeting && !meeting.agreed
  return [
    ...(official && !meeting ? [[ask('consult.set-meeting.button', 'time')]] : []),
    ...(open ? [[ask('consult.enter-hands.button', 'hands')]] : []),
    ...(open && official
      ? [
          [
            ask('consult.move-meeting.button', 'time'),
            press(t('consult.cancel-meeting.button'), askCancelButton.pack(here)),
          ],
        ]
      : []),
    ...(meeting?.agreed ? [[press(t('consult.minutes.button'), minutesButton.pack(here))]] : []),
    ...(official ? [[ask('consult.publish.button', 'reply-kk')]] : []),
  ]
}

const ASKED: Record<Holding, Key> = {
  time: 'consult.ask-time',
  'place-kk': 'consult.ask-place-kk',
  'place-ru': 'consult.ask-place-ru',
  hands: 'consult.ask-hands',
  'reply-kk': 'consult.ask-reply-kk',
  'reply-ru': 'consult.ask-reply-ru',
}

/** `needs`: by their numbers, for the hands. */
export const askScreen = (t: T, here: At, what: Holding, needs: readonly Localised[]): Screen => ({
  text: [
    t.html(ASKED[what]),
    ...(what === 'hands'
      ? needs.map((need, n) => t.html('consult.need', { number: n + 1, need: t.of(need) }))
      : []),
  ].join('\n'),
  buttons: [[press(t('common.back.button'), needsDeskButton.pack(here)), toMenu(t)]],
})

/** What was written, read back above the press that does it. */
const sureScreen = (t: T, here: At, lines: readonly string[], yes: Button, again: Holding): Screen => ({
  text: lines.join('\n'),
  buttons: [
    [yes],
    [press(t('consult.again.button'), askButton.pack({ ...here, what: again }))],
    [press(t('common.back.button'), needsDeskButton.pack(here))],
  ],
})

export const meetingScreen = (
  t: T,
  here: At,
  { place, at: time }: { place: Localised; at: string },
): Screen =>
  sureScreen(
    t,
    here,
    [
      t.html('consult.check'),
      t.html('consult.check-time', { time: t.dated(time) }),
      t.html('consult.check-kk', { text: place.kk }),
      t.html('consult.check-ru', { text: place.ru }),
    ],
    primary(t('consult.set.button'), setButton.pack(here)),
    'time',
  )

export const handsScreen = (t: T, here: At, needs: readonly Localised[], counted: Hands): Screen =>
  sureScreen(
    t,
    here,
    [
      t.html('consult.check'),
      t.html('consult.result-meeting', { present: counted.present, women: counted.women }),
      ...needs.map((need, n) =>
        t.html('consult.check-hands', { number: n + 1, need: t.of(need), hands: counted.hands[n] ?? 0 }),
      ),
    ],
    primary(t('consult.enter.button'), enterButton.pack(here)),
    'hands',
  )

/** The answer as everybody will read it; the figures of each need stand before the official already. */
export const publicationScreen = (t: T, here: At, { read }: NeedsDesk, reply: Localised): Screen =>
  sureScreen(
    t,
    here,
    [
      t.html('consult.check-publish'),
      '',
      ...figureLines(t, [], read.figures),
      '',
      t.html('consult.check-kk', { text: reply.kk }),
      t.html('consult.check-ru', { text: reply.ru }),
    ],
    primary(t('consult.publish-now.button'), publishButton.pack(here)),
    'reply-kk',
  )

export const cancelScreen = (t: T, here: At): Screen => ({
  text: t.html('consult.ask-cancel'),
  buttons: [
    [press(t('common.yes.button'), cancelButton.pack(here))],
    [primary(t('common.no.button'), needsDeskButton.pack(here))],
  ],
})

/** HTML: why it was not done. */
export function problemLine(t: T, problem: MeetingProblem | HandsProblem | PublishNeedsProblem): string {
  switch (problem.kind) {
    case 'not-allowed':
      return t.html('consult.hold-not-allowed')
    case 'no-consultation':
      return t.html('consult.hold-none')
    case 'bad-place':
    case 'bad-reply':
      return t.html('consult.bad-length', { most: problem.most })
    case 'counted':
      return t.html('consult.hold-agreed')
    case 'published':
      return t.html('consult.hold-published')
    case 'no-meeting':
    case 'moved-before':
      return t.html('consult.hold-no-meeting')
    case 'not-yet':
      return t.html('consult.hands-early', { time: t.moment(problem.at) })
    case 'bad-hands':
      return t.html('consult.bad-hands')
    case 'not-over':
      return t.html('consult.not-over')
    case 'meeting-open':
      return t.html('consult.meeting-open')
  }
}
