// The frame of every public page: head with what messengers show of a link, the choice of a language, where one is.
import type { Language, T } from '../i18n.ts'
import { type Html, html, ours, type Piece } from './html.ts'
import { STYLE } from './style.ts'

/** Who reads, and how the links of a page are written. */
export interface Reader {
  t: T
  languages: readonly Language[]
  /** The language stands in the address, so the links go on in it. */
  chosen: boolean
  /** Where the pages lie for others, `https://…` without a slash at the end; unknown where none is configured. */
  publicUrl: string | undefined
  /** The bot's user name, without @. */
  bot: string
  /** The kit is handed out here. */
  kit: boolean
}

export interface PageContent {
  /** Below `/open/`. */
  path: string
  title: string
  /** One plain line: what a messenger shows under the title. */
  line: string
  /** A picture below `/open/`. */
  picture?: string | undefined
  /** Practice: no search engine keeps it. */
  hidden: boolean
  /** The pages above this one, the widest first. */
  above: readonly { path: string; name: string }[]
  body: Html
}

/** A link to another page, in the language that the reader chose. `path`: below `/open/`; `page`: of its list, from 1. */
export function to({ t, chosen }: Reader, path: string, { page = 1 } = {}): string {
  const query = [...(chosen ? [`lang=${t.locale}`] : []), ...(page > 1 ? [`page=${page}`] : [])]
  return `/open/${path}${query.length > 0 ? `?${query.join('&')}` : ''}`
}

export function layout(reader: Reader, content: PageContent): string {
  const { t } = reader
  const { title, line, body, above, hidden } = content
  return html`<!doctype html>
<html lang="${t.language.tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<meta name="description" content="${line}">${
    hidden &&
    html`
<meta name="robots" content="noindex">`
  }
${shared(reader, content)}
<style>${ours(STYLE)}</style></head>
<body>
<header><nav aria-label="${t('pages.languages')}">${languageLinks(reader)}</nav>${
    above.length > 0 &&
    html`
<nav aria-label="${t('pages.above')}">${above.map(({ path, name }) => html`<a href="${to(reader, path)}">${name}</a> `)}</nav>`
  }</header>
<main>
${body}
</main>
</body></html>
`.markup
}

/** Title, line and picture as WhatsApp, Telegram and others show them; pictures need a whole address. */
function shared({ t, publicUrl }: Reader, { path, title, line, picture }: PageContent): Piece {
  const meta = (property: string, content: string) =>
    html`<meta property="og:${property}" content="${content}">
`
  return [
    meta('type', 'website'),
    meta('site_name', 'Dauys'),
    meta('title', title),
    meta('description', line),
    meta('locale', t.language.tag.replace('-', '_')),
    publicUrl !== undefined && [
      meta('url', `${publicUrl}/open/${path}?lang=${t.locale}`),
      picture !== undefined && meta('image', `${publicUrl}/open/${picture}`),
    ],
  ]
}

const languageLinks = ({ t, languages }: Reader): Piece =>
  languages.map(({ locale, name, tag }) =>
    locale === t.locale
      ? html`<strong lang="${tag}">${name}</strong> `
      : html`<a href="?lang=${locale}" hreflang="${tag}" lang="${tag}">${name}</a> `,
  )
