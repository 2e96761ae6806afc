// Ideas in words: where one stands, why it was refused, what its author and its supporters are told, and all of it for a moderator.
import {
  SPOKEN,
  type DecisionKind,
  type IdeaState,
  type RejectReason,
  type SupportTerms,
} from '../core/idea.ts'
import { OFFICIAL_LANGUAGES } from '../core/localised.ts'
import { type Flag, masked } from '../core/masked.ts'
import { graphemeCut } from '../core/text.ts'
import { escapeHtml, type Key, type T } from '../i18n.ts'
import { categoryName } from './category.ts'

const STATES: Record<IdeaState, Key> = {
  draft: 'ideas.state-draft',
  sent: 'ideas.state-sent',
  returned: 'ideas.state-returned',
  rejected: 'ideas.state-rejected',
  merged: 'ideas.state-merged',
  approved: 'ideas.state-approved',
  unfeasible: 'ideas.state-unfeasible',
  feasible: 'ideas.state-feasible',
  unsupported: 'ideas.state-unsupported',
  withdrawn: 'ideas.state-withdrawn',
}
export const stateName = (t: T, state: IdeaState): string => t(STATES[state])

/** The same as its author reads it. */
export const ownStateName = (t: T, state: IdeaState): string =>
  state === 'returned' ? t('ideas.state-returned-own') : stateName(t, state)

const REASONS: Record<RejectReason, Key> = {
  'not-common': 'ideas.reason-not-common',
  'not-here': 'ideas.reason-not-here',
  'too-dear': 'ideas.reason-too-dear',
  'already-planned': 'ideas.reason-already-planned',
  'not-akimat': 'ideas.reason-not-akimat',
  unclear: 'ideas.reason-unclear',
  insult: 'ideas.reason-insult',
  advert: 'ideas.reason-advert',
}
/** A reason of the closed list; a newer program's stands as it is. */
export const reasonName = (t: T, reason: string): string => {
  const key = (REASONS as Record<string, Key | undefined>)[reason]
  return key ? t(key) : reason
}

const FLAGS: Record<Flag, Key> = {
  phone: 'ideas.flag-phone',
  iin: 'ideas.flag-iin',
  link: 'ideas.flag-link',
  number: 'ideas.flag-number',
  word: 'ideas.flag-word',
}

const LANGUAGES = { kk: 'ideas.language-kk', ru: 'ideas.language-ru' } as const satisfies Record<
  (typeof OFFICIAL_LANGUAGES)[number],
  Key
>

/** A decision as it is told. `cost`: whole tenge. */
export interface Told {
  decision: DecisionKind
  reason?: string | undefined
  note?: string | undefined
  cost?: number | undefined
  into?: number | undefined
  /** The author has appealed against a refusal already. */
  last?: boolean | undefined
  mine: boolean
}

/** HTML lines: what was decided, why, and what the author may do next. */
export function decisionLines(
  t: T,
  { decision, reason = '', note = '', cost = 0, into = 0, last, mine }: Told,
): string[] {
  const lines: Record<DecisionKind, () => string[]> = {
    approve: () => [t.html('ideas.told-approve')],
    edit: () => [t.html('ideas.told-edit')],
    return: () => [t.html('ideas.told-return', { note })],
    reject: () => [
      t.html('ideas.told-reject', { reason: reasonName(t, reason) }),
      ...(note && mine ? [t.html('ideas.told-reject-note', { note })] : []),
      ...(mine ? [t.html(last ? 'ideas.told-reject-last' : 'ideas.told-reject-next')] : []),
    ],
    merge: () => [t.html('ideas.told-merge', { into })],
    feasible: () => [t.html('ideas.told-feasible', { cost: t.money(cost, 'KZT') })],
    unfeasible: () => [t.html('ideas.told-unfeasible', { note })],
  }
  return lines[decision]()
}

/** So much of a translation stands beside the author's own words: a message holds only so much. */
const TRANSLATED = 1200

/** What is known of an idea, for whoever decides about it. */
export interface ShownIdea {
  locale: string
  category: string | null
  title: string | null
  body: string | null
  titles: Partial<Record<string, string>>
  texts: Partial<Record<string, string>>
  landmark: string | null
  roughCost: number | null
  cost: number | null
  onList: boolean | null
  state: IdeaState
  note: string | null
  appealed: boolean
  flags: readonly Flag[]
  dueAt: string | null
  media: readonly { kind: string }[]
  supporters: number
}

