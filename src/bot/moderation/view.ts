// What a moderator sees of an idea: a card with what may be decided, the questions in between, and why something was not done.
import { decisionsFrom, type DecisionKind, REJECT_REASONS } from '../../core/idea.ts'
import { masked } from '../../core/masked.ts'
import { type Localised, OFFICIAL_LANGUAGES } from '../../core/localised.ts'
import { escapeHtml, type Key, type T, type Texts } from '../../i18n.ts'
import type { DecideProblem, Idea } from '../../use-cases/decide-idea.ts'
import type { Similar, SimilarProject } from '../../use-cases/similar-ideas.ts'
import { categoryIds, categoryName } from '../../words/category.ts'
import { ideaLines, ideaTitle, reasonName, stateName } from '../../words/idea.ts'
import type { PotTerms } from '../../core/pot.ts'
import { potName } from '../../words/pot.ts'
import { trialLines } from '../../words/trial.ts'
import { topNeedsLines } from '../../words/need.ts'
import { moderatedButton, toMenu } from '../buttons.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import {
  approveButton,
  askButton,
  categoriesButton,
  categoryButton,
  claimButton,
  costButton,
  editButton,
  mediaButton,
  nextButton,
  mergeButton,
  reasonButton,
  rejectButton,
  wordsButton,
} from './buttons.ts'
import { filedLines, marksButton, potsButton } from './filing.ts'

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })

export const emptyScreen = (t: T): Screen => lineScreen(t, t.html('moderation.queue-empty'))

/** What each decision is offered as, two a row; an approval has a row of its own. */
const OFFERED: Record<DecisionKind, (t: T, at: { idea: number; version: number }) => Button> = {
  approve: (t, at) => primary(t('moderation.approve.button'), approveButton.pack(at)),
  return: (t, at) => press(t('moderation.return.button'), askButton.pack({ ...at, what: 'return' })),
  edit: (t, at) => press(t('moderation.edit.button'), editButton.pack(at)),
  merge: (t, at) => press(t('moderation.merge.button'), askButton.pack({ ...at, what: 'merge' })),
  reject: (t, at) => press(t('moderation.reject.button'), rejectButton.pack(at)),
  feasible: (t, at) => primary(t('moderation.cost.button'), askButton.pack({ ...at, what: 'cost' })),
  unfeasible: (t, at) =>
    press(t('moderation.unfeasible.button'), askButton.pack({ ...at, what: 'unfeasible' })),
}

/** What a card is drawn from. `similar`: what it may be merged with. `projects`: of the list, that are like it. `now`: UTC ISO. */
export interface Card {
  idea: Idea
  similar: readonly Similar[]
  projects: readonly SimilarProject[]
  /** What its village votes on. */
  pots: readonly PotTerms[]
  /** What its village wants most. */
  top: readonly Localised[]
  now: string
}

/** Somebody has it in hand at `now`, UTC ISO. */
export const isHeld = ({ claimedBy, claimedUntil }: Idea, now: string): boolean =>
  claimedBy !== null && claimedUntil !== null && claimedUntil > now

/** HTML lines: all that a decision may depend on. */
export function cardLines(t: T, { idea, similar, projects, pots, top, now }: Card): string[] {
  const { number, claimedBy, claimedUntil } = idea
  return [
    ...trialLines(t, { cycle: { trial: idea.trial } }),
    `<b>${t.html('moderation.head', { number: number ?? 0, village: t.of(idea.village) })}</b>`,
    `<b>${escapeHtml(ideaTitle(t, idea))}</b>`,
    t.html('moderation.state', { state: stateName(t, idea.state) }),
    ...ideaLines(t, idea),
    ...filedLines(t, idea, pots),
    ...(similar.length > 0 ? [t.html('moderation.similar', { numbers: numbersOf(similar) })] : []),
    ...(projects.length > 0
      ? [
          t.html('moderation.similar-projects', {
            numbers: projects.map(({ number }) => `№\u00a0${number}`).join(', '),
          }),
        ]
      : []),
    ...topNeedsLines(t, top),
    ...(isHeld(idea, now)
      ? [t.html('moderation.claimed-line', { by: claimedBy ?? 0, time: t.moment(claimedUntil ?? '') })]
      : []),
  ]
}

/** The card, and what may be decided. `note`: HTML, on top. */
export function cardScreen(t: T, card: Card, note?: string): Screen {
  const { idea, now } = card
  const { id, version } = idea
  const held = isHeld(idea, now)
  const lines = [...(note === undefined ? [] : [note, '']), ...cardLines(t, card)]
  const [first, ...rest] = decisionsFrom(idea.state).map((kind) => OFFERED[kind](t, { idea: id, version }))
  const claim = press(t('moderation.claim.button'), claimButton.pack({ idea: id }))
  const others = [...(idea.state === 'sent' && !held ? [claim] : []), ...rest]
  return {
    text: lines.join('\n'),
    buttons: [
      ...(first ? [[first]] : []),
      ...pairs(others),
      ...(idea.media.length > 0
        ? [[press(t('moderation.media.button'), mediaButton.pack({ idea: id }))]]
        : []),
      [press(t('moderation.next.button'), nextButton.pack({ after: id })), toMenu(t)],
    ],
  }
}

const numbersOf = (similar: readonly Similar[]): string =>
  similar.map(({ idea }) => `№\u00a0${idea.number}`).join(', ')

