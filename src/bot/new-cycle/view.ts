// A cycle that is drawn up, as its official sees it: what was answered, what is missing, and the question of each part.
import { methodName } from '../../words/person.ts'
import { CYCLE_DATES, type CycleDraft } from '../../core/formats/cycle-file.ts'
import { PROFILES } from '../../core/cycle.ts'
import { IDEA_TERMS } from '../../core/idea.ts'
import { graphemeCut } from '../../core/text.ts'
import { readWallClock } from '../../core/zone.ts'
import { escapeHtml, type Key, type T } from '../../i18n.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import type { CheckedDraft, Lack } from '../../use-cases/draft-cycle.ts'
import type { KnownTerritory } from '../../use-cases/find-village.ts'
import { ballotLine } from '../../words/ballot.ts'
import { cycleLines } from '../../words/cycle-told.ts'
import { fullMoment } from '../../words/moment.ts'
import { ruleName } from '../../words/rule.ts'
import { courseButton, newCycleButton, toMenu } from '../buttons.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { moneyOf, placesAsk, potNames } from './money-told.ts'
import { chooseButton, fromButton, makeButton, partButton } from './buttons.ts'

/** So many places are listed; the others are counted. */
const MOST = 8
const LONGEST_LINE = 200

const PARTS: readonly (readonly [string, Key])[] = [
  ['title', 'cycle.title.button'],
  ['profile', 'cycle.profile.button'],
  ['places', 'cycle.places.button'],
  ['pots', 'cycle.pots.button'],
  ['desk', 'cycle.desk.button'],
  ['dates', 'cycle.dates.button'],
  ['ballot', 'cycle.ballot.button'],
  ['rule', 'cycle.rule.button'],
  ['way', 'cycle.way.button'],
  ['ideas', 'cycle.ideas.button'],
]

const pairs = <V>(all: readonly V[]): V[][] =>
  all.flatMap((_, at) => (at % 2 === 0 ? [all.slice(at, at + 2)] : []))

const back = (t: T): Button[] => [press(t('cycle.back.button'), newCycleButton.pack({})), toMenu(t)]

/** `places`: those of the draft as the classifier knows them. */
export function homeScreen(
  t: T,
  draft: CycleDraft,
  places: readonly KnownTerritory[],
  lacks: readonly Lack[],
): Screen {
  const lines = [
    t.html('cycle.home'),
    '',
    ...draftLines(t, draft, places).map(escapeHtml),
    '',
    lacks.length === 0
      ? t.html('cycle.whole')
      : t.html('cycle.lacks', { lacks: lacks.map((lack) => t(`cycle.lack-${lack}`)).join('; ') }),
  ]
  const empty = Object.keys(draft).length === 0
  return {
    text: lines.join('\n'),
    buttons: [
      ...pairs(PARTS.map(([part, key]) => press(t(key), partButton.pack({ part })))),
      ...(lacks.length === 0 ? [[primary(t('cycle.check.button'), partButton.pack({ part: 'check' }))]] : []),
      ...(empty
        ? [[press(t('cycle.earlier.button'), partButton.pack({ part: 'earlier' }))]]
        : [[press(t('cycle.discard.button'), partButton.pack({ part: 'discard' }))]]),
      [toMenu(t)],
    ],
  }
}

function draftLines(t: T, draft: CycleDraft, places: readonly KnownTerritory[]): string[] {
  const terms = PROFILES[draft.profile ?? 'advisory']
  const none = t('cycle.none')
  const ideas = { ...IDEA_TERMS, ...draft.ideas }
  return [
    t('cycle.line-title', { value: draft.title ? `${draft.title.kk} / ${draft.title.ru}` : none }),
    t('cycle.line-profile', { value: draft.profile ? profileName(t, draft.profile) : none }),
    t('cycle.line-places', { value: places.length === 0 ? none : t.number(places.length) }),
    ...(draft.pots ? [t('cycle.line-pots', { value: potNames(t, draft) })] : []),
    ...placeLines(t, draft, places),
    ...dateLines(t, draft),
    t('cycle.line-ballot', { value: ballotLine(t, draft.ballot ?? terms.ballotTerms) }),
    t('cycle.line-rule', { value: ruleName(t, draft.rule ?? terms.ruleTerms) }),
    wayLine(t, draft),
    ...(draft.dates?.ideas === undefined
      ? []
      : [
          ideas.ceiling === undefined
            ? t('cli.told-no-ceiling')
            : t('cli.told-ceiling', { sum: t.money(ideas.ceiling) }),
        ]),
  ]
}

