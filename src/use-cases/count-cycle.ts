// Counts a cycle after its close: reads its log, opens the ballot that counts of each right, and counts each village.
import { resultSalt } from '../core/audit/mac.ts'
import { resultHash } from '../core/audit/result-hash.ts'
import type { Rules } from '../core/audit/rules.ts'
import { noBallots, type Tally } from '../core/audit/tally.ts'
import { papersSettled } from '../core/audit/trusted/paper.ts'
import { tieSeed } from '../core/audit/tie-seed.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import { type BallotTerms, encodeBallot } from '../core/ballots/index.ts'
import { termsOfPot } from '../core/ballots/sections.ts'
import { shownHash, shownList, shownPot } from '../core/bundle/shown-pot.ts'
import { toHex } from '../core/bytes.ts'
import type { Count } from '../core/counting/count.ts'
import { electionOfChoices } from '../core/counting/election.ts'
import { count, type RuleTerms } from '../core/counting/index.ts'
import type { ReserveRule } from '../core/counting/reserve.ts'
import { SHOWN_FROM } from '../core/counting/shown.ts'
import { type Phase, PROFILES } from '../core/cycle.ts'
import type { Money } from '../core/money.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { saveResult } from '../store/results.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets, type WrongSecret } from './check-secrets.ts'
import { originOf } from './log-origin.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { type ChoicesByVillage, type NotOpened, openBallots } from './open-choices.ts'
import { type PaperBoxFault, withPapers } from './open-papers.ts'
import { onTrustedLog, type ReadingProblem, type TrustedCycle, trustedReading } from './trusted-reading.ts'

export type CountProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** Before the close nobody opens a ballot; what is published is not counted again. */
  | { kind: 'not-counting'; phase: Phase }
  /** It is void: none of its ballots is ever opened. */
  | { kind: 'void' }
  /** People hold its key: it is counted without this server. */
  | { kind: 'held' }
  | ReadingProblem
  /** The list of test cards is not open yet. */
  | { kind: 'tests' }
  /** A secret of this cycle, by the name of its file, is not there, or is not the one that was frozen when voting opened. */
  | ({ kind: 'secret' } & WrongSecret)
  /** These ballots cannot be counted as recorded; none is left out silently, so nothing was stored. */
  | { kind: 'ballots'; faults: NotOpened[] }
  /** Villages where papers were handed out: their boxes are not entered alike by two people, or hold another number and no note says why. */
  | { kind: 'papers'; open: number[]; unfit: number[] }
  /** A paper box is not what two people entered: nothing was stored. */
  | { kind: 'paper-box'; territory: number; fault: PaperBoxFault }

export interface VillageCount {
  territory: number
  pot: Pot
  ballots: number
  count: Count
  /** SHA-256 of the canonical result, hex, as the log has it. */
  hash: string
  /** Where the ballots of the village went; the same for each of its pots. */
  tally: Tally
  /** Mixed into `hash`. */
  salt: string
  /** Of the ties, as it was committed to before voting opened. */
  seed: Uint8Array
  /** Absent where few voted: it would tell who chose what. */
  opened?: Opened
}

/** All that the count went by. `seed`: of the ties. */
export interface Opened {
  budget: Money
  projects: Rules['villages'][number]['pots'][number]['projects']
  ballot: BallotTerms
  rule: RuleTerms
  /** What becomes of money that is saved or returned. */
  reserve: ReserveRule
  seed: Uint8Array
  ballots: readonly (readonly Choice[])[]
}

/**
 * Preliminary until published; a recount replaces it. Villages without projects or ballots are counted too. All of it is read,
 * counted and stored while the cycle's row is held, so of two counts one waits for the other. `heard`: told now and then how many
 * ballots were opened.
 */
