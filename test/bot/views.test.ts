// 300+: one table of all screens. Every screen in every language, with the longest facts that villages have, is accepted by a Bot API server.
import type { PotTerms } from '../../src/core/pot.ts'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Message } from 'grammy/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askLocationScreen } from '../../src/bot/ask.ts'
import { FOLLOW } from '../../src/bot/buttons.ts'
import { closedScreen } from '../../src/bot/closed.ts'
import * as channels from '../../src/bot/announce/channel-view.ts'
import * as announcing from '../../src/bot/announce/view.ts'
import { announcementScreen } from '../../src/bot/announce/letter-view.ts'
import { differenceScreen, previewScreen } from '../../src/bot/announce/preview.ts'
import * as consult from '../../src/bot/consult/view.ts'
import { HOLDING } from '../../src/bot/holding/expects.ts'
import * as holding from '../../src/bot/holding/view.ts'
import * as discover from '../../src/bot/discover/view.ts'
import * as ideasView from '../../src/bot/discover/ideas-view.ts'
import type { Screen } from '../../src/bot/message.ts'
import { oneScreen } from '../../src/bot/discover/one.ts'
import * as follow from '../../src/bot/follow/view.ts'
import { endScreen } from '../../src/bot/ideas/ends.ts'
import { questionScreen, termsScreen } from '../../src/bot/ideas/questions.ts'
import { at as atStep, STEPS } from '../../src/bot/ideas/steps.ts'
import * as supports from '../../src/bot/ideas/supports.ts'
import * as ideas from '../../src/bot/ideas/view.ts'
import * as help from '../../src/bot/help/view.ts'
import * as filing from '../../src/bot/moderation/filing.ts'
import * as group from '../../src/bot/moderation/group-view.ts'
import * as answering from '../../src/bot/answering/view.ts'
import * as keeping from '../../src/bot/keeping/view.ts'
import * as checklist from '../../src/bot/manage/checklist-view.ts'
import * as numbers from '../../src/bot/manage/numbers-view.ts'
import * as desk from '../../src/bot/manage/desk-cards-view.ts'
import * as halting from '../../src/bot/manage/halt-view.ts'
import * as holders from '../../src/bot/manage/holders-view.ts'
import * as keys from '../../src/bot/manage/keys-view.ts'
import * as swaps from '../../src/bot/manage/card-swap-view.ts'
import * as lists from '../../src/bot/manage/projects-view.ts'
import * as roles from '../../src/bot/manage/roles-view.ts'
import * as manage from '../../src/bot/manage/view.ts'
import * as moderationStream from '../../src/bot/moderation/stream.ts'
import * as moderationWaits from '../../src/bot/moderation/waits.ts'
import * as moderation from '../../src/bot/moderation/view.ts'
import * as drawn from '../../src/bot/new-cycle/view.ts'
import * as notice from '../../src/bot/notice/view.ts'
import * as reviews from '../../src/bot/reviews/view.ts'
import * as signals from '../../src/bot/signals/view.ts'
import * as assist from '../../src/bot/assist/view.ts'
import * as pressure from '../../src/bot/pressure/view.ts'
import * as person from '../../src/bot/person/view.ts'
import * as paper from '../../src/bot/paper/view.ts'
import * as questions from '../../src/bot/questions/view.ts'
import * as receipt from '../../src/bot/receipt/view.ts'
import * as results from '../../src/bot/results/view.ts'
import * as second from '../../src/bot/second/view.ts'
import { askSecond } from '../../src/bot/second-asked.ts'
import * as start from '../../src/bot/start/view.ts'
import { methodScreen } from '../../src/bot/verify/screens/index.ts'
import * as verify from '../../src/bot/verify/view.ts'
import * as report from '../../src/bot/report/view.ts'
import * as works from '../../src/bot/works/view.ts'
import { oneBallotScreen } from '../../src/bot/vote/one.ts'
import * as vote from '../../src/bot/vote/view.ts'
import { IDEA_STATES } from '../../src/core/idea.ts'
import { SWITCHES } from '../../src/core/manners.ts'
import { everywhere } from '../../src/core/localised.ts'
import { createI18n } from '../../src/i18n.ts'
import { ANNOUNCEMENT_STATES } from '../../src/store/schema-announcements.ts'
import type { ListedChannel } from '../../src/use-cases/bind-channel.ts'
import type { Announcement, SeenAnnouncement } from '../../src/use-cases/read-announcement.ts'
import type { NeedsDesk } from '../../src/use-cases/needs-desk.ts'
import type { Question } from '../../src/use-cases/questions.ts'
import type { Project } from '../../src/use-cases/list-projects.ts'
import type { Work } from '../../src/use-cases/read-works.ts'
import { openRoom, type Room } from '../sandbox/room.ts'
import { readTree } from '../support/source.ts'
import { MANAGE_SCREENS } from './manage-faces.ts'
import { PAPER_SCREENS } from './paper-faces.ts'
import { ASSIST_SCREENS } from './assist-faces.ts'
import { PRESSURE_SCREENS } from './pressure-faces.ts'
import { REVIEW_SCREENS } from './review-faces.ts'
import { PERSON_SCREENS } from './person-faces.ts'
import { NEW_CYCLE_SCREENS } from './new-cycle-faces.ts'
import {
  at,
  ballots,
  checked,
  contactPlace,
  found,
  ideaFaces,
  jointActs,
  listed,
  long,
  OPENED,
  people,
  place,
  projects,
  resultOf,
  projectFaces,
  similarFaces,
} from './long-facts.ts'

/** As many budgets as a cycle may have, their names as long as an official may write them. */
const potFaces: PotTerms[] = Array.from({ length: 6 }, (_, at) => ({
  pot: `abcdefghij${at}z`,
  name: everywhere(long(40)),
}))

