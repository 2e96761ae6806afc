// Counts a cycle after its close: opens the last ballot of each right, holds it against the log, and counts each village.
import { rootOf } from '../core/audit/merkle.ts'
import { resultHash } from '../core/audit/result-hash.ts'
import { tieSeed } from '../core/audit/tie-seed.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import type { Fault } from '../core/audit/trusted/fault.ts'
import { readHead } from '../core/audit/trusted/notes.ts'
import { equal } from '../core/bytes.ts'
import type { Count } from '../core/counting/count.ts'
import { electionOfChoices } from '../core/counting/election.ts'
import { count } from '../core/counting/index.ts'
import type { Phase } from '../core/cycle.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import { territoriesOf } from '../store/places.ts'
import { type Project, projectsOf } from '../store/projects.ts'
import type { Tx } from '../store/db.ts'
import { closeLeaf, headOfSize, leafHashes } from '../store/log.ts'
import { saveResult } from '../store/results.ts'
import { lastBallots } from '../store/votes.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets, type WrongSecret } from './check-secrets.ts'
import { countFaults } from './count-faults.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { type BallotFault, openChoices } from './open-choices.ts'
import { logOrigin } from './log-origin.ts'
import { transact } from './transact.ts'
import { type HeadFault, logKey, trustedHead } from './trusted-head.ts'

export type CountProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  /** Before the close nobody opens a ballot; what is published is not counted again. */
  | { kind: 'not-counting'; phase: Phase }
  /** The sequencer has not signed the head that ends with CLOSE yet: try again in a moment. */
  | { kind: 'not-sequenced' }
  /** A signed head cannot be believed. */
  | { kind: 'log-stopped'; fault: HeadFault }
  /** The log as stored does not have the root that was signed at the close. */
  | { kind: 'log-differs' }
  /** The tables do not hold what the log says: nothing was stored. */
  | { kind: 'log'; faults: Fault[] }
  /** A secret of this cycle, by the name of its file, is not there, or is not the one that was frozen when voting opened. */
  | ({ kind: 'secret' } & WrongSecret)
  /** These ballots cannot be counted as recorded; none is left out silently, so nothing was stored. */
  | { kind: 'ballots'; faults: { receipt: string; fault: BallotFault }[] }

export interface VillageCount {
  territory: number
  pot: Pot
  ballots: number
  count: Count
  /** SHA-256 of the canonical result, hex, as the log has it. */
  hash: string
}

const PAGE = 500

/**
 * Preliminary until published; a recount replaces it. Villages without projects or ballots are counted too. All of it is read,
 * counted and stored while the cycle's row is held, so of two counts one waits for the other.
 */
export const countCycle = (
  app: App,
  cycleId: number,
  by: Actor,
): Promise<Result<VillageCount[], CountProblem>> =>
  transact<VillageCount[], CountProblem>(app, async (tx) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    const close = await rootAtClose(app, tx, cycleId)
    if (!close.ok) return close
    const faults = await countFaults(tx, cycle, close.value.seq)
    if (faults.length > 0) return fail({ kind: 'log', faults })
    const { keys, seed: kept, wrong } = await readCycleSecrets(app, cycle)
    if (wrong[0]) return fail({ kind: 'secret', ...wrong[0] })
    if (!keys || !kept) throw new Error('a secret is missing and was not named')
    const lists = new Map<number, Project[]>()
    const places = await territoriesOf(tx, cycleId)
    for (const { territory } of places) lists.set(territory, await projectsOf(tx, cycleId, territory))
    const opened = await openAll(app, tx, cycle, keys, lists, close.value.seq)
    if (!opened.ok) return opened
    const seed = tieSeed(kept, close.value.root)
    const counts = places.flatMap(({ territory, pots }) =>
      pots.map(({ pot, budget }) => {
        const ballots = opened.value.get(territory) ?? []
        const list = (lists.get(territory) ?? []).filter((project) => project.pot === pot)
        const counted = count(
          electionOfChoices(budget, list, ballots, cycle.ballotTerms),
          cycle.ruleTerms,
          seed,
        )
        const hash = resultHash(cycle.slug, { village: String(territory), pot }, ballots.length, counted)
        return { territory, pot, ballots: ballots.length, count: counted, hash }
      }),
    )
    return store(app, tx, cycle, counts, markOf(app, by))
  })

/** The number of CLOSE and the root of the log that ends with it, recomputed and held against the signed head. */
async function rootAtClose(
  app: App,
  tx: Tx,
  cycleId: number,
): Promise<Result<{ seq: number; root: Uint8Array }, CountProblem>> {
  const last = await trustedHead(app, cycleId)
  if (!last.ok) return fail({ kind: 'log-stopped', fault: last.problem })
  const seq = (await closeLeaf(tx, cycleId))?.seq
  const head = seq === undefined ? undefined : await headOfSize(tx, cycleId, seq + 1)
  if (seq === undefined || !head) return fail({ kind: 'not-sequenced' })
  const signed = readHead(head, logKey(app, await logOrigin(app, cycleId)))
  if (!signed.ok) return fail({ kind: 'log-stopped', fault: signed.problem })
  const hashes = await leafHashes(tx, cycleId, seq + 1)
  const same = hashes.length === seq + 1 && equal(rootOf(hashes), head.root)
  return same ? ok({ seq, root: head.root }) : fail({ kind: 'log-differs' })
}

/** The checked choices of every right by territory, page by page, so that the program stays able to answer meanwhile. */
async function openAll(
  app: App,
  tx: Tx,
  cycle: Cycle,
  keys: BoxKeys,
  lists: ReadonlyMap<number, readonly Project[]>,
  close: number,
): Promise<Result<Map<number, Choice[][]>, CountProblem>> {
  const ballots = new Map([...lists.keys()].map((territory): [number, Choice[][]] => [territory, []]))
  const faults: { receipt: string; fault: BallotFault }[] = []
  for (let after = 0; ; ) {
    const page = await lastBallots(tx, cycle.id, after, PAGE)
    for (const ballot of page) {
      const choices = openChoices(app.sodium, keys, cycle, lists.get(ballot.territory) ?? [], close, ballot)
      if (choices.ok) ballots.get(ballot.territory)?.push(choices.value)
      else faults.push({ receipt: ballot.receipt, fault: choices.problem })
      after = ballot.rollRow
    }
    if (page.length < PAGE) break
  }
  return faults.length > 0 ? fail({ kind: 'ballots', faults }) : ok(ballots)
}

async function store(
  app: App,
  tx: Tx,
  cycle: Cycle,
  counts: VillageCount[],
  by: string,
): Promise<Result<VillageCount[], CountProblem>> {
  const at = await clock(tx)
  for (const { territory, pot, ballots, count: counted, hash } of counts) {
    const saved = await saveResult(tx, cycle.id, { territory, pot, count: counted, ballots, hash })
    if (!saved) return fail({ kind: 'not-counting', phase: 'results' })
    await appendLeaf(app, tx, cycle.id, {
      kind: 'counted',
      at,
      cycle: cycle.slug,
      village: String(territory),
      pot,
      result: hash,
      by,
    })
  }
  return ok(counts)
}