const profileName = (t: T, profile: string): string =>
  t(profile === 'practice' ? 'cli.told-practice' : 'cli.told-advisory')

function placeLines(t: T, draft: CycleDraft, places: readonly KnownTerritory[]): string[] {
  const lines = places.slice(0, MOST).map((place, at) => {
    const own = draft.places?.[at]
    const desk = own?.desk
    const where = desk ? t.of(desk.place) : t('cycle.no-desk')
    const within = place.within.map((unit) => t.of(unit)).join(', ')
    return graphemeCut(
      `  ${bothNames(place)}: ${own ? moneyOf(t, own, draft) : ''}. ${within}. ${where}`,
      LONGEST_LINE,
    )
  })
  return places.length > MOST ? [...lines, `  ${t('cycle.more', { count: places.length - MOST })}`] : lines
}

/** Both names are to be confirmed: they stand on every screen and card. */
const bothNames = ({ name }: KnownTerritory): string =>
  name.ru === undefined || name.kk === name.ru ? name.kk : `${name.kk} / ${name.ru}`

function dateLines(t: T, { dates = {} }: CycleDraft): string[] {
  const set = CYCLE_DATES.filter((name) => dates[name] !== undefined || name === 'voting' || name === 'close')
  return set.map((name) =>
    t('cycle.line-date', { date: dateName(t, name), value: dateValue(t, dates[name]) }),
  )
}

const datesText = (t: T, draft: CycleDraft): string =>
  [t.html('cycle.ask-dates'), '', ...dateLines(t, draft).map(escapeHtml), ...orderLines(t, draft)].join('\n')

/** Seen while the dates are at hand, and not only when all of it is looked at. */
function orderLines(t: T, { dates = {} }: CycleDraft): string[] {
  const moments = CYCLE_DATES.flatMap((name) => readWallClock(dates[name] ?? '') ?? [])
  const inOrder = moments.every((moment, at) => at === 0 || (moments[at - 1] ?? '') < moment)
  return inOrder ? [] : ['', `<b>${t.html('cycle.dates-order')}</b>`]
}

const dateName = (t: T, name: string): string => t(`cycle.date-${name}` as Key)

const dateValue = (t: T, text: string | undefined): string => {
  const moment = text === undefined ? undefined : readWallClock(text)
  return moment === undefined ? t('cycle.none') : fullMoment(t, moment)
}

function wayLine(t: T, { profile, verification, revote, people }: CycleDraft): string {
  const terms = PROFILES[profile ?? 'advisory']
  return t('cli.told-way', {
    verification: methodName(t, verification ?? terms.method),
    revote: t((revote ?? terms.revote) === 'none' ? 'cli.told-once' : 'cli.told-again'),
    people: people ?? terms.maxPeople,
  })
}

const choice = (t: T, key: Key, part: string, value: string, facts = {}): Button =>
  press(t(key, facts), chooseButton.pack({ part, value }))

/** Parts that are only written. */
const WRITTEN: Record<string, Key> = {
  title: 'cycle.ask-title',
  desk: 'cycle.ask-desk',
  ceiling: 'cycle.ask-ceiling',
  votes: 'cycle.ask-votes',
}

