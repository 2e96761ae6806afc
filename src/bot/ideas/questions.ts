// The questions of an idea as screens, its preview, and why an answer is none.
import { MOST_PHOTOS } from '../../core/idea.ts'
import type { Localised } from '../../core/localised.ts'
import { masked } from '../../core/masked.ts'
import { escapeHtml, type Key, type T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Similar, SimilarProject } from '../../use-cases/similar-ideas.ts'
import type { Idea, WriteProblem } from '../../use-cases/write-idea.ts'
import { categoryIds, categoryName } from '../../words/category.ts'
import { reasonName } from '../../words/idea.ts'
import { topNeedsLines } from '../../words/need.ts'
import { placeLine, placeName } from '../../words/place.ts'
import { trialLines } from '../../words/trial.ts'
import { IDEA, ideaButton } from '../buttons.ts'
import { type Button, cutLabel, press, primary, type Screen, success } from '../message.ts'
import { askScreen } from '../ask.ts'
import { similarParts } from './similar.ts'
import { after, at, before, isAnswered, ONLY, type Question, type Step } from './steps.ts'

/** What a question is drawn from. */
export interface Asked {
  now: Step
  idea: Idea
  place: Place | undefined
  /** The author's village of now, where it is another one than the idea's. */
  elsewhere: Place | undefined
  /** What is like it; asked about at `similar` only. */
  similar: readonly Similar[]
  /** The same of the list of projects. */
  projects: readonly SimilarProject[]
  /** What the village wants most; asked about at `category` only. */
  top: readonly Localised[]
}

const WANTED: Record<string, Key> = {
  category: 'ideas.wanted-category',
  title: 'ideas.wanted-words',
  text: 'ideas.wanted-words',
  place: 'ideas.wanted-place',
  here: 'ideas.wanted-place',
  photos: 'ideas.wanted-photos',
  cost: 'ideas.wanted-cost',
}

/** What is taken at a question, to whoever sent something else. HTML. */
export const wantedNote = (t: T, step: string): string => t.html(WANTED[step] ?? 'common.press-below')

/** Why an answer was not kept. HTML. */
export function writeProblem(t: T, problem: Exclude<WriteProblem, { kind: 'not-yours' }>): string {
  if (problem.kind === 'too-short') return t.html('ideas.too-short', { least: problem.least })
  if (problem.kind === 'too-long') return t.html('ideas.too-long', { most: problem.most, by: problem.by })
  if (problem.kind === 'wordless') return t.html('ideas.wordless')
  return t.html('ideas.wanted-cost')
}

const go = (step: Step): string => ideaButton.pack(step)

/** Any question: its screen, and what answers a message that fits nothing. */
export function questionScreen(t: T, asked: Asked): Screen {
  const screen = (SCREENS[asked.now.step] ?? previewScreen)(t, asked)
  const { place } = asked
  const text = [...(place ? trialLines(t, place) : []), ...elsewhereLines(t, asked), screen.text].join('\n')
  return {
    ...screen,
    text,
    other: { press: go(asked.now), note: WANTED[asked.now.step] ?? 'common.press-below' },
  }
}

/** It stays where it was begun, and says so, until its author takes it along. */
const elsewhereLines = (t: T, { place, elsewhere, now }: Asked): string[] =>
  place && elsewhere && now.step !== 'move'
    ? [t.html('ideas.elsewhere', { village: placeName(t, place), home: placeName(t, elsewhere) }), '']
    : []

/** Whether a draft may go along with its author. */
const mayTakeAlong = ({ idea, elsewhere }: Asked): boolean =>
  idea.state === 'draft' && elsewhere?.cycle.id === idea.cycle

/** Is it you? Asked once. `here`: the village. */
export const termsScreen = (t: T, here: Place): Screen => ({
  text: [...trialLines(t, here), t.html('ideas.terms', { village: placeLine(t, here) })].join('\n'),
  buttons: [
    [
      primary(t('common.yes.button'), go({ ...IDEA, step: 'agreed' })),
      press(t('common.no.button'), go({ ...IDEA, step: 'later' })),
    ],
  ],
  other: { press: go({ ...IDEA, step: 'terms' }), note: 'common.press-below' },
})