/** To residents: where there are some, and the cycle does not hide how many. */
export const showsSupporters = ({
  supporters,
  support,
}: {
  supporters: number
  support: SupportTerms | null
}): boolean => supporters > 0 && support?.shown !== false

/** Its title in the reader's language, else in its author's; phones and links covered. */
export const ideaTitle = (t: T, { titles, title, locale }: ShownIdea): string =>
  masked(titles[t.locale] ?? titles[locale] ?? title ?? t('ideas.voice-title')).text

/** The title that a notice carries; nobody wrote one where the author spoke. */
export const toldTitle = (t: T, title: string): string =>
  title === '' || title === SPOKEN ? t('ideas.voice-title') : title

/** HTML lines: the words of the list where a moderator wrote others than its author. */
export function listLines(t: T, { titles, texts, title, body, locale }: ShownIdea): string[] {
  const own = (language: string, words: string | null) =>
    language === locale && words !== null ? masked(words).text : undefined
  return OFFICIAL_LANGUAGES.flatMap((locale) => {
    const language = t(LANGUAGES[locale])
    const [name, text] = [titles[locale], texts[locale]]
    return [
      ...(name === undefined || name === own(locale, title)
        ? []
        : [t.html('ideas.own-list-title', { language, text: name })]),
      ...(text === undefined || text === own(locale, body)
        ? []
        : [t.html('ideas.own-list-text', { language, text })]),
    ]
  })
}

/** HTML lines for residents: its kind, what it says in the reader's language, where and for how much. Phones and links are covered. */
export function publicLines(t: T, { category, body, texts, locale, landmark, cost }: ShownIdea): string[] {
  const text = texts[t.locale] ?? texts[locale] ?? body
  return [
    ...(text === null ? [] : [escapeHtml(masked(text).text)]),
    ...(category === null ? [] : [t.html('discover.category', { category: categoryName(t, category) })]),
    ...(landmark === null ? [] : [t.html('ideas.line-place', { place: masked(landmark).text })]),
    ...(cost === null ? [] : [t.html('ideas.line-cost', { cost: t.money(cost, 'KZT') })]),
  ]
}

/** HTML lines: all that a decision about it may depend on. Phones, ИИН and links are covered. */
export function ideaLines(t: T, idea: ShownIdea): string[] {
  const { category, body, texts, landmark, roughCost, cost, onList, flags, dueAt, media, supporters } = idea
  const count = (kind: string) => media.filter((one) => one.kind === kind).length
  const text = texts[t.locale] ?? texts[idea.locale] ?? body
  const shown = (line: string | null) => (line === null ? '' : masked(line).text)
  const missing = OFFICIAL_LANGUAGES.filter((locale) => !idea.titles[locale])
  const waits = idea.state === 'approved' || idea.state === 'feasible'
  return [
    ...(category === null ? [] : [t.html('discover.category', { category: categoryName(t, category) })]),
    ...(text === null
      ? [t.html('ideas.line-voice-only')]
      : text === body
        ? []
        : [escapeHtml(graphemeCut(shown(text), TRANSLATED))]),
    ...(body === null ? [] : [t.html('ideas.line-original', { text: shown(body) })]),
    ...(landmark === null ? [] : [t.html('ideas.line-place', { place: shown(landmark) })]),
    ...(roughCost === null ? [] : [t.html('ideas.line-cost-guess', { cost: t.money(roughCost, 'KZT') })]),
    ...(cost === null ? [] : [t.html('ideas.line-cost', { cost: t.money(cost, 'KZT') })]),
    ...(onList === false ? [t.html('ideas.line-off-list')] : []),
    ...(media.length > 0
      ? [t.html('ideas.line-media', { photos: count('photo'), voices: count('voice') })]
      : []),
    ...(supporters > 0 ? [t.html('ideas.line-supporters', { number: supporters })] : []),
    ...(flags.length > 0
      ? [t.html('ideas.line-flags', { flags: flags.map((flag) => t(FLAGS[flag])).join(', ') })]
      : []),
    ...(idea.appealed && idea.state === 'sent' ? [t.html('ideas.line-appeal')] : []),
    ...(waits && missing.length > 0
      ? [
          t.html('ideas.line-no-translation', {
            languages: missing.map((locale) => t(LANGUAGES[locale])).join(', '),
          }),
        ]
      : []),
    ...(dueAt !== null && idea.state === 'sent' ? [t.html('ideas.line-due', { time: t.moment(dueAt) })] : []),
  ]
}