/** The question of a part; undefined for one there is not. */
export function partScreen(t: T, part: string, draft: CycleDraft): Screen | undefined {
  const ask = (text: string, rows: Button[][]): Screen => ({ text, buttons: [...rows, back(t)] })
  const plain = WRITTEN[part]
  if (plain) return ask(t.html(plain), [])
  switch (part) {
    case 'places':
      return ask(placesAsk(t, draft), [])
    case 'pots':
      return ask(
        t.html('cycle.ask-pots'),
        draft.pots ? [[choice(t, 'cycle.one-pot.button', 'pots', 'one')]] : [],
      )
    case 'profile':
      return ask(t.html('cycle.ask-profile'), [
        [choice(t, 'cycle.practice.button', 'profile', 'practice')],
        [choice(t, 'cycle.advisory.button', 'profile', 'advisory')],
      ])
    case 'dates':
      return ask(
        datesText(t, draft),
        pairs(CYCLE_DATES.map((name) => press(dateName(t, name), partButton.pack({ part: `date-${name}` })))),
      )
    case 'ballot':
      return ask(t.html('cycle.ask-ballot'), [
        [1, 2, 3, 4, 5].map((max) => choice(t, 'cycle.number', 'ballot', String(max), { number: max })),
      ])
    case 'rule':
      return ask(t.html('cycle.ask-rule'), [
        [choice(t, 'cycle.rule-most.button', 'rule', 'most')],
        [choice(t, 'cycle.rule-per-cost.button', 'rule', 'per-cost')],
        [choice(t, 'cycle.rule-shares.button', 'rule', 'shares')],
        [press(t('cycle.votes.button'), partButton.pack({ part: 'votes' }))],
      ])
    case 'way':
      return ask([t.html('cycle.ask-way'), '', escapeHtml(wayLine(t, draft))].join('\n'), [
        [
          choice(t, 'cycle.card.button', 'verification', 'card'),
          choice(t, 'cycle.contact.button', 'verification', 'contact'),
        ],
        [choice(t, 'cycle.in-person.button', 'verification', 'in-person')],
        [
          choice(t, 'cycle.again.button', 'revote', 'until-close'),
          choice(t, 'cycle.once.button', 'revote', 'none'),
        ],
        [1, 2, 3].map((people) =>
          choice(t, 'cycle.people.button', 'people', String(people), { number: people }),
        ),
      ])
    case 'ideas':
      return ask(t.html('cycle.ask-ideas'), [
        [press(t('cycle.ceiling.button'), partButton.pack({ part: 'ceiling' }))],
        [choice(t, 'cycle.no-ceiling.button', 'ceiling', 'none')],
      ])
    case 'discard':
      return ask(t.html('cycle.ask-discard'), [[choice(t, 'cycle.discard-yes.button', 'discard', 'yes')]])
    default:
      return undefined
  }
}

/** One date is asked for; what stood there may be taken out. */
export function dateScreen(t: T, name: string, draft: CycleDraft): Screen {
  const set = draft.dates?.[name] !== undefined
  return {
    text: t.html('cycle.ask-date', { date: dateName(t, name), value: dateValue(t, draft.dates?.[name]) }),
    buttons: [
      ...(set ? [[choice(t, 'cycle.no-date.button', 'no-date', name)]] : []),
      [press(t('cycle.to-dates.button'), partButton.pack({ part: 'dates' })), ...back(t)],
    ],
  }
}

/** All of it read back; then it is made. */
export function checkScreen(t: T, { file, places }: CheckedDraft, now: Date): Screen {
  const [shown, more] = [places.slice(0, MOST), places.length - MOST]
  const lines = cycleLines(t, file, shown, undefined, now)
  return {
    text: [
      t.html('cycle.check'),
      '',
      ...lines.map(escapeHtml),
      ...(more > 0 ? [t.html('cycle.more', { count: more })] : []),
      '',
      t.html('cycle.check-ask'),
    ].join('\n'),
    buttons: [[primary(t('cycle.make.button'), makeButton.pack({}))], back(t)],
  }
}

export const madeScreen = (t: T, { id, slug }: { id: number; slug: string }): Screen => ({
  text: t.html('cycle.made', { slug }),
  buttons: [[primary(t('cycle.open.button'), courseButton.pack({ cycle: id }))], [toMenu(t)]],
})

/** Earlier cycles whose settings may be taken over. */
export const earlierScreen = (t: T, cycles: readonly Cycle[]): Screen => ({
  text: t.html(cycles.length === 0 ? 'cycle.earlier-none' : 'cycle.earlier'),
  buttons: [
    ...cycles
      .slice(0, 8)
      .map((cycle) => [press(cutLabel(t.of(cycle.title)), fromButton.pack({ cycle: cycle.id }))]),
    back(t),
  ],
})
