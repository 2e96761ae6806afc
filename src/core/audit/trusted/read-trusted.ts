// The trusted reading of a cycle: log, ballots, rules, roll, cards and results go in; what holds comes out, or named faults.
import { fail, ok, type Result } from '../../result.ts'
import { drawSample, readSample } from '../sample.ts'
import { noBallots, type Tally } from '../tally.ts'
import { type AssistTerms, readAssisted } from './assisted.ts'
import { type BallotRow, type BallotTerms, readBallots, type StrayBallot } from './ballots.ts'
import { type CardRow, type CardTerms, type ClaimRow, readCards } from './cards.ts'
import { readChecked } from './checked.ts'
import { readCosigned } from './cosigned.ts'
import { collectFaults, type Fault, type Faults } from './fault.ts'
import { readForgotten } from './forgotten.ts'
import { type GrantRow, readGrants } from './grants.ts'
import { type LogLeaf, type LogTerms, readLog } from './tree.ts'
import { type PaperRow, readPapersOfLog, type VillagePapers } from './paper.ts'
import { readReportsOfLog, type ReportRow } from './reports.ts'
import { readResults, type ResultRow } from './result.ts'
import { readTests } from './tests.ts'
import { readTiles, type TileRow } from './tiles.ts'
import { type RightRow, type RightsTerms, readRights } from './rights.ts'
import { type Course, readRules, type RulesTerms } from './rules.ts'

export type Terms = LogTerms &
  BallotTerms &
  RulesTerms &
  RightsTerms &
  CardTerms &
  Pick<AssistTerms, 'most'> & {
    cycle: string
    /** Rights are claimed in person. */
    atDesk: boolean
    /** Undefined where they are about to be counted anew. */
    results: readonly ResultRow[] | undefined
    /** Paper boxes as stored; absent for whoever reads the log alone. */
    papers?: readonly PaperRow[]
    /** Whether a ballot, opened or helped with, still names an account; absent for whoever reads the log alone. */
    namesAccounts?: boolean
    /** Reports of pressure as stored; absent for whoever reads the log alone. */
    reports?: readonly ReportRow[]
  }

/** A leaf with the stored ballots that name it: one for a ballot's, none for any other, unless somebody had a hand in it. */
export type LeafWithBallots = LogLeaf & { ballots: readonly BallotRow[] }

/** What may be relied on. */
export interface Holds extends Course {
  size: number
  root: Uint8Array
  /** By village. */
  tallies: ReadonlyMap<string, Tally>
  /** The root of the log that ends with CLOSE; undefined while no signed head ends there. */
  closeRoot: Uint8Array | undefined
  /** The number of the leaf that counts for each right, by roll row; not before the close. */
  counted: ReadonlyMap<number, number>
  /** The numbers of the leaves of ballots with test cards, and whether a list of such cards is not open yet. */
  tests: { ballots: readonly number[]; waiting: boolean }
  /** By village, where a paper was handed out. */
  papers: ReadonlyMap<string, VillagePapers>
  sample: Sampled
  /** Boxes, claims and hashes of cards are gone, as the log says. */
  forgotten: boolean
}

/** `thrown`: what two people entered; `drawn`: what the log says of it; `drawBy`: what such dice draw. */
export interface Sampled {
  thrown: string | undefined
  drawn: readonly number[] | undefined
  drawBy: (dice: string) => readonly number[]
}

/**
 * Fed in pieces of any size, in this order: all leaves by number, committed leaves without one, the tiles, ballots without any leaf,
 * rows of the roll, cards, claims. Bodies and boxes are let go; a few words a leaf, card and right are kept.
 */
export interface TrustedReading {
  leaves(leaves: readonly LeafWithBallots[]): void
  waiting(leaves: readonly Omit<LeafWithBallots, 'seq'>[]): void
  tiles(rows: readonly TileRow[]): void
  strays(ballots: readonly StrayBallot[]): void
  rights(rows: readonly RightRow[]): void
  cards(rows: readonly CardRow[]): void
  claims(rows: readonly ClaimRow[]): void
  end(): Result<Holds, Fault[]>
}

