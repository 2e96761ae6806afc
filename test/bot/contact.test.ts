// The vote of people whose phone is on the roll: whose contact counts, how it may be spelled, and what does not do.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cardCode } from '../../src/core/person.ts'
import { PROFILES } from '../../src/core/cycle.ts'
import { contactMac } from '../../src/verification/contact.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { BESTEREK, MAKANSHY } from '../support/bot-cycle.ts'
import type { Person } from '../support/person.ts'
import { cycleOf, enterRows } from '../support/people.ts'

const DESK = 'Акимат, кабинет 1; 9:00–18:00; тел. +7 700 000 00 01'
const NOT_YOURS = 'Это чужой номер. Отправьте кнопкой ниже только свой.'
/** Numbers of the roll; the last stands twice. */
const numberOf = (n: number): string => `7701555${String(n).padStart(4, '0')}`
const TWICE = 99

let bot: TestBot
beforeAll(async () => {
  const villages = [
    { name: MAKANSHY, projects: 4 },
    { name: BESTEREK, projects: 0 },
  ]
  const terms = { ...PROFILES.advisory, method: 'contact' as const }
  bot = await startBot({ seed: 'contact', cycle: { villages, terms, trial: true } })
  const [{ territory }] = bot.cycle.villages
  const pepper = bot.app.secrets.pepper(bot.cycle.id)
  const rows = [...Array.from({ length: 20 }, (_, at) => at), TWICE, TWICE].map((n, at) => ({
    territory,
    registerNo: at + 1,
    contactMac: contactMac(numberOf(n), pepper),
  }))
  const cycle = await cycleOf(bot.app, bot.cycle.id)
  await bot.app.db.begin((tx) => enterRows(bot.app, tx, cycle, rows))
})
afterAll(() => bot.stop())

/** A resident who was just asked for the phone number. */
async function asked(): Promise<Person> {
  const person = await bot.resident('ru')
  await person.taps('Голосовать')
  await person.sees('Отправьте свой номер кнопкой ниже.')
  return person
}
const attempts = async (person: Person): Promise<number> => {
  const [row] = await bot.app.db.sql`select count(*)::int as n from attempt where account = ${person.id}`
  return row?.n as number
}

test.each([
  ['+7 701 555 00 00', 0],
  ['87015550001', 1],
  ['7 (701) 555-00-02', 2],
  ['77015550003', 3],
  ['+7‑701‑555‑00‑04', 4],
])('one’s own number as %s is the number on the roll', async (phone_number) => {
  const person = await asked()
  await person.taps('Отправить номер', { phone_number })
  const [thanks, ballot] = person.heard()
  expect(thanks?.text).toMatch(/^ТРЕНИРОВКА\. [^\n]*\nСпасибо, номер получен\.$/)
  expect(ballot?.text).toMatch(/^Подтверждено\. Село: Маканчи[^]*Бюллетень · ваш номер/)
  await person.taps(/^▫️/)
  await person.taps('Проверить')
  await person.taps('Отправить')
  await person.sees('Ваш голос принят')
  expect(person.hasButton('Следующий человек')).toBe(false)
})

test('the privacy line says what is done with the number', async () => {
  const person = await bot.resident('ru')
  await person.sees('номер телефона нужен только для сверки со списком и в открытом виде не хранится')
})

test.each([
  ['a friend’s contact', { contact: { phone_number: numberOf(10), first_name: 'Ерлан', user_id: 4242 } }],
  ['a contact without an account', { contact: { phone_number: numberOf(10), first_name: 'Ерлан' } }],
  ['a forwarded one', { contact: 'own', phone_number: numberOf(10), forward: true }],
  ['one sent by another bot', { contact: 'own', phone_number: numberOf(10), via_bot: true }],
])('%s does not verify anybody, and may be put right', async (_, sent) => {
  const person = await asked()
  await person.sharesContact(sent)
  await person.sees(NOT_YOURS)
  expect(await attempts(person)).toBe(0)
  expect(await claims(10)).toBe(0)
  await person.taps('Отправить номер', { phone_number: '+996 555 123456' })
  await person.sees('Подходит только мобильный номер Казахстана.')
})

