// What officials who announce see: the list, one announcement with what may be done, what is asked for, and why something was not done.
import { AUDIENCES, LONGEST_CAPTION, LONGEST_TEXT } from '../../core/announcement.ts'
import { OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { graphemeCut } from '../../core/text.ts'
import { wallClock } from '../../core/zone.ts'
import type { T, Texts } from '../../i18n.ts'
import type { AnnouncementScope, SeenAnnouncement } from '../../use-cases/read-announcement.ts'
import type { Announcement } from '../../use-cases/read-announcement.ts'
import { maySteer, type Steer } from '../../use-cases/steer-announcement.ts'
import { audienceName, figuresLine, stateName, timeInWords } from '../../words/announcement.ts'
import { placeLabel } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { announcementButton, showAnnouncementButton, toMenu } from '../buttons.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import * as button from './buttons.ts'
import type { Announcing } from './expects.ts'

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({
  text,
  buttons: [[press(t('announce.list.button'), button.listButton.pack({}))], [toMenu(t)]],
})

/** Of a long list the newest. */
const MOST_LISTED = 8

export function listScreen(t: T, all: readonly Announcement[], scopes: readonly AnnouncementScope[]): Screen {
  const shown = all.slice(0, MOST_LISTED)
  const where = ({ cycle, place }: AnnouncementScope) =>
    place ? placeLabel(t, { ...place, kind: 'village' }) : t.of(cycle.title)
  return {
    text: [t.html('announce.list-head'), ...(shown.length === 0 ? [t.html('announce.list-none')] : [])].join(
      '\n',
    ),
    buttons: [
      ...shown.map(({ id, state }) => [
        press(
          t('announce.one.button', { number: id, state: stateName(t, state) }),
          announcementButton.pack({ announcement: id }),
        ),
      ]),
      ...scopes
        .slice(0, MOST_LISTED)
        .map((scope) => [
          press(
            cutLabel(t('announce.new.button', { where: where(scope) })),
            button.newButton.pack({ cycle: scope.cycle.id, territory: scope.place?.territory ?? 0 }),
          ),
        ]),
      [toMenu(t)],
    ],
  }
}

const SHOWN = 200
const nameOf = (textsOf: Texts, locale: string): string => textsOf(locale).language.name

const MEDIA = {
  photo: 'announce.media-photo',
  voice: 'announce.media-voice',
} as const

/** What it says, to whom and when. HTML. */
export function contentLines(
  t: T,
  textsOf: Texts,
  { one, cycle, place, channels }: SeenAnnouncement,
): string[] {
  const { id, state, texts, media, audience, at } = one
  const locales = textsOf.languages
    .map(({ locale }) => locale)
    .filter(
      (locale) => texts[locale] !== undefined || (OFFICIAL_LANGUAGES as readonly string[]).includes(locale),
    )
  return [
    ...trialLines(t, { cycle }),
    t.html('announce.head', { number: id, state: stateName(t, state) }),
    t.html('second.vote', { title: t.of(cycle.title) }),
    ...locales.map((locale) => {
      const text = texts[locale]
      const language = nameOf(textsOf, locale)
      return text === undefined
        ? t.html('announce.text-none', { language })
        : t.html('announce.text-line', { language, text: graphemeCut(text, SHOWN) })
    }),
    t.html(media ? MEDIA[media.kind] : 'announce.media-none'),
    t.html('announce.who', { who: audienceName(t, textsOf, audience, place) }),
    ...(one.channel ? [channelLine(t, channels)] : []),
    at === null ? t.html('announce.when-now') : t.html('announce.when-at', { time: timeInWords(t, at) }),
  ]
}

/** Which channels it is posted in too. HTML. */
const channelLine = (t: T, channels: SeenAnnouncement['channels']): string =>
  channels.length === 0
    ? t.html('announce.channel-none-bound')
    : t.html('announce.channel-too', { titles: channels.map(({ title }) => title).join(', ') })

/** One announcement. `note`: HTML, on top. */
export function oneScreen(t: T, textsOf: Texts, seen: SeenAnnouncement, note?: string): Screen {
  const { one, figures } = seen
  const open = one.state === 'draft' || one.state === 'proposed'
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...contentLines(t, textsOf, seen),
      ...(one.startedAt === null ? [] : [figuresLine(t, figures, true)]),
    ].join('\n'),
    buttons: [
      ...(open ? writingButtons(t, textsOf, one) : []),
      ...(one.startedAt === null
        ? []
        : [[press(t('announce.refresh.button'), announcementButton.pack({ announcement: one.id }))]]),
      ...(open
        ? []
        : [[press(t('announce.show.button'), showAnnouncementButton.pack({ announcement: one.id }))]]),
      ...steerButtons(t, one),
      [press(t('announce.list.button'), button.listButton.pack({}))],
      [toMenu(t)],
    ],
  }
}

