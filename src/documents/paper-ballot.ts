// What a village votes with on paper: ballots with their stubs, the register that is signed for them, and the sheet on which the box is counted.
import type { BallotTerms } from '../core/ballots/index.ts'
import type { Localised } from '../core/localised.ts'
import type { Pot, PotBudget } from '../core/pot.ts'
import type { T } from '../i18n.ts'
import { ballotLine } from '../words/ballot.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { potName } from '../words/pot.ts'
import { inEach } from './in-each.ts'
import { openPaper, type Paper } from './paper.ts'

export interface PaperVote {
  /** The languages of the page, one or two, in their order. */
  t: readonly [T, ...T[]]
  title: Localised
  place: NamedPlace
  /** Lines above everything, such as that it is a practice. */
  notes: (t: T) => readonly string[]
  /** Of the village, in their order; absent: one, marked as the vote is. */
  pots?: readonly PotBudget[]
}

export interface BallotPaper extends PaperVote {
  ballot: BallotTerms
  currency: string
  /** In the order of the list; withdrawn ones left out. */
  projects: readonly { pot?: Pot; number: number; title: Localised; cost: number }[]
}

/** Room for the pen, in points. */
const ROW = 20
const PILES = 20

/**
 * So many ballots, each from a page of its own: the stub with its number, which is torn off and stays with the official, then the ballot,
 * which has no number, so that no paper in the box is anybody's.
 */
export function paperBallotsPdf(vote: BallotPaper, count: number): Promise<Uint8Array> {
  const { t: languages, ballot, currency, pots = [], projects } = vote
  const paper = open(vote, 'documents.paper-ballot-title')
  for (let number = 1; number <= count; number++) {
    paper.part([...languages] as [T, ...T[]])
    paper.text(
      (t) => `${t('documents.paper-ballot-number', { number })}. ${t('documents.paper-ballot-stub')}`,
    )
    paper.text('- '.repeat(60))
    head(paper, vote, 'documents.paper-ballot-title')
    const several = pots.length > 1
    if (several) paper.text((t) => t('documents.paper-ballot-pots', { pots: pots.length }))
    paper.text((t) => t('documents.paper-ballot-how'))
    for (const one of several ? pots : [pots[0]]) {
      if (one && several) paper.heading(2, (t) => `${potName(t, one)}: ${t.money(one.budget, currency)}`)
      paper.text((t) => ballotLine(t, one?.ballot ?? ballot), true)
      paper.table(
        [
          { text: (t) => t('documents.count-id'), share: 0.08, right: true },
          { text: (t) => t('documents.count-name'), share: 0.6 },
          { text: (t) => t('documents.count-cost'), share: 0.18, right: true },
          { text: (t) => t('documents.paper-ballot-mark'), share: 0.14 },
        ],
        projects
          .filter(({ pot }) => !several || pot === one?.pot)
          .map((project) => [
            String(project.number),
            (t) => t.of(project.title),
            (t) => t.money(project.cost, currency),
            '',
          ]),
        ROW,
      )
    }
  }
  return paper.done()
}

/** A line a row of the roll, by its number: who signs for a ballot. */
export function paperRegisterPdf(vote: PaperVote, registers: readonly number[]): Promise<Uint8Array> {
  const { t: languages, place } = vote
  const paper = open(vote, 'documents.paper-register-title')
  paper.part(
    languages,
    inEach(languages, (t) => placeName(t, place), ' · '),
  )
  head(paper, vote, 'documents.paper-register-title')
  paper.text((t) => t('documents.paper-register-note'))
  paper.table(
    [
      { text: (t) => t('documents.register-number'), share: 0.24 },
      { text: (t) => t('documents.register-signature'), share: 0.5 },
      { text: (t) => t('documents.register-date'), share: 0.26 },
    ],
    registers.map((number) => [String(number), '', '']),
    ROW,
  )
  paper.text((t) => t('documents.paper-register-sums'))
  paper.signing([(t) => t('documents.paper-register-officer'), (t) => t('documents.register-observer')])
  return paper.done()
}

/** Lines for piles of papers that are marked alike, as two people type them in. */
export function countSheetPdf(vote: PaperVote): Promise<Uint8Array> {
  const paper = open(vote, 'documents.paper-sheet-title')
  paper.part([...vote.t] as [T, ...T[]])
  head(paper, vote, 'documents.paper-sheet-title')
  paper.text((t) => t('documents.paper-sheet-note'))
  if (vote.pots && vote.pots.length > 1) paper.text((t) => t('documents.paper-sheet-pots'))
  paper.table(
    [
      { text: (t) => t('documents.paper-sheet-marks'), share: 0.7 },
      { text: (t) => t('documents.paper-sheet-papers'), share: 0.3 },
    ],
    Array.from({ length: PILES }, () => ['', '']),
    ROW,
  )
  paper.text((t) => t('documents.paper-sheet-sums'))
  paper.text((t) => t('documents.paper-sheet-check'))
  paper.signing([
    (t) => t('documents.paper-sheet-first'),
    (t) => t('documents.paper-sheet-second'),
    (t) => t('documents.register-observer'),
  ])
  return paper.done()
}

type Title = 'documents.paper-ballot-title' | 'documents.paper-register-title' | 'documents.paper-sheet-title'

function open({ t: languages, place }: PaperVote, title: Title): Paper {
  const heads = languages.map((t) => t(title)).join(' · ')
  return openPaper(`${heads}: ${placeName(languages[0], place)}`, languages[0])
}

function head(paper: Paper, { title, place, notes }: PaperVote, heading: Title): void {
  paper.heading(1, (t) => t(heading))
  paper.text((t) => notes(t).join(' '), true)
  paper.text((t) => t.of(title))
  paper.text((t) => placeName(t, place), true)
}
