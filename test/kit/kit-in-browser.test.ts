// The kit in a browser without a network, opened from the disk: an observer's checks, and keys that go to the command line and back.
import { readFile, writeFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifierKey } from '../../src/core/audit/checkpoint.ts'
import { receiptStatement } from '../../src/core/audit/receipt.ts'
import { receiptText } from '../../src/core/audit/receipt-text.ts'
import { readSealedFile } from '../../src/core/formats/sealed-file.ts'
import type { PublicCycle } from '../../src/core/formats/public-cycle.ts'
import type { RollFile } from '../../src/core/roll.ts'
import { open as openBox } from '../../src/sealing/sealed-box.ts'
import { sign, signKeys } from '../../src/sealing/sign.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { readPdf } from '../documents/read-pdf.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { does, type KitBrowser, kitBrowser, noBrowser, saves } from '../support/kit-page.ts'
import { sayFigure } from '../support/notes.ts'
import { isTold } from '../support/size.ts'
import { bundleOf, MARKS, publishedVote } from '../support/published-vote.ts'

const missing = noBrowser('the kit')
const MOST = 3_000_000

let app: TestApp
let desk: Clerk
let browser: KitBrowser
/** What is typed at the next questions of a command. */
const typed: string[] = []

const KAZAKH = {
  lang: 'kk',
  locale: 'kk-KZ',
  observer: 'Байқаушы',
  holder: 'Кілт сақтаушы',
  clerk: 'Тізім дайындаушы',
}
const RUSSIAN = {
  lang: 'ru',
  locale: 'ru-RU',
  observer: 'Наблюдатель',
  holder: 'Хранитель ключа',
  clerk: 'Сотрудник',
}
const LANGUAGES = isTold("the kit's looks and an observer's checks in Russian too")
  ? [KAZAKH, RUSSIAN]
  : [KAZAKH]

const shares = (folder: string, ...numbers: [number, number]) => ({
  first: desk.file(`${folder}/share-${numbers[0]}.age`),
  second: desk.file(`${folder}/share-${numbers[1]}.age`),
})

