// Public pages under /open/: views of published facts. Votes, villages, projects; the log, its tiles, its key; results for programs.
import type { Locale } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { readCheckpoints } from '../use-cases/read-checkpoints.ts'
import { type OpenPlace, readOpenCycle, readOpenPlace } from '../use-cases/read-open-cycle.ts'
import { readResult } from '../use-cases/read-result.ts'
import { cyclePage } from './cycle-page.ts'
import { keepPages } from './kept.ts'
import { languageOf } from './language.ts'
import type { Reader } from './layout.ts'
import { kitPage } from './kit-page.ts'
import { bundlePage, logPage } from './log-pages.ts'
import { type Page, pageOf, type PageParts, plain, type PageRequest } from './page.ts'
import { photoPage } from './photo.ts'
import { projectPage } from './project-page.ts'
import { resultPages } from './result-pages.ts'
import { POLICY } from './style.ts'
import { type PotShown, villagePage } from './village-page.ts'
import { photosOf } from './work-part.ts'

/** A page may be so old: then what was published, moved or mended shows. */
const PAGE_SECONDS = 15
const PICTURE_MS = 600_000
const BUNDLE_MS = 3_600_000
/** Bytes of all bundles that are kept. */
const MOST_BUNDLES = 160_000_000

type Wanted =
  | { kind: 'log'; slug: string; what: string }
  | { kind: 'page'; slug: string; territory?: number; number?: number }
  | { kind: 'file'; slug: string; territory: number; name: string }
  | { kind: 'share'; slug: string; territory?: number; locale: string }
  | { kind: 'photo' | 'work-photo'; slug: string; territory: number; number: number; photo: number }

/** What an address names: a village is a number, so nothing that a log has can be mistaken for one. */
function wantedBy(path: string): Wanted | undefined {
  const [, slug = '', rest = ''] = /^([\w.-]+)(?:\/(.*))?$/.exec(path) ?? []
  if (slug === '') return undefined
  if (/^(?:checkpoints?|key|bundle|tile\/.*)$/.test(rest)) return { kind: 'log', slug, what: rest }
  const [, locale] = /^share-([a-z-]{2,20})\.png$/.exec(rest) ?? []
  if (locale !== undefined) return { kind: 'share', slug, locale }
  if (rest === '') return path.endsWith('/') ? undefined : { kind: 'page', slug }
  const [, village, more = ''] = /^([1-9]\d{0,8})(?:\/(.+))?$/.exec(rest) ?? []
  if (village === undefined || rest.endsWith('/')) return undefined
  return inVillage(slug, Number(village), more)
}

function inVillage(slug: string, territory: number, more: string): Wanted | undefined {
  if (more === '') return { kind: 'page', slug, territory }
  const [, number, of, photo] = /^([1-9]\d{0,5})(?:\/(photo|work)\/([1-9]\d{0,8}))?$/.exec(more) ?? []
  if (number !== undefined)
    return photo === undefined
      ? { kind: 'page', slug, territory, number: Number(number) }
      : {
          kind: of === 'photo' ? of : 'work-photo',
          slug,
          territory,
          number: Number(number),
          photo: Number(photo),
        }
  const [, locale] = /^share-([a-z-]{2,20})\.png$/.exec(more) ?? []
  if (locale !== undefined) return { kind: 'share', slug, territory, locale }
  return /^[\w-]{1,40}\.(?:csv|json|pb|png|pdf)$/.test(more)
    ? { kind: 'file', slug, territory, name: more }
    : undefined
}