function writingButtons(t: T, textsOf: Texts, { id, version, media, at }: Announcement): Button[][] {
  const read = { announcement: id, version }
  const drop = (label: string, what: 'media' | 'when') =>
    press(label, button.dropButton.pack({ ...read, what }))
  return [
    ...textsOf.languages.map(({ locale, name }) => [
      press(
        t('announce.text.button', { language: name }),
        button.askButton.pack({ ...read, what: 'text', locale }),
      ),
    ]),
    [
      press(t('announce.media.button'), button.askButton.pack({ ...read, what: 'media', locale: '-' })),
      ...(media ? [drop(t('announce.no-media.button'), 'media')] : []),
    ],
    [
      press(t('announce.who.button'), button.whoButton.pack(read)),
      press(t('announce.when.button'), button.askButton.pack({ ...read, what: 'when', locale: '-' })),
    ],
    ...(at === null ? [] : [[drop(t('announce.now.button'), 'when')]]),
    [primary(t('announce.preview.button'), button.previewButton.pack(read))],
  ]
}

const STEER = {
  pause: 'announce.pause.button',
  resume: 'announce.resume.button',
  cancel: 'announce.cancel.button',
} as const satisfies Record<Steer, string>

const steerButtons = (t: T, { id, state }: Announcement): Button[][] =>
  maySteer(state).map((steer) => [
    press(
      t(STEER[steer]),
      steer === 'cancel'
        ? button.askCancelButton.pack({ announcement: id })
        : button.steerButton.pack({ announcement: id, steer }),
    ),
  ])

/** Before it is cancelled, for there is no way back; whoever pressed too late is offered nothing. */
export const cancelScreen = (t: T, one: Pick<Announcement, 'id' | 'state'>): Screen => ({
  text: t.html('announce.ask-cancel', { number: one.id, state: stateName(t, one.state) }),
  buttons: [
    ...(maySteer(one.state).includes('cancel')
      ? [
          [
            press(
              t('announce.cancel-yes.button'),
              button.steerButton.pack({ announcement: one.id, steer: 'cancel' }),
            ),
          ],
        ]
      : []),
    [press(t('common.back.button'), announcementButton.pack({ announcement: one.id }))],
  ],
})

/** `05.03.2026 10:00` of tomorrow. */
const example = (now: Date): string => {
  const day = wallClock(new Date(now.getTime() + 86_400_000).toISOString()).slice(0, 10)
  return `${day.split('-').reverse().join('.')} 10:00`
}

/** Asks for words, a photo or a voice note, or a time. */
export function askScreen(
  t: T,
  textsOf: Texts,
  { announcement, what, locale }: Announcing,
  now: Date,
): Screen {
  const text = {
    text: () =>
      t.html('announce.ask-text', {
        language: nameOf(textsOf, textsOf.guess(locale)),
        most: LONGEST_TEXT,
        under: LONGEST_CAPTION,
      }),
    media: () => t.html('announce.ask-media', { under: LONGEST_CAPTION }),
    when: () => t.html('announce.ask-when', { example: example(now) }),
  }[what]()
  return {
    text,
    buttons: [[press(t('common.back.button'), announcementButton.pack({ announcement }))], [toMenu(t)]],
  }
}

/** Why a message is not what was asked for. */
export const notThat = (t: T, what: Announcing['what'], now: Date, why: NotWanted): string => {
  if (why.kind === 'no-such-format') return t.html('announce.no-such-format', { part: why.part.slice(0, 40) })
  return {
    text: () => t.html('announce.not-a-text'),
    media: () => t.html('announce.not-media'),
    when: () => t.html('announce.not-a-time', { example: example(now) }),
  }[what]()
}

/** Why an answer was not taken: it is something else, or formatted as an announcement cannot be. */
export type NotWanted = { kind: 'not-that' } | { kind: 'no-such-format'; part: string }

export function whoScreen(t: T, textsOf: Texts, seen: SeenAnnouncement): Screen {
  const { id, version, audience } = seen.one
  const read = { announcement: id, version }
  const choose = (label: string, who: string, locale: string) => [
    press(cutLabel(label), button.chooseWhoButton.pack({ ...read, who, locale })),
  ]
  return {
    text: [
      t.html('announce.ask-who'),
      t.html('announce.who', { who: audienceName(t, textsOf, audience, seen.place) }),
    ].join('\n'),
    buttons: [
      ...AUDIENCES.map((who) => choose(audienceName(t, textsOf, { who }, undefined), who, '-')),
      ...textsOf.languages.map(({ locale, name }) =>
        choose(t('announce.language.button', { language: name }), '-', locale),
      ),
      choose(t('announce.any-language.button'), '-', 'any'),
      [press(t('common.back.button'), announcementButton.pack({ announcement: id }))],
    ],
  }
}