export function readTrusted(terms: Terms): TrustedReading {
  const faults = collectFaults()
  const ballots = readBallots(terms, faults)
  const rules = readRules(terms, faults)
  const rights = readRights(terms, ballots.votes, faults)
  const forgetting = readForgotten(terms.rules?.dispute, faults)
  const cards = readCards(terms, ballots.votes, faults, forgetting)
  const checked = readChecked(terms, faults)
  const assisted = readAssisted(terms, faults)
  const publishedPhase = ['results', 'implementation', 'closed'].includes(terms.phase)
  const results = readResults({ cycle: terms.cycle, results: terms.results, publishedPhase }, faults)
  const tiles = readTiles(faults)
  const papers = readPapersOfLog(faults, forgetting)
  const sample = readSample(faults)
  const reports = readReportsOfLog(faults)
  const tests = readTests(terms.cycle, faults)
  const testRights = new Set<number>()
  const roots = new Map(terms.heads.map(({ size, root }) => [size, root]))
  const cosigned = readCosigned({ ...terms, rootOf: (size) => roots.get(size) }, faults)
  let rows: readonly BallotRow[] = []
  const log = readLog(terms, faults, (event, leaf) => {
    rules.hear(event, leaf)
    ballots.hear(event, leaf, rows)
    rights.hear(event, leaf)
    cards.hear(event, leaf)
    checked.hear(event, leaf)
    assisted.hear(event, leaf, rows)
    papers.hear(event, leaf)
    tests.hear(event, leaf)
    cosigned.hear(event, leaf)
    results.hear(event, leaf)
    sample.hear(event, leaf.seq)
    reports.hear(event)
    forgetting.hear(event, leaf.seq)
  })
  return {
    leaves: (leaves) => {
      for (const leaf of leaves) {
        rows = leaf.ballots
        log.leaf(leaf)
        tiles.leaf(leaf.hash)
      }
    },
    waiting: (leaves) => {
      for (const leaf of leaves) {
        rows = leaf.ballots
        if (!log.waiting(leaf)) ballots.strays(rows)
      }
    },
    tiles: (rows) => tiles.rows(rows),
    strays: (rows) => ballots.strays(rows),
    rights: (rows) => {
      rights.rows(rows)
      for (const { right, village, register } of rows)
        if (tests.isTest(village, register)) testRights.add(right)
    },
    cards: (rows) => cards.cards(rows),
    claims: (rows) => {
      cards.claims(rows)
      checked.claims(rows)
    },
    end: () => {
      const tree = log.end()
      tiles.end()
      const course = rules.end()
      const closeRoot = rootAtClose(terms, tree.size, course.close, faults)
      const { tallies, counted, tested } = ballots.end(rights.end(), testRights, forgetting.forgotten())
      tests.end(tested)
      const boxes = papers.end(terms.papers)
      addPapers(tallies, boxes)
      cards.end()
      if (ballots.boxes() || terms.namesAccounts) forgetting.found()
      forgetting.end()
      results.end(tallies)
      reports.end(terms.reports, publishedPhase || terms.halts.some(({ kind }) => kind === 'void'))
      const villageOf = (right: number) => ballots.votes.get(right)?.village ?? ''
      const drawBy = (dice: string): readonly number[] =>
        closeRoot
          ? drawSample(
              dice,
              closeRoot,
              [...counted].map(([right, seq]) => ({ seq, village: villageOf(right) })),
            )
          : []
      sample.end(drawBy)
      const sampled = { thrown: sample.thrown(), drawn: sample.drawn(), drawBy }
      const found = faults.list()
      return found.length > 0
        ? fail(found)
        : ok({
            ...tree,
            ...course,
            closeRoot,
            tallies,
            counted,
            papers: boxes,
            sample: sampled,
            tests: { ballots: tested, waiting: tests.waiting() },
            forgotten: forgetting.forgotten(),
          })
    },
  }
}

function addPapers(tallies: Map<string, Tally>, boxes: ReadonlyMap<string, VillagePapers>): void {
  for (const [village, { entered }] of boxes)
    if (entered && entered.ballots > 0)
      tallies.set(village, { ...(tallies.get(village) ?? noBallots()), paper: entered.ballots })
}

/** The head that ends with CLOSE is signed as soon as CLOSE has its number, and kept for good. */
function rootAtClose(
  { heads }: Terms,
  size: number,
  close: number | undefined,
  faults: Faults,
): Uint8Array | undefined {
  if (close === undefined || close >= size) return undefined
  const head = heads.find((one) => one.size === close + 1)
  if (!head && heads.some((later) => later.size > close)) faults.add({ kind: 'close-unsigned', seq: close })
  return head?.root
}

export interface InstallationReading {
  leaves(leaves: readonly LogLeaf[]): void
  waiting(leaves: readonly Omit<LogLeaf, 'seq'>[]): void
  end(): Result<{ size: number; root: Uint8Array }, Fault[]>
}

/** The same for the installation's own log: `grants` are the roles in force as stored, `now` is UTC ISO. */
export function readInstallation(
  terms: LogTerms & { grants: readonly GrantRow[]; now: string },
): InstallationReading {
  const faults = collectFaults()
  const grants = readGrants(faults)
  const log = readLog(terms, faults, grants.hear)
  return {
    leaves: (leaves) => leaves.forEach((leaf) => log.leaf(leaf)),
    waiting: (leaves) => leaves.forEach((leaf) => log.waiting(leaf)),
    end: () => {
      const tree = log.end()
      grants.end(terms.grants, terms.now)
      const found = faults.list()
      return found.length > 0 ? fail(found) : ok(tree)
    },
  }
}
