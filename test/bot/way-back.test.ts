// From a card back to the list it was opened from: the page, the kind, or the words of a search.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { button } from '../../src/bot/callback.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'way-back', cycle: { villages: [{ name: MAKANSHY, projects: 54 }] } })
})
afterAll(() => bot.stop())

/** Opens the last project of the list on the screen and goes back; returns the list before and after. */
async function thereAndBack(person: Person, back = 'К списку'): Promise<[string, string]> {
  const before = person.screen()
  const label = before.buttons.flat().findLast((text) => text.startsWith('№')) ?? ''
  await person.taps(label)
  expect(person.screen().text).not.toBe(before.text)
  await person.taps(back)
  return [before.text, person.screen().text]
}

test('a list of one kind is still of that kind behind a card, at its page', async () => {
  const dana = await bot.resident('ru')
  await dana.taps('Проекты')
  await dana.taps('Фильтр')
  await dana.taps('Уличное освещение')
  await dana.taps('Следующая')
  await dana.sees(/Вид: Уличное освещение[^]*Страница 2 из/)
  const [before, after] = await thereAndBack(dana)
  expect(after).toBe(before)
})

test('what a search found is found again behind a card, in the words that were written', async () => {
  const olzhas = await bot.resident('kk')
  await olzhas.taps('Жобалар')
  await olzhas.taps('Іздеу')
  await olzhas.says('КӨШЕГЕ  жарык')
  const [, after] = await thereAndBack(olzhas, 'Тізімге')
  expect(after).toContain('Іздеу: «КӨШЕГЕ жарык»')
  expect(after).toContain('екі көшеге жарықдиодты шам')
})

test('of a long search the beginning is kept, and the project stands in what it finds', async () => {
  const olzhas = await bot.resident('kk')
  await olzhas.taps('Жобалар')
  await olzhas.taps('Іздеу')
  await olzhas.says('екі көшеге жарықдиодты шам көшеге жарықдиодты')
  const title = 'екі көшеге жарықдиодты шам'
  await olzhas.sees(title)
  const [, after] = await thereAndBack(olzhas, 'Тізімге')
  expect(after).toMatch(/Іздеу: «екі көшеге жарықди[^»]*»/)
  expect(after).toContain(title)
})

describe('words in a button', () => {
  const found = button('xx', { cycle: 'int', words: 'text' })
  const largest = 2 ** 31 - 1
  test.each([
    ['stay as they are', 'су құбыры', 'су құбыры'],
    ['lose what separates fields, and blanks', ' a:b\n\u00a0c ', 'a b c'],
    ['may be none', '', ''],
    ['end where a letter ends', 'ә'.repeat(40), 'ә'.repeat(27)],
    ['never tear a sign of four bytes', '🌳'.repeat(20), '🌳'.repeat(13)],
    ['do not end with a blank', `${'ә'.repeat(26)} ә`, 'ә'.repeat(26)],
  ])('%s', (_, words, kept) => {
    const data = found.pack({ cycle: largest, words })
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64)
    expect(found.parse(data)).toEqual({ cycle: largest, words: kept })
  })
})
