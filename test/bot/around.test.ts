// What happens beside the vote: things that are not accepted, floods, groups, blocked people; then the close, and the result.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { resultsButton } from '../../src/bot/buttons.ts'
import { stepsButton } from '../../src/bot/results/view.ts'
import { GENERAL } from '../../src/core/pot.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
/** The session's clock stands still while this is set. */
let frozen: number | undefined
/** How far it is ahead: a clock does not go back. */
let ahead = 0
beforeAll(async () => {
  const villages = [
    { name: MAKANSHY, projects: 6, cards: 20 },
    { name: ULYTAU, projects: 2, cards: 2 },
  ]
  bot = await startBot({
    seed: 'around',
    cycle: { villages },
    loops: true,
    sessionNow: () => frozen ?? Date.now() + ahead,
  })
})
afterAll(() => bot.stop())

const SENT: [string, (person: Person) => Promise<unknown>][] = [
  ['a photo', (person) => person.sendsPhoto()],
  ['a voice note', (person) => person.sendsVoice()],
  ['a document', (person) => person.sendsDocument()],
  ['a sticker', (person) => person.sendsSticker()],
]
const STEPS: [string, (person: Person) => Promise<void>][] = [
  ['at the menu', async () => {}],
  ['when digits are asked for', async (person) => void (await person.taps('Дауыс беру'))],
  ['in front of a ballot', async (person) => void (await person.says(bot.envelope().code))],
  [
    'when a search word is asked for',
    async (person) => {
      await person.taps('Жобалар')
      await person.taps('Іздеу')
    },
  ],
  [
    'when the location is asked for',
    async (person) => {
      await person.taps('Жобалар')
      await person.taps('Жақын маңда')
    },
  ],
]

test.each(STEPS)(
  '%s nobody is left alone with a photo, a voice note, a document or a sticker',
  async (_, step) => {
    const person = await bot.resident('kk')
    await step(person)
    for (const [, send] of SENT) {
      await send(person)
      await person.sees('Фото, файл, стикер мен дауыстық хабарлама бұл жерде қабылданбайды.')
    }
  },
)

test('what was asked for is still expected behind a sticker', async () => {
  const person = await bot.resident('kk')
  await person.taps('Дауыс беру')
  await person.sendsSticker()
  await person.says(bot.envelope().code)
  await person.sees('Расталды. Ауыл: Мақаншы')
  await person.sendsVoice()
  await person.taps(/^▫️/)
  await person.sees('Белгіленгені: 1 / 3')
})

test.each(['сәлем', '/unknown', 'Дауыс беру', '42', '🙂', '<b>&amp;'])(
  'a text out of place (%s) is answered, and the menu follows',
  async (text) => {
    const person = await bot.resident('kk')
    await person.says(text)
    const [answer, menu] = person.heard()
    expect(answer?.text).toContain('Бұл жерде түймелер мен қысқа мәтін қабылданады.')
    expect(menu?.buttons.flat()).toContain('Дауыс беру')
  },
)

test('the key “Cancel” still works when the language was changed meanwhile', async () => {
  const person = await bot.resident('kk')
  await person.taps('Жобалар')
  await person.taps('Жақын маңда')
  await person.says('/language')
  await person.taps('English')
  await person.taps('Болдырмау')
  await person.sees('Stage: voting')
  expect(person.chat().keyboard).toBeUndefined()
})

test('an edited message changes nothing', async () => {
  const person = await bot.resident('kk')
  await person.says('сәлем')
  const mine = person.chat().messages.findLast(({ from }) => from === 'person')
  const before = person.messages()
  await person.edits(mine?.message_id ?? 0, bot.envelope().code)
  expect(person.messages()).toBe(before)
})

test('whoever presses 70 times at once is slowed down, and served again later; others do not notice', async () => {
  const hasty = await bot.resident('kk')
  const calm = await bot.resident('kk')
  await hasty.taps('Жобалар')
  ahead = 62_000
  frozen = Date.now() + 60_000
  const pressed = await Promise.all(
    Array.from({ length: 70 }, () =>
      bot.control('POST', `people/${hasty.id}/press-raw`, { data: 'mn', message_id: hasty.screen().id }),
    ),
  )
  await Promise.all(pressed.map(({ update_id }) => bot.settled(Number(update_id))))
  const { alerts, open_callbacks } = await hasty.refresh()
  expect(open_callbacks).toBe(0)
  expect(alerts.map(({ text }) => text)).toEqual(Array(10).fill('Сәл күтіңіз: түймелер тым жиі басылды.'))
  await calm.taps('Жобалар')
  await calm.sees('Жобалар: Мақаншы')
  frozen += 1_000
  await hasty.taps('Жобалар')
  await hasty.sees('Жобалар: Мақаншы')
  frozen = undefined
})

