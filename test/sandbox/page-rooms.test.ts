// The chat page with rooms: resident, moderators' group and official side by side, and one at a time on a phone.
import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Group, Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const missing = !existsSync(path)
if (missing)
  console.warn(`NOT RUN: the chat page with rooms. No Chromium at ${path}; set CHROMIUM_PATH to try it.`)

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']

let browser: Browser
let page: Page
let room: Room
let resident: Someone
let moderator: Someone
let official: Someone
let group: Group

describe.skipIf(missing)('side by side', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: path, args: quiet })
  }, 60_000)
  afterAll(() => browser.close())

  beforeEach(async () => {
    room = await openRoom()
    resident = await room.person('Айгүл', { language_code: 'kk' })
    moderator = await room.person('Ерлан', { language_code: 'kk' })
    official = await room.person('Татьяна', { language_code: 'ru' })
    for (const one of [resident, official]) await one.says('/start')
    const members = [official.id, 'bot']
    group = await room.group(moderator, { title: 'Модераторлар', is_forum: true, members })
    await group.act('promote', { who: 'bot' })
    await room.updates()
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(20_000)
  })
  afterEach(async () => {
    await page.close()
    await room.close()
  })

  const seats = () => `${resident.id},${moderator.id}@${group.id},${official.id}`
  const open = (keys = seats()) => page.goto(`${room.sandbox.url}/?lang=en&person=${keys}`)
  const column = (name: string) => page.getByRole('region', { name, exact: true })

  test('three columns at 1280 px, each with its own line, and nothing sticks out', async () => {
    await open()
    const thread = await room.does('createForumTopic', { chat_id: group.id, name: 'Жолдар' })
    const take = { inline_keyboard: [[{ text: 'Take', callback_data: 't' }]] }
    const card = { text: 'Көше жарығы', message_thread_id: thread.message_thread_id, reply_markup: take }
    await room.does('sendMessage', { chat_id: group.id, ...card })
    const middle = column('Модераторлар: Ерлан')
    await middle.getByText('Көше жарығы').waitFor()
    await middle.getByText('# Жолдар').waitFor()
    await column('Dauys: Айгүл').getByText('/start').first().waitFor()
    await column('Dauys: Татьяна').getByText('/start').first().waitFor()
    const widths = await page.locator('.column').evaluateAll((all) => all.map((one) => one.clientWidth))
    expect(Math.min(...widths)).toBeGreaterThan(300)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280)
    await room.updates()

    const line = middle.getByRole('textbox', { name: 'Message' })
    await middle.getByLabel('Topic').selectOption('Жолдар')
    await line.fill('I take it')
    await line.press('Enter')
    await middle.getByText('I take it').waitFor()
    const [{ message }] = await room.updates()
    const { message_thread_id } = thread
    expect(message).toMatchObject({ from: { id: moderator.id }, message_thread_id })
    expect(await column('Dauys: Айгүл').getByText('I take it').count()).toBe(0)
  })

  test('an alert reaches the presser alone, and one acts as another member of the group', async () => {
    await room.does('sendMessage', {
      chat_id: group.id,
      text: 'An idea',
      reply_markup: { inline_keyboard: [[{ text: 'Take', callback_data: 't' }]] },
    })
    await open(`${moderator.id}@${group.id},${official.id}@${group.id}`)
    await column('Модераторлар: Татьяна').getByRole('button', { name: 'Take' }).press('Enter')
    const query = await pressed()
    expect(query.from.id).toBe(official.id)
    await room.does('answerCallbackQuery', { callback_query_id: query.id, text: 'Yours now' })
    await page.locator('#toasts').getByText('Yours now').waitFor()
    expect(await page.locator('#toasts').getByText('Yours now').count()).toBe(1)
    await column('Модераторлар: Татьяна').getByRole('button', { name: 'Close' }).click()
    await column('Модераторлар: Ерлан').getByLabel('Act as').selectOption('Татьяна')
    await column('Модераторлар: Татьяна').getByText('An idea').waitFor()
    expect(await page.locator('.column').count()).toBe(1)
  })

  test('a room in the list opens in place of a chat, or beside it', async () => {
    await open(String(resident.id))
    await page.getByRole('button', { name: 'Модераторлар: open beside' }).click()
    await column('Модераторлар: Ерлан').waitFor()
    expect(await page.locator('.column').count()).toBe(2)
    await page.locator(`[data-person="${official.id}"]`).click()
    await column('Dauys: Татьяна').waitFor()
    expect(await page.locator('.column').count()).toBe(2)
    await page.reload()
    await column('Dauys: Айгүл').waitFor()
    await column('Dauys: Татьяна').waitFor()
  })

  test('on a phone there is one at a time, and back leads to the list', async () => {
    await page.setViewportSize({ width: 360, height: 740 })
    await open()
    await column('Dauys: Айгүл').getByText('/start').first().waitFor()
    expect(await page.locator('.column:visible').count()).toBe(1)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.locator(`[data-room="${group.id}"]`).click()
    await column('Модераторлар: Ерлан').getByText('joined').first().waitFor()
    expect(await page.locator('.column:visible').count()).toBe(1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  })

  test('a group made on the page has everybody in it, and the bot', async () => {
    await open(String(resident.id))
    await page.getByRole('button', { name: 'New group' }).click()
    await page.getByLabel('Title of the group').fill('Street')
    await page.keyboard.press('Enter')
    await column('Street: Айгүл').waitFor()
    const made = (await room.control('GET', 'rooms')).find((one: { title: string }) => one.title === 'Street')
    expect(made.members).toHaveLength(4)
  })

  async function pressed() {
    for (;;) {
      const found = (await room.updates()).find((update) => update.callback_query)
      if (found) return found.callback_query
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
})