export const countCycle = (
  app: App,
  cycleId: number,
  by: Actor,
  heard?: (opened: number, of: number) => void,
): Promise<Result<VillageCount[], CountProblem>> =>
  onTrustedLog<VillageCount[], CountProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    if (cycle.halt) return fail({ kind: 'void' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    if (PROFILES[cycle.profile].keys === 'holders') return fail({ kind: 'held' })
    const secrets = await readCycleSecrets(app, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results: undefined })
    const [wrong] = secrets.wrong
    if (wrong && (read.ok || onlySecrets(read.problem))) return fail({ kind: 'secret', ...wrong })
    if (!read.ok) return read
    const { keys, seed } = secrets
    if (!keys || !seed) throw new Error('a secret is missing and was not named')
    const { rules, closeRoot, tallies, counted, papers, tests } = read.value
    if (tests.waiting) return fail({ kind: 'tests' })
    const unsettled = unsettledPapers(papers)
    if (unsettled) return fail({ kind: 'papers', ...unsettled })
    const opened = await openBallots(app, tx, cycleId, keys, rules, [...counted.values()], heard)
    if (!opened.ok) return fail({ kind: 'ballots', faults: opened.problem })
    const all = await withPapers(app, tx, cycleId, keys, read.value, opened.value)
    if (!all.ok) return fail({ kind: 'paper-box', ...all.problem })
    return store(
      app,
      tx,
      cycle,
      countAll(app, rules, { drawn: seed, ties: tieSeed(seed, closeRoot) }, all.value, tallies),
      markOf(app, by),
    )
  })

/** Villages whose papers may not be counted yet, by why. */
function unsettledPapers(papers: TrustedCycle['papers']): { open: number[]; unfit: number[] } | undefined {
  const all = [...papers].filter(([, one]) => !papersSettled(one))
  if (all.length === 0) return undefined
  const of = (entered: boolean) =>
    all.filter(([, one]) => (one.entered !== undefined) === entered).map(([village]) => Number(village))
  return { open: of(false), unfit: of(true) }
}

const onlySecrets = (problem: ReadingProblem): boolean =>
  problem.kind === 'log' && problem.faults.every(({ kind }) => kind === 'secret')

/** Each pot of each village by the frozen rule, on the frozen list. */
function countAll(
  app: App,
  rules: Rules,
  { drawn, ties: seed }: { drawn: Uint8Array; ties: Uint8Array },
  choices: ChoicesByVillage,
  tallies: ReadonlyMap<string, Tally>,
): VillageCount[] {
  return rules.villages.flatMap(({ village, pots }) =>
    pots.map(({ pot, budget, projects, ...one }) => {
      const ballots = choices.get(village)?.get(pot) ?? []
      const ballot = termsOfPot(one, rules.ballot)
      const counted = count(electionOfChoices(budget, projects, ballots, ballot), rules.rule, seed)
      const salt = resultSalt(app.secrets.leafKey, originOf(app, rules.cycle), { village, pot })
      const hash = resultHash(rules.cycle, { village, pot }, ballots.length, counted, salt)
      const tally = tallies.get(village) ?? noBallots()
      const { rule, after } = rules
      const reserve = after?.reserve ?? 'none'
      const opened: Opened = { budget, projects, ballot, rule, reserve, seed, ballots }
      const result = {
        territory: Number(village),
        pot,
        ballots: ballots.length,
        count: counted,
        hash,
        tally,
        salt,
        seed: drawn,
      }
      return {
        ...result,
        ...(ballots.length >= SHOWN_FROM && { opened }),
      }
    }),
  )
}

/** The ballots that are published; none where few voted. */
function listOf({ opened }: VillageCount): string | undefined {
  if (!opened) return undefined
  const { ballots, ballot, projects } = opened
  return shownList(ballots.map((choices) => encodeBallot(choices, ballot, projects)))
}

async function store(
  app: App,
  tx: Tx,
  cycle: Cycle,
  counts: VillageCount[],
  by: string,
): Promise<Result<VillageCount[], CountProblem>> {
  const at = await clock(tx)
  for (const one of counts) {
    const { territory, pot, ballots, count: counted, hash, tally, salt } = one
    const village = String(territory)
    const list = listOf(one)
    const row = { territory, pot, count: counted, ballots, hash, list: list ?? null }
    const saved = await saveResult(tx, cycle.id, row)
    if (!saved) return fail({ kind: 'log', faults: [{ kind: 'published-unlogged', village }] })
    const shown = shownHash(cycle.slug, shownPot({ village, pot }, tally, counted, salt), list)
    const said = { village, pot, result: hash, ballots: tally, shown, seed: toHex(one.seed) }
    await appendLeaf(app, tx, cycle.id, { kind: 'counted', at, cycle: cycle.slug, ...said, by })
  }
  return ok(counts)
}
