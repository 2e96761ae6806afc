// What happens beside the vote: things that are not accepted, groups, blocked people; then the close, and the result.
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
beforeAll(async () => {
  const villages = [
    { name: MAKANSHY, projects: 6, cards: 20 },
    { name: ULYTAU, projects: 2, cards: 2 },
  ]
  bot = await startBot({
    seed: 'around',
    cycle: { villages },
    loops: true,
  })
})
afterAll(() => bot.stop())

const SENT: [string, (person: Person) => Promise<unknown>][] = [
  ['a photo', (person) => person.sendsPhoto()],
  ['a voice note', (person) => person.sendsVoice()],
  ['a document', (person) => person.sendsDocument()],
  ['a sticker', (person) => person.sendsSticker()],
]
const TAKEN_NOWHERE = /Фото, файл, стикер мен дауыстық хабарлама бұл жерде қабылданбайды\./
/** Where, how one gets there, and what is said to what cannot be taken there. */
const STEPS: [string, (person: Person) => Promise<void>, RegExp][] = [
  ['at the menu', async () => {}, TAKEN_NOWHERE],
  [
    'when digits are asked for',
    async (person) => void (await person.taps('Дауыс беру')),
    /карточкадағы 16 цифр|16 цифрды жазып жіберіңіз/,
  ],
  [
    'in front of a ballot',
    async (person) => void (await person.says(bot.envelope().code)),
    /Дауысыңыз әлі жіберілген жоқ\.[^]*Белгіленгені: 0 \/ 3/,
  ],
  [
    'when a search word is asked for',
    async (person) => {
      await person.taps('Жобалар')
      await person.taps('Іздеу')
    },
    /қабылданбайды\.[^]*Іздейтін сөзді жазыңыз/,
  ],
  [
    'when the location is asked for',
    async (person) => {
      await person.taps('Жобалар')
      await person.taps('Жақын')
    },
    /орналасқан жеріңізді жіберіңіз/,
  ],
]

test.each(STEPS)(
  '%s nobody is left alone with a photo, a voice note, a document or a sticker',
  async (_, step, said) => {
    const person = await bot.resident('kk')
    await step(person)
    for (const [, send] of SENT) {
      await send(person)
      await person.sees(said)
      expect(person.heard(), 'one message for each').toHaveLength(1)
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

test.each(['сәлем', '/unknown', '19.03.2027 18:00', '42', '🙂', '<b>&amp;'])(
  'a text out of place (%s) is answered with the menu, in one message',
  async (text) => {
    const person = await bot.resident('kk')
    await person.says(text)
    const [answer, ...more] = person.heard()
    expect(answer?.text).toContain('Мұны түсіне алмадық. Төменнен керегін басыңыз.')
    expect(answer?.buttons.flat()).toContain('Дауыс беру')
    expect(more).toEqual([])
  },
)

test('the key “Cancel” still works when the language was changed meanwhile', async () => {
  const person = await bot.resident('kk')
  await person.taps('Жобалар')
  await person.taps('Жақын')
  await person.says('/language')
  expect(person.chat().keyboard).toBeUndefined()
  await person.taps('English')
  await person.says('Болдырмау')
  await person.sees('Stage: voting')
})

test('an edited message changes nothing', async () => {
  const person = await bot.resident('kk')
  await person.says('сәлем')
  const mine = person.chat().messages.findLast(({ from }) => from === 'person')
  const before = person.messages()
  await person.edits(mine?.message_id ?? 0, bot.envelope().code)
  expect(person.messages()).toBe(before)
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
  await late.sees(/Голосование завершено: \d+ [а-я]+, \d\d:\d\d\. Голоса, пришедшие позже, не считаются\./)
  await late2.says('/menu')
  await late2.sees('Этап: подсчёт голосов. Голосование завершено:')
  await bot.publish()
  await late2.sees('Итоги голосования подведены. Нажмите «Итоги».')
  const words = {
    kk: [
      'Қорытынды',
      'Қорытынды: Мақаншы',
      'Дауыс бергендер: 11, тізімде барлығы: 20',
      'Өткен жобалар',
      'Қалай саналды?',
      /№\s1 өтеді: 11 дауыс, құны/,
    ],
    ru: [
      'Итоги',
      'Итоги: Маканчи',
      'Проголосовало: 11 из 20',
      'Прошедшие проекты',
      'Как считали?',
      /№\s1 проходит: 11 голосов, стоит/,
    ],
    en: [
      'Results',
      'Result: Makanshy',
      'Voted: 11 of 20',
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
    expect(text).toContain({ kk: 'Ауыл бюджеті', ru: 'Бюджет села', en: 'The village budget' }[language])
    expect(text).toMatch(/(Жарияланды|Опубликовано|Published): .*\d{4}.*, \d\d:\d\d/)
    expect(text.split('\n').at(-1)).toBe(`https://t.me/${bot.username}?start=v_${makanshy.territory}`)
    expect(text).toContain(winners)
    expect(text).toContain(`1. №\u00a01. ${makanshy.projects[0]?.title[language]}: 11 `)
    await reader.taps(how)
    await reader.sees(step)
    await reader.taps(results)
    await reader.sees(title)
  }
  const few = await bot.resident('ru', ulytau)
  await few.taps('Итоги')
  await few.sees('Голосов меньше 10, поэтому голоса по проектам не показаны.')
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
