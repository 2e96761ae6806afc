// Every screen in every language, with the longest facts that villages have, is accepted by a Bot API server.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Message } from 'grammy/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askLocationScreen } from '../../src/bot/ask.ts'
import { FOLLOW } from '../../src/bot/buttons.ts'
import * as discover from '../../src/bot/discover/view.ts'
import type { Screen } from '../../src/bot/message.ts'
import * as follow from '../../src/bot/follow/view.ts'
import * as help from '../../src/bot/help/view.ts'
import * as notice from '../../src/bot/notice/view.ts'
import * as receipt from '../../src/bot/receipt/view.ts'
import * as results from '../../src/bot/results/view.ts'
import * as start from '../../src/bot/start/view.ts'
import { methodScreen } from '../../src/bot/verify/screens/index.ts'
import * as verify from '../../src/bot/verify/view.ts'
import * as vote from '../../src/bot/vote/view.ts'
import { everywhere } from '../../src/core/localised.ts'
import { createI18n } from '../../src/i18n.ts'
import type { Project } from '../../src/use-cases/list-projects.ts'
import { openRoom, type Room } from '../sandbox/room.ts'
import { readTree } from '../support/source.ts'
import {
  at,
  ballots,
  checked,
  contactPlace,
  found,
  listed,
  long,
  OPENED,
  people,
  place,
  projects,
  resultOf,
} from './long-facts.ts'

const home = { cycle: 1, territory: 1 }
const settlements = Array(54).fill(place) as (typeof place)[]
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
const PHASES = ['announced', 'voting', 'counting', 'results'] as const
/** By the name of the view: all the faces it has. */
const SCREENS: Record<string, (t: ReturnType<ReturnType<typeof createI18n>>) => Screen[]> = {
  'start.languageScreen': (t) => [start.languageScreen(t, createI18n().languages, 'a'.repeat(32))],
  'start.villageScreen': (t) =>
    [0, 1, 99].map((page) => start.villageScreen(t, Array(54).fill(place), page, true, true)),
  'start.menuScreen': (t) =>
    PHASES.map((phase) => start.menuScreen(t, { ...place, cycle: { ...place.cycle, phase } }, at, true)),
  'start.howScreen': (t) => [start.howScreen(t)],
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
  'discover.nearScreen': (t) => [discover.nearScreen(t, listed)],
  'discover.filterScreen': (t) => [discover.filterScreen(t, listed)],
  'discover.cardScreen': (t) =>
    [{ page: 9, category: 59 }, { words: long(100) }].map((from) =>
      discover.cardScreen(
        t,
        place,
        projects[0] as Project,
        { ...discover.WHOLE, ...from },
        'https://t.me/bot?start=p_1_2_3',
      ),
    ),
  'verify.methodScreen': (t) =>
    [place, contactPlace].flatMap((here) => [methodScreen(here).ask(t, here), ...refusals(t, here)]),
  'verify.problemScreen': (t) =>
    [place, contactPlace].flatMap((here) =>
      (['wrong', 'too-many-people', 'two-rows'] as const)
        .map((kind) => verify.problemScreen(t, here, { kind }))
        .concat(verify.problemScreen(t, here, { kind: 'wait', seconds: 122_880 }))
        .concat(verify.problemScreen(t, here, { kind: 'not-handed-over', territory: 1, serial: 1 })),
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
  'vote.reviewScreen': (t) => ballots.map(({ ballot, marks }) => vote.reviewScreen(t, ballot, marks)),
  'vote.acceptedScreen': (t) => [
    vote.acceptedScreen(t, OPENED, { number: '12345678901234', at, place, person: people[0] }),
  ],
  'vote.closedScreen': (t) => [vote.closedScreen(t, { at, place, person: people[0] })],
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
          problem: { kind: 'too-few', missing: 1, early: true },
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
  'results.resultScreen': (t) => [
    results.resultScreen(t, resultOf(99_999)),
    results.resultScreen(t, resultOf(9)),
  ],
  'results.stepsScreen': (t) => [
    ...[0, 1, 99].map((page) => results.stepsScreen(t, resultOf(99_999), page)),
    results.stepsScreen(t, resultOf(9), 0),
  ],
  'help.myDataScreen': (t) => [
    help.nothingKept(t),
    help.myDataScreen(t, {
      id: 9_007_199_254_740_991,
      kept: { since: at, source: 'v_1', ...stake, queued: 99, settled: 9999, opened: 9999, attempts: 99 },
      place,
      followed: [],
    }),
  ],
  'help.eraseScreen': (t) => [help.eraseScreen(t, stake, 'ey')],
  'notice.noticeScreen': (t) => [
    notice.noticeScreen(t, { kind: 'extended', ...home, closesAt: at }),
    notice.noticeScreen(t, { kind: 'results', ...home }),
    notice.noticeScreen(t, {
      kind: 'receipt',
      at,
      ballot: '01890a5d-ac96-774b-bcce-b302099a8057',
      receipt: '12345678901234',
    }),
  ],
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
    start,
    follow,
    discover,
    verify: { ...verify, methodScreen },
    vote,
    receipt,
    results,
    help,
    notice,
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
