// The picture of a count: what a villager sees in the chat after the result is published.
import { expect, test } from 'vitest'
import type { Election } from '../../src/core/counting/election.ts'
import { count } from '../../src/core/counting/index.ts'
import { type CountPicture, countPictureSvg } from '../../src/documents/count-picture.ts'
import { createPainter } from '../../src/documents/painter.ts'
import { createI18n } from '../../src/i18n.ts'
import { approving, ballotsOf } from '../support/ballots.ts'

const textsOf = createI18n()
const listed = [
  { id: 'a', name: 'Ауыз су құбыры: Әуезов & Ғабит <көшелері> "Һ"', cost: 6_000_000 },
  { id: 'b', name: 'Өзен үстіндегі көпір', cost: 5_000_000 },
  { id: 'c', name: '</text><script>alert(1)</script>\u0000', cost: 3_000_000 },
  {
    id: 'd',
    name: 'Ілияс Жансүгіров көшесіндегі балалар ойын алаңы мен демалыс орны, екінші кезек',
    cost: 3_000_000,
  },
]
const election: Election = {
  budget: 10_000_000,
  projects: listed,
  ballots: ballotsOf([approving(9, 'a'), approving(5, 'b', 'a'), approving(2, 'c', 'd')], listed),
}

function picture(of: Election = election, projects: CountPicture['projects'] = listed): CountPicture {
  return {
    title: 'Қорытынды: Қарағайлы, Үңгір ауылдық округі',
    notes: [],
    projects,
    points: false,
    named: { number: (id) => id, currency: 'KZT', points: false },
    ballots: 16,
    budget: of.budget,
    count: count(of, { rule: 'greedy', skip: true, minVotes: 0, ties: ['rows'] }, new Uint8Array()),
  }
}
const svgOf = (given = picture(), locale: 'kk' | 'ru' | 'en' = 'kk') =>
  countPictureSvg(textsOf(locale), given)
/** Texts in the order in which they are drawn. */
const textsIn = (svg: string) =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  )
/** Width and height as a PNG states them. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset)
  return [view.getUint32(16), view.getUint32(20)]
}

test('names are data: nothing in them becomes a part of the picture', () => {
  const svg = svgOf()
  expect(svg).not.toContain('<script')
  expect(svg).not.toContain('\u0000')
  expect(svg).toContain('&#38; Ғабит &#60;көшелері&#62; &#34;Һ&#34;')
  expect(textsIn(svg)).toContain('</text><script>alert(1)</script>')
})

test('winners stand first, then the others in the order of the count, each with its votes, its cost and what became of it', () => {
  const texts = textsIn(svgOf(picture(), 'en')).map((text) => text.replace(/\s/g, ' '))
  expect(texts.filter((text) => /^№ .$/.test(text))).toEqual(['№ a', '№ c', '№ b', '№ d'])
  expect(texts).toContain('6 000 000 ₸')
  expect(texts).toContain('14')
  expect(texts.filter((text) => text === 'won')).toHaveLength(2)
  expect(texts).toContain('1 000 000 ₸ short')
  expect(texts).toContain('Left: 1 000 000 ₸')
})

test('a tie that decided is stated in the picture', () => {
  expect(textsIn(svgOf(picture(), 'en')).join(' ')).toContain(
    'A tie: №\u00a0c, №\u00a0d. Order: place on the list.',
  )
})

test('a name too long for the line is cut, and the picture stays as wide as it is', () => {
  const texts = textsIn(svgOf())
  expect(texts.find((text) => text.startsWith('Ілияс'))).toMatch(/…$/)
})

/** `winners` projects that can be paid, and others up to `all`, each with fewer votes than the one before. */
function long(all: number, winners: number, cost: number) {
  const projects = Array.from({ length: all }, (_, at) => ({ id: `${at}`, name: `Жоба ${at}`, cost }))
  const groups = projects.map(({ id }, at) => approving(all + 40 - at, id))
  const ballots = ballotsOf(groups, projects)
  return picture({ budget: winners * cost, projects, ballots }, projects)
}

test('all winners are drawn, before any other, and some of the others; the rest is counted', () => {
  for (const [all, winners, drawn] of [
    [40, 16, 20],
    [200, 25, 29],
    [60, 10, 14],
  ] as const) {
    const texts = textsIn(svgOf(long(all, winners, 1000), 'en'))
    expect(texts.filter((text) => text === 'won')).toHaveLength(winners)
    const names = texts.filter((text) => /^Жоба \d+$/.test(text))
    expect(names).toEqual(Array.from({ length: drawn }, (_, at) => `Жоба ${at}`))
    expect(texts).toContain(`Projects not in the picture: ${all - drawn}`)
  }
})

test('a sum of nine digits stands whole beside every project, in each language, however many there are', () => {
  for (const all of [8, 40, 200])
    for (const locale of ['kk', 'ru', 'en'] as const) {
      const texts = textsIn(svgOf(long(all, Math.floor(all / 3), 888_888_888), locale))
      const t = textsOf(locale)
      const missing = t('documents.picture-missing', { missing: t.money(888_888_888) })
      expect(texts.filter((text) => text === missing).length).toBeGreaterThan(3)
      expect(texts.filter((text) => /\d[^\S\n]?…/.test(text))).toEqual([])
    }
})

test('the PNG is 1080 wide, as high as the SVG says, and short enough for a chat', async () => {
  const svg = svgOf()
  const [width, height] = sizeOf(await createPainter().png(svg))
  expect(width).toBe(1080)
  expect(height).toBe(Number(/ height="(\d+)"/.exec(svg)?.[1]))
  expect(height).toBeLessThan(2 * 1080)
}, 60_000)

test('all nine Kazakh letters are drawn, each its own shape', async () => {
  const painter = createPainter()
  const drawn = async (letter: string) => {
    const shape = `<text x="5" y="50" font-size="40" font-family="DejaVu Sans">${letter}</text>`
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="70">${shape}</svg>`
    return Buffer.from(await painter.png(svg)).toString('base64')
  }
  const letters = [...Array.from('әғқңөұүһіӘҒҚҢӨҰҮҺІ'), '\u{10fffd}', ' ']
  const shapes = new Set(await Promise.all(letters.map(drawn)))
  expect(shapes.size).toBeGreaterThanOrEqual(letters.length - 1)
}, 60_000)
