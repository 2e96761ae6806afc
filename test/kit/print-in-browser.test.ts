// A clerk with a browser and no network: cards, papers and posters are printed, and a Pabulib file is counted, as the command line does.
import { readFile, writeFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTestList, testsHash } from '../../src/core/audit/tests.ts'
import type { PublicCycle } from '../../src/core/formats/public-cycle.ts'
import { readSealedFile } from '../../src/core/formats/sealed-file.ts'
import { readCardCode } from '../../src/core/person.ts'
import { RollFile } from '../../src/core/roll.ts'
import { createI18n } from '../../src/i18n.ts'
import { openText } from '../../src/sealing/passphrase-file.ts'
import { open as openBox } from '../../src/sealing/sealed-box.ts'
import { readPdf } from '../documents/read-pdf.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, smallCycle } from '../support/cycle.ts'
import { does, type KitBrowser, kitBrowser, noBrowser, saves } from '../support/kit-page.ts'

const missing = noBrowser("a clerk's part of the kit")

let app: TestApp
let desk: Clerk
let browser: KitBrowser
let page: Page
let files: { list: string; cycle: string }
let known: PublicCycle

describe.skipIf(missing)('a clerk without a network', () => {
  beforeAll(async () => {
    app = await testApp('clerk-kit')
    desk = await clerk(app)
    await smallCycle(app, 'paper', [[4_000_000, 5_000_000], [1_000_000]], { trial: true })
    files = { list: desk.file('list.csv'), cycle: desk.file('cycle.json') }
    await desk.types(`cycle public ${files.cycle} --cycle paper --bot dauys_bot`)
    known = JSON.parse(await readFile(files.cycle, 'utf8')) as PublicCycle
    const [one, two] = known.villages.map(({ kato, name }) => kato ?? name.ru)
    await writeFile(files.list, `село;номер\n${one};7\n${one};3\n${two};1\n`)
    browser = await kitBrowser(desk)
    page = await browser.open('ru-RU')
    await page.getByRole('button', { name: 'Сотрудник' }).click()
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await desk.leaves()
    await app.done()
  })

  const text = async (name: string) => {
    const { pages, fonts } = readPdf(await readFile(desk.file(`out/${name}`)))
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.every(({ embedded }) => embedded)).toBe(true)
    return pages.map((one) => one.replaceAll(/\s+/g, ' '))
  }

  test('cards come with labels, register and the file for the server, which takes it in', async () => {
    const made = await does(page, 'cards', {}, files)
    expect(made.holds, made.said).toBe(true)
    const names = await saves(desk, page, 'cards', 'out')
    expect(names).toEqual([
      'roll-paper.txt',
      'cards-paper.pdf',
      'labels-paper.pdf',
      'register-paper.pdf',
      'register-paper.csv',
    ])
    const sealed = must(readSealedFile(await readFile(desk.file('out/roll-paper.txt'), 'utf8')))
    const box = openBox(app.sodium, app.secrets.importKeys, sealed.box)
    const { cards = [] } = RollFile.parse(JSON.parse(Buffer.from(box.ok ? box.value : []).toString('utf8')))
    expect(cards.map(({ register, serial }) => [register, serial])).toEqual([
      [3, 1],
      [7, 2],
      [1, 1],
    ])
    expect(new Set(cards.map(({ code }) => code)).size).toBe(3)
    expect(cards.every(({ code }) => readCardCode(code).ok)).toBe(true)
    const sheets = await text('cards-paper.pdf')
    const register = (await text('register-paper.pdf')).join(' ')
    for (const { code } of cards) {
      expect(sheets.join(' ')).toContain(code.replace(/.{4}(?=.)/g, '$& '))
      expect(register.replaceAll(' ', '')).not.toContain(code)
    }
    expect(sheets).toHaveLength(2)
    expect((await text('labels-paper.pdf')).join(' ')).toMatch(/№ ?2/)
    expect(register).toMatch(/Тізімдегі нөмір/)
    const taken = await desk.types(`roll import ${desk.file('out/roll-paper.txt')} --cycle paper`)
    expect(taken.lines.at(-1)).toBe('In the file: 3 cards. New: 3 rows, 3 cards.')
  }, 60_000)

  test('a binding vote has test cards among its own, and their list apart from its passphrase', async () => {
    await smallCycle(app, 'firm', [[1_000_000]], { profile: 'binding' })
    const firm = { list: desk.file('firm.csv'), cycle: desk.file('firm.json') }
    await desk.types(`cycle public ${firm.cycle} --cycle firm --bot dauys_bot`)
    await writeFile(firm.list, 'село;номер\nfirm 1;1\nfirm 1;2\n')
    const many = await does(page, 'cards', { official: '81', tests: '201' }, firm)
    expect(many).toMatchObject({ holds: false, said: expect.stringContaining('от 0 до 200') })
    const made = await does(page, 'cards', { tests: '' }, firm)
    expect(made.holds, made.said).toBe(true)
    const names = await saves(desk, page, 'cards', 'firm')
    expect(names.slice(5)).toEqual(['tests-firm.age', 'tests-firm-passphrase.txt'])
    const passphrase = (await readFile(desk.file('firm/tests-firm-passphrase.txt'), 'utf8')).trim()
    expect(made.said).toContain(passphrase)
    const opened = await openText(await readFile(desk.file('firm/tests-firm.age')), passphrase)
    const list = readTestList(opened ?? new Uint8Array())
    expect(list?.tests.map(([, register]) => register)).toEqual(Array.from({ length: 10 }, (_, n) => n + 3))
    const sealed = must(readSealedFile(await readFile(desk.file('firm/roll-firm.txt'), 'utf8')))
    const box = openBox(app.sodium, app.secrets.importKeys, sealed.box)
    const roll = RollFile.parse(JSON.parse(Buffer.from(box.ok ? box.value : []).toString('utf8')))
    expect(roll.rows).toHaveLength(12)
    expect(roll.tests).toEqual({ count: 10, list: list && testsHash(list) })
  }, 60_000)

  test('each village of the list gets its ballots, its register and its count sheet', async () => {
    const made = await does(page, 'papers', {}, files)
    expect(made.holds, made.said).toBe(true)
    const names = await saves(desk, page, 'papers', 'out')
    expect(names).toHaveLength(6)
    const [ballots = '', register = '', sheet = ''] = names
    const pages = await text(ballots)
    expect(pages).toHaveLength(2)
    for (const one of pages) {
      expect(one).toContain('4 000 000 ₸')
      expect(one).toContain('5 000 000 ₸')
    }
    expect((await text(register))[0]).toMatch(/\b3 7\b/)
    expect((await text(sheet)).join(' ')).toMatch(/[әғқңөұүһі]/)
  }, 60_000)

  test('posters and leaflets lead to each village, and name the key', async () => {
    const made = await does(page, 'posters', {}, { cycle: files.cycle })
    expect(made.holds, made.said).toBe(true)
    const names = await saves(desk, page, 'posters', 'out')
    expect(names).toEqual(['poster-paper-a4.pdf', 'poster-paper-a5.pdf', 'leaflet-paper.pdf'])
    const pages = await text('poster-paper-a4.pdf')
    expect(pages).toHaveLength(2)
    for (const [at, { link, budget }] of known.villages.entries()) {
      expect(pages[at]?.replaceAll(' ', '')).toContain(link)
      expect(pages[at]?.replaceAll(/[  ]/g, '')).toContain(`${budget}₸`)
      expect(pages[at]?.replaceAll(' ', '')).toContain(known.verifierKey)
      // Chromium has no Kazakh months of its own.
      expect(pages[at]).toContain(`Дауыс беру: ${createI18n()('kk').moment(known.dates.voting ?? '')}`)
    }
  }, 60_000)

  test('a file of the library is counted as the command line counts it, and a broken one is named by its line', async () => {
    const file = 'test/data/pabulib/Netherlands_Assen_2024.pb'
    const counted = await does(page, 'election', {}, { election: file })
    const command = await desk.types(`--lang ru count ${file}`)
    expect(counted.holds, counted.said).toBe(true)
    for (const line of command.lines) expect(plain(counted.said)).toContain(plain(line))
    const names = await saves(desk, page, 'election', 'out')
    expect(names).toHaveLength(2)
    const bad = desk.file('bad.pb')
    await writeFile(bad, (await readFile(file, 'utf8')).replace('approval', 'shouting'))
    const refused = await does(page, 'election', {}, { election: bad })
    const told = await desk.types(`--lang ru count ${bad}`)
    expect(refused.holds).toBe(false)
    expect(plain(refused.said)).toContain(plain((told.refused ?? '').split('\n').at(-1) ?? 'nothing'))
    expect(browser.complaints).toEqual([])
  }, 60_000)
})

/** Columns stand apart by spaces that a page draws as one. */
const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