export const pairs = (buttons: readonly Button[]): Button[][] =>
  buttons.flatMap((_, at) => (at % 2 === 0 ? [buttons.slice(at, at + 2)] : []))

const backTo = (t: T, idea: number): Button => press(t('common.back.button'), moderatedButton.pack({ idea }))

/** The question that a text answers. `now`: the words that stand there, for words that are corrected. */
export function askScreen(t: T, idea: number, ask: { key: Key; facts?: Record<string, string> }): Screen {
  return { text: t.html(ask.key, ask.facts), buttons: [[backTo(t, idea)]] }
}

/** A question to the author, below their words: one may mark some of them and answer with the quote. */
export const questionScreen = (t: T, idea: number, body: string): Screen =>
  askScreen(t, idea, { key: 'moderation.ask-return-quoting', facts: { words: masked(body).text } })

/** Which idea it is merged into: one that is like it by a press, any other by its number. */
export function mergeScreen(t: T, { id, version }: Idea, similar: readonly Similar[]): Screen {
  const asked = askScreen(t, id, { key: 'moderation.ask-merge' })
  const into = similar.map(({ idea }) => {
    const number = idea.number ?? 0
    const label = t('moderation.merge-into.button', { number, title: ideaTitle(t, idea) })
    return [press(cutLabel(label), mergeButton.pack({ idea: id, version, into: number }))]
  })
  return { ...asked, buttons: [...into, ...(asked.buttons ?? [])] }
}

export function reasonsScreen(t: T, { id, version }: Idea): Screen {
  return {
    text: t.html('moderation.ask-reason'),
    buttons: [
      ...REJECT_REASONS.map((reason) => [
        press(cutLabel(reasonName(t, reason)), reasonButton.pack({ idea: id, version, now: 0, reason })),
      ]),
      [backTo(t, id)],
    ],
  }
}

/** Above a refusal whose reason is chosen: more words may be written. */
export const noteScreen = (t: T, { id, version }: Idea, reason: string): Screen => ({
  text: t.html('moderation.ask-note', { reason: reasonName(t, reason) }),
  buttons: [
    [press(t('moderation.reject.button'), reasonButton.pack({ idea: id, version, now: 1, reason }))],
    [press(t('common.back.button'), rejectButton.pack({ idea: id, version }))],
  ],
})

/** Is it a work of the official list? `cost`: whole tenge. */
export function listScreen(t: T, { id, version }: Idea, cost: number): Screen {
  const sum = { idea: id, version, thousands: Math.floor(cost / 1000), rest: cost % 1000 }
  return {
    text: t.html('moderation.ask-list', { cost: t.money(cost) }),
    buttons: [
      [press(t('moderation.on-list.button'), costButton.pack({ ...sum, list: 1 }))],
      [press(t('moderation.off-list.button'), costButton.pack({ ...sum, list: 0 }))],
      [backTo(t, id)],
    ],
  }
}

const WORDS = { title: 'moderation.title.button', text: 'moderation.text.button' } as const satisfies Record<
  string,
  Key
>

/** Which words are to be corrected, in which language. */
export function editScreen(t: T, textsOf: Texts, { id, version }: Idea, pots: readonly PotTerms[]): Screen {
  const at = { idea: id, version }
  const words = (what: 'title' | 'text') =>
    OFFICIAL_LANGUAGES.map((locale) =>
      press(
        t(WORDS[what], { language: textsOf(locale).language.name }),
        wordsButton.pack({ ...at, what, locale }),
      ),
    )
  return {
    text: t.html('moderation.ask-edit'),
    buttons: [
      words('title'),
      words('text'),
      [
        press(t('moderation.category.button'), categoriesButton.pack(at)),
        press(t('moderation.marks.button'), marksButton.pack(at)),
      ],
      ...(pots.length > 1 ? [[press(t('moderation.pot.button'), potsButton.pack(at))]] : []),
      [backTo(t, id)],
    ],
  }
}

export const categoriesScreen = (t: T, { id, version }: Idea): Screen => ({
  text: t.html('moderation.ask-category'),
  buttons: [
    ...pairs(
      categoryIds().map((category) =>
        press(categoryName(t, category), categoryButton.pack({ idea: id, version, category })),
      ),
    ),
    [backTo(t, id)],
  ],
})

/** HTML: why it was not done. */
export function problemLine(t: T, problem: DecideProblem): string {
  switch (problem.kind) {
    case 'not-allowed':
      return t.html('moderation.not-allowed')
    case 'no-such-idea':
      return t.html('moderation.gone')
    case 'own-idea':
      return t.html('moderation.own-idea')
    case 'claimed':
      return t.html('moderation.claimed', { by: problem.by, time: t.moment(problem.until) })
    case 'same-person':
      return t.html('moderation.same-person')
    case 'overtaken': {
      const said = t.html('moderation.overtaken', { state: stateName(t, problem.state) })
      return problem.by === null ? said : `${said} ${t.html('moderation.overtaken-by', { by: problem.by })}`
    }
    case 'too-dear':
      return t.html('moderation.too-dear', { ceiling: t.money(problem.ceiling) })
    case 'no-target':
      return t.html('moderation.no-target')
    case 'no-words':
      return t.html('moderation.no-words')
    case 'no-pot':
      return t.html('moderation.no-pot', { pots: problem.pots.map((pot) => potName(t, pot)).join(', ') })
  }
}
