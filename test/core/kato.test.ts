// The classifier and the demo's projects, read from the files that the program carries.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readDemoProjects } from '../../src/core/formats/demo-projects.ts'
import { readKato } from '../../src/core/formats/kato.ts'

const file = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../data/${name}`, import.meta.url)), 'utf8')

test('594 places of two regions, each with its parent before it, some with a point on the map', () => {
  const read = readKato(file('kato-abai-ulytau.csv'), file('kato-geo.csv'))
  if (!read.ok) throw new Error('unreadable')
  const places = read.value
  expect(places).toHaveLength(594)
  const seen = new Set<string>()
  for (const { kato, parent } of places) {
    if (parent !== undefined) expect(seen.has(parent), kato).toBe(true)
    seen.add(kato)
  }
  expect(places.filter(({ parent }) => parent === undefined)).toHaveLength(2)
  expect(places.filter(({ lat }) => lat !== null)).toHaveLength(29)
  const named = (kato: string) => places.find((place) => place.kato === kato)
  expect(named('103651100')).toMatchObject({
    name: { kk: 'Баршатас', ru: 'Баршатас', en: 'Barshatas' },
    level: 3,
    kind: 'village',
    lat: 48.16658,
  })
  expect(named('103600000')?.name.en).toBe('Ayagoz district')
  expect(named('104673000')?.name.en).toBe('Makanshy rural okrug')
  for (const { name } of places) {
    expect(name.en).toMatch(/^[\x20-\x7e«»]+$/)
    expect(name.en).not.toMatch(/imeni|atyndagy/)
    expect(name.ru, name.ru).not.toMatch(/[әғқңөұүһі]/i)
  }
})

test('a settlement is spelled in English as the okrug that has its name, and one named after a person says so', () => {
  const read = readKato(file('kato-abai-ulytau.csv'), file('kato-geo.csv'))
  if (!read.ok) throw new Error('unreadable')
  const named = new Map(read.value.map((place) => [place.kato, place.name]))
  const apart = read.value.flatMap(({ name, parent = '' }) => {
    const okrug = named.get(parent)
    const alike = okrug?.kk === `${name.kk} ауылдық округі` && okrug.en !== `${name.en} rural okrug`
    return alike ? [`${name.en}, ${okrug.en}`] : []
  })
  expect(apart).toEqual([])
  expect(named.get('104673100')?.en).toBe('Makanshy')
  expect(named.get('104639200')).toEqual({ kk: 'Айтбай атындағы ауыл', ru: 'имени Айтбая', en: 'Aitbai' })
  expect(named.get('104275500')?.ru).toBe('имени Толеугали Абдибекова')
})

test('48 invented projects with a name in three languages and a cost in whole tenge', () => {
  const read = readDemoProjects(file('demo-projects.csv'))
  if (!read.ok) throw new Error('unreadable')
  expect(read.value).toHaveLength(48)
  expect(read.value[0]).toEqual({
    title: {
      en: 'LED lighting for two school streets',
      ru: 'Светодиодное освещение двух улиц у школы',
      kk: 'Мектеп жанындағы екі көшеге жарықдиодты шам орнату',
    },
    category: 'street_lighting',
    cost: 5_200_000,
    kato: '103651100',
    lat: 48.16794,
    lon: 78.62992,
  })
})

test('a row that is wrong is told by its line, a column that is missing by its name', () => {
  const head = 'code,parent_code,level,name_kk,name_ru,type'
  const geo = 'code,lat,lon'
  const wrong = readKato(`${head}\n103600000,100000000,1,Аягөз,Аягоз,district\n1036,,1,а,б,village\n`, geo)
  expect(wrong).toEqual({ ok: false, problem: [{ kind: 'bad-row', line: 3 }] })
  expect(readKato('code,level\n1,2\n', geo).ok).toBe(false)
  const projects =
    'title_en,title_ru,title_kk,category,cost_kzt,locality_kato,lat,lon\na,b,c,roads,1.5,103600000,1,2\n'
  expect(readDemoProjects(projects)).toEqual({ ok: false, problem: [{ kind: 'bad-row', line: 2 }] })
  expect(readDemoProjects('title_en\na\n').ok).toBe(false)
})