const SCREENS: Record<string, (t: T, asked: Asked) => Screen> = {
  category: categoryScreen,
  title: (t, asked) => plainScreen(t, asked, t.html('ideas.ask-title'), asked.idea.title),
  text: (t, asked) => plainScreen(t, asked, t.html('ideas.ask-text'), asked.idea.body),
  place: placeScreen,
  here: (t) =>
    askScreen(t, t.html('ideas.ask-here'), {
      text: t('start.send-location.button'),
      request_location: true,
    }),
  photos: photosScreen,
  cost: (t, asked) => {
    const { roughCost } = asked.idea
    return plainScreen(t, asked, t.html('ideas.ask-cost'), roughCost === null ? null : t.money(roughCost))
  },
  similar: similarScreen,
  preview: previewScreen,
  change: changeScreen,
  move: moveScreen,
  cancel: cancelScreen,
}

/** Back, the way on where there is one, and the two ways out. */
function ways(t: T, { now, idea }: Asked): Button[][] {
  const back = before(now)
  const empty = now.step === 'cost' ? idea.roughCost === null : now.step === 'photos' && photosOf(idea) === 0
  const forward = isAnswered(now.step, idea)
    ? [press(t(empty ? 'ideas.skip.button' : 'ideas.onward.button'), go(after(now)))]
    : []
  return [[...(back ? [press(t('common.back.button'), go(back))] : []), ...forward], waysOut(t, idea)].filter(
    (row) => row.length > 0,
  )
}

const waysOut = (t: T, { id }: Idea): Button[] => [
  press(t('ideas.later.button'), go(at('later', id))),
  press(t('common.cancel.button'), go(at('cancel', id))),
]

const photosOf = ({ media }: Idea): number => media.filter(({ kind }) => kind === 'photo').length

/** `answer`: what stands there by now. */
const plainScreen = (t: T, asked: Asked, question: string, answer: string | null): Screen => ({
  text: [question, ...(answer === null ? [] : ['', t.html('ideas.now', { answer })])].join('\n'),
  buttons: ways(t, asked),
})

const WIDE = 16

function categoryScreen(t: T, asked: Asked): Screen {
  const { now, idea } = asked
  const to = now.value === ONLY ? 'preview' : 'title'
  const buttons = categoryIds().map((id) => press(categoryName(t, id), go(at(to, idea.id, id))))
  return {
    text: [...topNeedsLines(t, asked.top), t.html('ideas.ask-category')].join('\n'),
    buttons: [...pairs(buttons), ...ways(t, asked)],
  }
}

/** Two in a row where both are short. */
function pairs(buttons: readonly Button[]): Button[][] {
  const rows: Button[][] = []
  for (const button of buttons) {
    const last = rows.at(-1)
    if (last?.length === 1 && [...last, button].every(({ text }) => text.length <= WIDE)) last.push(button)
    else rows.push([button])
  }
  return rows
}

function placeScreen(t: T, asked: Asked): Screen {
  const { idea, now } = asked
  const known = idea.landmark ?? (idea.lat === null ? null : t('ideas.on-the-map'))
  const screen = plainScreen(t, asked, t.html('ideas.ask-place'), known)
  const here = press(t('ideas.here.button'), go({ ...now, step: 'here' }))
  return { ...screen, buttons: [[here], ...(screen.buttons ?? [])] }
}

function photosScreen(t: T, asked: Asked): Screen {
  const count = photosOf(asked.idea)
  const none = press(t('ideas.no-photos.button'), go({ ...asked.now, step: 'nophotos' }))
  const said =
    count === 0
      ? t.html('ideas.ask-photos', { most: MOST_PHOTOS })
      : t.html(count < MOST_PHOTOS ? 'ideas.photos-more' : 'ideas.photos-full', { count, most: MOST_PHOTOS })
  return { text: said, buttons: [...(count > 0 ? [[none]] : []), ...ways(t, asked)] }
}

/** Why it came back, above what is to be sent anew. */
function cameBack(t: T, { state, note, reason }: Idea): string[] {
  if (state === 'returned') return [t.html('ideas.told-return', { note: note ?? '' }), '']
  if (state !== 'rejected') return []
  const said = note ? [t.html('ideas.told-reject-note', { note })] : []
  return [t.html('ideas.told-reject', { reason: reasonName(t, reason ?? '') }), ...said, '']
}