const figures = {
  waiting: 99_999,
  sent: 99_999,
  blocked: 999,
  failed: 999,
  unknown: 999,
  cancelled: 0,
  pressed: 9999,
}
const announcement: Announcement = {
  id: 99_999,
  cycle: 1,
  state: 'draft',
  version: 7,
  texts: { kk: 'ә'.repeat(3600), ru: '<b>ж</b>'.repeat(3600), en: long(3600).replaceAll('<', '') },
  media: null,
  audience: { who: 'opened', territory: place.territory, locale: 'ru' },
  channel: true,
  at: '2026-11-07T04:00:00.000Z',
  madeBy: 1,
  changedBy: 1,
  changedAt: '2026-11-07T04:00:00.000Z',
  recipients: 99_999,
  figures,
  startedAt: '2026-11-07T04:00:00.000Z',
  endedAt: null,
  progressMessage: null,
  progressText: null,
}
const bound: ListedChannel = {
  channel: {
    id: 99_999,
    chat: -1_001_234_567_890,
    title: long(128),
    cycle: 1,
    territory: place.territory,
    boundBy: 1,
    at: '2026-11-07T04:00:00.000Z',
  },
  cycle: { ...place.cycle, trial: true } as SeenAnnouncement['cycle'],
  place: { territory: place.territory, kato: null, name: place.name, within: [...place.within] },
}
const seen: SeenAnnouncement = {
  one: announcement,
  cycle: { ...place.cycle, trial: true } as SeenAnnouncement['cycle'],
  place: { territory: place.territory, kato: null, name: place.name, within: [...place.within] },
  figures,
  before: {
    texts: { kk: Array(30).fill(long(200)).join('\n'), ru: 'x' },
    media: null,
    audience: { who: 'all' },
    at: null,
  },
  faults: [],
  people: 99_999,
  channels: [bound.channel],
}
const announceFaults: SeenAnnouncement['faults'] = [
  ...['kk', 'ru', 'en'].map(
    (locale) => ({ kind: 'broken-tag', locale, tag: `<${'x'.repeat(39)}`, at: 9999 }) as const,
  ),
  { kind: 'too-long', locale: 'kk', letters: 9999, most: 3800 },
  { kind: 'no-text', locale: 'ru' },
  { kind: 'small-audience', least: 20 },
  { kind: 'nobody' },
  { kind: 'night', at: '2026-11-07T04:00:00.000Z', morning: '2026-11-07T04:00:00.000Z' },
  { kind: 'past', at: '2026-11-07T04:00:00.000Z' },
]
const heldAt = { cycle: 2 ** 31 - 1, territory: 2 ** 31 - 1 }
const heldNeeds = Array.from({ length: 12 }, () => everywhere(long(80)))
const heldHands = { present: 9999, women: 9999, hands: heldNeeds.map(() => 9999) }
/** Before a meeting, between two counts that differ, and published. */
const heldFaces: NeedsDesk[] = [0, 1, 2].map((n) => {
  const apart = { verified: 9999, unverified: 9999 }
  const figures = {
    answers: apart,
    needs: heldNeeds.map(() => apart),
    meeting: n === 2 ? heldHands : null,
    top: [1, 2, 3],
  }
  const meeting = { cycle: 1, territory: 1, place: everywhere(long(200)), at: '2026-12-05T13:00:00.000Z' }
  return {
    place,
    official: true,
    counted: [1, 0].map((off) => ({
      ...heldHands,
      hands: heldHands.hands.map((one) => one - off),
      account: 2 ** 40,
      at: '2026-12-05T15:00:00.000Z',
    })),
    read: {
      needs: heldNeeds,
      figures,
      meeting: n === 0 ? undefined : { ...meeting, agreed: n === 2 ? heldHands : undefined },
      lines: [],
      voices: 0,
      result: n === 2 ? { reply: everywhere(long(1000)), figures, at: meeting.at } : undefined,
    },
  }
})
const needFaces = Array.from({ length: 3 }, () => everywhere(long(80)))
const home = { cycle: 1, territory: 1 }
const settlements = Array(54).fill(place) as (typeof place)[]
const onCard = { place, project: projects[0] as Project }
const subjects = [
  questions.projectSubject(onCard),
  questions.ideaSubject({ place, idea: ideaFaces[2] as (typeof ideaFaces)[number] }),
]
const question: Question = {
  id: 2 ** 31 - 1,
  cycle: 2 ** 31 - 1,
  slug: 'auyl',
  territory: 2 ** 31 - 1,
  village: everywhere(long(60)),
  project: 'p1',
  idea: null,
  number: 99_999,
  title: everywhere(long(250)),
  account: 1,
  locale: 'kk',
  text: `<b>${long(590)}`,
  state: 'answered',
  version: 2,
  answers: { kk: long(1000), ru: long(1000) },
  reason: null,
  answeredBy: 2,
  at,
  answeredAt: at,
}
const followed = { ...FOLLOW, district: 2 ** 31 - 1, territory: 2 ** 31 - 1 }
/** Three people on one phone, in two votes, and a role. */
const stake = {
  rights: people.flatMap(({ serial, label, castAt }) =>
    [1, 2].map(() => ({
      cycle: everywhere(long(120)),
      method: 'card',
      serial,
      label,
      castAt,
      receipt: castAt === null ? null : '12345678901234',
    })),
  ),
  grants: [{ role: 'official' as const, territory: 1, until: at, place: everywhere(long(60)) }],
}
const work: Work = {
  cycle: 2 ** 31 - 1,
  slug: 'auyl',
  trial: true,
  currency: 'KZT',
  terms: { accept: 3, days: 14 },
  territory: 2 ** 31 - 1,
  village: everywhere(long(60)),
  project: 'p1',
  number: 99_999,
  title: everywhere(long(250)),
  category: 'roads',
  promised: 999_000_000_000,
  came: 'outside',
  dropped: true,
  version: 99_999,
  changedBy: 2 ** 53 - 1,
  changedAt: at,
  milestones: Array.from({ length: 20 }, (_, n) => ({
    id: n,
    number: n + 1,
    name: everywhere(long(120)),
    planned: '2027-09-30',
    actual: n % 2 ? '2027-09-30' : null,
    percent: 100,
    cost: 999_000_000_000,
    photos: [{ id: 1, fileId: 'x', copy: null }],
    late: true,
  })),
  rounds: [
    { round: 1, builtAt: at, reply: null },
    { round: 2, builtAt: at, reply: everywhere(long(1000)) },
  ],
  accepted: 99_999,
  refused: 99_999,
  unshown: 99_999,
  state: 'built',
  cost: 999_000_000_000,
  percent: 100,
  doneAfter: at,
}
const going: Work = { ...work, state: 'going', milestones: [], rounds: [], cost: null }
const answerers = people.map((one, n) => ({
  ...one,
  ...(n ? { said: { accepted: n > 1, shown: true } } : {}),
}))