const claims = async (n: number): Promise<number> => {
  const mac = contactMac(numberOf(n), bot.app.secrets.pepper(bot.cycle.id))
  const [row] = await bot.app.db.sql`
    select count(*)::int as n from claim c join roll_row r on r.id = c.roll_row where r.contact_mac = ${mac}`
  return row?.n as number
}

test.each(['+79161234567', '+888 0123 4567', '+1 202 555 0143'])(
  'a number of elsewhere (%s) is sent to the desk, and costs no attempt',
  async (phone_number) => {
    const person = await asked()
    await person.taps('Отправить номер', { phone_number })
    await person.sees(`Подходит только мобильный номер Казахстана. Иначе обратитесь: ${DESK}.`)
    expect(await attempts(person)).toBe(0)
  },
)

test('a contact that nobody asked for is not taken', async () => {
  const person = await bot.resident('ru')
  await person.sharesContact({ contact: 'own', phone_number: numberOf(11) })
  await person.sees('Номер сейчас не запрашивали. Сначала нажмите «Голосовать».')
  expect(await claims(11)).toBe(0)
})

test('a prompt that was left for the menu asks for nothing any more', async () => {
  const person = await asked()
  await person.says('/menu')
  await person.sharesContact({ contact: 'own', phone_number: numberOf(12) })
  await person.sees('Номер сейчас не запрашивали.')
  expect(await claims(12)).toBe(0)
})

test.each(['+7 701 555 00 13', 'мой номер', '👍'])(
  'a number that is typed (%s) is asked for as a contact again',
  async (text) => {
    const person = await asked()
    await person.says(text)
    await person.sees('Отправьте свой номер кнопкой ниже.')
    expect(await claims(13)).toBe(0)
    await person.taps('Отмена')
    await person.sees('Этап: голосование')
  },
)

test('a number that is not on the roll and one that was used sound alike; five of them and one waits', async () => {
  const owner = await asked()
  await owner.taps('Отправить номер', { phone_number: numberOf(14) })
  await owner.sees('Подтверждено')
  const said: string[] = []
  const person = await asked()
  for (const phone_number of [numberOf(14), numberOf(500), numberOf(501), numberOf(502), numberOf(503)]) {
    await person.sharesContact({ contact: 'own', phone_number })
    said.push((await person.sees('Этого номера нет в списке села, или он уже использован.')).text)
  }
  expect(new Set(said).size).toBe(1)
  await person.sharesContact({ contact: 'own', phone_number: numberOf(15) })
  await person.sees('Слишком много попыток.')
  expect(await claims(15)).toBe(0)
})

test('a number that stands on the roll twice is sent to the desk', async () => {
  const person = await asked()
  await person.taps('Отправить номер', { phone_number: numberOf(TWICE) })
  await person.sees(`Этот номер стоит в списке дважды, поэтому его недостаточно. Обратитесь: ${DESK}.`)
})

test('digits of a card in a vote by phone ask for the phone, and cost no attempt', async () => {
  const person = await bot.resident('ru')
  const code = cardCode(bot.app.random(16))
  await person.says(code)
  await person.sees('Отправьте свой номер кнопкой ниже.')
  await person.says(`/start c_${code}`)
  await person.sees('Этап: голосование')
  expect(await attempts(person)).toBe(0)
})

test('one phone is one person: a second number is refused', async () => {
  const person = await asked()
  await person.taps('Отправить номер', { phone_number: numberOf(16) })
  await person.says('/menu')
  await person.taps('Голосовать')
  await person.sees('Бюллетень · ваш номер')
  expect(person.hasButton('Ещё один человек')).toBe(false)
  await person.pressesRaw(`ba:${bot.cycle.id.toString(36)}:${bot.cycle.villages[0].territory.toString(36)}`)
  await person.taps('Отправить номер', { phone_number: numberOf(17) })
  await person.sees('С одного аккаунта голосует не больше 1 человека.')
  expect(await claims(17)).toBe(0)
})
