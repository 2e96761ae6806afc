// Votes on paper in words: why something was not done, and how the papers of a village stand.
import type { PaperSums, PapersProblem } from '../core/paper.ts'
import type { Facts, Key } from '../i18n.ts'

const WHY = {
  'no-such-cycle': 'paper.why-no-vote',
  'not-allowed': 'paper.why-not-allowed',
  'name-official': 'paper.why-name-official',
  'no-such-row': 'paper.why-no-such-row',
  'marked-before': 'paper.why-marked-before',
  'not-voting': 'paper.why-not-voting',
  halted: 'paper.why-halted',
  'not-counting': 'paper.why-not-counting',
  'no-papers': 'paper.why-no-papers',
  'entered-before': 'paper.why-entered-before',
  'bad-returned': 'paper.why-bad-returned',
  'not-understood': 'paper.why-not-understood',
  'unknown-number': 'paper.why-unknown-number',
  'not-valid': 'paper.why-not-valid',
  empty: 'paper.why-empty',
  'too-many': 'paper.why-too-many',
  'not-entered': 'paper.why-not-entered',
  fits: 'paper.why-fits',
  'explained-before': 'paper.why-explained-before',
  'bad-length': 'paper.why-bad-length',
  'not-over': 'paper.why-not-over',
} as const satisfies Record<string, Key>

type Plain = Exclude<keyof typeof WHY, PapersProblem['kind'] | 'bad-length'>
export type PaperWhy = PapersProblem | { kind: Plain } | { kind: 'bad-length'; least: number; most: number }

/** The text that says why, with its facts. */
export function whyNoPaper(problem: PaperWhy): { key: Key; facts: Facts } {
  const key = WHY[problem.kind]
  switch (problem.kind) {
    case 'not-understood':
    case 'not-valid':
      return { key, facts: { line: problem.line } }
    case 'unknown-number':
      return { key, facts: { line: problem.line, number: problem.number } }
    case 'too-many':
      return { key, facts: { most: problem.most } }
    case 'bad-length':
      return { key, facts: { least: problem.least, most: problem.most } }
    case 'no-such-cycle':
    case 'not-allowed':
    case 'name-official':
    case 'no-such-row':
    case 'marked-before':
    case 'not-voting':
    case 'halted':
    case 'not-counting':
    case 'no-papers':
    case 'entered-before':
    case 'bad-returned':
    case 'empty':
    case 'not-entered':
    case 'fits':
    case 'explained-before':
    case 'not-over':
      return { key, facts: {} }
  }
}

/** The numbers of a box as facts of its texts. */
export const sumsFacts = ({ ballots, spoiled, returned, marks }: PaperSums): Facts => ({
  ballots,
  spoiled,
  returned,
  marks,
})

const OWN = {
  none: 'paper.own-none',
  online: 'paper.own-online',
  assisted: 'paper.own-assisted',
  desk: 'paper.own-desk',
  paper: 'paper.own-paper',
  aside: 'paper.own-aside',
} as const satisfies Record<string, Key>

/** What somebody at the desk is told of the vote of their row. */
export const ownVoteKey = (channel: keyof typeof OWN): Key => OWN[channel]