const PHASES = ['announced', 'voting', 'counting', 'results'] as const
/** By the name of the view: all the faces it has. */
/** The longest there is, edited in both languages. */
const idea = {
  ...(ideaFaces[2] as (typeof ideaFaces)[number]),
  titles: { ru: long(100) },
  texts: { ru: long(1400), kk: long(1400) },
  flags: ['phone', 'iin', 'link', 'number', 'word'] satisfies (typeof ideaFaces)[number]['flags'],
  claimedBy: 2 ** 53 - 1,
  claimedUntil: '2100-01-01T00:00:00.000Z',
  appealed: true,
}

const told = { reason: 'already-planned', note: '<ә>'.repeat(200), cost: 999_999_999, into: 998 }

const SCREENS: Record<string, (t: ReturnType<ReturnType<typeof createI18n>>) => Screen[]> = {
  ...MANAGE_SCREENS,
  ...NEW_CYCLE_SCREENS,
  ...PAPER_SCREENS,
  ...ASSIST_SCREENS,
  ...PRESSURE_SCREENS,
  ...REVIEW_SCREENS,
  ...PERSON_SCREENS,
  'start.languageScreen': (t) => [start.languageScreen(t, createI18n().languages, 'a'.repeat(32))],
  'start.villageScreen': (t) =>
    [0, 1, 99].map((page) =>
      start.villageScreen(t, Array(54).fill(place), page, { sorted: true, greeting: true, back: true }),
    ),
  'start.menuScreen': (t) =>
    PHASES.flatMap((phase) =>
      [undefined, { collecting: true, supporting: true, open: true, sent: true }].map((ideas) =>
        start.menuScreen(t, { ...place, cycle: { ...place.cycle, phase } }, at, { greeting: 'all', ideas }),
      ),
    ),
  'start.howScreen': (t) => [undefined, place].map((of) => start.howScreen(t, of, true)),
  'start.deskScreen': (t) => [start.deskScreen(t, place)],
  'ask.askLocationScreen': (t) => [askLocationScreen(t)],
  'follow.districtScreen': (t) =>
    [0, 99].map((page) => follow.districtScreen(t, { ...FOLLOW, page }, settlements)),
  'follow.settlementScreen': (t) =>
    [0, 99].map((page) => follow.settlementScreen(t, { ...followed, page }, settlements)),
  'follow.kindsScreen': (t) => [0, 7].map((kinds) => follow.kindsScreen(t, { ...followed, kinds }, place)),
  'follow.sureScreen': (t) => [follow.sureScreen(t, followed, place)],
  'follow.doneScreen': (t) => [follow.doneScreen(t, followed, place)],
  'follow.cancelledScreen': (t) => [follow.cancelledScreen(t)],
  'discover.listScreen': (t) => [
    discover.listScreen(t, listed, 3, 1),
    discover.listScreen(t, listed, 0, 0, long(100)),
    discover.listScreen(t, { ...listed, projects: [] }, 0, 0, long(100)),
  ],
  'discover.oneScreen': (t) => [
    oneScreen(t, listed, 3, 1),
    oneScreen(t, listed, 0, 0, long(100)),
    oneScreen(t, { ...listed, projects: [] }, 0, 0, long(100)),
  ],
  'discover.searchScreen': (t) => [discover.searchScreen(t, home)],
  'discover.nearScreen': (t) => [discover.nearScreen(t, listed)],
  'discover.filterScreen': (t) => [discover.filterScreen(t, listed)],
  'discover.cardScreen': (t) =>
    [{ page: 9, category: 59 }, { words: long(100) }].map((from) =>
      discover.cardScreen(
        t,
        onCard,
        { ...discover.WHOLE, ...from },
        {
          link: 'https://t.me/bot?start=p_1_2_3',
          around: { followed: true, author: 'Ә'.repeat(60), answered: [question, question] },
          note: t.html('questions.followed'),
        },
      ),
    ),
  'verify.methodScreen': (t) =>
    [place, contactPlace].flatMap((here) => [methodScreen(here).ask(t, here), ...refusals(t, here)]),
  'verify.problemScreen': (t) =>
    [place, contactPlace].flatMap((here) =>
      (['wrong', 'too-many-people', 'two-rows'] as const)
        .map((kind) => verify.problemScreen(t, here, { kind }))
        .concat(verify.problemScreen(t, here, { kind: 'wait', seconds: 122_880 }))
        .concat(verify.problemScreen(t, here, { kind: 'not-handed-over' })),
    ),
  'verify.claimScreen': (t) => [verify.claimScreen(t, place)],
  'vote.peopleScreen': (t) => [
    vote.peopleScreen(t, place, people),
    vote.peopleScreen(t, place, people.slice(1)),
  ],
  'vote.ballotScreen': (t) =>
    ballots.flatMap(({ ballot, marks }) => [
      vote.ballotScreen(t, ballot, projects, marks, 0, verify.verifiedLine(t, place, true)),
      vote.ballotScreen(t, ballot, projects, [], 99),
    ]),
  'vote.oneBallotScreen': (t) =>
    ballots.flatMap(({ ballot, marks }) => [
      oneBallotScreen(t, ballot, projects, marks, 0, verify.verifiedLine(t, place, true)),
      oneBallotScreen(t, ballot, projects, [], 99),
    ]),
  'vote.reviewScreen': (t) => ballots.map(({ ballot, marks }) => vote.reviewScreen(t, ballot, marks)),
  'vote.acceptedScreen': (t) => [
    vote.acceptedScreen(t, OPENED, { number: '12345678901234', at, place, person: people[0] }),
  ],
  'vote.sentScreen': (t) => [vote.sentScreen(t, { at, place, person: people[0] })],
  'closed.closedScreen': (t) =>
    (['voting', 'results'] as const).map((phase) =>
      closedScreen(t, { ...place, cycle: { ...place.cycle, phase } }),
    ),
  'vote.labelScreen': (t) => [vote.labelScreen(t, place)],
  'vote.openProblem': (t) =>
    (['not-verified', 'desk', 'paper', 'no-projects'] as const)
      .map((kind) => vote.openProblem(t, place, { kind }))
      .concat(vote.openProblem(t, place, { kind: 'not-open', opensAt: at }))
      .concat(vote.openProblem(t, place, { kind: 'not-open', opensAt: undefined }))
      .concat(vote.openProblem(t, place, { kind: 'voted', castAt: at }))
      .concat(vote.openProblem(t, place, { kind: 'closed', closesAt: at })),
  'vote.castProblem': (t) =>
    (['not-verified', 'marks-gone', 'desk', 'paper', 'voted', 'clock'] as const)
      .map((kind) => vote.castProblem(t, place, { kind }))
      .concat(vote.castProblem(t, place, { kind: 'closed', closesAt: undefined }))
      .concat(
        vote.castProblem(t, place, {
          kind: 'choices',
          problem: { kind: 'too-few', least: 1, early: true },
        }),
      ),
  'receipt.arrivedScreen': (t) => [receipt.arrivedScreen(t, people), receipt.arrivedScreen(t, [])],
  'receipt.receiptScreen': (t) => [
    receipt.receiptScreen(t, found),
    receipt.receiptScreen(t, { ...found, late: true, proof: undefined }),
  ],
  'receipt.wholeScreen': () => [receipt.wholeScreen(found.text)],
  'receipt.checkedScreen': (t) => [
    receipt.checkedScreen(t, { receipt: checked, vote: found }),
    receipt.checkedScreen(t, { receipt: checked, vote: undefined }),
  ],
  'receipt.checkProblem': (t) => [
    receipt.checkProblem(t, { kind: 'not-a-receipt' }),
    receipt.checkProblem(t, { kind: 'signature' }),
    receipt.checkProblem(t, { kind: 'log-stopped', fault: 'note-forged' }),
  ],
  'receipt.receiptProblem': (t) => [
    receipt.receiptProblem(t, { kind: 'unknown' }),
    receipt.receiptProblem(t, { kind: 'check-digits' }),
    receipt.receiptProblem(t, { kind: 'log-stopped', fault: 'rolled-back' }),
  ],
  'signals.cyclesScreen': (t) => [
    signals.cyclesScreen(t, []),
    signals.cyclesScreen(
      t,
      Array.from({ length: 30 }, () => ({ id: 1, slug: long(40), title: everywhere(long(100)) })),
    ),
  ],
  'signals.signalsScreen': (t) => [
    signals.signalsScreen(t, { id: 1, title: everywhere(long(100)), phase: 'ideas' }, [], 0),
    signals.signalsScreen(
      t,
      { id: 1, title: everywhere(long(100)), phase: 'voting' },
      Array.from({ length: 40 }, () => ({
        kind: 'burst',
        name: everywhere(long(60)),
        hour: '2026-11-28T10:00:00.000Z',
        votes: 4999,
        of: 4999,
      })),
      99,
    ),
  ],
  'report.reportScreen': (t) => [
    report.reportScreen(t, []),
    report.reportScreen(t, [
      {
        id: 2_147_483_647,
        slug: 'a'.repeat(48),
        title: { kk: 'ә'.repeat(200), ru: 'ю'.repeat(200) },
        enters: true,
      },
    ]),
  ],
  'report.askTrainingScreen': (t) => [
    report.askTrainingScreen(t, t.html('start.training-bad-people', { most: 10_000 })),
  ],
  'report.sureTrainingScreen': (t) => [
    report.sureTrainingScreen(t, 2_147_483_647, { on: '2026-11-24', people: 10_000, women: 10_000 }),
    report.sureTrainingScreen(t, 1, { on: '2026-11-24', people: 1 }),
  ],
  'report.trainingDoneScreen': (t) => [report.trainingDoneScreen(t, 2_147_483_647)],
  'results.checkedScreen': (t) => [undefined, 'x'].map((fault) => results.checkedScreen(t, fault)),
  'results.resultScreen': (t) => [
    results.resultScreen(t, resultOf(99_999), 'https://t.me/bot?start=v_1'),
    results.resultScreen(t, resultOf(9), 'https://t.me/bot?start=v_1'),
  ],
  'results.stepsScreen': (t) => [
    ...[0, 1, 99].map((page) => results.stepsScreen(t, resultOf(99_999), page)),
    results.stepsScreen(t, resultOf(9), 0),
  ],
  'help.myDataScreen': (t) => [
    help.nothingKept(t),
    help.myDataScreen(t, {
      id: 9_007_199_254_740_991,
      kept: {
        ideaFollows: 999,
        needVoices: 9,
        ideasMuted: at,
        rooms: 9,
        invites: 9,
        since: at,
        source: 'v_1',
        easy: true,
        residence: everywhere(long(60)),
        ownCommands: true,
        ...stake,
        queued: 99,
        settled: 9999,
        opened: 9999,
        ideas: 2,
        names: [long(60)],
        supported: 1,
        needs: 1,
        counted: 1,
        papers: 2,
        attempts: 99,
        reports: 3,
        questions: 99,
        follows: 99,
        drafts: 1,
        muted: [...SWITCHES],
      },
      place,
      followed: [],
    }),
  ],
  'help.easyScreen': (t) => [help.easyScreen(t, true), help.easyScreen(t, false)],
  'help.noticesScreen': (t) => [help.noticesScreen(t, []), help.noticesScreen(t, SWITCHES)],
  'help.roleScreen': (t) => [help.roleScreen(t, stake.grants), help.roleScreen(t, [])],
  'help.privacyScreen': (t) => [help.privacyScreen(t, undefined), help.privacyScreen(t, contactPlace)],
  'help.eraseScreen': (t) => [help.eraseScreen(t, stake, 'ey')],
  'holding.placesScreen': (t) =>
    [0, 9].map((n) => {
      const one = { cycle: 2 ** 31 - 1, territory: 2 ** 31 - 1, name: place.name, title: place.cycle.title }
      return holding.placesScreen(t, Array(n).fill(one), 1)
    }),
  'holding.lineScreen': (t) => [holding.lineScreen(t, t.html('consult.hold-not-allowed'))],
  'holding.deskScreen': (t) =>
    heldFaces.map((desk) => holding.deskScreen(t, desk, t.html('consult.meeting-set'))),
  'holding.askScreen': (t) => HOLDING.map((what) => holding.askScreen(t, heldAt, what, heldNeeds)),
  'holding.meetingScreen': (t) => [
    holding.meetingScreen(t, heldAt, { place: everywhere(long(200)), at: '2026-12-05T13:00:00.000Z' }),
  ],
  'holding.handsScreen': (t) => [holding.handsScreen(t, heldAt, heldNeeds, heldHands)],
  'holding.publicationScreen': (t) =>
    heldFaces.map((desk) => holding.publicationScreen(t, heldAt, desk, everywhere(long(1000)))),
  'holding.cancelScreen': (t) => [holding.cancelScreen(t, heldAt)],
  'consult.needsScreen': (t) => [
    consult.needsScreen(
      t,
      place,
      {
        needs: Array.from({ length: 12 }, () => everywhere(long(80))),
        asking: true,
        until: at,
        answer: { marks: [1, 11, 12], line: long(300), voice: null },
      },
      t.html('consult.full', { most: 3 }),
    ),
  ],
  'consult.resultScreen': (t) => [
    consult.resultScreen(t, place, {
      needs: Array.from({ length: 12 }, () => everywhere(long(80))),
      result: {
        reply: everywhere(long(1000)),
        at,
        figures: {
          answers: { verified: 9999, unverified: null },
          needs: Array.from({ length: 12 }, () => ({ verified: 9999, unverified: null })),
          meeting: { hands: Array.from({ length: 12 }, () => 9999), present: 9999, women: null },
          top: [1, 2, 3],
        },
      },
    }),
  ],
  'consult.lineScreen': (t) => [consult.lineScreen(t, home)],
  'consult.overScreen': (t) => [consult.overScreen(t, place)],
  'moderation.lineScreen': (t) =>
    (
      [
        { kind: 'not-allowed' },
        { kind: 'no-such-idea' },
        { kind: 'own-idea' },
        { kind: 'same-person' },
        { kind: 'no-target' },
        { kind: 'no-words' },
        { kind: 'claimed', by: 2 ** 53 - 1, until: at },
        { kind: 'overtaken', state: 'approved', by: 2 ** 53 - 1 },
        { kind: 'overtaken', state: 'merged', by: null },
        { kind: 'too-dear', ceiling: 999_000_000 },
        { kind: 'no-pot', pots: potFaces },
      ] as const
    ).map((problem) => moderation.lineScreen(t, moderation.problemLine(t, problem))),
  'moderation.cardScreen': (t) =>
    (['sent', 'returned', 'approved', 'feasible', 'unfeasible', 'merged'] as const).map((state) =>
      moderation.cardScreen(
        t,
        {
          idea: { ...idea, state },
          similar: similarFaces.slice(0, 2),
          projects: projectFaces.slice(0, 1),
          pots: potFaces,
          top: needFaces,
          now: at,
        },
        'x'.repeat(100),
      ),
    ),
  'group.groupScreen': (t) =>
    IDEA_STATES.flatMap((state) =>
      [false, true].map((reasons) =>
        group.groupScreen(
          t,
          {
            idea: { ...idea, state },
            similar: similarFaces.slice(0, 2),
            projects: projectFaces.slice(0, 1),
            pots: potFaces,
            top: needFaces,
            now: at,
          },
          reasons,
        ),
      ),
    ),
  'moderation.questionScreen': (t) => [moderation.questionScreen(t, idea.id, long(1400))],
  'moderation.askScreen': (t) => [
    ...(['return', 'merge', 'cost', 'unfeasible'] as const).map((what) =>
      moderation.askScreen(t, idea.id, { key: `moderation.ask-${what}` }),
    ),
    moderation.askScreen(t, idea.id, {
      key: 'moderation.ask-text',
      facts: { language: 'Русский', now: long(1400) },
    }),
  ],
  'moderation.mergeScreen': (t) => [moderation.mergeScreen(t, idea, similarFaces)],
  'moderation.reasonsScreen': (t) => [moderation.reasonsScreen(t, idea)],
  'moderation.noteScreen': (t) => [moderation.noteScreen(t, idea, 'already-planned')],
  'moderation.listScreen': (t) => [moderation.listScreen(t, idea, 999_000_000_000)],
  'moderation.editScreen': (t) => [moderation.editScreen(t, createI18n(), idea, potFaces)],
  'filing.potsScreen': (t) => [filing.potsScreen(t, idea, potFaces)],
  'filing.marksScreen': (t) => [filing.marksScreen(t, idea)],
  'moderation.categoriesScreen': (t) => [moderation.categoriesScreen(t, idea)],
  'moderation.emptyScreen': (t) => [moderation.emptyScreen(t)],
  'questions.askScreen': (t) => subjects.map((one) => questions.askScreen(t, one)),
  'questions.askedScreen': (t) =>
    subjects.map((one) => questions.askedScreen(t, one, t.html('questions.sent', { text: long(600) }))),
  'questions.answersScreen': (t) =>
    subjects.flatMap((one) => [
      questions.answersScreen(t, one, [], 0),
      questions.answersScreen(t, one, Array(9).fill(question) as Question[], 3),
      questions.answersScreen(t, one, [{ ...question, answers: { ru: long(1000) } }], 0),
    ]),
  'discover.ideasScreen': (t) => [
    ideasView.ideasScreen(t, { place, ideas: [] }, 0),
    ...[false, true].map((one) => ideasView.ideasScreen(t, { place, ideas: Array(20).fill(idea) }, 2, one)),
  ],
  'discover.ideaCardScreen': (t) =>
    ideaFaces.flatMap((one) =>
      [0, 1].map((reader) =>
        ideasView.ideaCardScreen(
          t,
          { place, idea: one },
          {
            page: 99,
            reader,
            around: { supports: true, follows: false, answered: [question] },
            note: t.html('ideas.followed'),
          },
        ),
      ),
    ),
  'answering.lineScreen': (t) =>
    (
      [
        { kind: 'not-allowed' },
        { kind: 'no-such-question' },
        { kind: 'own-question' },
        { kind: 'bad-length', least: 2, most: 1000, number: 9999 },
        { kind: 'answered-before', state: 'answered', answers: {}, by: 2 ** 53 - 1 },
      ] as const
    ).map((problem) => answering.lineScreen(t, answering.problemLine(t, problem))),
  'answering.emptyScreen': (t) => [answering.emptyScreen(t)],
  'answering.questionScreen': (t) =>
    [
      question,
      { ...question, state: 'open' as const, answers: {} },
      { ...question, state: 'declined' as const, answers: {}, reason: long(600) },
    ].map((one) => answering.questionScreen(t, createI18n(), one, t.html('questions.done'))),
  'answering.wordsScreen': (t) => [
    answering.wordsScreen(t, question.id, 'Қазақша'),
    answering.wordsScreen(t, question.id, undefined),
  ],
  'works.worksScreen': (t) => [
    works.worksScreen(t, place, [], 0),
    works.worksScreen(t, place, Array(40).fill(work) as Work[], 2),
  ],
  'works.workScreen': (t) =>
    (['built', 'disputed', 'done'] as const).flatMap((state) =>
      [answerers, answerers.slice(0, 1), []].map((some) =>
        works.workScreen(
          t,
          { work: { ...work, state }, place, people: some, answers: 99_999 },
          works.problemLine(t, { kind: 'too-long', most: 600, number: 9999 }),
        ),
      ),
    ),
  'works.workAnswersScreen': (t) => [
    works.workAnswersScreen(
      t,
      work,
      Array.from({ length: 12 }, (_, id) => ({
        id,
        round: 2,
        accepted: id % 2 === 0,
        shown: true,
        words: long(600),
        photo: { id, fileId: 'x', copy: null },
      })),
      1,
    ),
  ],
  'keeping.lineScreen': (t) =>
    (
      [
        'not-allowed',
        'no-such-work',
        'no-such-milestone',
        'done',
        'bad-day',
        'bad-percent',
        'bad-cost',
        'not-a-picture',
        'no-photo',
        'no-cost',
        'asked-before',
        'no-reply',
      ] as const
    )
      .map((kind) => keeping.lineScreen(t, keeping.problemLine(t, { kind })))
      .concat(
        keeping.lineScreen(t, keeping.problemLine(t, { kind: 'changed-before', by: 2 ** 53 - 1, at })),
        keeping.lineScreen(t, keeping.problemLine(t, { kind: 'full', most: 20 })),
        (['nobody-to-confirm', 'no-such-work', 'no-sense', 'not-published', 'not-allowed'] as const).map(
          (kind) => keeping.lineScreen(t, keeping.changeProblemLine(t, { kind })),
        ),
        keeping.lineScreen(t, keeping.changeProblemLine(t, { kind: 'bad-length', least: 10, most: 200 })),
      ),
  'keeping.keptScreen': (t) => [
    keeping.keptScreen(t, [], 0),
    keeping.keptScreen(t, Array(40).fill(work) as Work[], 3),
  ],
  'keeping.workToKeepScreen': (t) => [
    ...(['built', 'disputed', 'done'] as const).map((state) =>
      keeping.workToKeepScreen(t, { ...work, state }, t.html('works.kept')),
    ),
    keeping.workToKeepScreen(t, going),
  ],
  'keeping.milestoneScreen': (t) => [
    keeping.milestoneScreen(t, createI18n(), work, 1, t.html('works.kept-photo')),
    keeping.milestoneScreen(t, createI18n(), work, 2),
  ],
  'keeping.factScreen': (t) =>
    (['percent', 'planned', 'actual', 'cost', 'kk', 'ru'] as const).map((fact) =>
      keeping.factScreen(t, createI18n(), work, {
        cycle: 1,
        territory: 1,
        number: 1,
        version: 1,
        milestone: 20,
        fact,
      }),
    ),
  'keeping.wordsScreen': (t) => [
    keeping.wordsScreen(t, work, { key: 'works.ask-name', language: 'Қазақша' }),
    keeping.wordsScreen(t, work, { key: 'works.ask-reply', language: 'Қазақша' }),
    keeping.wordsScreen(t, work, { key: 'works.ask-why', language: 'Қазақша' }),
    keeping.wordsScreen(t, work, { key: 'works.ask-planned' }),
    keeping.wordsScreen(t, work, { key: 'works.ask-new-cost' }),
  ],
  'keeping.outsideScreen': (t) => [
    keeping.outsideScreen(t, { cycle: 1, territory: 1, number: 1 }, listed.projects, 1),
    keeping.outsideScreen(t, { cycle: 1, territory: 1, number: 1 }, [], 0),
  ],
  'keeping.whyOutsideScreen': (t) => [keeping.whyOutsideScreen(t, 'Қазақша')],
  'keeping.photosScreen': (t) => [keeping.photosScreen(t, work, 20)],
  'announcing.cancelScreen': (t) =>
    ANNOUNCEMENT_STATES.map((state) => announcing.cancelScreen(t, { id: 9999, state })),
  'channels.channelsScreen': (t) => [
    channels.channelsScreen(t, [], []),
    channels.channelsScreen(
      t,
      Array.from({ length: 9 }, () => bound),
      Array.from({ length: 9 }, () => ({ cycle: seen.cycle, place: seen.place })),
      t.html('announce.channel-unbound', { title: long(128) }),
    ),
  ],
  'channels.howToBindScreen': (t) => [channels.howToBindScreen(t, 'a'.repeat(32))],
  'channels.askUnbindScreen': (t) => [channels.askUnbindScreen(t, bound)],
  'announcing.lineScreen': (t) => [announcing.lineScreen(t, t.html('announce.not-allowed'))],
  'announcing.listScreen': (t) => [
    announcing.listScreen(t, [], []),
    announcing.listScreen(
      t,
      Array.from({ length: 9 }, () => announcement),
      [{ cycle: seen.cycle, place: undefined }],
    ),
  ],
  'announcing.oneScreen': (t) =>
    ANNOUNCEMENT_STATES.map((state) =>
      announcing.oneScreen(
        t,
        createI18n(),
        { ...seen, one: { ...announcement, state } },
        t.html('announce.moved', { state: t('announce.state-done'), by: 9_999_999_999, time: t.moment(at) }),
      ),
    ),
  'announcing.askScreen': (t) =>
    (['text', 'media', 'when'] as const).map((what) =>
      announcing.askScreen(t, createI18n(), { announcement: 7, version: 2, what, locale: 'kk' }, new Date(0)),
    ),
  'announcing.whoScreen': (t) => [announcing.whoScreen(t, createI18n(), seen)],
  'announcing.previewScreen': (t) => [
    previewScreen(t, createI18n(), seen),
    previewScreen(t, createI18n(), { ...seen, faults: announceFaults }),
  ],
  'announcing.differenceScreen': (t) => [
    differenceScreen(t, createI18n(), { ...seen, before: undefined }),
    differenceScreen(t, createI18n(), seen),
  ],
  'announcing.announcementScreen': (t) => [announcementScreen(t, announcement, { trial: true })],
  'notice.noticeScreen': (t) => [
    notice.noticeScreen(
      t,
      {
        kind: 'milestone',
        ...home,
        number: 99_999,
        title: work.title,
        name: everywhere(long(120)),
        day: '2027-09-30',
      },
      place,
    ),
    notice.noticeScreen(t, { kind: 'work-built', ...home, number: 99_999, title: work.title }, place),
    notice.noticeScreen(
      t,
      { kind: 'work-built', ...home, number: 99_999, title: work.title, reply: everywhere(long(1000)) },
      place,
    ),
    notice.noticeScreen(t, { kind: 'work-disputed', ...home, number: 99_999, title: work.title }, place),
    notice.noticeScreen(
      t,
      { kind: 'question-asked', ...home, question: question.id, number: 99_999, title: question.title },
      place,
    ),
    ...[true, false].map((mine) =>
      notice.noticeScreen(
        t,
        {
          kind: 'question-settled',
          ...home,
          number: 99_999,
          title: question.title,
          answered: mine,
          text: long(1000),
          mine,
        },
        place,
      ),
    ),
    notice.noticeScreen(
      t,
      { kind: 'idea-arrived', ...home, idea: 1, number: 99_999, again: true, dueAt: at },
      place,
    ),
    notice.noticeScreen(t, { kind: 'extended', ...home, closesAt: at }, place),
    notice.noticeScreen(t, { kind: 'results', ...home }, place),
    notice.noticeScreen(
      t,
      {
        kind: 'results',
        ...home,
        followed: Array.from({ length: 40 }, (_, n) => ({
          number: n + 90_000,
          title: question.title,
          won: n % 2 === 0,
        })),
      },
      place,
    ),
    notice.noticeScreen(t, { kind: 'need-meeting', ...home, meets: at, place: everywhere(long(200)) }, place),
    notice.noticeScreen(
      t,
      { kind: 'meeting-cancelled', ...home, meets: at, place: everywhere(long(200)) },
      place,
    ),
    notice.noticeScreen(t, { kind: 'hands-differ', ...home, by: 9_999_999_999 }, place),
    notice.noticeScreen(t, { kind: 'needs-published', ...home }, place),
    notice.noticeScreen(t, { kind: 'began', ...home, phase: 'ideas', until: at }, place),
    notice.noticeScreen(t, { kind: 'began', ...home, phase: 'voting', until: at }, place),
    notice.noticeScreen(
      t,
      { kind: 'receipt', at, ballot: '01890a5d-ac96-774b-bcce-b302099a8057', receipt: '12345678901234' },
      place,
    ),
    ...(['approve', 'edit', 'return', 'reject', 'merge', 'feasible', 'unfeasible'] as const).flatMap(
      (decision) =>
        [true, false].map((mine) =>
          notice.noticeScreen(
            t,
            { kind: 'idea-decided', ...home, idea: 999, title: 'Ш'.repeat(100), decision, mine, ...told },
            place,
          ),
        ),
    ),
    ...jointActs.flatMap((asked) => [
      notice.noticeScreen(t, { kind: 'second-asked', ...asked, until: at }, undefined),
      notice.noticeScreen(t, { kind: 'second-decided', ...asked, outcome: 'done', at }, undefined),
      notice.noticeScreen(t, { kind: 'second-decided', ...asked, outcome: 'refused', at }, undefined),
    ]),
  ],
  'waits.waitsScreen': (t) => [
    moderationWaits.waitsScreen(t, ideaFaces, 1),
    moderationWaits.waitsScreen(t, [], 0),
  ],
  'stream.streamScreen': (t) => [
    moderationStream.streamScreen(t, {
      ...home,
      page: 1,
      by: 'likeness',
      lines: Array(9).fill('ә'.repeat(400)),
    }),
    moderationStream.streamScreen(t, { ...home, page: 0, by: 'need', lines: [] }),
  ],
  'supports.listScreen': (t) =>
    [ideaFaces, []].flatMap((some) => [
      supports.listScreen(t, {
        ideas: some.map((one) => ({ idea: one, mine: false, given: true })),
        place,
        at: { ...home, page: 1 },
      }),
    ]),
  'supports.oneScreen': (t) =>
    ideaFaces.map((one) =>
      supports.oneScreen(t, {
        one: { idea: { ...one, texts: { ru: long(1400) } }, mine: false, given: false },
        place,
        at: { ...home, page: 1 },
        note: t.html('ideas.support-given'),
      }),
    ),
  'ideas.termsScreen': (t) => [termsScreen(t, place)],
  'ideas.questionScreen': (t) =>
    ideaFaces.flatMap((idea) =>
      STEPS.flatMap((step) =>
        [undefined, place].map((elsewhere) =>
          questionScreen(t, {
            now: atStep(step, idea.id, elsewhere ? '' : 'only'),
            idea,
            place,
            similar: similarFaces,
            top: Array.from({ length: 3 }, () => everywhere(long(80))),
            projects: projectFaces,
            elsewhere,
          }),
        ),
      ),
    ),
  'ideas.endScreen': (t) =>
    (
      [
        'sent',
        'supported',
        'other-village',
        'later',
        'not-begun',
        'dropped',
        'left',
        'not-yours',
        'not-collecting',
        'no-village',
        'too-many-today',
        'too-many-open',
        'muted',
      ] as const
    ).map((kind) => endScreen(t, { kind, number: 99_999, dueAt: at, idea: 1, most: 99, until: at }, place)),
  'ideas.ownIdeasScreen': (t) => [
    ideas.ownIdeasScreen(t, [], 0),
    ...[0, 1].map((page) => ideas.ownIdeasScreen(t, ideaFaces, page)),
  ],
  'ideas.ownIdeaScreen': (t) => ideaFaces.map((idea) => ideas.ownIdeaScreen(t, idea, place)),
  'ideas.askWithdrawScreen': (t) => ideaFaces.map((idea) => ideas.askWithdrawScreen(t, idea)),
  'ideas.askAppealScreen': (t) => ideaFaces.map((idea) => ideas.askAppealScreen(t, idea)),
  'ideas.askNameScreen': (t) => ideaFaces.map((idea) => ideas.askNameScreen(t, idea)),
  'ideas.nameScreen': (t) => ideaFaces.map((idea) => ideas.nameScreen(t, idea)),
  'ideas.doneScreen': (t) => [ideas.doneScreen(t, t.html('ideas.withdrawn', { number: 99_999 }))],
  'second.lineScreen': (t) =>
    [second.lineScreen(t, second.whyLine(t, 'closed'))].concat(
      jointActs.map((asked) => askSecond(t, { ...asked, until: at }, second.whyLine(t, 'serials-taken'))),
    ),
  'second.waitingScreen': (t) =>
    [0, 99]
      .map((page) =>
        second.waitingScreen(
          t,
          jointActs.map((asked) => ({ ...asked, until: at })),
          page,
        ),
      )
      .concat(second.waitingScreen(t, [], 0)),
  'second.decidedScreen': (t) =>
    jointActs.flatMap((asked) => [
      second.decidedScreen(t, 'done', asked),
      second.decidedScreen(t, 'refused', asked),
    ]),
  'second.problemScreen': (t) =>
    (['no-such-proposal', 'same-person', 'not-allowed', 'proposer-not-allowed'] as const)
      .map((kind) => second.problemScreen(t, { kind }))
      .concat(
        (['done', 'refused'] as const).flatMap((kind) => [
          second.problemScreen(t, { kind, by: 9_007_199_254_740_991, at }),
          second.problemScreen(t, { kind, by: undefined, at }),
        ]),
        second.problemScreen(t, { kind: 'expired', until: at }),
      ),
}

