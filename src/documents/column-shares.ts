// How wide the columns of a table are, so that no word of a head is broken.
import { type Pdf, setFont } from './pdf.ts'

/** `width`: of the table; `size`: of the letters of its heads; `padding`: at each side of a cell. Points. */
export interface Heads {
  width: number
  size: number
  padding: number
}

/** Each column holds the longest word of its head: what it lacks for that comes off the widest one. */
export function holdingHeads<C extends { text: unknown; share: number }>(
  pdf: Pdf,
  { width, size, padding }: Heads,
  columns: readonly C[],
  linesOf: (text: C['text']) => readonly { text: string }[],
): C[] {
  const font = setFont(pdf, 'bold', size)
  const least = ({ text }: C): number => {
    const words = linesOf(text).flatMap((line) => line.text.split(/[^\S\u00a0]+/u))
    // A point more than it measures: what fits exactly is broken all the same.
    return (Math.max(...words.map((word) => font.widthOfString(word))) + 2 * padding + 1) / width
  }
  const wide = columns.map((column) => ({ ...column, share: Math.max(column.share, least(column)) }))
  const over = total(wide) - total(columns)
  const widest = wide.reduce((most, one) => (one.share > most.share ? one : most))
  widest.share -= over
  return wide
}

const total = (columns: readonly { share: number }[]): number =>
  columns.reduce((sum, { share }) => sum + share, 0)
