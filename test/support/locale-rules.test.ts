// Each rule of wording finds the fault that is planted for it, and lets good texts pass.
import { expect, test } from 'vitest'
import { buttonFaults, signFaults, tapFaults, wordFaults } from './locale-rules.ts'
import { textsOf } from './locales.ts'

const one = (language: string, key: string, text: string) =>
  textsOf({ [language]: { vote: { [key]: text } } })

test.each([
  ['kk', 'Дауыс беру нәтижесі', 'қорытынды'],
  ['kk', 'Қаржы тең бөлінеді', 'ақша'],
  ['kk', 'Жақтаушылары 5 адам', 'қолдағандар'],
  ['kk', 'Көмек пункті: 1-бөлме', 'көмек орны'],
  ['kk', 'Жұмсалды: 5 ₸', 'бөлінді'],
  ['kk', 'Жеңген жобалар', 'өткен жобалар'],
  ['kk', 'Кім үшін дауыс бересіз?', 'nobody'],
  ['ru', 'Результаты', 'итоги'],
  ['ru', 'Победили', 'прошедшие проекты'],
  ['ru', 'Потрачено: 5 ₸', 'распределено'],
  ['ru', 'Обратитесь в пункт помощи', 'где помогут'],
  ['ru', 'За кого вы голосуете?', 'nobody'],
  ['en', 'Who are you voting for?', 'nobody'],
  ['kk', 'Сіз әлі дауыс берген жоқсыз', 'told of nobody'],
  ['ru', 'Вы уже голосовали очно', 'told of nobody'],
  ['en', 'You have not voted yet', 'told of nobody'],
  ['en', '№ 3 is skipped', 'wins'],
  ['en', 'Spent: 5 ₸', 'allocated'],
])('two words for one thing: %s “%s”', (language, text, fault) => {
  expect(wordFaults(one(language, 'x', text)).join()).toContain(fault)
  expect(wordFaults(one(language, 'x', '{{spent}} нәрсе, вещь, thing'))).toEqual([])
})

test.each([
  ['ru', '{{share}} % бюджета', 'plain space'],
  ['ru', '{{km}} км', 'plain space'],
  ['kk', '{{share}}\u00a0% бюджет', 'a bare %'],
  ['en', 'no ИИН', '“ИИН” in an English text'],
])('a sign in the wrong place: %s “%s”', (language, text, fault) => {
  expect(signFaults(one(language, 'x', text)).join()).toContain(fault)
})

test('a reason at the end of a sentence wants a label', () => {
  const planted = textsOf({ en: { results: { tie: 'Ordered by {{by}}.' } } })
  expect(signFaults(planted)).toEqual(['en: results.tie: {{by}} without a label and a colon'])
  expect(signFaults(textsOf({ en: { results: { tie: 'Order: {{by}}.' } } }))).toEqual([])
})

test('a command that wants a number, and an example the program refuses', () => {
  expect(tapFaults(one('en', 'x', 'write /receipt and the number')).join()).toContain('sent bare')
  expect(tapFaults(one('en', 'x', 'such as 1234 5678 9012 34')).join()).toContain('check-digits')
  expect(tapFaults(one('en', 'x', 'such as 1234 5678 9012')).join()).toContain('too-short')
  expect(tapFaults(one('en', 'x', 'such as 1234 5678 9012 44 or 1234 5678 9012 3428'))).toEqual([])
})

test('a label that is too wide for its row', () => {
  const width = (label: string) => label.length * 8
  const near = one('ru', 'near.button', 'Рядом со мной')
  expect(buttonFaults(near, { 'vote.near.button': 3 }, width)).toEqual(['ru: vote.near.button: 104 px in 85'])
  expect(buttonFaults(near, { 'vote.near.button': 2 }, width)).toEqual([])
})
