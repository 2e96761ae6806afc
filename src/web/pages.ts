// Public pages under /open/: views of published facts. For now the signed tree head of a cycle's log, and the log's key.
import { createHash } from 'node:crypto'
import type { Texts } from '../i18n.ts'
import { ok, type Result } from '../core/result.ts'
import type { App } from '../use-cases/app.ts'
import { lastCheckpoint } from '../use-cases/last-checkpoint.ts'
import { logVerifierKey } from '../use-cases/log-key.ts'
import type { HeadFault } from '../use-cases/trusted-head.ts'
import { type Asked, languageOf } from './language.ts'

export interface PageRequest extends Asked {
  method: string
  /** What follows `/open/`, as it stands in the address: `<cycle>/checkpoint`, `<cycle>/key`. */
  path: string
  /** The header If-None-Match. */
  ifNoneMatch?: string | undefined
}

export interface Page {
  status: 200 | 304 | 404 | 405 | 503
  type: string
  /** Empty with 304. With HEAD it is what GET would send: whoever writes the answer leaves it out. */
  body: string
  /** As the header has it, in quotes. */
  etag: string
  /** Seconds for which it need not be asked for again. */
  maxAge: number
  /** BCP 47, where the text was written in a language for this reader. */
  language?: string
}

export interface PageParts {
  app: App
  textsOf: Texts
}

/** A new head is signed every few seconds while people vote. */
const HEAD_SECONDS = 5
/** A log keeps its key. */
const KEY_SECONDS = 3600

/** The page, in the reader's language where it has one; whoever has it already gets 304. Throws while the database is away. */
export async function openPage({ app, textsOf }: PageParts, request: PageRequest): Promise<Page> {
  const t = textsOf(languageOf(textsOf, request))
  const language = t.language.tag
  if (request.method !== 'GET' && request.method !== 'HEAD') return { ...plain(405, 'GET only'), maxAge: 0 }
  const [, slug, what] = /^([\w.-]+)\/(checkpoint|key)$/.exec(request.path) ?? []
  const found = slug === undefined ? ok(undefined) : await published(app, slug, what)
  if (!found.ok)
    return {
      ...plain(503, `${t('common.log-stopped', { fault: found.problem.kind })}\n`),
      maxAge: 0,
      language,
    }
  if (found.value === undefined) return { ...plain(404, `${t('common.no-page')}\n`), maxAge: 0, language }
  const maxAge = what === 'key' ? KEY_SECONDS : HEAD_SECONDS
  return unlessKnown({ ...plain(200, found.value), maxAge }, request.ifNoneMatch)
}

/** The last signed head of a cycle's log, or, on one line, the key that signs heads and receipts. */
async function published(
  app: App,
  slug: string,
  what: string | undefined,
): Promise<Result<string | undefined, HeadFault>> {
  if (what !== 'key') return lastCheckpoint(app, slug)
  const key = await logVerifierKey(app, slug)
  return ok(key && `${key}\n`)
}

const plain = (status: Page['status'], body: string) => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
})

function unlessKnown(page: Page, ifNoneMatch = ''): Page {
  const known = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(page.etag) || known.includes('*') ? { ...page, status: 304, body: '' } : page
}
