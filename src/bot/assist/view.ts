// Screens of assisted votes: the places, one of them, what the person shows, handing the phone over, the number, and who may help.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import { escapeHtml, type Key, type Language, type T } from '../../i18n.ts'
import type { AssistDesk, AssistPlace, AssistSession } from '../../use-cases/assist-desk.ts'
import type { CastProblem } from '../../use-cases/cast-ballot.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { OpenAssistProblem } from '../../use-cases/open-assist.ts'
import { whyNotNamed, whyNotOpened } from '../../words/assist.ts'
import { deskLine } from '../../words/desk.ts'
import { termEnd } from '../../words/moment.ts'
import { placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, at } from '../at.ts'
import { askScreen as askWith } from '../ask.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import { choosePlace } from '../choose-place.ts'
import { type Button, cutLabel, press, primary, type Screen, success } from '../message.ts'
import { minutesOf } from '../minutes.ts'

export const placesButton = button('xp', { page: 'int' })
export const deskButton = button('xd', AT)
export const askButton = button('xa', AT)
export const openRowButton = button('xo', { ...AT, number: 'int' })
export const sessionButton = button('xc', {})
export const languageButton = button('xl', { ballot: 'uuid', locale: 'word' })
export const doneButton = button('xe', { ballot: 'uuid' })
export const whoButton = button('xw', AT)
/** On no keyboard: what they lead to is drawn again by them. */
export const sureButton = button('xs', { ...AT, number: 'int' })
export const untilButton = button('xu', { ...AT, account: 'word' })
export const askNameButton = button('xk', { ...AT, account: 'word', until: 'int' })
export const nameButton = button('xn', { ...AT, account: 'word', until: 'int' })
export const endButton = button('xq', { ...AT, account: 'word' })

export const placesScreen = (t: T, places: readonly AssistPlace[], page: number): Screen =>
  choosePlace(t, places, page, {
    none: 'assist.none',
    leads: (place) => deskButton.pack(place),
    turns: (to) => placesButton.pack({ page: to }),
  })

const rest = (t: T): Button[] => [
  press(t('consult.hold-places.button'), placesButton.pack({ page: 0 })),
  toMenu(t),
]

const head = (t: T, place: Place): string[] => [
  ...trialLines(t, place),
  `<b>${escapeHtml(placeName(t, place))}</b>`,
]

/** `note`: HTML, on top. */
export function deskScreen(t: T, desk: AssistDesk, note?: string): Screen {
  const { place, helps, helped, names, facilitators } = desk
  const here = at(place)
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...head(t, place),
      ...(helps ? [t.html('assist.helped', { helped, most: place.cycle.helped }), t.html('assist.how')] : []),
      ...(names ? [t.html(facilitators.length > 0 ? 'assist.who-helps' : 'assist.nobody-helps')] : []),
      ...facilitators.map(({ account, until }) =>
        t.html('assist.facilitator', { account, until: until === undefined ? '–' : termEnd(t, until) }),
      ),
    ].join('\n'),
    buttons: [
      ...(helps ? [[primary(t('assist.begin.button'), askButton.pack(here))]] : []),
      ...(names ? [[press(t('assist.name.button'), whoButton.pack(here))]] : []),
      ...facilitators.map(({ account }) => [
        press(t('assist.end.button', { account }), endButton.pack({ ...here, account: String(account) })),
      ]),
      rest(t),
    ],
  }
}

const back = (t: T, place: Place): Button[][] => [
  [press(t('common.back.button'), deskButton.pack(at(place)))],
  rest(t),
]

/** What the person shows. */
export const askScreen = (t: T, { place, byCard }: AssistDesk, note?: string): Screen => ({
  text: [
    ...(note === undefined ? [] : [note, '']),
    ...head(t, place),
    t.html(byCard ? 'assist.ask-card' : 'paper.ask-row'),
  ].join('\n'),
  buttons: back(t, place),
})

