// Serves the files of the chat page, and nothing outside their folder.
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { writeBody } from './http.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ogg': 'audio/ogg',
  '.txt': 'text/plain; charset=utf-8',
}

/** Answers with the file of the page that `pathname` names; `/` is index.html. */
export async function servePage(folder: URL, response: ServerResponse, pathname: string): Promise<void> {
  const missing = () => void writeBody(response, 404, 'text/plain; charset=utf-8', 'Not found\n')
  const path = pathname === '/' ? 'index.html' : pathname.slice(1)
  // Plain names only: no dot files, no "..", no escapes.
  if (!/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(path)) return missing()
  const type = types[extname(path)]
  if (!type) return missing()
  try {
    const data = await readFile(new URL(path, folder))
    writeBody(response, 200, type, data, { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
  } catch {
    missing()
  }
}