/** Where what was alike is gone meanwhile there is nothing to ask. */
function similarScreen(t: T, asked: Asked): Screen {
  if (asked.similar.length + asked.projects.length === 0) return previewScreen(t, asked)
  const { lines, buttons } = similarParts(t, asked.idea.id, asked)
  return { text: lines.join('\n'), buttons: [...buttons, ...ways(t, asked)] }
}

/** Everything as it will be sent. The moderator's question or refusal stands on top of one that came back. */
function previewScreen(t: T, asked: Asked): Screen {
  const { idea, place, elsewhere } = asked
  return {
    text: [
      ...cameBack(t, idea),
      t.html('ideas.preview'),
      '',
      ...(place ? [escapeHtml(placeLine(t, place))] : []),
      ...ownLines(t, idea),
    ].join('\n'),
    buttons: [
      [success(t('ideas.send.button'), go(at('send', idea.id)))],
      [press(t('ideas.change.button'), go(at('change', idea.id)))],
      ...(elsewhere && mayTakeAlong(asked)
        ? [
            [
              press(
                cutLabel(t('ideas.move.button', { village: t.of(elsewhere.name) })),
                go(at('move', idea.id)),
              ),
            ],
          ]
        : []),
      [press(t('common.back.button'), go(at('cost', idea.id)))],
      waysOut(t, idea),
    ],
  }
}

/** Its author says the same of the other village, and tells the place anew. */
function moveScreen(t: T, asked: Asked): Screen {
  const { idea, elsewhere } = asked
  if (!elsewhere || !mayTakeAlong(asked)) return previewScreen(t, asked)
  return {
    text: [t.html('ideas.terms', { village: placeLine(t, elsewhere) }), t.html('ideas.move-place')].join(
      '\n',
    ),
    buttons: [
      [primary(t('common.yes.button'), go(at('moved', idea.id)))],
      [press(t('common.back.button'), go(at('preview', idea.id)))],
    ],
  }
}

/** What its author wrote, as it was written; and what others will not see of it. HTML. */
export function ownLines(t: T, idea: Idea): string[] {
  const { category, title, body, landmark, lat, roughCost, media } = idea
  const voices = media.length - photosOf(idea)
  const { flags } = masked([title, body, landmark].join('\n'))
  return [
    ...(title === null ? [] : [`<b>${escapeHtml(title)}</b>`]),
    ...(body === null ? [] : [escapeHtml(body)]),
    ...(category === null ? [] : [t.html('discover.category', { category: categoryName(t, category) })]),
    ...(landmark === null && lat === null
      ? []
      : [t.html('ideas.line-place', { place: landmark ?? t('ideas.on-the-map') })]),
    ...(roughCost === null ? [] : [t.html('ideas.own-cost', { cost: t.money(roughCost) })]),
    ...(photosOf(idea) > 0 ? [t.html('ideas.own-photos', { count: photosOf(idea) })] : []),
    ...(voices > 0 ? [t.html('ideas.own-voice')] : []),
    ...(flags.length > 0 ? [t.html('ideas.own-masked')] : []),
  ]
}

const FIELDS: readonly [Question, Key][] = [
  ['category', 'ideas.field-category.button'],
  ['title', 'ideas.field-title.button'],
  ['text', 'ideas.field-text.button'],
  ['place', 'ideas.field-place.button'],
  ['photos', 'ideas.field-photos.button'],
  ['cost', 'ideas.field-cost.button'],
]

function changeScreen(t: T, { now, idea }: Asked): Screen {
  const fields = FIELDS.map(([step, label]) => press(t(label), go(at(step, idea.id, ONLY))))
  return {
    text: t.html('ideas.ask-change'),
    buttons: [
      ...[0, 2, 4].map((first) => fields.slice(first, first + 2)),
      [press(t('common.back.button'), go(before(now) ?? at('preview', idea.id)))],
    ],
  }
}

function cancelScreen(t: T, { idea }: Asked): Screen {
  const stays = idea.state !== 'draft'
  return {
    text: t.html(stays ? 'ideas.ask-leave' : 'ideas.ask-drop'),
    buttons: [
      [
        press(t('common.yes.button'), go(at('drop', idea.id))),
        primary(t('common.no.button'), go({ ...IDEA, step: 'begin' })),
      ],
    ],
  }
}