export const sureScreen = (t: T, place: Place, number: number): Screen => ({
  text: [...head(t, place), t.html('person.ask-check', { number })].join('\n'),
  buttons: [
    [primary(t('person.check-yes.button'), openRowButton.pack({ ...at(place), number }))],
    [press(t('consult.again.button'), askButton.pack(at(place)))],
    rest(t),
  ],
})

/** Now the phone goes to the person, who chooses the language in which they read. */
export const handOverScreen = (
  t: T,
  { ballot, registerNo, place }: AssistSession,
  languages: readonly Language[],
): Screen => ({
  text: [...head(t, place), t.html('assist.hand-over', { number: registerNo })].join('\n'),
  buttons: [
    ...languages.map(({ name, locale }) => [
      primary(cutLabel(name), languageButton.pack({ ballot, locale })),
    ]),
    [press(t('assist.stop.button'), doneButton.pack({ ballot }))],
  ],
})

/** In the person's language, in place of the ballot: it is recorded, and this is its number. Nothing of the choice. */
export const numberScreen = (
  t: T,
  place: Place,
  { ballot, receipt, at: time }: { ballot: string; receipt: string; at: string },
): Screen => ({
  text: [
    ...head(t, place),
    t.html('assist.accepted', { time: t.dated(time), number: formatReceiptNumber(receipt) }),
  ].join('\n'),
  buttons: [[success(t('assist.written.button'), doneButton.pack({ ballot }))]],
})

/** In the facilitator's language: the phone is back, and nothing is left of the session. */
export const overScreen = (t: T, place: Place, sent: boolean): Screen => ({
  text: [...head(t, place), t.html(sent ? 'assist.over' : 'assist.over-unsent')].join('\n'),
  buttons: [[primary(t('person.next.button'), askButton.pack(at(place)))], rest(t)],
})

const CAST = {
  'not-verified': 'assist.why-over',
  'marks-gone': 'vote.marks-gone',
  desk: 'vote.desk-voted',
  paper: 'vote.paper',
  voted: 'vote.voted',
  choices: 'vote.invalid',
  clock: 'vote.clock',
  closed: 'assist.why-not-open',
  halted: 'paper.why-halted',
} as const satisfies Record<CastProblem['kind'], Key>

export const notCastScreen = (t: T, session: AssistSession, { kind }: CastProblem): Screen => ({
  text: [...head(t, session.place), t.html(CAST[kind], { desk: deskLine(t, session.place) })].join('\n'),
  buttons: [[press(t('assist.stop.button'), doneButton.pack({ ballot: session.ballot }))]],
})

export const openLine = (t: T, problem: OpenAssistProblem): string => t.html(...whyNotOpened(problem))

/** A key of the official's own keyboard lets them choose somebody; Telegram then tells the account. */
export const whoScreen = (t: T, place: Place, note?: string): Screen =>
  askWith(
    t,
    [...(note === undefined ? [] : [note, '']), ...head(t, place), t.html('assist.ask-who')].join('\n'),
    { text: t('roles.choose.button'), request_users: { request_id: 1, user_is_bot: false, max_quantity: 1 } },
  )

export const untilScreen = (t: T, place: Place, note?: string): Screen => ({
  text: [...(note === undefined ? [] : [note, '']), ...head(t, place), t.html('assist.ask-until')].join('\n'),
  buttons: back(t, place),
})

export const nameScreen = (
  t: T,
  place: Place,
  { account, until }: { account: string; until: string },
): Screen => ({
  text: [
    ...head(t, place),
    t.html('assist.ask-name', { account, until: termEnd(t, until), most: place.cycle.helped }),
  ].join('\n'),
  buttons: [
    [
      primary(
        t('assist.name-yes.button'),
        nameButton.pack({ ...at(place), account, until: minutesOf(until) }),
      ),
    ],
    ...back(t, place),
  ],
})

export const lineScreen = (t: T, line: string): Screen => ({ text: line, buttons: [[toMenu(t)]] })

export const nameLine = (t: T, problem: Parameters<typeof whyNotNamed>[0]): string =>
  t.html(whyNotNamed(problem))
