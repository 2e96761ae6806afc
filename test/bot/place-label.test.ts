// A place on a button: on a phone of 360 pixels namesakes are told apart by what is left of the label.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readKato } from '../../src/core/formats/kato.ts'
import { openRuler } from '../../src/documents/text-width.ts'
import { createI18n } from '../../src/i18n.ts'
import { listedPlace, placeLabel, placeLine } from '../../src/words/place.ts'

const file = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../data/${name}`, import.meta.url)), 'utf8')
const read = readKato(file('kato-abai-ulytau.csv'), file('kato-geo.csv'))
if (!read.ok) throw new Error('unreadable')
const units = new Map(read.value.map((unit) => [unit.kato, unit]))
/** As the store reads them: okrug and district, nearest first, without the region. */
const places = read.value
  .filter(({ level }) => level === 3)
  .map((place) => {
    const within = []
    for (let up = units.get(place.parent ?? ''); up && up.level > 0; up = units.get(up.parent ?? ''))
      within.push(up.name)
    return { ...place, within }
  })

// Our font at 13.5 is as wide as the one of a phone at 15; so much of a label is drawn.
const ruler = openRuler()
const ROOM = 304
const drawn = (label: string) => ruler.cut(label, 13.5, ROOM)

test.each(['kk', 'ru', 'en'])('in %s what is drawn of a label tells every two namesakes apart', (locale) => {
  const t = createI18n()(locale)
  const names = new Set(places.map(({ name }) => t.of(name)))
  const namesakes = [...names]
    .map((own) => places.filter(({ name }) => t.of(name) === own))
    .filter((same) => same.length > 1)
  expect(namesakes.length).toBeGreaterThan(20)
  for (const same of namesakes) {
    const labels = same.map((place) => drawn(placeLabel(t, place)))
    expect(new Set(labels).size, labels.join(' | ')).toBe(labels.length)
  }
  expect(new Set(places.map((place) => listedPlace(t, place))).size).toBe(places.length)
})

test.each(['kk', 'ru', 'en'])(
  'in %s the name and the district behind it are always drawn whole',
  (locale) => {
    const t = createI18n()(locale)
    expect(places.length).toBeGreaterThan(300)
    const cut = places
      .map((place) => placeLabel(t, place))
      .filter((label) => !drawn(label).includes(label.split(', ').slice(0, 2).join(', ')))
    // Of 388: the longest names there are, which nothing else is called like.
    expect(cut.length, cut.join(' | ')).toBeLessThanOrEqual(6)
  },
)

test('the okrug that is called like its village is left out, in an adjective too', () => {
  const place = places.find(({ name }) => name.kk === 'Баршатас')
  if (!place) throw new Error('no Баршатас')
  const label = (locale: string) => placeLabel(createI18n()(locale), place)
  expect([label('kk'), label('ru')]).toEqual(['Баршатас, Аягөз ауд.', 'Баршатас, Аягозский р-н'])
})

test('a township, a station and a district are not called a village', () => {
  const [kk, ru, en] = ['kk', 'ru', 'en'].map((locale) => createI18n()(locale))
  const first = (kind: string) => {
    const unit = [...units.values()].find((one) => one.kind === kind)
    if (!unit || !kk || !ru || !en) throw new Error(kind)
    return [kk, ru, en].map((t) => placeLine(t, { ...unit, within: [] }).split(':')[0])
  }
  expect(first('village')).toEqual(['Ауыл', 'Село', 'Village'])
  expect(first('township')).toEqual(['Кент', 'Посёлок', 'Township'])
  expect(first('station')).toEqual(['Станция', 'Станция', 'Station'])
  expect(first('siding')).toEqual(['Разъезд', 'Разъезд', 'Siding'])
  expect(first('city')).toEqual(['Қала', 'Город', 'City'])
  expect(first('district')).toEqual(['Аудан', 'Район', 'District'])
  for (const { kind } of units.values()) expect(first(kind)[1], kind).not.toBe('Место')
})
