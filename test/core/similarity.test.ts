// Ideas that are alike, told from those that only stand in the same place or use the same words.
import { expect, test } from 'vitest'
import { bestThreshold, labelledPairs, qualityOf, scoreOf } from '../../bench/labelled-pairs.ts'
import { ALIKE, comparedOf, similarity } from '../../src/core/similarity.ts'
import { nearlyBegins, stemsOf } from '../../src/core/idea-words.ts'

const idea = (title: string, text = '', category: string | null = 'other') =>
  comparedOf({ title, text, category })
const alike = (one: string, other: string, metres?: number) => similarity(idea(one), idea(other), metres)

test('the threshold was chosen on the half for choosing, and holds there what it promises', async () => {
  const pairs = (await labelledPairs()).filter(({ half }) => half === 'choose')
  const scored = pairs.map((pair) => ({ label: pair.label, score: scoreOf(pair) }))
  const quality = qualityOf(scored, ALIKE)
  expect(quality.of).toEqual({ alike: 44, 'near-miss': 16, unlike: 25 })
  expect(quality.precision).toBeGreaterThanOrEqual(0.95)
  expect(quality.recall).toBeGreaterThanOrEqual(0.95)
  expect(ALIKE).toBe(bestThreshold(scored))
})

test('the half for measuring keeps nine of ten right, and finds eight of ten', async () => {
  const pairs = (await labelledPairs()).filter(({ half }) => half === 'measure')
  const quality = qualityOf(
    pairs.map((pair) => ({ label: pair.label, score: scoreOf(pair) })),
    ALIKE,
  )
  expect(quality.precision).toBeGreaterThanOrEqual(0.9)
  expect(quality.recall).toBeGreaterThanOrEqual(0.8)
})

test.each([
  ['Kazakh and Russian', 'Мектеп көшесіне шам орнату', 'Фонари на школьной улице'],
  ['Kazakh typed on a Russian keyboard', 'Кудык казу керек', 'Құдық қазу'],
  ['one letter wrong', 'Детская площядка у клуба', 'Детская площадка возле клуба'],
  ['other endings', 'Аялдамаға орындық', 'Аялдаманың орындықтарын қою'],
  ['a word of the village', 'Клубтың алдына фонарь', 'Мәдениет үйінің жанына шам орнату'],
])('alike in spite of %s', (_, one, other) => {
  expect(alike(one, other)).toBeGreaterThanOrEqual(ALIKE)
  expect(alike(other, one)).toBeCloseTo(alike(one, other), 1)
})

test.each([
  ['Кітапхананың шатырын жөндеу', 'Кітапханаға компьютер алу'],
  ['Мост через речку', 'Перила на мосту через речку'],
  ['Емханаға пандус', 'Емханаға лифт орнату'],
  ['Дорога к школе', 'Фонари у школы'],
])('the same place with another thing is not alike: %s / %s', (one, other) => {
  expect(alike(one, other, 0)).toBeLessThan(ALIKE)
})

test('the same thing far away is another idea; an unknown distance counts for nothing', () => {
  const [one, other] = ['Көшеге шам орнату', 'Көшеге шам керек']
  expect(alike(one, other, 500)).toBe(alike(one, other))
  expect(alike(one, other, 501)).toBeLessThan(ALIKE)
})

test('the same under another category is a little less alike', () => {
  const one = idea('Аялдамаға шам', '', 'street_lighting')
  const other = idea('Аялдамаға шам', '', 'green_energy')
  expect(similarity(one, other)).toBeLessThan(similarity(one, one))
  expect(similarity(one, other)).toBeGreaterThanOrEqual(ALIKE)
})

test('ideas without a word are like nothing, and no score leaves 0 to 1', () => {
  expect(alike('', '')).toBe(0)
  expect(alike('12', 'Фонарь')).toBe(0)
  expect(alike('Фонарь', 'Фонарь')).toBeCloseTo(1)
  expect(alike('Фонарь '.repeat(20), 'Фонарь'.repeat(20))).toBeLessThanOrEqual(1)
})

test('endings are taken off and never the whole word; a letter more, less or other is nearly the same', () => {
  expect(stemsOf('кудыгы')).toContain('кудык')
  expect(stemsOf('фонарями')).toContain('фонар')
  expect(stemsOf('мектептердин').at(-1)?.length).toBeGreaterThan(1)
  expect(
    ['тратуары', 'тротары', 'тротууары', 'тратарды'].map((word) => nearlyBegins(word, 'тротуар')),
  ).toEqual([true, true, true, false])
})
