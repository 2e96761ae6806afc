// How an audience, a time and whatever stops an announcement are called: for the chat and for commands.
import type { AnnouncementFigures, Audience, AudienceKind } from '../core/announcement.ts'
import { ZONE } from '../core/zone.ts'
import type { Facts, Key, T, Texts } from '../i18n.ts'
import { type NamedPlace, placeName } from './place.ts'

const STATES = {
  draft: 'announce.state-draft',
  proposed: 'announce.state-proposed',
  approved: 'announce.state-approved',
  sending: 'announce.state-sending',
  paused: 'announce.state-paused',
  done: 'announce.state-done',
  cancelled: 'announce.state-cancelled',
  stopped: 'announce.state-stopped',
} as const satisfies Record<string, Key>

const saying =
  (t: T, html: boolean) =>
  (key: Key, facts?: Facts): string =>
    html ? t.html(key, facts) : t(key, facts)

export const stateName = (t: T, state: keyof typeof STATES): string => t(STATES[state])

/** `html`: for a message. */
export const figuresLine = (t: T, figures: AnnouncementFigures, html = false): string =>
  saying(t, html)('announce.figures', {
    sent: t.number(figures.sent),
    blocked: t.number(figures.blocked),
    failed: t.number(figures.failed),
    unknown: t.number(figures.unknown),
    waiting: t.number(figures.waiting),
    pressed: t.number(figures.pressed),
  })

const KINDS = {
  all: 'announce.who-all',
  verified: 'announce.who-verified',
  unverified: 'announce.who-unverified',
  voted: 'announce.who-voted',
  'not-voted': 'announce.who-not-voted',
  opened: 'announce.who-opened',
  authors: 'announce.who-authors',
  followers: 'announce.who-followers',
} as const satisfies Record<AudienceKind, Key>

/** Whom it is for, without place and language. */
export const audienceKindName = (t: T, who: AudienceKind): string => t(KINDS[who])

/** `place`: of the audience's territory. Plain text. */
export function audienceName(
  t: T,
  textsOf: Texts,
  { who, locale }: Audience,
  place: NamedPlace | undefined,
): string {
  let name = audienceKindName(t, who)
  if (locale !== undefined)
    name = t('announce.who-locale', { who: name, language: textsOf(textsOf.guess(locale)).language.name })
  return place ? t('announce.who-place', { who: name, place: placeName(t, place) }) : name
}

/** `четверг, 5 марта 2099 г. в 18:00`, wall clock of Kazakhstan: a slip is seen by the weekday. `moment`: UTC ISO. */
export const timeInWords = (t: T, moment: string): string =>
  t('announce.read-back', {
    time: new Intl.DateTimeFormat(t.language.tag, {
      timeZone: ZONE,
      dateStyle: 'full',
      timeStyle: 'short',
    }).format(new Date(moment)),
  })

/** What stops it, as far as words need to know. */
type Fault =
  | { kind: 'no-text'; locale: string }
  | { kind: 'too-long'; locale: string; letters: number; most: number }
  | { kind: 'broken-tag'; locale: string; tag: string; at: number }
  | { kind: 'small-audience'; least: number }
  | { kind: 'nobody' }
  | { kind: 'night'; at: string; morning: string }
  | { kind: 'past'; at: string }

/** `html`: for a message. */
export function faultLine(t: T, textsOf: Texts, fault: Fault, html = false): string {
  const say = saying(t, html)
  const language = 'locale' in fault ? textsOf(textsOf.guess(fault.locale)).language.name : ''
  switch (fault.kind) {
    case 'no-text':
      return say('announce.fault-no-text', { language })
    case 'too-long':
      return say('announce.fault-too-long', { language, letters: fault.letters, most: fault.most })
    case 'broken-tag':
      return say('announce.fault-broken-tag', { language, tag: fault.tag, at: fault.at })
    case 'small-audience':
      return say('announce.fault-small-audience', { least: fault.least })
    case 'nobody':
      return say('announce.fault-nobody')
    case 'night':
      return say('announce.fault-night', {
        time: timeInWords(t, fault.at),
        morning: timeInWords(t, fault.morning),
      })
    case 'past':
      return say('announce.fault-past', { time: timeInWords(t, fault.at) })
  }
}
