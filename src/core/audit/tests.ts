// Test cards: rows of the roll that are nobody's, with a card each, known to observers alone until the vote is closed.
import { z } from 'zod'
import { fromUtf8, toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { drawBelow, type RandomBytes } from '../cards.ts'
import type { RollRow } from '../roll.ts'
import { sha256 } from '../sha256.ts'

export const TESTS_FORMAT = 'dauys-tests-v1'

/** How many a binding vote has unless told. */
export const USUAL_TESTS = 10
export const MOST_TESTS = 200

/**
 * How many a print has: what is typed, or else the usual number for the first cards of a binding vote. Undefined: no number that is taken.
 */
export function testsWanted(typed: string, of: { binding: boolean; first: boolean }): number | undefined {
  if (typed === '') return of.binding && of.first ? USUAL_TESTS : 0
  const count = /^\d{1,3}$/.test(typed) ? Number(typed) : MOST_TESTS + 1
  return count <= MOST_TESTS ? count : undefined
}

/** Village, register number, serial of the card. */
export const testSchema = z.tuple([z.string().min(1).max(64), z.int().min(1), z.int().min(1)])
export type TestCard = z.infer<typeof testSchema>

const listSchema = z.strictObject({
  format: z.literal(TESTS_FORMAT),
  cycle: z.string().min(1).max(100),
  /** 32 random bytes in hex: whoever has only the hash tries no lists. */
  salt: z.string().regex(/^[0-9a-f]{64}$/),
  tests: z.array(testSchema).min(1).max(MOST_TESTS),
})
export type TestList = z.infer<typeof listSchema>

const keyOf = ([village, register]: TestCard): string => `${village} ${String(register).padStart(9, '0')}`

/** A list in its one order. */
export const testList = (cycle: string, salt: string, tests: readonly TestCard[]): TestList => ({
  format: TESTS_FORMAT,
  cycle,
  salt,
  tests: tests.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
})

export const testListText = (list: TestList): string => `${canonicalJson(list)}\n`

/** SHA-256 of the list, hex: it stands in the log before the vote opens. */
export const testsHash = (list: TestList): string => toHex(sha256(utf8(testListText(list))))

/** Undefined for what is no list of test cards, or not in its one order. */
export function readTestList(bytes: Uint8Array): TestList | undefined {
  try {
    const read = listSchema.safeParse(JSON.parse(fromUtf8(bytes) ?? ''))
    if (!read.success) return undefined
    const { cycle, salt, tests } = read.data
    return canonicalJson(testList(cycle, salt, tests)) === canonicalJson(read.data) ? read.data : undefined
  } catch {
    return undefined
  }
}

/** So many more rows: each of a village drawn by lot, under the next number of its list. */
export function drawTestRows(rows: readonly RollRow[], count: number, bytes: RandomBytes): RollRow[] {
  const last = new Map<string, number>()
  for (const { village, register } of rows) last.set(village, Math.max(last.get(village) ?? 0, register))
  const villages = [...last.keys()]
  return Array.from({ length: villages.length === 0 ? 0 : count }, () => {
    const village = villages[drawBelow(villages.length, bytes)] as string
    const register = (last.get(village) ?? 0) + 1
    last.set(village, register)
    return { village, register }
  })
}
