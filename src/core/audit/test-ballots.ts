// What observers wrote down of their test cards, against what was opened: every difference is named.
import type { SectionChoices } from '../ballots/sections.ts'
import { termsOfPot } from '../ballots/sections.ts'
import { scanCsv } from '../formats/csv.ts'
import { foldDigits } from '../text.ts'
import { readReceiptNumber } from './receipt.ts'
import type { Rules } from './rules.ts'

/** A ballot with a test card, opened. `marks`: project numbers as observers write them, `3 7` or `3=5`. */
export interface TestBallot {
  seq: number
  village: string
  receipt: string
  marks: string
}

/** The marks of an opened ballot by the numbers of the list; in a ranking as ranked, else ascending. */
export function testMarks(rules: Rules, village: string, sections: readonly SectionChoices[]): string {
  const pots = rules.villages.find((one) => one.village === village)?.pots ?? []
  return pots
    .map((pot) => {
      const choices = sections.find((one) => one.pot === pot.pot)?.choices ?? []
      const words = choices.map(({ project: id, points }) => {
        const number = pot.projects.find((project) => project.id === id)?.number ?? 0
        return points === undefined ? String(number) : `${number}=${points}`
      })
      return inOrder(words, termsOfPot(pot, rules.ballot).kind === 'ranking')
    })
    .filter((marks) => marks !== '')
    .join(' ')
}

const inOrder = (words: readonly string[], ranked: boolean): string =>
  (ranked ? words : words.toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))).join(' ')

/** A line of an observer: receipt number and marks. */
export interface TestNote {
  line: number
  receipt: string
  marks: string
}

export type TestDifference =
  /** Of this receipt something else was opened than was chosen. */
  | { kind: 'other'; line: number; receipt: string; wrote: string; opened: string }
  /** No ballot with a test card has this receipt: it is lost, or was counted as somebody's. */
  | { kind: 'missing'; line: number; receipt: string; wrote: string }
  /** A ballot was opened as a test that no observer wrote down. */
  | { kind: 'unknown'; receipt: string; opened: string }

export type NotesProblem = { kind: 'not-a-receipt'; line: number; value: string }

/** A table of two columns, receipt and project numbers; a first line that holds no number is a heading. */
export function readTestNotes(text: string): { notes: TestNote[]; problems: NotesProblem[] } {
  const notes: TestNote[] = []
  const problems: NotesProblem[] = []
  const { header, rows } = scanCsv(text, () => true).table
  for (const { cells, line } of [{ cells: header, line: 1 }, ...rows]) {
    const [first = '', ...rest] = cells
    if (cells.join('').trim() === '' || (line === 1 && !/\d/.test(first))) continue
    const receipt = readReceiptNumber(first)
    const marks = foldDigits(rest.join(' '))
      .replaceAll('№', ' ')
      .split(/[\s,;]+/)
      .filter(Boolean)
      .join(' ')
    if (receipt.ok) notes.push({ line, receipt: receipt.value, marks })
    else problems.push({ kind: 'not-a-receipt', line, value: first })
  }
  return { notes, problems }
}

/** `ranked`: the order of the marks counts. A card that voted twice is written down with its last vote. */
export function compareTests(
  opened: readonly TestBallot[],
  notes: readonly TestNote[],
  ranked: boolean,
): TestDifference[] {
  const plain = (marks: string): string => inOrder(marks.split(' ').filter(Boolean), ranked)
  const left = new Map(opened.map((ballot) => [ballot.receipt, ballot]))
  const differences = notes.flatMap(({ line, receipt, marks }): TestDifference[] => {
    const ballot = left.get(receipt)
    left.delete(receipt)
    if (!ballot) return [{ kind: 'missing', line, receipt, wrote: marks }]
    return plain(ballot.marks) === plain(marks)
      ? []
      : [{ kind: 'other', line, receipt, wrote: marks, opened: ballot.marks }]
  })
  return [
    ...differences,
    ...[...left.values()].map(({ receipt, marks }) => ({ kind: 'unknown' as const, receipt, opened: marks })),
  ]
}
