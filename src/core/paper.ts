// What clerks type in of a paper box: a line a ballot, read against the frozen list; and whether its numbers fit what was handed out.
import { readCanonicalChoices } from './audit/receipt.ts'
import type { BallotProblem, Choice, ListedProject } from './ballots/ballot-type.ts'
import { checkSections, encodeSections, type Section } from './ballots/sections.ts'
import { fail, ok, type Result } from './result.ts'
import { foldDigits } from './text.ts'

/** Papers of one box, at most. */
export const MOST_PAPERS = 5000

/** The papers of a box. `ballots`: the canonical text of each valid one, a line a pot, sorted; `spoiled`: those that count for nothing. */
export interface Papers {
  ballots: string[]
  spoiled: number
}

/** `line`: as typed, from 1. */
export type PapersProblem =
  | { kind: 'not-understood'; line: number }
  | { kind: 'unknown-number'; line: number; number: number }
  /** It is no valid ballot of this vote: the paper is looked at again, or a dash stands for it. */
  | { kind: 'not-valid'; line: number; problem: BallotProblem }
  | { kind: 'empty' }
  | { kind: 'too-many'; most: number }

type Numbered = ListedProject & { readonly number: number }

/**
 * `3 7`: a paper on which №3 and №7 are marked, in the order of a ranking, `3=5 7=2` with points; `12x 3 7`: twelve papers alike;
 * `-`: an invalid one. A line a paper, with the marks of all pots: a number names one project, and a section that is left out is blank.
 */
export function readPapers(
  text: string,
  sections: readonly Section<Numbered>[],
): Result<Papers, PapersProblem> {
  const papers: Papers = { ballots: [], spoiled: 0 }
  for (const [at, typed] of foldDigits(text).split('\n').entries()) {
    const line = typed.trim()
    if (line === '') continue
    const [, alike = '1', rest = ''] = /^(?:(\d{1,4})\s*[xхXХ×*]\s*)?(.+)$/u.exec(line) ?? []
    const count = Number(alike)
    if (count === 0) return fail({ kind: 'not-understood', line: at + 1 })
    if (papers.ballots.length + papers.spoiled + count > MOST_PAPERS)
      return fail({ kind: 'too-many', most: MOST_PAPERS })
    if (/^[-–—]+$/u.test(rest)) {
      papers.spoiled += count
      continue
    }
    const read = readPaper(rest, at + 1, sections)
    if (!read.ok) return read
    for (let n = 0; n < count; n++) papers.ballots.push(read.value)
  }
  if (papers.ballots.length + papers.spoiled === 0) return fail({ kind: 'empty' })
  papers.ballots.sort()
  return ok(papers)
}

function readPaper(
  text: string,
  line: number,
  sections: readonly Section<Numbered>[],
): Result<string, PapersProblem> {
  const projects = sections.flatMap((section) => section.projects)
  const choices: Choice[] = []
  for (const word of text.split(/[\s,;.]+/u).filter((one) => one !== '')) {
    const [, number = '', points] = /^№?(\d{1,4})(?:=(\d{1,6}))?$/u.exec(word) ?? []
    if (number === '') return fail({ kind: 'not-understood', line })
    const project = projects.find((one) => one.number === Number(number))
    if (!project) return fail({ kind: 'unknown-number', line, number: Number(number) })
    choices.push({ project: project.id, ...(points === undefined ? {} : { points: Number(points) }) })
  }
  const checked = checkSections(choices, sections)
  if (!checked.ok) return fail({ kind: 'not-valid', line, problem: checked.problem.problem })
  return ok(encodeSections(checked.value, sections))
}

/** What stands on a paper, pot by pot, in canonical order. */
const entriesOf = (paper: string): string[] => {
  const read = readCanonicalChoices(paper)
  return read.ok ? read.value.flatMap(({ list }) => list) : []
}

/** On how many of these papers the project is marked. */
export const timesMarked = (papers: readonly string[], id: string): number =>
  papers.filter((paper) => entriesOf(paper).some((one) => one === id || one.startsWith(`${id}=`))).length

/** A paper as a clerk types it: `3 7`. */
export const asTyped = (paper: string, projects: readonly Numbered[]): string =>
  entriesOf(paper)
    .map((one) => {
      const project = projects.findLast(({ id }) => one === id || one.startsWith(`${id}=`))
      return project ? `${project.number}${one.slice(project.id.length)}` : one
    })
    .join(' ')

/** What is in `mine` more often than in `theirs`; both sorted or not. */
export function moreOften(mine: readonly string[], theirs: readonly string[]): Map<string, number> {
  const left = new Map<string, number>()
  for (const one of mine) left.set(one, (left.get(one) ?? 0) + 1)
  for (const one of theirs) {
    const before = left.get(one)
    if (before !== undefined) left.set(one, before - 1)
  }
  return new Map([...left].filter(([, count]) => count > 0))
}

/** The numbers of a box. `marks`: rows of the roll for which a paper was handed out; `returned`: papers that came back unused. */
export interface PaperSums {
  ballots: number
  spoiled: number
  returned: number
  marks: number
}

/** As many papers lay in the box as were handed out and did not come back. */
export const papersFit = ({ ballots, spoiled, returned, marks }: PaperSums): boolean =>
  ballots + spoiled === marks - returned
