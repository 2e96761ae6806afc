// How alike two ideas are: whether one project would answer both. What is asked for decides; where, and what it is filed under, correct it.
import type { Words } from './idea.ts'
import { type Meanings, meaningsOf, type Said, type Weights, WEIGHTS } from './idea-words.ts'

/** An idea as it is compared. `category`: of our list, or none. */
export interface Compared {
  category: string | null
  meanings: Meanings
}

export const comparedOf = (
  said: Said & { category: string | null },
  weights: Weights = WEIGHTS,
): Compared => ({
  category: said.category,
  meanings: meaningsOf(said, weights),
})

/** An idea as it is kept. Its words in its author's language come first, as a moderator left them. */
export interface Kept {
  locale: string
  category: string | null
  title: string | null
  body: string | null
  titles: Words
  texts: Words
}

export function comparedIdea({ locale, category, title, body, titles, texts }: Kept): Compared {
  const of = (words: Record<string, string | undefined>, own: string | null) =>
    words[locale] ?? own ?? Object.values(words)[0] ?? ''
  return comparedOf({ category, title: of(titles, title), text: of(texts, body) })
}

const MOST_KEYS = 8
/** Of the strongest meaning: what weighs less finds nothing. */
const KEY_SHARE = 0.4

/** What an idea is found by among many: its strongest meanings, at most eight. */
export function keysOf({ meanings }: Compared): string[] {
  const sorted = [...meanings].sort(([, a], [, b]) => b - a).slice(0, MOST_KEYS)
  const least = (sorted[0]?.[1] ?? 0) * KEY_SHARE
  return sorted.flatMap(([key, weight]) => (weight >= least ? [key] : []))
}

/** From here on two ideas are shown as alike. Chosen on the half `choose` of bench/similar/pairs.tsv. */
export const ALIKE = 0.43

/** Further apart than this two ideas are hardly one project. Metres. */
const FAR_M = 500
const FAR = 0.4
const OTHER_CATEGORY = 0.9
/** Letters in threes that two stems must share to be taken for one misspelt. */
const SAME_STEM = 0.5

/** 0: nothing in common; 1: the same words. `metres`: between the two places; undefined where one has none. */
export function similarity(one: Compared, other: Compared, metres?: number): number {
  const near = metres === undefined || metres <= FAR_M ? 1 : FAR
  const filed = one.category === other.category ? 1 : OTHER_CATEGORY
  return shared(one.meanings, other.meanings) * near * filed
}

/** The cosine of what both mean. */
function shared(one: Meanings, other: Meanings): number {
  let sum = 0
  for (const [key, weight] of one) {
    const same = other.get(key)
    if (same !== undefined) sum += weight * same
    else if (!key.startsWith('=')) sum += weight * closest(key, other)
  }
  const size = lengthOf(one) * lengthOf(other)
  return size === 0 ? 0 : Math.min(1, sum / size)
}

function closest(stem: string, other: Meanings): number {
  let best = 0
  for (const [key, weight] of other) {
    if (key.startsWith('=')) continue
    const alike = sharedThrees(stem, key)
    if (alike >= SAME_STEM) best = Math.max(best, weight * alike)
  }
  return best
}

const lengthOf = (meanings: Meanings): number =>
  Math.sqrt([...meanings.values()].reduce((sum, weight) => sum + weight * weight, 0))

/** Dice's share of letters in threes, with one blank before and behind as pg_trgm does it. 0..1. */
function sharedThrees(one: string, other: string): number {
  const [first, second] = [threesOf(one), threesOf(other)]
  const both = [...first].filter((three) => second.has(three)).length
  return (2 * both) / (first.size + second.size)
}

function threesOf(word: string): Set<string> {
  const padded = ` ${word} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}
