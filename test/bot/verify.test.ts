// The card: every way in which 16 digits can go wrong, and what the chat says then.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardCode } from '../../src/core/person.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, botCycle, MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { cards, replaceCard } from '../support/cards.ts'
import type { Person } from '../support/person.ts'

const DESK = 'Акимат, кабинет 1; 9:00–18:00; тел. +7 700 000 00 01'

let bot: TestBot
beforeAll(async () => {
  const villages = [
    { name: MAKANSHY, projects: 6, cards: 28 },
    { name: ULYTAU, projects: 4, cards: 1 },
  ]
  bot = await startBot({ seed: 'verify', cycle: { villages } })
})
afterAll(() => bot.stop())

/** A resident who was just asked for the digits. */
async function asked(): Promise<Person> {
  const person = await bot.resident('ru')
  await person.taps('Голосовать')
  await person.sees('Введите 16 цифр с карточки')
  return person
}
const attempts = async (person: Person): Promise<number> => {
  const [row] = await bot.app.db.sql`select count(*)::int as n from attempt where account = ${person.id}`
  return row?.n as number
}
/** 16 digits with right check digits that are on no card. */
const guess = (): string => cardCode(bot.app.random(16))

test.each([
  ['letters', 'моя карточка'],
  ['an emoji', '👍'],
  ['a sign', '?'],
])('%s in place of a code are answered with an example, and cost no attempt', async (_, text) => {
  const person = await asked()
  await person.says(text)
  await person.sees('Сюда пишут 16 цифр с карточки, например: 1234 5678 9012 3428.')
  expect(await attempts(person)).toBe(0)
})

test('a text of 5,000 characters, which Telegram parts in two, is answered once with how much is accepted', async () => {
  const person = await asked()
  await person.says('7'.repeat(4096))
  await person.sees('Текст слишком длинный. Напишите не больше 500 знаков.')
  await person.says('7'.repeat(904))
  expect(person.heard()).toEqual([])

  await person.says(bot.envelope().code)
  await person.sees('Подтверждено')
})

test('spaces, dashes and dots between the digits are forgiven', async () => {
  for (const between of [' ', '-', ' – ', '.', '\u00a0']) {
    const person = await asked()
    await person.says(bot.envelope().code.match(/\d{4}/g)?.join(between) ?? '')
    await person.sees('Подтверждено. Село: Маканчи, Маканчи сельский округ, Маканчинский район.')
  }
})

test('15 digits are kept in mind, and the last one may come in a second message', async () => {
  const person = await asked()
  const { code } = bot.envelope()
  await person.says(code.slice(0, 15))
  await person.sees('Не хватает 1 цифры. Напишите остальное.')
  await person.says(code.slice(15))
  await person.sees('Подтверждено')
})

test('after half a code a whole one may be typed as well', async () => {
  const person = await asked()
  const { code } = bot.envelope()
  await person.says(code.slice(0, 8))
  await person.sees('Не хватает 8 цифр.')
  await person.says(code)
  await person.sees('Подтверждено')
})

test('a code in two messages that was wrong leaves nothing behind for the next one', async () => {
  const person = await asked()
  const wrong = guess()
  await person.says(wrong.slice(0, 8))
  await person.says(wrong.slice(8))
  await person.sees('Код не принят')
  const { code } = bot.envelope()
  await person.says(code.slice(0, 8))
  await person.sees('Не хватает 8 цифр.')
  await person.says(code.slice(8))
  await person.sees('Подтверждено')
})

test('17 digits are too many, and a slip of one digit is caught before an attempt is spent', async () => {
  const person = await asked()
  const { code } = bot.envelope()
  await person.says(`${code}1`)
  await person.sees('Слишком много цифр. На карточке их 16.')
  const slip = String((Number(code[3]) + 1) % 10)
  await person.says(code.slice(0, 3) + slip + code.slice(4))
  await person.sees(
    'Похоже, в цифрах ошибка. Сверьте с карточкой и введите ещё раз. Эта попытка не засчитана.',
  )
  const swapped = code.replace(/(\d)(?!\1)(\d)/, '$2$1')
  await person.says(swapped)
  await person.sees('Похоже, в цифрах ошибка')
  expect(await attempts(person)).toBe(0)
})

