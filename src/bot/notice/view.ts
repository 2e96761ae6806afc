// Notices that ride on no request: rendered on sending, in the reader's language. Each is read alone and forwarded.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { Notice, NoticeKind } from '../../core/notice.ts'
import { GENERAL } from '../../core/pot.ts'
import { graphemeCut } from '../../core/text.ts'
import type { Key, T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { deskLine } from '../../words/desk.ts'
import { dayName } from '../../words/work.ts'
import { decisionLines } from '../../words/idea.ts'
import { actLines, whereLines } from '../../words/joint-act.ts'
import { placeName } from '../../words/place.ts'
import { haltLine, trialLines } from '../../words/trial.ts'
import { aboutText } from '../../words/question.ts'
import { endedLines } from '../announcement.ts'
import {
  announcementButton,
  cardButton,
  channelsButton,
  ideaCardButton,
  keepWorkButton,
  moderatedButton,
  openQuestionButton,
  needsButton,
  needsDeskButton,
  ownIdeaButton,
  paperDeskButton,
  placeButton,
  receiptCopies,
  resultsButton,
  roomsButton,
  supportsButton,
  toMenu,
  voteButton,
  workButton,
} from '../buttons.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import { askSecond } from '../second-asked.ts'

/** An announcement is drawn from what officials wrote: `announcementScreen`. */
type Drawn = Exclude<NoticeKind, 'announcement'>
type View<K extends NoticeKind> = (
  t: T,
  notice: Extract<Notice, { kind: K }>,
  place: Place | undefined,
) => { text: string; buttons?: Button[][] | undefined }

/** Of the projects that a reader follows, so many are named; the results have them all. */
const MOST_FOLLOWED = 15

const REMINDERS = {
  opened: 'notices.reminder-opened',
  'last-day': 'notices.reminder-last-day',
  voting: 'notices.reminder-voting',
} as const satisfies Record<string, Key>

const BEGAN = {
  ideas: 'notices.began-ideas',
  support: 'notices.began-support',
  voting: 'notices.began-voting',
} as const satisfies Record<string, Key>

const CHANNEL = {
  bound: 'announce.channel-bound',
  lost: 'announce.channel-lost',
  'cannot-post': 'announce.channel-cannot-post',
  'not-yours': 'announce.channel-not-yours',
  'not-allowed': 'announce.not-allowed',
} as const satisfies Record<string, Key>

/** Why its reader hears of an idea. */
const ideaHead = (mine: boolean, follows = false): Key => {
  if (mine) return 'ideas.told-mine'
  return follows ? 'ideas.told-followed' : 'ideas.told-supported'
}

const toIdea = (cycle: number, territory: number, number: number): string =>
  ideaCardButton.pack({ cycle, territory, number, page: 0 })

const NOTICES = {
  extended: (t, { closesAt, cycle, territory }) => ({
    text: t.html('notices.extended', { time: t.moment(closesAt) }),
    buttons: [[primary(t('start.vote.button'), voteButton.pack({ cycle, territory }))]],
  }),
  suspended: (t, halt) => ({ text: haltLine(t, { ...halt, kind: 'suspended' }) }),
  resumed: (t, { closesAt, cycle, territory }) => ({
    text: t.html('notices.resumed', { time: t.moment(closesAt) }),
    buttons: [[primary(t('start.vote.button'), voteButton.pack({ cycle, territory }))]],
  }),
  voided: (t, halt) => ({ text: haltLine(t, { ...halt, kind: 'void' }) }),
  results: (t, { cycle, territory, followed = [] }) => ({
    text: [
      t.html('notices.results'),
      ...followed.slice(0, MOST_FOLLOWED).map(({ number, title, won }) =>
        t.html(won ? 'notices.followed-won' : 'notices.followed-lost', {
          number,
          title: graphemeCut(t.of(title), 100),
        }),
      ),
    ].join('\n'),
    buttons: [[primary(t('start.results.button'), resultsButton.pack({ cycle, territory, pot: GENERAL }))]],
  }),
  receipt: (t, { at, receipt, ballot }) => {
    const number = formatReceiptNumber(receipt)
    const text = t.html('notices.receipt', { time: t.dated(at), number })
    return { text, buttons: receiptCopies(t, ballot, number) }
  },
  'right-released': (t, { serial, at }, place) => {
    const desk = place ? deskLine(t, place) : t('common.desk-unknown')
    return { text: t.html('notices.right-released', { serial: String(serial), time: t.moment(at), desk }) }
  },
  began: (t, { phase, until, cycle, territory }) => ({
    text: t.html(BEGAN[phase], { time: t.moment(until) }),
    buttons: [
      [
        phase === 'voting'
          ? primary(t('start.vote.button'), voteButton.pack({ cycle, territory }))
          : phase === 'support'
            ? primary(t('ideas.supports.button'), supportsButton.pack({ cycle, territory, page: 0 }))
            : press(t('notices.open-village.button'), placeButton.pack({ cycle, territory })),
      ],
    ],
  }),
  'idea-arrived': (t, { idea, number, again, dueAt }) => ({
    text: t.html(again ? 'moderation.arrived-again' : 'moderation.arrived', {
      number,
      time: t.moment(dueAt),
    }),
    buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
  }),
  'idea-to-cost': (t, { idea, number }) => ({
    text: t.html('moderation.to-cost', { number }),
    buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
  }),
  'idea-supported': (t, { idea, title, needed, cycle }) => ({
    text: [t.html('ideas.told-mine', { idea, title }), t.html('ideas.told-enough', { number: needed })].join(
      '\n',
    ),
    buttons: [[primary(t('ideas.open.button'), ownIdeaButton.pack({ cycle, number: idea }))]],
  }),
  'idea-unsupported': (t, { idea, title, supporters, needed, mine, follows, cycle }) => ({
    text: [
      t.html(ideaHead(mine, follows), { idea, title }),
      t.html(mine ? 'ideas.told-too-few' : 'ideas.told-too-few-other', { number: supporters, needed }),
    ].join('\n'),
    buttons: mine ? [[primary(t('ideas.open.button'), ownIdeaButton.pack({ cycle, number: idea }))]] : [],
  }),
  'ideas-listed': (t, { cycle, territory, until, ideas }) => {
    const told = (mine: boolean) => {
      const some = ideas.filter((one) => one.mine === mine)
      if (some.length === 0) return []
      const shown = some.slice(0, MOST_FOLLOWED)
      return [
        t.html(mine ? 'ideas.told-listed-mine' : 'ideas.told-listed-supported'),
        ...shown.map(({ number, title }) =>
          t.html('ideas.told-listed', { number, title: graphemeCut(t.of(title), 100) }),
        ),
      ]
    }
    return {
      text: [t.html('ideas.told-voting', { time: t.moment(until) }), ...told(true), ...told(false)].join(
        '\n',
      ),
      buttons: [[primary(t('start.vote.button'), voteButton.pack({ cycle, territory }))]],
    }
  },
  'idea-decided': (t, told) => {
    const head = ideaHead(told.mine, told.follows)
    return {
      text: [t.html(head, { idea: told.idea, title: told.title }), ...decisionLines(t, told)].join('\n'),
      buttons: told.mine
        ? [[primary(t('ideas.open.button'), ownIdeaButton.pack({ cycle: told.cycle, number: told.idea }))]]
        : [[press(t('ideas.open.button'), toIdea(told.cycle, told.territory, told.idea))]],
      ...(told.reply ? { reply: told.reply } : {}),
    }
  },
  'idea-late': (t, { idea, number, dueAt, late }) => ({
    text: t.html(late ? 'moderation.late' : 'moderation.due-soon', { number, time: t.moment(dueAt) }),
    buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
  }),
  'author-muted': (t, { idea, number, until, mine }) =>
    mine
      ? { text: t.html('ideas.told-muted', { number, time: t.moment(until) }) }
      : {
          text: t.html('moderation.told-muted', { number, time: t.moment(until) }),
          buttons: [[primary(t('moderation.open.button'), moderatedButton.pack({ idea }))]],
        },
  'room-lost': (t) => ({
    text: t.html('moderation.room-lost'),
    buttons: [[primary(t('moderation.rooms.button'), roomsButton.pack({}))]],
  }),
  channel: (t, { what, title }) => ({
    text: t.html(CHANNEL[what], { title }),
    buttons: [[press(t('announce.channels.button'), channelsButton.pack({}))]],
  }),
  'question-asked': (t, { question, ...about }) => ({
    text: t.html('questions.told-asked', { what: aboutText(t, about) }),
    buttons: [[primary(t('questions.open.button'), openQuestionButton.pack({ question }))]],
  }),
  'question-settled': (t, { cycle, territory, number, title, text, idea = false, ...told }) => {
    const followed = idea ? 'questions.told-followed-idea' : 'questions.told-followed'
    const answered = told.mine ? 'questions.told-mine' : followed
    const key = told.answered ? answered : 'questions.told-declined'
    const card = cardButton.pack({ cycle, territory, number, page: 0, category: 0, words: '' })
    return {
      text: t.html(key, { what: aboutText(t, { idea, number, title }), text }),
      buttons: [
        [
          idea
            ? primary(t('ideas.open.button'), toIdea(cycle, territory, number))
            : primary(t('questions.to-project.button'), card),
        ],
      ],
    }
  },
  'need-meeting': (t, { meets, place }) => ({
    text: t.html('consult.told-meeting', { time: t.moment(meets), place: t.of(place) }),
  }),
  'meeting-cancelled': (t, { meets, place }) => ({
    text: t.html('consult.told-meeting-off', { time: t.moment(meets), place: t.of(place) }),
  }),
  'hands-differ': (t, { cycle, territory, by }) => ({
    text: t.html('consult.told-hands-differ', { by }),
    buttons: [[primary(t('consult.desk.button'), needsDeskButton.pack({ cycle, territory }))]],
  }),
  'paper-handed-out': (t, { at }, place) => ({
    text: t.html('paper.told-handed-out', {
      time: t.moment(at),
      desk: place ? deskLine(t, place) : t('common.desk-unknown'),
    }),
  }),
  'papers-differ': (t, { cycle, territory, by }) => ({
    text: t.html('paper.told-differ', { by }),
    buttons: [[primary(t('consult.desk.button'), paperDeskButton.pack({ cycle, territory }))]],
  }),
  'needs-published': (t, { cycle, territory }) => ({
    text: t.html('consult.told-result'),
    buttons: [[primary(t('consult.result.button'), needsButton.pack({ cycle, territory }))]],
  }),
  milestone: (t, { cycle, territory, number, title, name, day }) => ({
    text: t.html('works.told-milestone', {
      number,
      title: t.of(title),
      name: t.of(name),
      day: dayName(t, day),
    }),
    buttons: [[primary(t('works.open.button'), workButton.pack({ cycle, territory, number }))]],
  }),
  'work-built': (t, { cycle, territory, number, title, reply }) => ({
    text: [
      t.html(reply ? 'works.told-again' : 'works.told-built', { number, title: t.of(title) }),
      ...(reply ? [t.html('works.reply', { text: t.of(reply) })] : []),
    ].join('\n'),
    buttons: [[primary(t('works.open.button'), workButton.pack({ cycle, territory, number }))]],
  }),
  'work-disputed': (t, { cycle, territory, number, title }) => ({
    text: t.html('works.told-disputed', { number, title: t.of(title) }),
    buttons: [[primary(t('works.open.button'), keepWorkButton.pack({ cycle, territory, number }))]],
  }),
  'announcement-ended': (t, { announcement, state, figures, where }) => ({
    text: [
      ...trialLines(t, { cycle: where }),
      ...endedLines(t, { id: announcement, state }, figures),
      ...whereLines(t, where),
    ].join('\n'),
    buttons: [[primary(t('announce.show.button'), announcementButton.pack({ announcement }))]],
  }),
  reminder: (t, { what, until, cycle, territory }) => ({
    text: t.html(REMINDERS[what], { time: t.moment(until) }),
    buttons: [[primary(t('start.vote.button'), voteButton.pack({ cycle, territory }))]],
  }),
  'second-asked': (t, asked) => askSecond(t, asked),
  'second-decided': (t, { by, at, act, where, outcome }) => {
    const said = outcome === 'done' ? 'second.told-done' : 'second.told-refused'
    return { text: [t.html(said, { by, time: t.moment(at) }), ...actLines(t, act, where)].join('\n') }
  },
} satisfies { [K in Drawn]: View<K> }

const HALTING: readonly NoticeKind[] = ['suspended', 'resumed', 'voided']

/** Which vote this is and where, and that it is a practice if it is one. `halting`: the notice itself says how it stands. */
const headLines = (t: T, place: Place, halting: boolean): string[] => [
  ...trialLines(t, halting ? { cycle: { trial: place.cycle.trial } } : place),
  `<b>${t.html('notices.head', { vote: t.of(place.cycle.title), village: placeName(t, place) })}</b>`,
]

/** The screen of a notice: vote and village, its text, the button that is wanted, and the way to the menu. */
export function noticeScreen(
  t: T,
  notice: Extract<Notice, { kind: Drawn }>,
  place: Place | undefined,
): Screen {
  const view = NOTICES[notice.kind] as View<Drawn>
  const { text, buttons, ...how } = view(t, notice, place)
  return {
    ...how,
    text: [...(place ? headLines(t, place, HALTING.includes(notice.kind)) : []), text].join('\n'),
    buttons: [...(buttons ?? []), [toMenu(t)]],
  }
}
