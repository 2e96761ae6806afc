// The cards of a roll: one a row, with a serial, a code, and an order of printing that chance made.
import { drawUnlikeBankCard } from './luhn.ts'
import { cardCode } from './person.ts'
import type { RollCard, RollRow } from './roll.ts'

/** `bytes(n)` gives n bytes from a cryptographic source. */
export type RandomBytes = (count: number) => Uint8Array

export type DrawnCards = {
  /** In the order of village and register number: what the desk's register lists. */
  cards: (RollCard & { serial: number })[]
  /** The same cards as they are printed: village by village, inside a village in an order that chance made. */
  sheet: (RollCard & { serial: number })[]
}

/**
 * Draws one card a roll row. The serial counts the cards of a village in the order of the register, from `start(village)` (1
 * unless told). Codes are unlike each other, and none looks like a bank card. The order on the sheet follows neither register nor serial.
 */
export function drawCards(
  rows: readonly RollRow[],
  bytes: RandomBytes,
  start: (village: string) => number = () => 1,
): DrawnCards {
  const codes = new Set<string>()
  const drawCode = (): string => {
    const code = drawCardCode(bytes, (drawn) => codes.has(drawn))
    codes.add(code)
    return code
  }
  const villages = [...new Set(rows.map((row) => row.village))]
  const byVillage = villages.map((village) =>
    rows
      .filter((row) => row.village === village)
      .sort((a, b) => a.register - b.register)
      .map((row, at) => ({ serial: start(village) + at, village, register: row.register, code: drawCode() })),
  )
  return { cards: byVillage.flat(), sheet: byVillage.flatMap((cards) => shuffled(cards, bytes)) }
}

/**
 * Draws a card code that is not taken and that no client takes for a bank card. Codes drawn before that rule stay valid: reading
 * asks for the check digits only. Throws when the source of chance repeats itself.
 */
export const drawCardCode = (bytes: RandomBytes, isTaken: (code: string) => boolean = () => false): string =>
  drawUnlikeBankCard(
    () => cardCode(bytes(16)),
    (code) => code,
    isTaken,
  )

/** Fisher–Yates; a number that would favour low places is drawn again. */
function shuffled<T>(items: readonly T[], bytes: RandomBytes): T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last--) {
    const other = drawBelow(last + 1, bytes)
    const kept = order[last] as T
    order[last] = order[other] as T
    order[other] = kept
  }
  return order
}

/** A number below `limit`, each as likely as the others. */
export function drawBelow(limit: number, bytes: RandomBytes): number {
  const fair = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const number = bytes(4).reduce((sum, byte) => sum * 256 + byte, 0)
    if (number < fair) return number % limit
  }
}