/** Answers requests, in the reader's language; whoever has a page already gets 304. Throws while the database is away. */
export function openPages(parts: PageParts): (request: PageRequest) => Promise<Page> {
  const { app, textsOf, copies } = parts
  const kept = keepPages(() => app.now().getTime())
  const results = resultPages(app, textsOf)
  const bundles = keepPages(() => app.now().getTime(), MOST_BUNDLES)
  const spoken = (locale: Locale): T | undefined => {
    const known = textsOf.known(locale)
    return known === undefined ? undefined : textsOf(known)
  }

  const readerOf = (t: T, chosen: boolean): Reader => ({
    t,
    languages: textsOf.languages,
    chosen,
    publicUrl: parts.publicUrl,
    bot: parts.bot,
    kit: parts.kit !== undefined,
  })

  return async (request) => {
    const locale = languageOf(textsOf, request)
    const t = textsOf(locale)
    const language = t.language.tag
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'GET only', 0)
    if (request.path === 'kit.html' && parts.kit !== undefined)
      return unlessKnown(await kitPage(parts.kit), request)
    const wanted = wantedBy(request.path)
    if (wanted?.kind === 'log' && wanted.what === 'bundle') {
      const made = await bundles.page(wanted.slug, BUNDLE_MS, () => bundlePage(app, wanted.slug))
      return made ? unlessKnown(made, request) : missing(t)
    }
    if (wanted?.kind === 'log') {
      const found = await logPage(app, wanted.slug, wanted.what)
      if (!found.ok)
        return { ...plain(503, `${t('common.log-stopped', { fault: found.problem.kind })}\n`, 0), language }
      return found.value ? unlessKnown(found.value, request) : missing(t)
    }
    const page = wanted && (await found(wanted, request, t))
    return page ? unlessKnown(page, request) : missing(t)
  }

  function found(
    wanted: Exclude<Wanted, { kind: 'log' }>,
    request: PageRequest,
    t: T,
  ): Promise<Page | undefined> {
    switch (wanted.kind) {
      case 'page': {
        const chosen = textsOf.spoken(request.query.get('lang')) !== undefined
        const page = pageAsked(request.query.get('page'))
        const key = `${request.path} ${t.locale} ${chosen} ${page}`
        return kept.page(key, PAGE_SECONDS * 1000, () => read(wanted, readerOf(t, chosen), page))
      }
      case 'file':
        return kept.page(request.path, PAGE_SECONDS * 1000, async () => {
          const open = await readOpenPlace(app, wanted.slug, wanted.territory)
          return open && results.file(open, wanted.name, spoken)
        })
      case 'share':
        return kept.page(request.path, PICTURE_MS, async () => {
          const own = spoken(wanted.locale)
          const open = await (wanted.territory === undefined
            ? readOpenCycle(app, wanted.slug)
            : readOpenPlace(app, wanted.slug, wanted.territory))
          return own && open && results.share(own, open)
        })
      case 'photo':
      case 'work-photo':
        return photo(wanted)
    }
  }

  async function read(
    { slug, territory, number }: Extract<Wanted, { kind: 'page' }>,
    reader: Reader,
    page: number,
  ): Promise<Page | undefined> {
    if (territory === undefined) {
      const open = await readOpenCycle(app, slug)
      const kept = await readCheckpoints(app, slug)
      return open && htmlPage(reader, cyclePage(reader, open, page, (kept.ok && kept.value) || []))
    }
    const open = await readOpenPlace(app, slug, territory)
    if (!open) return undefined
    const shown = await potsShown(open)
    if (number === undefined) return htmlPage(reader, villagePage(reader, open, [...shown.values()], page))
    const project = open.projects.find((one) => one.number === number)
    return project && htmlPage(reader, projectPage(reader, open, project, shown.get(project.pot)))
  }

  async function potsShown({ place }: OpenPlace): Promise<Map<string, PotShown>> {
    const shown = new Map<string, PotShown>()
    for (const { pot } of place.pots) {
      const result = await readResult(app, place.cycle.id, place.territory, pot)
      if (result.ok) shown.set(pot, result.value)
      else if (result.problem.kind === 'being-checked') shown.set(pot, 'being-checked')
    }
    return shown
  }

  /** One of an idea by its place, one of a work by its id. */
  async function photo({ kind, slug, territory, number, photo: at }: Extract<Wanted, { photo: number }>) {
    const open = await readOpenPlace(app, slug, territory)
    const work = open?.works.find((one) => one.number === number)
    const copy =
      kind === 'photo'
        ? open?.photos.get(number)?.[at - 1]
        : work && photosOf(work).find(({ id }) => id === at)?.copy
    return copy === undefined ? undefined : photoPage(copies, copy)
  }
}

const pageAsked = (text: string | null): number => (/^[1-9]\d{0,3}$/.test(text ?? '') ? Number(text) - 1 : 0)

const htmlPage = ({ t }: Reader, body: string): Page => ({
  ...pageOf(200, 'text/html; charset=utf-8', body, PAGE_SECONDS),
  language: t.language.tag,
  policy: POLICY,
})

const missing = (t: T): Page => ({ ...plain(404, `${t('common.no-page')}\n`, 0), language: t.language.tag })

function unlessKnown(page: Page, { ifNoneMatch = '' }: PageRequest): Page {
  const known = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return known.includes(page.etag) || known.includes('*') ? { ...page, status: 304, body: '' } : page
}
