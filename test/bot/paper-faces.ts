// The screens of papers with the longest facts there can be.
import { PAPER_ASKED } from '../../src/bot/paper/expects.ts'
import * as paper from '../../src/bot/paper/view.ts'
import type { Screen } from '../../src/bot/message.ts'
import { everywhere } from '../../src/core/localised.ts'
import type { T } from '../../src/i18n.ts'
import type { PaperDesk } from '../../src/use-cases/paper-desk.ts'
import { long, place } from './long-facts.ts'

const where = { cycle: place.cycle.id, territory: place.territory }
const sums = { ballots: 4999, spoiled: 999, returned: 999, marks: 4999 }
const faces: PaperDesk[] = [
  { place, phase: 'voting', marks: 4999, typed: 0, box: undefined, own: false, official: true },
  { place, phase: 'counting', marks: 4999, typed: 2, box: undefined, own: true, official: true },
  {
    place,
    phase: 'counting',
    marks: 4999,
    typed: 0,
    box: { ...sums, fits: false, note: null },
    own: false,
    official: true,
  },
  {
    place,
    phase: 'counting',
    marks: 4999,
    typed: 0,
    box: { ...sums, fits: false, note: everywhere(long(200)) },
    own: false,
    official: false,
  },
]
const numbers = { ballots: 4999, spoiled: 999, returned: 999 }
const differs = {
  kind: 'differs' as const,
  mine: numbers,
  theirs: numbers,
  papers: Array.from({ length: 40 }, () => ({ paper: '11 12 13 14 15 16 17 18 19 20', count: 4999 })),
}

export const PAPER_SCREENS: Record<string, (t: T) => Screen[]> = {
  'paper.placesScreen': (t) =>
    [0, 1, 30].map((n) =>
      paper.placesScreen(
        t,
        Array.from({ length: n }, () => ({ ...where, name: everywhere(long(60)), title: place.cycle.title })),
        1,
      ),
    ),
  'paper.lineScreen': (t) => [paper.lineScreen(t, t.html('paper.why-not-allowed'))],
  'paper.deskScreen': (t) => faces.map((face) => paper.deskScreen(t, face, paper.enteredLines(t, differs))),
  'paper.askScreen': (t) => PAPER_ASKED.map((what) => paper.askScreen(t, where, what)),
  'paper.markScreen': (t) => [paper.markScreen(t, place, 9_999_999)],
  'paper.papersScreen': (t) => [
    paper.papersScreen(
      t,
      where,
      {
        ballots: 4999,
        spoiled: 999,
        pots: Array.from({ length: 6 }, (_, pot) => ({
          pot: `pot${pot}`,
          name: everywhere(long(40)),
          marks: Array.from({ length: 10 }, (_, at) => ({ number: pot * 10 + at + 1, papers: 4999 })),
        })),
      },
      999,
    ),
  ],
  'paper.noteScreen': (t) => [paper.noteScreen(t, where, everywhere(long(200)))],
}
