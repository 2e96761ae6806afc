// Pairs of ideas labelled by hand (bench/similar/pairs.tsv), and how well a score tells the alike from the others.
import { readFile } from 'node:fs/promises'
import { comparedOf, similarity } from '../src/core/similarity.ts'

export const LABELS = ['alike', 'near-miss', 'unlike'] as const
export type Label = (typeof LABELS)[number]

interface Written {
  category: string
  title: string
  text: string
}

export interface Pair {
  half: 'choose' | 'measure'
  label: Label
  metres: number | undefined
  one: Written
  other: Written
}

/** In the order of the file; read from the checkout in which the bench or the test runs. */
export async function labelledPairs(): Promise<Pair[]> {
  const text = await readFile('bench/similar/pairs.tsv', 'utf8')
  return text.trim().split('\n').slice(1).map(pairOf)
}

function pairOf(line: string, at: number): Pair {
  const cells = line.split('\t')
  const [half, label, first, second, metres] = cells
  const known = LABELS.find((one) => one === label)
  if ((half !== 'choose' && half !== 'measure') || !known || cells.length !== 9)
    throw new Error(`pairs.tsv, line ${at + 2}: not a pair`)
  const written = (category = '', title = '', body = ''): Written => ({ category, title, text: body })
  return {
    half,
    label: known,
    metres: metres ? Number(metres) : undefined,
    one: written(first, cells[5], cells[6]),
    other: written(second, cells[7], cells[8]),
  }
}

/** As the program scores it. */
export const scoreOf = ({ one, other, metres }: Pair): number =>
  similarity(comparedOf(one), comparedOf(other), metres)

export interface Scored {
  label: Label
  score: number
}

export interface Quality {
  /** Of those called alike, the share that is. */
  precision: number
  /** Of the alike, the share that is called so. */
  recall: number
  /** How many of each label are called alike. */
  called: Record<Label, number>
  of: Record<Label, number>
}

/** At this threshold. */
export function qualityOf(scored: readonly Scored[], threshold: number): Quality {
  const count = (some: readonly Scored[]) =>
    Object.fromEntries(
      LABELS.map((label) => [label, some.filter((one) => one.label === label).length]),
    ) as Record<Label, number>
  const alike = scored.filter(({ score }) => score >= threshold)
  const [called, of] = [count(alike), count(scored)]
  return {
    precision: alike.length === 0 ? 1 : called.alike / alike.length,
    recall: of.alike === 0 ? 1 : called.alike / of.alike,
    called,
    of,
  }
}

export const f1 = ({ precision, recall }: Quality): number =>
  precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)

/** Of all hundredths the one with the best F1; of several that are as good the middle one. */
export function bestThreshold(scored: readonly Scored[]): number {
  const steps = Array.from({ length: 100 }, (_, at) => (at + 1) / 100)
  const quality = steps.map((step) => f1(qualityOf(scored, step)))
  const best = steps.filter((_, at) => (quality[at] as number) >= Math.max(...quality) - 1e-9)
  return best[Math.floor(best.length / 2)] ?? 1
}
