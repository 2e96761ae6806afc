// Pages that were made are kept for a short while, so that a village that opens its page all at once is served from memory.
import type { Page } from './page.ts'

export interface KeptPages {
  /** The page of this key, made once at a time. `ms`: for how long it may be kept; what is not there is not kept. */
  page(key: string, ms: number, make: () => Promise<Page | undefined>): Promise<Page | undefined>
}

interface Kept {
  until: number
  bytes: number
  page: Promise<Page | undefined>
}

/** `most`: bytes of all pages together. `now`: milliseconds. */
export function keepPages(now: () => number, most = 48_000_000): KeptPages {
  const kept = new Map<string, Kept>()
  let bytes = 0

  function drop(key: string, one: Kept): void {
    if (kept.get(key) !== one) return
    kept.delete(key)
    bytes -= one.bytes
  }

  return {
    page(key, ms, make) {
      const known = kept.get(key)
      if (known && known.until > now()) return known.page
      if (known) drop(key, known)
      const one: Kept = { until: now() + ms, bytes: 0, page: make() }
      kept.set(key, one)
      one.page.then(
        (page) => {
          if (page?.status !== 200) return drop(key, one)
          if (kept.get(key) !== one) return
          one.bytes = page.body.length
          bytes += one.bytes
          for (const [oldest, other] of kept) {
            if (bytes <= most) break
            drop(oldest, other)
          }
        },
        () => drop(key, one),
      )
      return one.page
    },
  }
}
