// Notices that ride on no request: rendered on sending, in the reader's language. Each is read alone and forwarded.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import type { Notice, NoticeKind } from '../../core/notice.ts'
import { GENERAL } from '../../core/pot.ts'
import { graphemeCut } from '../../core/text.ts'
import type { Key, T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { deskLine } from '../../words/desk.ts'
import { dayName } from '../../words/work.ts'
import { actLines, whereLines } from '../../words/joint-act.ts'
import { placeName } from '../../words/place.ts'
import { haltLine, trialLines } from '../../words/trial.ts'
import { aboutText } from '../../words/question.ts'
import { endedLines } from '../announcement.ts'
import {
  announcementButton,
  cardButton,
  channelsButton,
  keepWorkButton,
  openQuestionButton,
  needsButton,
  needsDeskButton,
  paperDeskButton,
  placeButton,
  receiptCopies,
  reportsButton,
  resultsButton,
  roomsButton,
  supportsButton,
  toMenu,
  voteButton,
  workButton,
} from '../buttons.ts'
import { press, primary, type Screen } from '../message.ts'
import { askSecond } from '../second-asked.ts'
import { IDEA_NOTICES } from './ideas.ts'
import { type Drawn, MOST_FOLLOWED, toIdea, type View } from './drawing.ts'

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

const NOTICES = {
  extended: (t, { closesAt, cycle, territory, away }) => ({
    text: t.html(away ? 'common.away-moved' : 'notices.extended', { time: t.moment(closesAt) }),
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
  ...IDEA_NOTICES,
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
  'vote-assisted': (t, { at }, place) => ({
    text: t.html('assist.told', {
      time: t.moment(at),
      desk: place ? deskLine(t, place) : t('common.desk-unknown'),
    }),
  }),
  'pressure-reported': (t, { cycle }) => ({
    text: t.html('signals.told'),
    buttons: [[primary(t('signals.reports-open.button'), reportsButton.pack({ cycle, page: 0 }))]],
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
