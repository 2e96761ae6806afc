// Screens of a village's ideas as everybody reads them: the list, and the card of one, which looks like a project's.
import { pointOf } from '../../core/geo.ts'
import { isModerated, isOnTheWay } from '../../core/idea.ts'
import { masked } from '../../core/masked.ts'
import { graphemeCut } from '../../core/text.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { SUPPORTED_IN } from '../../use-cases/support-idea.ts'
import type { AroundIdea, FoundIdea, Idea } from '../../use-cases/village-ideas.ts'
import { categoryName } from '../../words/category.ts'
import { ideaTitle, showsSupporters, stateName } from '../../words/idea.ts'
import { placeName } from '../../words/place.ts'
import { pairLine } from '../../words/question.ts'
import { trialLines } from '../../words/trial.ts'
import { AT, type At, at } from '../at.ts'
import {
  ideaAnswersButton,
  ideaCardButton,
  ideaQuestionButton,
  ideasButton,
  ownIdeaButton,
  toMenu,
} from '../buttons.ts'
import { button } from '../callback.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'

const ON = { ...AT, number: 'int', page: 'int', on: 'int' } as const
/** `on`: 1 to support or to hear of the idea from now on, 0 no more. */
export const wantButton = button('vu', ON)
export const followIdeaButton = button('vf', ON)
export const ideaMediaButton = button('vm', { ...AT, number: 'int' })
export const ideaMapButton = button('vg', { ...AT, number: 'int' })

const PAGE = 6
const TITLE = 160
const CARD_TITLE = 300
const CARD_TEXT = 2000
const CUT = 200

/** `one`: one a message. */
export function ideasScreen(
  t: T,
  { place, ideas }: { place: Place; ideas: readonly Idea[] },
  page: number,
  one = false,
): Screen {
  const here = at(place)
  const { at: now, pages, shown } = pageOf(ideas, page, one ? 1 : PAGE)
  return {
    text: [
      ...trialLines(t, place),
      t.html('ideas.others', { village: placeName(t, place) }),
      '',
      ...(shown.length === 0 ? [t.html('ideas.others-none')] : shown.flatMap((idea) => lineOf(t, idea))),
      ...(pages > 1 ? ['', t.html('common.page', { page: now + 1, pages })] : []),
      ...(shown.length > 1 ? [t.html('ideas.others-order')] : []),
    ].join('\n'),
    buttons: [
      ...shown.map((idea) => [
        press(
          cutLabel(t('ideas.own-one.button', { number: idea.number ?? 0, title: ideaTitle(t, idea) })),
          ideaCardButton.pack({ ...here, number: idea.number ?? 0, page: now }),
        ),
      ]),
      ...pager(t, now, pages, (to) => ideasButton.pack({ ...here, page: to })),
      [toMenu(t)],
    ],
  }
}

const lineOf = (t: T, idea: Idea): string[] => [
  t.html('ideas.similar-one', {
    number: idea.number ?? 0,
    title: graphemeCut(ideaTitle(t, idea), TITLE),
  }),
  ...(showsSupporters(idea) ? [t.html('ideas.line-supporters', { number: idea.supporters })] : []),
]

/** HTML: what it says in the reader's language, else in the author's own words; phones and links covered. */
function cardLines(t: T, { place, idea }: FoundIdea, reader: number): string[] {
  const { number, texts, body, locale, category, landmark, roughCost, cost, state, supporters } = idea
  const said = texts[t.locale] ?? texts[locale] ?? body
  const covered = (text: string, most: number): string => graphemeCut(masked(text).text, most)
  return [
    t.html('discover.card', { number: number ?? 0, title: graphemeCut(ideaTitle(t, idea), CARD_TITLE) }),
    ...(said === null ? [] : ['', escapeHtml(covered(said, CARD_TEXT))]),
    '',
    ...(category === null ? [] : [t.html('discover.category', { category: categoryName(t, category) })]),
    ...(cost !== null
      ? [t.html('ideas.line-cost', { cost: t.money(cost) })]
      : roughCost !== null
        ? [t.html('ideas.line-cost-guess', { cost: t.money(roughCost) })]
        : []),
    t.html('discover.place', { place: landmark === null ? placeName(t, place) : covered(landmark, TITLE) }),
    t.html('ideas.others-state', { state: stateName(t, state) }),
    idea.author === reader
      ? t.html('ideas.others-mine')
      : idea.nameShown && idea.authorName !== null
        ? t.html('ideas.others-named', { name: idea.authorName })
        : t.html('ideas.others-author', { village: t.of(place.name) }),
    ...(showsSupporters(idea) ? [t.html('ideas.line-supporters', { number: supporters })] : []),
  ]
}

/** What a reader may wish of an idea of somebody else. */
function wishRows(t: T, found: FoundIdea, page: number, around: AroundIdea): Button[][] {
  const { place, idea } = found
  const one = { ...at(place), number: idea.number ?? 0, page }
  const { supports, follows } = around
  const want = supports
    ? press(t('ideas.unwant.button'), wantButton.pack({ ...one, on: 0 }))
    : primary(t('ideas.want.button'), wantButton.pack({ ...one, on: 1 }))
  const follow = press(
    t(follows ? 'questions.unfollow.button' : 'questions.follow.button'),
    followIdeaButton.pack({ ...one, on: follows ? 0 : 1 }),
  )
  const open = SUPPORTED_IN.includes(place.cycle.phase) && isOnTheWay(idea.state)
  return [[...(open ? [want] : []), follow]]
}

/** `reader`: an account. `note`: HTML, on top. */
export function ideaCardScreen(
  t: T,
  found: FoundIdea,
  { page, reader, around, note }: { page: number; reader: number; around: AroundIdea; note?: string },
): Screen {
  const { place, idea } = found
  const one = { ...at(place), number: idea.number ?? 0 }
  const [newest] = around.answered
  const mine = idea.author === reader
  const all = t('questions.answers.button', { number: around.answered.length })
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      ...trialLines(t, place),
      ...cardLines(t, found, reader),
      ...(newest ? ['', pairLine(t, newest, CUT)] : []),
    ].join('\n'),
    buttons: [
      ...mediaRow(t, idea, one),
      ...(mine ? [] : wishRows(t, found, page, around)),
      [
        press(t('questions.ask.button'), ideaQuestionButton.pack(one)),
        ...(newest ? [press(all, ideaAnswersButton.pack({ ...one, page: 0 }))] : []),
      ],
      ...(mine
        ? [[press(t('ideas.open.button'), ownIdeaButton.pack({ cycle: one.cycle, number: one.number }))]]
        : []),
      [press(t('ideas.to-others.button'), ideasButton.pack({ ...at(place), page })), toMenu(t)],
    ],
  }
}

/** Photos and voice on demand, once a moderator saw them; the place on the map. */
function mediaRow(t: T, idea: Idea, one: At & { number: number }): Button[][] {
  const row = [
    ...(idea.media.length > 0 && isModerated(idea.state)
      ? [press(t('ideas.media.button'), ideaMediaButton.pack(one))]
      : []),
    ...(pointOf(idea) ? [press(t('discover.map.button'), ideaMapButton.pack(one))] : []),
  ]
  return row.length > 0 ? [row] : []
}
