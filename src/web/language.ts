// Which language a reader of a page gets: the one asked for in the address, else what the browser prefers, else Kazakh.
import type { Locale } from '../core/localised.ts'
import type { Texts } from '../i18n.ts'

export interface Asked {
  query: URLSearchParams
  /** The header Accept-Language: `ru-KZ,ru;q=0.9,en;q=0.8`. */
  acceptLanguage?: string | undefined
}

/** Nobody sends more; a longer list is read so far. */
const MOST = 20

export function languageOf(textsOf: Texts, { query, acceptLanguage = '' }: Asked): Locale {
  const wanted = acceptLanguage
    .split(',', MOST)
    .map((part) => {
      const [code = '', ...rest] = part.split(';').map((piece) => piece.trim())
      const weight = rest.find((piece) => piece.startsWith('q='))?.slice(2)
      return { code, weight: weight === undefined ? 1 : Number(weight) || 0 }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ code }) => code)
  const [found] = [query.get('lang'), ...wanted].flatMap((code) => textsOf.spoken(code) ?? [])
  return found ?? textsOf.guess()
}
