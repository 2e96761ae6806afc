// Every screen of officials, two of whom stand before it: whatever is pressed there is answered, the slower one is told who was faster and
// when, old buttons are answered, and a role that is gone opens none. Whatever comes to sight is pressed, so a new screen needs no line here.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as shared from '../../src/bot/buttons.ts'
import type { ExpectationKind } from '../../src/bot/expectations.ts'
import type { Key } from '../../src/i18n.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { inviteChannel } from '../../src/use-cases/bind-channel.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, botCycle, type CycleWish, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { begins, day, must, vote, voters } from '../support/cycle.ts'
import { letAskingEnd } from '../support/needs.ts'
import { openChannel } from '../support/channel.ts'
import type { Person } from '../support/person.ts'
import { actionOf, buttonsOf, kindOf, type NamedButton, type Said, saidTo } from '../support/staff-screens.ts'
import { isTold } from '../support/size.ts'

const told = isTold('every screen of an official: stale, without a role, and with somebody faster')
const FEATURES = ['manage', 'new-cycle', 'announce', 'keeping', 'holding', 'reviews']
const COMMANDS = ['manage', 'newcycle', 'needs', 'works', 'announce']
/** Buttons of theirs that several features show. */
const SHARED = [
  shared.courseButton,
  shared.reviewsButton,
  shared.reviewedButton,
  shared.newCycleButton,
  shared.needsDeskButton,
  shared.keptWorksButton,
  shared.keepWorkButton,
  shared.channelsButton,
  shared.announcementButton,
]
/** So many of one button are pressed: villages, projects and announcements are all alike. */
const OF_A_KIND = 8
/**
 * Those that these votes do not show, for they want a file, a key that people hold, days that are over: each is pressed in a story of its
 * own, that imports it, by whom was slower, by an old screen, and without a role.
 */
const STORIES: Record<string, readonly string[]> = {
  'holders.test.ts': ['askDiceButton', 'diceButton', 'askResultButton', 'sampleButton'],
  'key-holders.test.ts': ['ceremonyButton', 'askKeysButton', 'keysButton', 'testButton', 'askCodeButton'],
  'forget.test.ts': ['askForgetButton', 'forgetButton'],
  'projects-file.test.ts': ['projectsButton'],
  'reissue.test.ts': ['swapVillageButton', 'swapButton'],
}
/** Those that no story tells so yet. */
const UNTOLD = [
  'askApartButton',
  'apartButton',
  'makeButton',
  'dropButton',
  'sendButton',
  'enterButton',
  'minutesButton',
  'voicesButton',
]
/** Of admins. */
const OF_OTHERS = /[rR]ole|[gG]rant|[rR]evoke/

/** What is written where a screen asks for words. */
const WORDS: Partial<Record<ExpectationKind, (kept: Record<string, unknown>) => string | undefined>> = {
  'extend-to': () => '05.03.2099 18:00',
  'halt-reason': ({ kk, ru }) => (kk && ru ? undefined : 'Тізімде екі ауыл шатасқан'),
  'card-swap': ({ territory }) => (territory ? '1 2' : MAKANSHY.kk),
  'desk-cards': ({ territory, serials }) => (serials ? undefined : territory ? '1' : MAKANSHY.kk),
  holding: ({ what }) =>
    what === 'time' ? '05.12.2099 18:00' : what === 'hands' ? '20 10 5 4 3' : 'Мәдениет үйі',
  announce: ({ what }) =>
    what === 'text' ? 'Сенбіде жиналыс' : what === 'when' ? '6.03.2099 10:00' : undefined,
  'new-milestone': ({ kk, ru }) => (kk && ru ? '05.12.2099' : 'Іргетас'),
  'milestone-fact': ({ fact }) => (fact === 'percent' ? '50' : fact === 'cost' ? '1000' : '05.12.2099'),
  'review-reason': ({ sealed }) => (sealed ? undefined : 'Дауыстың көбі бір сағатта түсті'),
  'result-change': ({ kk, change, cost }) =>
    kk || change === 'dropped' || cost ? 'Мердігер жоқ болды' : '1000',
}

