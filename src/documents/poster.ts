// A poster for each village (A4 or A5), and a leaflet for each household, two to an A4: what is voted on, when, and the code that leads there.
import type { Localised } from '../core/localised.ts'
import type { PotBudget } from '../core/pot.ts'
import type { T } from '../i18n.ts'
import { type Desk, deskOnPaper } from '../words/desk.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { hasPots, potName } from '../words/pot.ts'
import { A4, type Box, mm, setFont, type Sizes } from './pdf.ts'
import { openSpoken, type Spoken } from './spoken.ts'

export interface PosterVillage {
  place: NamedPlace
  desk: Desk
  /** Of all pots, whole units. */
  budget: number
  pots: readonly PotBudget[]
  /** To the village's public page, or into the bot. */
  link: string
}

export interface Poster {
  /** The languages of the page, one or two, in their order. */
  t: readonly [T, ...T[]]
  title: Localised
  currency: string
  /** UTC ISO: when voting opens and closes, as far as that is known. */
  dates: { voting?: string | undefined; counting?: string | undefined }
  /** How it works, in plain sentences of a language. */
  how: (t: T) => readonly string[]
  /** That it is a practice, in a language; empty where it is none. */
  notes: (t: T) => readonly string[]
  /** The published key of the vote's log. */
  key: string
  villages: readonly PosterVillage[]
}

const A5 = { width: 419.53, height: 595.28 } as const

/** A page for each village. */
export function posterPdf(poster: Poster, size: 'A4' | 'A5'): Promise<Uint8Array> {
  const spoken = openSpoken(titleOf(poster, 'documents.poster-title'), poster.t[0])
  for (const village of poster.villages) {
    spoken.page(size)
    drawPoster(spoken, poster, village, size)
  }
  return spoken.done()
}

/** A page for each village: two leaflets alike, to be cut between them. */
export function leafletPdf(poster: Poster): Promise<Uint8Array> {
  const spoken = openSpoken(titleOf(poster, 'documents.leaflet-title'), poster.t[0])
  const half = A4.height / 2
  for (const village of poster.villages) {
    spoken.page('A4')
    drawLeaflet(spoken, poster, village, 0)
    drawLeaflet(spoken, poster, village, half)
    spoken.artifact(() =>
      spoken.pdf
        .save()
        .lineWidth(0.5)
        .dash(3, { space: 3 })
        .moveTo(mm(8), half)
        .lineTo(A4.width - mm(8), half)
        .stroke('#777777')
        .restore(),
    )
  }
  return spoken.done()
}

const titleOf = ({ t }: Poster, key: 'documents.poster-title' | 'documents.leaflet-title'): string =>
  t.map((one) => one(key)).join(' · ')

/** Writes blocks below each other, each in every language; returns where the next one begins. */
function column(
  spoken: Spoken,
  poster: Poster,
  { x, y, width }: Omit<Box, 'height'>,
  align: 'left' | 'center',
) {
  let at = y
  return {
    at: () => at,
    skip: (height: number) => {
      at += height
    },
    block(tag: 'H1' | 'H2' | 'P', text: (t: T) => string, height: number, sizes: Sizes, bold = false) {
      const said = new Set<string>()
      for (const t of poster.t) {
        const own = text(t)
        if (own === '' || said.has(own)) continue
        said.add(own)
        const box = { x, y: at, width, height }
        at += spoken.say(tag, t, own, box, { face: bold ? 'bold' : 'plain', sizes, align })
      }
    },
  }
}

const datesLine = (t: T, { voting, counting }: Poster['dates']): string => {
  if (counting === undefined) return t('documents.card-no-dates')
  const [from, to] = [voting ?? counting, counting].map((moment) => t.moment(moment))
  const facts = { from: from ?? '', to: to ?? '' }
  return t(voting === undefined ? 'documents.card-until' : 'documents.card-dates', facts)
}