test('wrong, used by another and dead get one and the same answer, and each costs an attempt', async () => {
  const [{ territory }] = bot.cycle.villages
  const { code } = bot.envelope()
  const owner = await asked()
  await owner.says(code)
  await owner.sees('Подтверждено')
  const lost = bot.envelope()
  await replaceCard(bot.app, bot.cycle.id, territory, lost)
  const person = await asked()
  const said: string[] = []
  for (const tried of [guess(), code, lost.code]) {
    await person.says(tried)
    said.push((await person.sees('Код не принят. Проверьте цифры и введите ещё раз.')).text)
  }
  expect(new Set(said).size, said.join('\n')).toBe(1)
  expect(said[0]).toContain(`Помощь: ${DESK}`)
  expect(await attempts(person)).toBe(3)
})

test('a card that the desk has not handed over names the desk of its own village', async () => {
  const [, ulytau] = bot.cycle.villages
  const [sealed] = await cards(bot.app, bot.cycle.id, ulytau?.territory ?? 0, 1, 'printed')
  const person = await asked()
  await person.says(sealed?.code ?? '')
  const theirs = 'Акимат, кабинет 2; 9:00–18:00; тел. +7 700 000 00 02'
  await person.sees(`Эта карточка не отмечена как выданная. Обратитесь: ${theirs}.`)
  expect(await attempts(person)).toBe(1)
})

test('a card of another village opens the ballot of that village, and one’s own village stays', async () => {
  const [, ulytau] = bot.cycle.villages
  const person = await asked()
  await person.says(bot.envelope(ulytau).code)
  await person.sees('Подтверждено. Село: Улытау')
  const shown = person
    .screen()
    .buttons.flat()
    .filter((label) => label.startsWith('▫️'))
  expect(shown).toHaveLength(4)
  await person.taps('Меню')
  await person.sees('Маканчи, Маканчи сельский округ')
})

test('where two votes are open at once, a card finds its own by link and by digits, at no attempt', async () => {
  const other = await botCycle(bot.app, {
    slug: 'elsewhere',
    villages: [{ name: BESTEREK, projects: 2, cards: 2 }],
  })
  const [{ cards: theirs }] = other.villages
  const newcomer = await bot.person({ language_code: 'ru' })
  await newcomer.says(`/start c_${theirs[0]?.code}`)
  await newcomer.taps('Русский')
  await newcomer.sees('Карточка распознана. Село: Бестерек')
  await newcomer.taps('Да')
  await newcomer.sees('Подтверждено. Село: Бестерек')
  const person = await asked()
  await person.says(theirs[1]?.code ?? '')
  await person.sees('Подтверждено. Село: Бестерек')
  const back = await bot.resident('ru', other.villages[0])
  await back.says(`/start c_${bot.envelope().code}`)
  await back.sees('Карточка распознана. Село: Маканчи')
  await back.says(guess())
  await back.sees('Код не принят')
  expect(await Promise.all([newcomer, person, back].map(attempts))).toEqual([0, 0, 1])
})

test('five wrong codes and one waits; even the right card is refused then, and its owner elsewhere is not', async () => {
  const { code } = bot.envelope()
  const thief = await asked()
  for (let n = 0; n < 5; n++) {
    await thief.says(guess())
    await thief.sees('Код не принят')
  }
  await thief.says(code)
  await thief.sees(`Слишком много попыток. Подождите 2 минуты. Помощь: ${DESK}.`)
  expect(await attempts(thief)).toBe(5)
  await thief.says(`/start c_${code}`)
  await thief.sees('Слишком много попыток. Подождите 2 минуты.')
  const owner = await asked()
  await owner.says(code)
  await owner.sees('Подтверждено')
})

test('one’s own card again is no attempt: one is verified already, and goes on to vote', async () => {
  const person = await asked()
  const { code } = bot.envelope()
  await person.says(code)
  await person.says(code)
  await person.sees(/Вы уже подтверждены\.[^]*Отметьте до 3 проектов/)
  await person.says(`/start c_${code}`)
  await person.sees('Вы уже подтверждены.')
  expect(await attempts(person)).toBe(0)
})

/** Changes the text of the message that the person wrote last. */
async function corrects(person: Person, text: string): Promise<void> {
  const mine = person.chat().messages.findLast(({ from }) => from === 'person')
  await person.edits(mine?.message_id ?? 0, text)
}