const ASKING = {
  announced: day(-2),
  consultation: day(-1),
  ideas: day(10),
  review: day(15),
  voting: day(20),
  counting: day(30),
}

const NOT_YOURS = [
  'manage.not-yours',
  'manage.home-none',
  'cycle.not-allowed',
  'consult.hold-not-allowed',
  'consult.hold-none',
  'works.not-allowed',
  'works.keep-none',
  'announce.not-allowed',
  'common.outdated.alert',
] as const satisfies readonly Key[]

let bot: TestBot
/** Dana presses first, Bota what she pressed. */
let dana: Person
let bota: Person
let own: Map<string, NamedButton>
/** What was pressed, by its kind, as it was when it came to sight first. */
const seen = new Map<string, string>()

beforeAll(async () => {
  if (!told) return
  own = await buttonsOf(FEATURES)
  for (const type of SHARED) own.set(type.action, { name: type.action, type: type as NamedButton['type'] })
  const villages = [{ name: MAKANSHY, projects: 3, cards: 3 }]
  bot = await startBot({ seed: 'staff screens', cycle: { trial: false, villages } })
  const more = (slug: string, wish: CycleWish) => botCycle(bot.app, { slug, ...wish })
  await more('before', { phase: 'announced', villages: [{ name: ULYTAU, projects: 2 }], trial: false })
  await more('practice', { villages: [{ name: ULYTAU, projects: 2, cards: 1 }] })
  const asking = await more('asking', { villages, phase: 'announced', trial: false, timeline: ASKING })
  await begins(bot.app, asking.id, 'consultation')
  await letAskingEnd(bot.app, asking.id)
  const built = await more('built', { villages: [{ name: BESTEREK, projects: 3, cards: 1 }] })
  const [{ territory, projects }] = built.villages
  for (const one of await voters(bot.app, built.id, territory, 3))
    must(await vote(bot.app, built.id, one, [projects[0]?.id ?? '']))
  await bot.close(built.id)
  await bot.publish(built.id)
  const counted = await more('counted', { villages: [{ name: MAKANSHY, projects: 2, cards: 1 }] })
  await bot.close(counted.id)
  await numberLeaves(bot.app)
  must(await countCycle(bot.app, counted.id, 'command'))
  dana = await official('ru')
  bota = await official('ru')
  await official('kk')
  must(await inviteChannel(bot.app, { cycle: bot.cycle.id, territory: null }, dana.id))
  const channel = await openChannel(bot, dana)
  await channel.act('add', { who: 'bot', rights: ['can_post_messages'], by: dana.id })
}, 120_000)
afterAll(() => bot?.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

/** What is common to all: the log, and what becomes of announcements and proposals. */
async function state(): Promise<string> {
  const [row] = await bot.app.db.sql<{ state: string }[]>`
    select concat(
      (select count(*) from leaf where kind <> 'ballot'), ' ',
      (select string_agg(id || state || version, ',' order by id) from announcement), ' ',
      (select string_agg(id || state, ',' order by id) from proposal)) as state`
  return row?.state ?? ''
}

/** Who, at what time. */
const namesFaster = ({ texts }: Said, who: Person): boolean =>
  texts.some((text) => text.includes(String(who.id)) && /\d{1,2}:\d\d/.test(text))

/** What each does for themselves, and two may do: nobody is faster there. */
const EACH_THEIR_OWN: Record<string, string> = {
  newButton: 'each writes an announcement of their own',
  makeButton: 'each makes what they drew up themselves',
  enterButton: 'two people count hands, and both are shown',
}

const wrong: string[] = []
/** Those that changed something. */
const acts = new Set<string>()
const answered = (who: string, data: string, { texts }: Said): void => {
  if (texts.length === 0) wrong.push(`${who} ${data}: silence`)
  for (const text of texts) if (text.includes('код ошибки')) wrong.push(`${who} ${data}: ${text}`)
}

/** Both do it, Dana first. Returns the buttons that came to sight. */
async function both(
  what: string,
  act: (person: Person) => Promise<unknown>,
  name?: string,
): Promise<string[]> {
  const before = await state()
  const first = await saidTo(bot, dana, () => act(dana))
  const changed = before !== (await state())
  const second = await saidTo(bot, bota, () => act(bota))
  answered('first', what, first)
  answered('second', what, second)
  if (!changed || what.startsWith('/')) return first.data
  acts.add(name ?? what)
  if (EACH_THEIR_OWN[name ?? ''] === undefined && !namesFaster(second, dana))
    wrong.push(`${name ?? ''} ${what}: nobody says who was faster: ${second.texts.join(' | ').slice(0, 200)}`)
  return first.data
}

async function writes(): Promise<string[]> {
  const data: string[] = []
  for (let turn = 0; turn < 4; turn++) {
    const kept = (await bot.session.expectation(dana.id)) as { kind: ExpectationKind } | undefined
    if (!kept) break
    const text = WORDS[kept.kind]?.({ ...kept })
    if (text === undefined) break
    data.push(...(await both(`${kept.kind} ‹${text}›`, (person) => person.says(text))))
  }
  return data
}

test('what these votes do not show is pressed in the story that is named', () => {
  for (const [story, names] of Object.entries(STORIES)) {
    const text = readFileSync(new URL(story, import.meta.url), 'utf8')
    for (const name of names) expect(text, `${story}: ${name}`).toContain(`${name}.pack(`)
  }
})

test.runIf(told)(
  'whatever is pressed there is answered, and whoever comes second is told by whom and when it was done',
  async () => {
    const pressed = new Map<string, number>()
    const stack: string[] = []
    const see = (data: readonly string[]): void => {
      for (const one of data.toReversed()) {
        const button = own.get(actionOf(one))
        if (!button) continue
        const times = pressed.get(button.name) ?? 0
        const kind = kindOf(button, one)
        if (times >= OF_A_KIND || seen.has(kind)) continue
        pressed.set(button.name, times + 1)
        seen.set(kind, one)
        stack.push(one)
      }
    }
    for (const command of COMMANDS) {
      see(await both(`/${command}`, (person) => person.says(`/${command}`)))
      for (let data = stack.pop(); data !== undefined; data = stack.pop()) {
        const one = data
        see(await both(one, (person) => person.pressesRaw(one), own.get(actionOf(one))?.name))
        see(await writes())
      }
    }
    expect(wrong).toEqual([])
    expect(acts.size, [...acts].join(', ')).toBeGreaterThan(12)
    const never = [...own.values()].map(({ name }) => name).filter((name) => !pressed.has(name))
    const elsewhere = [...UNTOLD, ...Object.values(STORIES).flat()]
    expect(never.filter((name) => !elsewhere.includes(name) && !OF_OTHERS.test(name))).toEqual([])
    expect(elsewhere.filter((name) => !never.includes(name))).toEqual([])
  },
  240_000,
)

test.runIf(told)(
  'every button of another time is answered',
  async () => {
    wrong.length = 0
    for (const data of seen.values())
      answered('stale', data, await saidTo(bot, dana, () => dana.pressesRaw(data)))
    expect(wrong).toEqual([])
  },
  120_000,
)

test.runIf(told)(
  'whose role is gone opens nothing and changes nothing',
  async () => {
    wrong.length = 0
    must(await revokeRole(bot.app, { account: dana.id, role: 'official' }, 'command'))
    const before = await state()
    const t = bot.textsOf('ru')
    const refusals = NOT_YOURS.map((key) => t.html(key))
    for (const data of seen.values()) {
      const { texts } = await saidTo(bot, dana, () => dana.pressesRaw(data))
      const refused = texts.some((text) => refusals.some((one) => text.includes(one)))
      if (!refused) wrong.push(`${data}: ${texts.join(' | ').slice(0, 120)}`)
    }
    expect(await state()).toBe(before)
    expect(wrong).toEqual([])
  },
  120_000,
)
