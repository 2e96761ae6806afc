// Reads a long table in pages, and works through each in slices, so that the program answers others in between.
import { setImmediate as others } from 'node:timers/promises'

const PAGE = 200
const SLICE = 20

/** Until nothing comes after the last row. Keys are numbers from 0 on, and a page comes in their order. */
export async function paged<T>(
  read: (after: number, limit: number) => Promise<T[]>,
  keyOf: (row: T) => number,
  take: (rows: T[]) => void,
): Promise<void> {
  for (let after = -1; ; ) {
    const page = await read(after, PAGE)
    const last = page.at(-1)
    if (!last) return
    await sliced(page, take)
    after = keyOf(last)
  }
}

/** Whoever waits meanwhile has a turn after every few rows. */
export async function sliced<T>(rows: readonly T[], take: (rows: T[]) => void): Promise<void> {
  for (let at = 0; at < rows.length; at += SLICE) {
    take(rows.slice(at, at + SLICE))
    await others()
  }
}
