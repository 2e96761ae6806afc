// Public pages under /open/: views of published facts. For now the signed tree head of a cycle's log.
import type { App } from '../use-cases/app.ts'
import { lastCheckpoint } from '../use-cases/last-checkpoint.ts'

export interface Page {
  type: string
  body: string
}

/** `path` is what follows `/open/`: `<cycle>/checkpoint`. Undefined when there is no such page. */
export async function openPage(app: App, path: string): Promise<Page | undefined> {
  const [, slug] = /^([\w.-]+)\/checkpoint$/.exec(path) ?? []
  const note = slug === undefined ? undefined : await lastCheckpoint(app, slug)
  return note === undefined ? undefined : { type: 'text/plain; charset=utf-8', body: note }
}