test('a message in a group is left alone, and a press there is answered and changes nothing', async () => {
  const person = await bot.resident('kk')
  const chat = { id: -100123, type: 'supergroup', title: 'Ауыл чаты' }
  const from = { id: person.id, is_bot: false, first_name: 'Айгүл' }
  const message = { message_id: 9, date: 1, chat, from, text: '/start' }
  const { update_id } = await bot.control('POST', 'updates', { message })
  await bot.settled(Number(update_id))
  const pressed = {
    id: '77',
    from,
    chat_instance: '1',
    data: 'mn',
    message: { ...message, from: { ...from, is_bot: true } },
  }
  const { update_id: second } = await bot.control('POST', 'updates', { callback_query: pressed })
  await bot.settled(Number(second))
  const calls = (await bot.control('GET', 'calls?after=0')) as unknown as {
    method: string
    params: { chat_id?: number }
  }[]
  expect(calls.filter(({ params }) => Number(params.chat_id) === chat.id)).toEqual([])
})

test('whoever blocked the bot and comes back finds everything as it was', async () => {
  const person = await bot.resident('kk')
  await person.says(bot.envelope().code)
  await person.blocks()
  await person.unblocks()
  await person.says('/start')
  await person.taps('Дауыс беру')
  await person.sees('Бюллетень · карточка')
})

test('the result is “not yet” for whoever guesses its button before it is published', async () => {
  const person = await bot.resident('ru')
  const here = { cycle: bot.cycle.id, territory: bot.cycle.villages[0].territory, pot: GENERAL }
  for (const data of [resultsButton.pack(here), stepsButton.pack({ ...here, page: 0 })]) {
    await person.pressesRaw(data)
    await person.sees('Итоги ещё не опубликованы.')
  }
})

test('after the close a ballot is refused with the time; the published result tells winners and steps in three languages', async () => {
  const [makanshy, ulytau] = bot.cycle.villages
  const late = await bot.resident('ru')
  await late.says(bot.envelope().code)
  await late.taps(/^▫️/)
  await late.taps('Проверить')
  const late2 = await bot.resident('ru')
  await late2.says(bot.envelope().code)
  for (let n = 0; n < 11; n++)
    await castFor(5000 + n, makanshy.territory, [
      makanshy.projects[n % 3]?.id ?? '',
      makanshy.projects[0]?.id ?? '',
    ])
  await bot.close()
  await late.taps('Отправить')
  await late.sees(/Голосование завершено: \d+ ноября, \d\d:\d\d\. Пришедшее позже не считается\./)
  await late2.says('/menu')
  await late2.sees('Этап: подсчёт голосов. Голосование завершено:')
  await late2.taps('Голосовать')
  await late2.sees(/Голосование завершено: .* Пришедшее позже не считается\./)
  const newcomer = await bot.resident('ru')
  await newcomer.says(bot.envelope().code)
  await newcomer.sees('Подтверждено')
  await bot.publish()
  await late2.sees('Итоги подведены. Нажмите в меню «Результаты».')
  const words = {
    kk: [
      'Нәтижелер',
      'Қорытынды: Мақаншы',
      'Дауыс бергендер: 11',
      'Жеңген жобалар',
      'Қалай саналды?',
      /№\s1 өтеді: 11 дауыс, құны/,
    ],
    ru: [
      'Результаты',
      'Итоги: Маканчи',
      'Проголосовало: 11',
      'Победили',
      'Как считали?',
      /№\s1 проходит: 11 голосов, стоит/,
    ],
    en: [
      'Results',
      'Result: Makanshy',
      'Voted: 11',
      'Winners',
      'How was it counted?',
      /№\s1 wins: 11 votes, it costs/,
    ],
  } as const
  for (const language of ['kk', 'ru', 'en'] as const) {
    const [results, title, voted, winners, how, step] = words[language]
    const reader = await bot.resident(language)
    await reader.taps(results)
    const { text } = await reader.sees(title)
    expect(text).toContain(voted)
    expect(text).toContain(winners)
    expect(text).toContain(`1. №\u00a01 ${makanshy.projects[0]?.title[language]}: 11 `)
    await reader.taps(how)
    await reader.sees(step)
    await reader.taps(results)
    await reader.sees(title)
  }
  const few = await bot.resident('ru', ulytau)
  await few.taps('Результаты')
  await few.sees('Голосов меньше 10, поэтому по проектам они не показаны.')
})

async function castFor(account: number, territory: number, marks: string[]): Promise<void> {
  const { app, cycle } = bot
  const { rollRow } = must(
    await verifyAccount(app, account, { id: cycle.id, method: 'card' }, bot.envelope().code),
  )
  const { ballot } = must(await openBallot(app, account, cycle.id, rollRow))
  const sent = { ballot, account, cycle: cycle.id, territory, rollRow }
  must(await castBallot(app, { ...sent, marks: [...new Set(marks)] }))
}
