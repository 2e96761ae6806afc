// From the akimat's list to the sealed file and the papers.
import { describe, expect, test } from 'vitest'
import { cardPapers } from '../../src/documents/card-papers.ts'
import { prepareRoll } from '../../src/sealing/prepare-roll.ts'
import { readCsv } from '../../src/core/formats/csv.ts'
import { keyId, readSealedFile } from '../../src/core/formats/sealed-file.ts'
import { readCardCode } from '../../src/core/person.ts'
import { RollFile } from '../../src/core/roll.ts'
import { createI18n } from '../../src/i18n.ts'
import { boxKeys, open } from '../../src/sealing/sealed-box.ts'
import { sealCards } from '../../src/sealing/seal-cards.ts'
import { loadSodium } from '../../src/sealing/sodium.ts'
import { chance } from './chance.ts'
import { readPdf } from './read-pdf.ts'
import { desk, place, title } from './village.ts'

const sodium = await loadSodium()
const keys = boxKeys(sodium)
const texts = createI18n()
const villages = [
  { id: '11', kato: '103245100', ...place, desk },
  { id: '13', kato: null, name: { kk: 'Ақжол', ru: 'Акжол', en: 'Akzhol' }, within: [], desk },
]
const list = new TextEncoder().encode(
  'ауыл;тізімдегі нөмірі;телефон;Аты-жөні\r\nҚарағайлы;2;87012345678;x\r\nАқжол;5;8 701 234 56 78;y\r\nҚарағайлы;1;;z\r\n',
)
const roll = { sodium, csv: list, villages, cycle: 'abai-2026', importKey: keys.publicKey }
const dates = { voting: '2026-12-01T04:00:00.000Z', counting: '2026-12-20T13:00:00.000Z' }

function opened(sealed: string): RollFile {
  const file = readSealedFile(sealed)
  if (!file.ok) throw new Error(file.problem.kind)
  expect(file.value).toMatchObject({
    format: 'dauys-roll-v1',
    cycle: 'abai-2026',
    keyId: keyId(keys.publicKey),
  })
  const content = open(sodium, keys, file.value.box)
  if (!content.ok) throw new Error(content.problem)
  return RollFile.parse(JSON.parse(new TextDecoder().decode(content.value)))
}

describe('a roll with phones', () => {
  test('only the server can read it, and names are not in it', () => {
    const made = prepareRoll(roll)
    if (!made.ok) throw new Error(JSON.stringify(made.problem))
    expect(made.value.sealed).not.toContain('77012345678')
    expect(opened(made.value.sealed)).toEqual({
      format: 'dauys-roll-v1',
      cycle: 'abai-2026',
      rows: [
        { village: '11', register: 2, phone: '77012345678' },
        { village: '13', register: 5, phone: '77012345678' },
        { village: '11', register: 1 },
      ],
    })
  })

  test('the official reads a summary first', () => {
    const made = prepareRoll(roll)
    expect(made.ok && made.value.summary).toEqual({
      encoding: 'utf-8',
      rows: 3,
      villages: [
        { village: '11', rows: 2 },
        { village: '13', rows: 1 },
      ],
      phones: 2,
      sharedPhones: 2,
      ignored: ['Аты-жөні'],
      totals: [],
    })
  })

  test('mistakes make no file', () => {
    expect(prepareRoll({ ...roll, csv: new TextEncoder().encode('ауыл;нөмірі\nЖоқ;1') })).toEqual({
      ok: false,
      problem: [{ kind: 'unknown-village', line: 2, value: 'Жоқ' }],
    })
    const workbook = Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0])
    expect(prepareRoll({ ...roll, csv: workbook })).toEqual({ ok: false, problem: [{ kind: 'workbook' }] })
  })
})

describe('cards', async () => {
  const made = sealCards({ ...roll, randomBytes: chance(1) })
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  const { sealed, cards: drawn, sheet } = made.value
  const t = [texts('kk'), texts('ru')] as const
  const paper = { t, title, bot: 'dauys_test_bot', dates, villages }
  const { sheetPdf, registerPdf, csv } = await cardPapers({ ...paper, cards: drawn, sheet })
  const { cards = [], rows } = opened(sealed)

  test('the sealed file has the rows and a valid card for each, and no phone', () => {
    // In the order of the register: where a row stands tells nobody which ones are tests.
    expect(rows.map(({ village, register }) => [village, register])).toEqual([
      ['11', 1],
      ['11', 2],
      ['13', 5],
    ])
    expect(JSON.stringify(rows)).not.toContain('phone')
    expect(cards.map(({ village, register, serial }) => [village, register, serial])).toEqual([
      ['11', 1, 1],
      ['11', 2, 2],
      ['13', 5, 1],
    ])
    expect(cards.every(({ code }) => readCardCode(code).ok)).toBe(true)
  })

  test('every code is on the sheet, once, beside its serial', () => {
    const digits = readPdf(sheetPdf)
      .pages.join('\n')
      .replace(/[^\d\n№]/g, '')
    for (const { code, serial } of cards)
      expect(digits.split(`№${serial}\n`).join().split(code).length).toBe(2)
  })

  test('no code is on the register, in the spreadsheet or in the clear', () => {
    const register = readPdf(registerPdf).pages.join('\n').replace(/[^\d]/g, '')
    for (const { code } of cards) {
      expect(register).not.toContain(code)
      expect(Buffer.from(registerPdf).toString('latin1')).not.toContain(code)
      expect(csv.replace(/[^\d]/g, '')).not.toContain(code)
      expect(sealed).not.toContain(code)
    }
  })

  test('the spreadsheet lists whose card has which serial', () => {
    const read = readCsv(csv)
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(read.ok && [read.value.header, ...read.value.rows.map((row) => row.cells)]).toEqual([
      ['Ауыл', 'Тізімдегі нөмір', 'Карточка нөмірі'],
      ['Қарағайлы, Үңгір ауылдық округі, Аягөз ауданы', '1', '1'],
      ['Қарағайлы, Үңгір ауылдық округі, Аягөз ауданы', '2', '2'],
      ['Ақжол', '5', '1'],
    ])
  })
})
