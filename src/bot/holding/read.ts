// Times and shows of hands as officials type them.
import type { Hands } from '../../core/needs.ts'
import { foldDigits } from '../../core/text.ts'
import { readWallClock } from '../../core/zone.ts'

/** `5.12.2026, 18:00` or `2026-12-05 18:00`, the clock of Kazakhstan, as UTC ISO. */
export function readTime(text: string): string | undefined {
  const folded = foldDigits(text).trim()
  const [, day = '', month = '', year = '', clock = ''] =
    /^(\d{1,2})\.(\d{1,2})\.(\d{4})[\s,]+(\d{1,2}:\d\d)$/.exec(folded) ?? []
  const wall = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')} ${clock.padStart(5, '0')}`
  return readWallClock(day === '' ? folded : wall)
}

/** `40 22 1=30 5=7`: people, women among them, and hands by the number of the need; needs that are left out had none. */
export function readHands(text: string, needs: number): Hands | undefined {
  const [present = '', women = '', ...pairs] = foldDigits(text)
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
  if (!/^\d{1,4}$/.test(present) || !/^\d{1,4}$/.test(women)) return undefined
  const hands = Array.from({ length: needs }, () => 0)
  for (const pair of pairs) {
    const [, need = '0', count = ''] = /^(\d{1,2})[=:](\d{1,4})$/.exec(pair) ?? []
    if (count === '' || Number(need) < 1 || Number(need) > needs) return undefined
    hands[Number(need) - 1] = Number(count)
  }
  return { present: Number(present), women: Number(women), hands }
}
