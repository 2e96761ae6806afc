// Starts the kit: as the page, or as the worker that the page sends its work to.
import { config } from 'zod'
import { type Folder, textsOfFolders } from '../texts.ts'
import { showPage } from './page.ts'
import { serveOrders } from './worker.ts'

/** `folders`: the languages that travel in the file. */
export function startKit(folders: readonly Folder[]): void {
  // The page forbids code that is made of text.
  config({ jitless: true })
  const texts = textsOfFolders(folders)
  if (typeof document === 'undefined') return serveOrders(texts)
  const source = document.currentScript?.textContent ?? ''
  const root = document.querySelector('main')
  if (root) showPage({ texts, source, root }, texts.guess(navigator.language))
}
