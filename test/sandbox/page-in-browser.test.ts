// The sandbox's chat page in a real browser: what a person sees and presses, with the test playing the bot over HTTP.
import { existsSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const missing = !existsSync(path)
if (missing)
  console.warn(`NOT RUN: the chat page in a browser. No Chromium at ${path}; set CHROMIUM_PATH to try it.`)

const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const offline = ['--disable-background-networking', '--disable-component-update']

let browser: Browser
let page: Page
let room: Room
let ann: Someone
let complaints: string[]

describe.skipIf(missing)('in the browser', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: path, args: [...quiet, ...offline] })
  }, 60_000)
  afterAll(() => browser.close())

  beforeEach(async () => {
    room = await openRoom()
    ann = await room.person('Айгүл', { language_code: 'kk' })
    await ann.says('/start')
    await room.updates()
    page = await browser.newPage({ viewport: { width: 1200, height: 800 } })
    page.setDefaultTimeout(12_000)
    complaints = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    page.on('request', (request) => {
      if (!request.url().startsWith(room.sandbox.url) && !request.url().startsWith('data:'))
        complaints.push(request.url())
    })
  })
  afterEach(async () => {
    await page.close()
    await room.close()
    expect(complaints).toEqual([])
  })

  const open = (more = '') => page.goto(`${room.sandbox.url}/?person=${ann.id}&lang=en${more}`)
  const shown = (text: string) => page.locator('.log').getByText(text).first().waitFor()
  const button = (name: string) => page.locator('.log').getByRole('button', { name, exact: true })
  const says = (text: string, more: object = {}) =>
    room.does('sendMessage', { chat_id: ann.id, text, ...more })
  const row = (...buttons: object[]) => ({ reply_markup: { inline_keyboard: [buttons] } })

  /** The press that reached the bot, waited for. */
  async function pressed() {
    for (;;) {
      const found = (await room.updates()).find((update) => update.callback_query)
      if (found) return found.callback_query
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  test('the page says in three languages that it is a sandbox', async () => {
    await open()
    const banner = page.locator('#banner')
    for (const words of ['СЫНАҚ ОРТАСЫ', 'ПРОБНАЯ СРЕДА', 'SANDBOX']) await banner.getByText(words).waitFor()
  })

  test('a message of the bot appears by itself, and its buttons are real buttons', async () => {
    await open()
    await says('Дауыс беру <b>басталды</b>', {
      parse_mode: 'HTML',
      ...row({ text: 'Дауыс беру', callback_data: 'v' }),
    })
    await shown('Дауыс беру басталды')
    expect(await page.locator('.text b').textContent()).toBe('басталды')
    expect(await button('Дауыс беру').isVisible()).toBe(true)
  })

  test('a press reaches the bot, waits for its answer, and the alert must be closed', async () => {
    await says('Choose', row({ text: 'Send', callback_data: 'cast', style: 'primary' }))
    await open()
    await button('Send').click()
    const press = await pressed()
    expect(press.data).toBe('cast')
    expect(press.from.id).toBe(ann.id)
    expect(await button('Send').getAttribute('aria-busy')).toBe('true')
    await room.does('answerCallbackQuery', {
      callback_query_id: press.id,
      text: 'Voting is closed',
      show_alert: true,
    })
    const alert = page.getByRole('dialog')
    await alert.getByText('Voting is closed').waitFor()
    await alert.getByRole('button', { name: 'OK' }).click()
    await alert.waitFor({ state: 'detached' })
    await page.locator('[aria-busy]').waitFor({ state: 'detached' })
  })

  test('an edited message keeps the keyboard where it was', async () => {
    const { message_id } = await says('Not marked', row({ text: 'Mark', callback_data: 'm' }))
    await open()
    await button('Mark').press('Enter')
    const press = await pressed()
    const edit = { chat_id: ann.id, message_id, text: 'Marked now' }
    await room.does('editMessageText', { ...edit, ...row({ text: 'Unmark', callback_data: 'u' }) })
    await room.does('answerCallbackQuery', { callback_query_id: press.id, text: 'Noted' })
    await shown('Marked now')
    await shown('edited')
    await page.locator('#toasts').getByText('Noted').waitFor()
    expect(await page.locator(':focus').textContent()).toBe('Unmark')
  })

  test('what is typed is sent with Enter and reaches the bot', async () => {
    await open()
    const line = page.getByRole('textbox', { name: 'Message' })
    await line.pressSequentially('one')
    await line.press('Shift+Enter')
    await line.pressSequentially('two')
    await line.press('Enter')
    await shown('one')
    expect((await room.updates()).map((update) => update.message?.text)).toEqual(['one\ntwo'])
    expect(await line.inputValue()).toBe('')
  })

  test('the envelope is shown, and its code can be copied', async () => {
    await room.control('PUT', `people/${ann.id}/envelope`, {
      lines: ['Code: 1234 5678 9012 3456', 'Thank you'],
    })
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await open()
    await page.getByRole('button', { name: 'Your envelope' }).click()
    const paper = page.getByRole('region', { name: 'Your envelope' })
    await paper.getByText('Thank you').waitFor()
    expect(await paper.getByRole('button', { name: /Copy/ }).count()).toBe(1)
    await paper.getByRole('button', { name: /Copy/ }).click()
    await page.getByText('Copied: 1234 5678 9012 3456').waitFor()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('1234 5678 9012 3456')
  })

  test('the key that asks for a phone sends the own contact', async () => {
    const keyboard = [[{ text: 'My phone', request_contact: true }]]
    await says('Your phone?', { reply_markup: { keyboard } })
    await open()
    await page.getByRole('button', { name: 'My phone' }).click()
    await page.getByRole('textbox', { name: 'Phone number' }).fill('+7 701 000-00-01')
    await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click()
    await shown('+77010000001')
    const [update] = await room.updates()
    expect(update.message.contact).toMatchObject({ phone_number: '+77010000001', user_id: ann.id })
  })

  test('a link to the bot on paper or in a text opens it with its mark', async () => {
    await says('https://t.me/dauys_sandbox_bot?start=c_77')
    await open()
    await page.locator('.log').getByRole('button', { name: /c_77/ }).click()
    await shown('/start c_77')
    await page.getByRole('button', { name: 'Links' }).click()
    await page.getByLabel('Mark in the link').fill('v_abc')
    await page.keyboard.press('Enter')
    await shown('/start v_abc')
    expect((await room.updates()).map((update) => update.message.text)).toEqual([
      '/start c_77',
      '/start v_abc',
    ])
  })

  test('markup that is not on the list becomes plain text, and no script runs', async () => {
    await open()
    const hostile =
      '<img src="x" onerror="alert(1)"><script>alert(1)</script><b onclick="alert(1)">bold</b>' +
      '<a href="javascript:alert(1)">bad</a><svg onload="alert(1)"><i>inside</i></svg><a href="https://a.kz/">good</a>'
    // As text: the test runner would rewrite the import.
    const built = await page.evaluate(`import('/rich.js').then(({ richText }) => {
      const box = document.createElement('div')
      box.append(...richText(${JSON.stringify(hostile)}, { bot: 'dauys_sandbox_bot' }))
      return [...box.querySelectorAll('*')].map((e) => e.localName + ':' + e.getAttributeNames() + ':' + e.textContent)
    })`)
    const link = 'a:href,target,rel:good'
    expect(built).toEqual(['b::bold', 'span::bad', 'i::inside', link])
  })

  test('a person made on the page can start the bot', async () => {
    await page.goto(`${room.sandbox.url}/?lang=ru`)
    await page.getByRole('button', { name: 'Новый человек' }).click()
    await page.getByLabel('Имя').fill('Иван')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Начать' }).click()
    await shown('/start')
    const [update] = await room.updates()
    expect(update.message).toMatchObject({
      text: '/start',
      from: { first_name: 'Иван', language_code: 'ru' },
    })
  })

  test('somebody else’s new message is marked as unread', async () => {
    const bob = await room.person('Bob')
    await bob.says('/start')
    await open()
    await page.getByText('You: /start').last().waitFor()
    await room.does('sendMessage', { chat_id: bob.id, text: 'Your idea is approved' })
    const other = page.locator(`[data-person="${bob.id}"]`)
    await other.getByText('Your idea is approved').waitFor()
    await other.getByText('new messages').waitFor({ state: 'attached' })
    await other.click()
    await other.getByText('new messages').waitFor({ state: 'detached' })
  })

  test('on a phone the list and the chat take turns', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await open()
    await shown('/start')
    expect(await page.locator('#people').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Back' }).click()
    await page.locator('#people').getByText('Айгүл').waitFor()
    expect(await page.locator('#chat').isVisible()).toBe(false)
  })

  test('nothing sticks out sideways on a narrow screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    await says(
      `${'ұзын'.repeat(60)} https://t.me/dauys_sandbox_bot?start=${'c'.repeat(60)}`,
      row(
        { text: 'Балалар ойын алаңы', callback_data: 'a' },
        { text: 'Көше жарығын орнату', callback_data: 'b' },
        { text: 'Жолдар', callback_data: 'c' },
      ),
    )
    await open()
    await button('Жолдар').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    expect(await page.evaluate(() => document.querySelector('.log')?.scrollWidth)).toBe(320)
  })
})
