// The public pages in a real browser of 360 pixels: they fit, axe finds nothing serious, and they work where scripts are off.
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { type Server, startServer } from '../../src/server.ts'
import { openPages } from '../../src/web/pages.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { type TestApp, testApp } from '../support/app.ts'
import type { BotCycle } from '../support/bot-cycle.ts'
import { letClose } from '../support/cycle.ts'
import { isTold } from '../support/size.ts'
import { castAll, closeAndCount, largeVote, publish, putPhoto } from './village.ts'

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const missing = !existsSync(path)
if (missing)
  console.warn(`NOT RUN: the public pages in a browser. No Chromium at ${path}; set CHROMIUM_PATH to try it.`)

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const offline = ['--disable-background-networking', '--disable-component-update']
const PHONE = { viewport: { width: 360, height: 740 } }

let app: TestApp
let cycle: BotCycle
let folder: string
let server: Server
let browser: Browser

describe.skipIf(missing)('on a phone', () => {
  beforeAll(async () => {
    app = await testApp('browser-pages')
    cycle = await largeVote(app)
    folder = await putPhoto(app, cycle)
    await castAll(app, cycle)
    await letClose(app, cycle.id)
    await closeAndCount(app, cycle)
    await publish(app, cycle)
    const open = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies: mediaFolder(folder) })
    server = await startServer({ host: '127.0.0.1', port: 0, log: createLog('info', () => {}), open })
    browser = await chromium.launch({ executablePath: path, args: [...quiet, ...offline] })
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await server.close()
    await app.done()
    await rm(folder, { recursive: true })
  })

  /** The widest of each kind; the others too where the long stories are told. */
  const pages = () => {
    const [large, few, none] = cycle.villages.map(({ territory }) => `auyl/${territory}`)
    const some = [`${large}?lang=kk`, `${large}/1?lang=ru`]
    const rest = [
      'auyl?lang=kk',
      `${large}?lang=ru`,
      `${large}?lang=en`,
      `${large}/2?lang=kk`,
      `${few}?lang=kk`,
      `${few}?lang=ru`,
    ]
    return isTold('every kind of public page in a browser')
      ? [...some, ...rest, `${few}/1?lang=kk`, `${none}?lang=ru`, 'auyl?lang=ru']
      : some
  }

  test('no page is wider than the phone, and axe finds nothing serious, in any language', async () => {
    const context = await browser.newContext(PHONE)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (said) => complaints.push(`${said.type()}: ${said.text()}`))
    page.on('pageerror', ({ message }) => complaints.push(message))
    for (const at of pages()) {
      await page.goto(`http://127.0.0.1:${server.port}/open/${at}`)
      for (const fold of await page.locator('summary').all()) await fold.click()
      expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(360)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
      expect(serious.map(({ id, nodes }) => `${at} ${id} ${nodes[0]?.html}`)).toEqual([])
    }
    expect(complaints).toEqual([])
    await context.close()
  }, 60_000)

  test('where scripts are off a reader goes from vote to village to project, and unfolds the steps', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false, locale: 'ru-RU' })
    const page = await context.newPage()
    page.setDefaultTimeout(12_000)
    await page.goto(`http://127.0.0.1:${server.port}/open/auyl`)
    await page.getByRole('link', { name: /^Маканчи/ }).click()
    await page.getByText('Как считали?').click()
    await page
      .getByText(/проходит: .* голос/)
      .first()
      .waitFor()
    await page
      .getByRole('link', { name: /^№\s1\./ })
      .first()
      .click()
    await page.getByRole('img').waitFor()
    await page.getByRole('link', { name: 'Қазақша' }).click()
    await page.getByText('Telegram-да ашу').waitFor()
    await context.close()
  }, 60_000)
})