function drawPoster(spoken: Spoken, poster: Poster, village: PosterVillage, size: 'A4' | 'A5'): void {
  const page = size === 'A4' ? A4 : A5
  const scale = page.width / A4.width
  const margin = mm(14) * scale
  const width = page.width - 2 * margin
  const sizes = (most: number, ...less: number[]): Sizes => [most * scale, ...less.map((one) => one * scale)]
  const { t, dates } = poster
  const write = column(spoken, poster, { x: margin, y: margin, width }, 'center')
  write.block('H1', (one) => one.of(poster.title), 52 * scale, sizes(26, 22, 20, 18), true)
  write.block('P', (one) => poster.notes(one).join('\n'), 18 * scale, sizes(12, 11.4), true)
  write.skip(6 * scale)
  write.block('H2', (one) => placeName(one, village.place), 40 * scale, sizes(18, 16, 14, 12), true)
  write.skip(6 * scale)
  write.block('P', (one) => datesLine(one, dates), 20 * scale, sizes(14, 12), true)
  if (hasPots(village))
    write.block('P', (one) => potsLine(one, poster, village), 34 * scale, sizes(12, 11.4, 10))
  else write.block('P', (one) => budgetLine(one, poster, village), 20 * scale, sizes(14, 12))
  write.skip(8 * scale)
  const side = 160 * scale
  spoken.qr(t[0], village.link, (page.width - side) / 2, write.at(), side, village.link)
  write.skip(side + 6 * scale)
  write.block('P', () => village.link, 30 * scale, sizes(12, 11.4))
  write.block('P', (one) => one('documents.poster-how'), 32 * scale, sizes(12, 11.4))
  const foot = page.height - margin - FOOT * scale
  if (size === 'A4')
    writeSteps(spoken, poster, { x: margin, y: write.at() + 8, width, height: foot - write.at() - 14 })
  const below = column(spoken, poster, { x: margin, y: foot, width }, 'center')
  below.block('P', (one) => one('start.free'), 32 * scale, sizes(12, 11.4), true)
  below.block('P', (one) => deskLine(one, village), 32 * scale, sizes(12, 11.4))
  const last = column(spoken, poster, { x: margin, y: page.height - margin - 20, width }, 'center')
  last.block('P', () => poster.key, 22, [8])
}

/** Points of an A4: free, the desks and the key stand at the foot. */
const FOOT = 138

/** How it works, in every language, in the first size that fits; not at all where there is no room for all of it. */
function writeSteps(spoken: Spoken, poster: Poster, room: Box): void {
  const lists = poster.t.map((t) => poster.how(t).map((step, at) => `${at + 1}. ${step}`))
  const height = (size: number) =>
    lists
      .flat()
      .reduce(
        (sum, step) => sum + setFont(spoken.pdf, 'plain', size).heightOfString(step, { width: room.width }),
        4 * lists.length,
      )
  const size = [11, 10, 9, 8].find((one) => height(one) <= room.height)
  if (size === undefined) return
  let { y } = room
  for (const [at, t] of poster.t.entries()) {
    for (const step of lists[at] ?? [])
      y += spoken.say('P', t, step, { ...room, y, height: 60 }, { face: 'plain', sizes: [size] })
    y += 4
  }
}

const deskLine = (t: T, { desk }: PosterVillage): string =>
  t('documents.card-desk', { desk: deskOnPaper(t, desk) })

const budgetLine = (t: T, { currency }: Poster, { budget }: PosterVillage): string =>
  t('pages.share-budget', { sum: t.money(budget, currency) })

/** `Люди: 3 000 000 ₸ · Дороги: 9 000 000 ₸`. */
const potsLine = (t: T, { currency }: Poster, { pots }: PosterVillage): string =>
  pots.map((pot) => `${potName(t, pot)}: ${t.money(pot.budget, currency)}`).join(' · ')

function drawLeaflet(spoken: Spoken, poster: Poster, village: PosterVillage, top: number): void {
  const margin = mm(12)
  const side = 150
  const width = A4.width - 2 * margin - side - 16
  const write = column(spoken, poster, { x: margin, y: top + margin, width }, 'left')
  write.block('H1', (t) => t.of(poster.title), 50, [16, 14, 12], true)
  write.block('P', (t) => poster.notes(t).join('\n'), 24, [9], true)
  write.block('H2', (t) => placeName(t, village.place), 40, [12, 11, 10], true)
  write.skip(5)
  write.block('P', (t) => datesLine(t, poster.dates), 28, [11, 10], true)
  if (hasPots(village)) write.block('P', (t) => potsLine(t, poster, village), 26, [10, 9, 8])
  else write.block('P', (t) => budgetLine(t, poster, village), 16, [11, 10])
  write.skip(5)
  write.block('P', (t) => poster.how(t).slice(-2).join(' '), 52, [10, 9, 8])
  write.skip(5)
  write.block('P', (t) => t('start.free'), 28, [10, 9], true)
  write.block('P', (t) => deskLine(t, village), 30, [10, 9, 8])
  const right = A4.width - margin - side
  spoken.qr(poster.t[0], village.link, right, top + margin, side, village.link)
  const below = column(spoken, poster, { x: right, y: top + margin + side + 6, width: side }, 'center')
  below.block('P', () => village.link, 34, [9, 8])
  below.block('P', (t) => t('documents.poster-how'), 40, [9, 8])
}
