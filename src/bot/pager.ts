// Pages of a list: which part is shown, and the row of buttons that turns them.
import type { T } from '../i18n.ts'
import { type Button, press } from './message.ts'

/** Page `page` (from 0) of `all`; a page that is not there is the last one. */
export function pageOf<V>(
  all: readonly V[],
  page: number,
  size: number,
): { at: number; pages: number; shown: V[] } {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const at = Math.min(page, pages - 1)
  return { at, pages, shown: all.slice(at * size, (at + 1) * size) }
}

/** A row with "previous" and "next", as far as there are such pages; no row where there is one page. `pack`: the button of a page. */
export function pager(t: T, at: number, pages: number, pack: (page: number) => string): Button[][] {
  const turn = [
    ...(at > 0 ? [press(t('common.previous.button'), pack(at - 1))] : []),
    ...(at + 1 < pages ? [press(t('common.next.button'), pack(at + 1))] : []),
  ]
  return turn.length > 0 ? [turn] : []
}

/** The same for one a message: "next" and "previous" in a row each, the way on first. */
export const oneAtATime = (t: T, at: number, pages: number, pack: (page: number) => string): Button[][] =>
  pager(t, at, pages, pack).flatMap((row) => row.toReversed().map((button) => [button]))