/** What the methods say to messages that are no evidence. */
function refusals(t: ReturnType<ReturnType<typeof createI18n>>, here: typeof place): Screen[] {
  const foreign = { phone_number: '+1 202 555 0100', user_id: 1, first_name: 'Ann' }
  const offers = [
    ...['no digits', '1', '1'.repeat(16), '1'.repeat(40)].map((text) => ({ text })),
    { contact: foreign },
    { contact: { ...foreign, user_id: 2 } },
  ]
  return offers.flatMap((message) => {
    const offered = { t, account: 1, place: here, message: message as Message, kept: '' }
    const taken = methodScreen(here).takes(offered)
    return taken.kind === 'refused' ? [taken.screen] : []
  })
}

let room: Room
let chat: number
beforeAll(async () => {
  room = await openRoom()
  const someone = await room.person('Айгүл')
  chat = someone.id
  await someone.says('/start')
})
afterAll(() => room.close())

test.each(createI18n().languages)(
  'in $name every screen is accepted: 4,096 characters, 100 buttons, 64 bytes, sound HTML',
  async ({ locale }) => {
    const t = createI18n()(locale)
    let longest = { name: '', length: 0 }
    for (const [name, faces] of Object.entries(SCREENS)) {
      for (const screen of faces(t)) {
        const markup = screen.keyboard ?? (screen.buttons && { inline_keyboard: screen.buttons })
        const sent = await room.bot('sendMessage', {
          chat_id: chat,
          text: screen.text,
          parse_mode: 'HTML',
          ...(markup ? { reply_markup: markup } : {}),
        })
        expect(sent.ok, `${name}: ${sent.description}\n${screen.text}`).toBe(true)
        const { text } = sent.result as { text: string }
        if (text.length > longest.length) longest = { name, length: text.length }
        expect(text, name).not.toMatch(/\{\{|undefined|NaN|\[object/)
        const labels = (screen.buttons ?? []).flat().map((button) => button.text)
        for (const label of labels)
          expect([label, label.length <= 64 || name === 'start.villageScreen']).toEqual([label, true])
      }
    }
    expect(longest.length, `the facts are long: ${longest.name}`).toBeGreaterThan(3_000)
  },
)

test('no screen of a view is left out', () => {
  const views = {
    ask: { askLocationScreen },
    closed: { closedScreen },
    start,
    follow,
    ideas: { ...ideas, endScreen, questionScreen, termsScreen },
    waits: { waitsScreen: moderationWaits.waitsScreen },
    stream: { streamScreen: moderationStream.streamScreen },
    supports: { listScreen: supports.listScreen, oneScreen: supports.oneScreen },
    discover: { ...discover, ...ideasView, oneScreen },
    verify: { ...verify, methodScreen },
    vote: { ...vote, oneBallotScreen },
    receipt,
    report,
    results,
    help,
    notice,
    second,
    moderation,
    filing: { potsScreen: filing.potsScreen, marksScreen: filing.marksScreen },
    group,
    consult,
    holding,
    paper,
    assist,
    pressure,
    person,
    signals,
    reviews,
    questions,
    answering,
    works,
    keeping,
    checklist,
    manage,
    drawn,
    numbers,
    keys,
    lists,
    desk,
    halting,
    holders,
    swaps,
    roles,
    channels,
    announcing: { ...announcing, previewScreen, differenceScreen, announcementScreen },
  }
  const names = Object.entries(views).flatMap(([feature, view]) =>
    Object.keys(view)
      .filter((name) => /Screen$|Problem$/.test(name))
      .map((name) => `${feature}.${name}`),
  )
  expect(Object.keys(SCREENS).toSorted()).toEqual(names.toSorted())
})

test('every kind of button has an action of its own', async () => {
  const src = fileURLToPath(new URL('../../src/bot/', import.meta.url))
  const files = [...(await readTree(src, ['.ts'])).values()]
  const actions = files.flatMap((text) =>
    [...text.matchAll(/\bbutton\('([^']*)'/g)].map(([, action]) => action),
  )
  expect(actions.length).toBeGreaterThan(25)
  expect(actions.filter((action, n) => actions.indexOf(action) !== n)).toEqual([])
  for (const action of actions) expect(action).toMatch(/^[a-z]{2}$/)
})

test('no view of the bot is left out', async () => {
  const tree = await readTree(fileURLToPath(new URL('../../src/bot/', import.meta.url)), ['view.ts'])
  expect(tree.size).toBeGreaterThan(6)
  const own = await readFile(fileURLToPath(import.meta.url), 'utf8')
  for (const file of tree.keys()) expect(own).toContain(`src/bot/${file}`)
})
