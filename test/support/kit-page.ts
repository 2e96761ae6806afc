// The kit in a browser without a network, opened from the disk, as a clerk, a key holder or an observer has it before them.
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { kitHtml } from '../../kit.mjs'
import type { Clerk } from './command.ts'

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
const quiet = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']

/** Whether there is no browser to try it with; said aloud. */
export function noBrowser(what: string): boolean {
  const missing = !existsSync(path)
  if (missing)
    console.warn(`NOT RUN: ${what} in a browser. No Chromium at ${path}; set CHROMIUM_PATH to try it.`)
  return missing
}

export interface KitBrowser {
  html: string
  /** What a page complained of, or asked a network for. */
  complaints: string[]
  /** The kit on a phone that speaks this language and has no network. */
  open(locale: string): Promise<Page>
  close(): Promise<void>
}

export async function kitBrowser(desk: Clerk): Promise<KitBrowser> {
  const html = await kitHtml()
  await writeFile(desk.file('kit.html'), html)
  const browser: Browser = await chromium.launch({ executablePath: path, args: quiet })
  const contexts: BrowserContext[] = []
  const complaints: string[] = []
  return {
    html,
    complaints,
    async open(locale) {
      const context = await browser.newContext({
        viewport: { width: 360, height: 740 },
        locale,
        offline: true,
      })
      contexts.push(context)
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      page.on('console', (said) => complaints.push(`${said.type()}: ${said.text()}`))
      page.on('pageerror', ({ message }) => complaints.push(message))
      page.on('request', (request) => {
        if (!/^(?:file|blob|data):/.test(request.url())) complaints.push(request.url())
      })
      await page.goto(pathToFileURL(desk.file('kit.html')).href)
      return page
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
    },
  }
}

/** Fills the fields of a form and presses its button: the lines that it then says, and how long it took, in milliseconds. */
export async function does(
  page: Page,
  form: string,
  texts: Record<string, string>,
  files: Record<string, string> = {},
): Promise<{ said: string; holds: boolean; took: number }> {
  for (const [name, text] of Object.entries(texts)) await page.fill(`#${form}-${name}`, text)
  for (const [name, file] of Object.entries(files)) await page.setInputFiles(`#${form}-${name}`, file)
  const begun = performance.now()
  await page.click(`#${form} button[type=submit]`)
  const answer = page.locator(`#${form} .good, #${form} .bad`)
  await answer.waitFor()
  const took = performance.now() - begun
  const holds = (await answer.getAttribute('class')) === 'good'
  return { said: await page.locator(`#${form} [role=status]`).innerText(), holds, took }
}

/** Keeps what the form offers to save; returns the names. */
export async function saves(desk: Clerk, page: Page, form: string, into: string): Promise<string[]> {
  const names: string[] = []
  for (const link of await page.locator(`#${form} a[download]`).all()) {
    const [saved] = await Promise.all([page.waitForEvent('download'), link.click()])
    names.push(saved.suggestedFilename())
    await saved.saveAs(desk.file(`${into}/${saved.suggestedFilename()}`))
  }
  return names
}