test('a slip may be corrected in the message itself; once it is accepted an edit changes nothing', async () => {
  const person = await asked()
  const { code } = bot.envelope()
  await person.says(code.replace(/(\d)(?!\1)(\d)/, '$2$1'))
  await person.sees('Похоже, в цифрах ошибка')
  await corrects(person, code)
  await person.sees('Подтверждено')
  const before = person.messages()
  for (const text of [code, bot.envelope().code, guess(), 'спасибо']) await corrects(person, text)
  expect([person.messages(), await attempts(person)]).toEqual([before, 0])
  await person.says('/mydata')
  await person.sees(/карточка …\d{4} \(Бюджет села\): голос не отправлен\n/)
})

test('half a code that is corrected takes the place of the half before', async () => {
  const person = await asked()
  const { code } = bot.envelope()
  await person.says(guess().slice(0, 8))
  await corrects(person, code.slice(0, 8))
  await person.sees('Не хватает 8 цифр.')
  await person.says(code.slice(8))
  await person.sees('Подтверждено')
})

test('a code typed without being asked is taken all the same', async () => {
  const person = await bot.resident('ru')
  await person.says(bot.envelope().code)
  await person.sees('Подтверждено')
})

test('a contact in a vote by cards is answered with what is needed', async () => {
  const person = await asked()
  await person.sharesContact()
  await person.sees('Для этого голосования нужен не телефон, а карточка: введите 16 цифр.')
  await person.says(bot.envelope().code)
  await person.sees('Подтверждено')
})

test('three people share a phone, told apart by serial and by the word each was given; a fourth is refused', async () => {
  const phone = await bot.resident('ru')
  const three = [bot.envelope(), bot.envelope(), bot.envelope()]
  const name = ({ serial }: { serial: number }) => `карточка …${String(serial).padStart(4, '0')}`
  for (const [at, card] of three.entries()) {
    await phone.taps('Голосовать')
    if (at > 0) await phone.taps('Ещё один человек')
    await phone.says(card.code)
    await phone.sees(`Бюллетень · ${name(card)}`)
    await phone.taps(/^▫️/)
    await phone.taps('Проверить')
    await phone.taps('Отправить')
    await phone.sees(`Бюллетень · ${name(card)}`)
    await phone.taps('Меню')
  }
  await phone.taps('Голосовать')
  const [first = '', second = '', third = ''] = three.map((card) => `${name(card)}: голос принят`)
  expect(phone.screen().buttons).toEqual([
    ...[first, second, third].flatMap((one) => {
      const serial = /…(\d{4})/.exec(one)?.[1]
      return [[one], [`…${serial}: добавить слово`]]
    }),
    ['Меню'],
  ])
  await phone.taps(`…${name(three[1] as (typeof three)[number]).slice(-4)}: добавить слово`)
  await phone.sees('Напишите короткое слово')
  await phone.says('мама <3 с очень длинным именем')
  await phone.sees(/Записано: мама <3 с очень длинным…[^]*Кто сейчас голосует\?/)
  expect(phone.screen().buttons.flat()).toContainEqual(
    expect.stringMatching(/^мама <3 с очень длинным… …\d{4}: голос принят$/),
  )
  await phone.says(bot.envelope().code)
  await phone.sees(`С одного аккаунта голосуют не больше 3 человек. Помощь: ${DESK}.`)
  await phone.says('/mydata')
  expect((await phone.sees('Что о вас хранится')).text.match(/…\d{4} .*: голос принят/gm)).toHaveLength(3)
})

test('what came of codes is counted by outcome, for whoever watches the desks', async () => {
  const counted = async (outcome: string) =>
    (await bot.metrics.claims.get()).values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0
  const before = await Promise.all(['claimed', 'already', 'wrong'].map(counted))
  const person = await asked()
  await person.says(guess())
  await person.sees('Код не принят')
  const { code } = bot.envelope()
  await person.says(code)
  await person.sees('Подтверждено')
  await person.says(code)
  const after = await Promise.all(['claimed', 'already', 'wrong'].map(counted))
  expect(after.map((n, at) => n - (before[at] ?? 0))).toEqual([1, 1, 1])
})
