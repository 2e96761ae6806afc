// Drawing the cards of a roll.
import { expect, test } from 'vitest'
import { drawCards } from '../../src/core/cards.ts'
import { readCardCode } from '../../src/core/person.ts'
import { chance } from '../documents/chance.ts'

const roll = [
  ...Array.from({ length: 40 }, (_, at) => ({ village: 'a', register: 40 - at })),
  ...Array.from({ length: 3 }, (_, at) => ({ village: 'b', register: 10 * (at + 1) })),
]

test('every row gets one card, serials run through the register of each village', () => {
  const { cards } = drawCards(roll, chance(1))
  expect(cards.map(({ village, register, serial }) => ({ village, register, serial }))).toEqual([
    ...Array.from({ length: 40 }, (_, at) => ({ village: 'a', register: at + 1, serial: at + 1 })),
    ...Array.from({ length: 3 }, (_, at) => ({ village: 'b', register: 10 * (at + 1), serial: at + 1 })),
  ])
})

test('an addition goes on where the serials of its village ended', () => {
  const { cards } = drawCards(roll, chance(1), (village) => (village === 'a' ? 501 : 7))
  expect(cards.map(({ serial }) => serial).slice(39)).toEqual([540, 7, 8, 9])
})

test('codes are valid and all different', () => {
  const { cards } = drawCards(roll, chance(2))
  expect(cards.every(({ code }) => readCardCode(code).ok)).toBe(true)
  expect(new Set(cards.map(({ code }) => code)).size).toBe(roll.length)
})

test('a code that chance draws twice is drawn again', () => {
  const drawn = chance(3)
  const first = drawn(16)
  let times = 0
  const stuck = (count: number) => (times++ < 3 && count === 16 ? first : drawn(count))
  const { cards } = drawCards(roll.slice(0, 5), stuck)
  expect(new Set(cards.map(({ code }) => code)).size).toBe(5)
})

test('the sheet has the same cards village by village, in an order that neither register nor serial tells', () => {
  const { cards, sheet } = drawCards(roll, chance(4))
  const serials = (of: typeof cards, village: string) =>
    of.filter((card) => card.village === village).map((card) => card.serial)
  expect(sheet.map(({ village }) => village)).toEqual(cards.map(({ village }) => village))
  expect(serials(sheet, 'a')).not.toEqual(serials(cards, 'a'))
  expect(new Set(sheet)).toEqual(new Set(cards))
})

test('each card is as likely in each place of the sheet', () => {
  const bytes = chance(5)
  const firsts = new Map<number, number>()
  const three = roll.slice(-3)
  for (let draw = 0; draw < 3000; draw++) {
    const serial = drawCards(three, bytes).sheet[0]?.serial ?? 0
    firsts.set(serial, (firsts.get(serial) ?? 0) + 1)
  }
  for (const serial of [1, 2, 3]) expect(Math.abs((firsts.get(serial) ?? 0) - 1000)).toBeLessThan(150)
})
