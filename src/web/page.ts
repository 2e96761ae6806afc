// What is asked for under /open/, and what is answered.
import { createHash } from 'node:crypto'
import type { Texts } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import type { MediaStore } from '../use-cases/copy-idea-media.ts'
import type { Asked } from './language.ts'

export interface PageRequest extends Asked {
  method: string
  /** What follows `/open/`, as it stands in the address: `<cycle>/checkpoint`, `<cycle>/<village>`, `<cycle>/tile/0/001`. */
  path: string
  /** The header If-None-Match. */
  ifNoneMatch?: string | undefined
}

export interface Page {
  status: 200 | 304 | 404 | 405 | 503
  type: string
  /** Empty with 304. With HEAD it is what GET would send: whoever writes the answer leaves it out. */
  body: string | Uint8Array
  /** As the header has it, in quotes. */
  etag: string
  /** Seconds for which it need not be asked for again. */
  maxAge: number
  /** It never changes. */
  immutable?: true
  /** BCP 47, where the text was written in a language for this reader. */
  language?: string
  /** What a browser may do with it, where that is more than nothing: a Content-Security-Policy. */
  policy?: string
}

export interface PageParts {
  app: App
  textsOf: Texts
  /** The bot's user name, without @. */
  bot: string
  /** Where the pages lie for others, without a slash at the end; unknown where none is configured. */
  publicUrl?: string | undefined
  /** The file of the kit; none where the sources themselves run. */
  kit?: string | undefined
  /** Where our copies of photos lie. */
  copies: MediaStore
}

/** A page of this type. `maxAge`: seconds. */
export const pageOf = (status: Page['status'], type: string, body: Page['body'], maxAge: number): Page => ({
  status,
  type,
  body,
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
  maxAge,
})

export const plain = (status: Page['status'], body: Page['body'], maxAge: number): Page =>
  pageOf(status, 'text/plain; charset=utf-8', body, maxAge)