describe.skipIf(missing)('without a network', () => {
  beforeAll(async () => {
    app = await testApp('browser-kit')
    desk = await clerk(app, undefined, { ask: async () => typed.shift() ?? '' })
    browser = await kitBrowser(desk)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await desk.leaves()
    await app.done()
  })

  test('the kit is one small file that forbids itself every network, readable and usable on a phone', async () => {
    expect(Buffer.byteLength(browser.html)).toBeLessThanOrEqual(MOST)
    expect(browser.html).toContain("default-src 'none'")
    expect(browser.html).not.toMatch(/<(?:link|img|iframe)\b[^>]*(?:https?:)?\/\//)
    for (const { locale, observer, holder, clerk } of LANGUAGES) {
      const page = await browser.open(locale)
      for (const part of [holder, clerk, observer]) {
        await page.getByRole('button', { name: part }).press('Enter')
        await page.getByRole('button', { name: part, pressed: true }).waitFor()
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
        const { violations } = await new AxeBuilder({ page }).analyze()
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(serious.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
      }
    }
    expect(browser.complaints).toEqual([])
  }, 60_000)

  test('an observer checks a bundle as the command line does, and a flipped byte is named', async () => {
    const bundle = await bundleOf(app, await publishedVote(app, 'auyl'))
    await writeFile(desk.file('bundle.zip'), bundle)
    const flipped = Uint8Array.from(bundle)
    flipped[Math.floor(flipped.length / 2)] = (flipped[Math.floor(flipped.length / 2)] as number) ^ 1
    await writeFile(desk.file('flipped.zip'), flipped)
    for (const { locale, lang } of LANGUAGES) {
      const page = await browser.open(locale)
      const workers: string[] = []
      page.on('worker', (worker) => workers.push(worker.url()))
      const good = await does(page, 'verify', {}, { bundle: desk.file('bundle.zip') })
      const command = await desk.types(`--lang ${lang} verify ${desk.file('bundle.zip')}`)
      for (const line of command.lines) expect(good.said).toContain(line)
      expect(good.holds).toBe(true)
      sayFigure(`the kit verifies the bundle of a village in ${Math.round(good.took)} ms (${lang})`)
      expect(workers).toHaveLength(1)
      const bad = await does(page, 'verify', {}, { bundle: desk.file('flipped.zip') })
      const refused = await desk.types(`--lang ${lang} verify ${desk.file('flipped.zip')}`)
      for (const line of refused.lines) expect(bad.said).toContain(line.trim())
      expect(refused.lines.length).toBeGreaterThan(1)
      expect(bad.holds).toBe(false)
    }
    expect(browser.complaints).toEqual([])
  }, 60_000)

  test('a receipt holds against the key of the poster, and not once somebody changed it', async () => {
    const { publicKey, privateKey } = signKeys(app.sodium, new Uint8Array(32).fill(4))
    const origin = 'dauys.example/aiagoz'
    const promised = { cycle: 'aiagoz', leaf: new Uint8Array(32).fill(7), at: '2026-03-05T09:02:11.123Z' }
    const signature = sign(app.sodium, receiptStatement(promised), privateKey)
    const receipt = receiptText(promised, { origin, publicKey }, signature)
    const key = verifierKey(origin, publicKey)
    const page = await browser.open('ru-RU')
    expect((await does(page, 'receipt', { receipt, key })).holds).toBe(true)
    const later = receipt.replace('09:02:11.123', '09:03:11.123')
    expect(later).not.toBe(receipt)
    const changed = await does(page, 'receipt', { receipt: later, key })
    expect(changed).toMatchObject({ holds: false })
    expect(changed.said).toContain('подпись')
    expect((await does(page, 'receipt', { receipt, key: 'aiagoz' })).holds).toBe(false)
  }, 60_000)

  test('keys of the kit open a vote from the command line and back, and the kit counts it', async () => {
    for (const account of [81, 82]) must(await grantRole(app, { account, role: 'official' }, 'command'))
    const held = await smallCycle(app, 'held', [[4_000_000, 5_000_000, 5_000_000, 2_000_000]], {
      profile: 'binding',
    })
    must(await movePhase(app, held.id, { by: 'command' }))
    const kk = await browser.open('kk-KZ')
    await kk.getByRole('button', { name: 'Кілт сақтаушы' }).click()
    expect((await does(kk, 'make', { cycle: 'held' })).holds).toBe(true)
    await saves(desk, kk, 'make', 'keys')
    const passphrases = await kk.locator('#make .big').allInnerTexts()
    const lines = await kk.locator('#make .text').allInnerTexts()
    const [first = '', second = '', third = ''] = passphrases
    typed.push(first, third.replaceAll(' ', ''))
    const { first: one, second: three } = shares('keys', 1, 3)
    const opened = await desk.types(`keys open --share ${one} --share ${three}`)
    expect(opened.refused).toBeUndefined()
    await desk.types(`keys bring held ${desk.file('keys/holders.json')}`)
    await desk.types(`keys test held ${desk.file('test.json')}`)
    const ru = await browser.open('ru-RU')
    await ru.getByRole('button', { name: 'Хранитель ключа' }).click()
    const wrong = { 'first-typed': first, 'second-typed': first }
    expect(await does(ru, 'open', wrong, shares('keys', 1, 2))).toMatchObject({ holds: false })
    // The one brought the file, the other only has the paper.
    const test = { test: desk.file('test.json'), first: one }
    const tried = await does(ru, 'rehearse', { 'first-typed': first, 'second-typed': lines[1] ?? '' }, test)
    const code = tried.said.replace(/^.*: /, '')
    expect((await desk.types(`keys rehearsed held "${code}"`)).refused).toBeUndefined()

    await openVoting(app, held.id)
    const people = await voters(app, held.id, held.villages[0] as number, MARKS.length)
    for (const [at, marks] of MARKS.entries())
      must(await vote(app, held.id, people[at] as (typeof people)[0], marks.split(' ')))
    await letClose(app, held.id)
    must(await movePhase(app, held.id, { by: 'clock' }))
    await numberLeaves(app)
    for (const official of [81, 82]) await desk.types(`keys dice held "4 1 6 2 5 3 3 1 2 6" --as ${official}`)
    await desk.types(`result export held ${desk.file('export.zip')}`)
    const counted = await does(
      kk,
      'count',
      { 'first-typed': second, 'second-typed': third },
      { export: desk.file('export.zip'), ...shares('keys', 2, 3) },
    )
    expect(counted.said).toContain('Кілт сақтаушылардың растауы: held')
    await saves(desk, kk, 'count', 'counted')
    const brought = await desk.types(`result import held ${desk.file('counted/result.zip')}`)
    expect(brought.refused).toBeUndefined()
    expect(browser.complaints).toEqual([])
  }, 90_000)

  test('a clerk seals a list to the key of the server as the command line does, and is told what is wrong in it', async () => {
    await smallCycle(app, 'list', [[1_000_000]])
    const [cycle, list, bad] = [desk.file('cycle.json'), desk.file('list.csv'), desk.file('bad.csv')]
    await desk.types(`cycle public ${cycle} --cycle list --bot dauys_bot`)
    const { villages } = JSON.parse(await readFile(cycle, 'utf8')) as PublicCycle
    const name = villages[0]?.kato ?? villages[0]?.name.ru ?? ''
    await writeFile(list, `село;номер\n${name};1\n${name};2\n`)
    await writeFile(bad, `село;номер\n${name};1\n${name};1\n`)
    const page = await browser.open('ru-RU')
    await page.getByRole('button', { name: 'Сотрудник' }).click()
    const told = await desk.types(`--lang ru roll prepare ${bad} --cycle-file ${cycle}`)
    const refused = await does(page, 'roll', {}, { list: bad, cycle })
    expect(refused.holds).toBe(false)
    expect(refused.said).toContain((told.refused ?? '').split('\n').at(-1)?.trim())
    const sealed = await does(page, 'roll', {}, { list, cycle })
    const command = await desk.types(`--lang ru roll prepare ${list} --cycle-file ${cycle}`)
    for (const line of command.lines.slice(0, -1)) expect(sealed.said).toContain(line)
    await saves(desk, page, 'roll', 'sealed')
    const file = must(readSealedFile(await readFile(desk.file('sealed/roll-list.txt'), 'utf8')))
    const box = openBox(app.sodium, app.secrets.importKeys, file.box)
    const { rows } = JSON.parse(Buffer.from(box.ok ? box.value : []).toString('utf8')) as RollFile
    expect(rows.map(({ register }) => register)).toEqual([1, 2])
  }, 60_000)

  test('another language takes neither keys that are not saved yet nor what was typed or chosen', async () => {
    await writeFile(desk.file('kept.txt'), 'kept')
    const page = await browser.open('kk-KZ')
    await page.setInputFiles('#verify-bundle', desk.file('kept.txt'))
    await page.getByRole('button', { name: 'Кілт сақтаушы' }).click()
    await does(page, 'make', { cycle: 'other' })
    await page.fill('#open-first-typed', '1234 5678')
    await page.getByRole('button', { name: 'Русский' }).click()
    await page.getByRole('button', { name: 'Создать ключ', exact: true }).waitFor()
    expect(await page.locator('#make a[download]').count()).toBe(4)
    expect(await page.locator('#make .big').count()).toBe(3)
    expect(await page.inputValue('#make-cycle')).toBe('other')
    expect(await page.inputValue('#open-first-typed')).toBe('1234 5678')
    await page.getByRole('button', { name: 'Наблюдатель' }).click()
    expect(
      await page.locator('#verify-bundle').evaluate((one) => (one as HTMLInputElement).files?.[0]?.name),
    ).toBe('kept.txt')
    await page.getByRole('button', { name: 'Хранитель ключа' }).click()
    expect(await page.locator('#make .big').count()).toBe(3)
  }, 60_000)

  test('keys of the command line open in the kit', async () => {
    await desk.types(`keys make other --out ${desk.file('other')}`)
    const printed = await Promise.all(
      [1, 2].map(async (n) => {
        const { pages } = readPdf(await readFile(desk.file(`other/share-${n}.pdf`)))
        return /\d{4}(?: \d{4}){5}/.exec(pages.join(' ').replaceAll(/\s+/g, ' '))?.[0] ?? ''
      }),
    )
    const page = await browser.open('kk-KZ')
    await page.getByRole('button', { name: 'Кілт сақтаушы' }).click()
    const typed = { 'first-typed': printed[0] ?? '', 'second-typed': printed[1] ?? '' }
    const opened = await does(page, 'open', typed, shares('other', 1, 2))
    expect(opened).toMatchObject({ holds: true, said: 'Үлестер бірге ашады: other.' })
  }, 60_000)
})
