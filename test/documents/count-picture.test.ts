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
    named: { number: (id) => id, currency: 'KZT' },
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

test('projects stand in the order of the count, each with its votes, its cost and what became of it', () => {
  const texts = textsIn(svgOf(picture(), 'en')).map((text) => text.replace(/\s/g, ' '))
  expect(texts.filter((text) => /^№ .$/.test(text))).toEqual(['№ a', '№ b', '№ c', '№ d'])
  expect(texts).toContain('6 000 000 ₸')
  expect(texts).toContain('14')
  expect(texts.filter((text) => text === 'funded')).toHaveLength(2)
  expect(texts).toContain('too dear: 4 000 000 ₸ left')
  expect(texts).toContain('Left: 1 000 000 ₸')
})

test('a tie that decided is stated in the picture', () => {
  expect(textsIn(svgOf(picture(), 'en')).join(' ')).toContain(
    'A tie: №\u00a0c, №\u00a0d. Ordered by order of the list.',
  )
})

test('a name too long for the line is cut, and the picture stays as wide as it is', () => {
  const texts = textsIn(svgOf())
  expect(texts.find((text) => text.startsWith('Ілияс'))).toMatch(/…$/)
})

test('of a long list winners and the first losers are drawn, and the rest is counted', () => {
  const projects = Array.from({ length: 60 }, (_, at) => ({ id: `${at}`, name: `Жоба ${at}`, cost: 1000 }))
  const groups = projects.map(({ id }, at) => approving(100 - at, id))
  const ballots = ballotsOf(groups, projects)
  const texts = textsIn(svgOf(picture({ budget: 20_000, projects, ballots }, projects), 'en'))
  expect(texts.filter((text) => text === 'funded')).toHaveLength(10)
  expect(texts.some((text) => text.startsWith('too dear'))).toBe(true)
  expect(texts).toContain('Projects not in the picture: 46, 10 of them funded')
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
