// Reads a cycle as its log, its secrets and its frozen rules say it: what count and publication rely on, or named faults.
import { reasonHash } from '../core/audit/reason-hash.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { Fault } from '../core/audit/trusted/fault.ts'
import {
  type Holds,
  readTrusted,
  type Terms,
  type TrustedReading,
} from '../core/audit/trusted/read-trusted.ts'
import type { ResultRow } from '../core/audit/trusted/result.ts'
import { seedCommitment } from '../core/audit/tie-seed.ts'
import { toHex } from '../core/bytes.ts'
import { PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { Cycle } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { namesAccounts } from '../store/forgotten.ts'
import { haltsOf } from '../store/halts.ts'
import { boxesOf } from '../store/paper.ts'
import { reportsOf } from '../store/pressure.ts'
import { awaysOf } from '../store/telegram-away.ts'
import { resultChangesOf } from '../store/result-changes.ts'
import {
  ballotRowsOf,
  headsOf,
  leavesAfter,
  rightsAfter,
  strayBallots,
  tileKey,
  tilesAfter,
  waitingLeaves,
} from '../store/trusted.ts'
import { cardLists, cardsAfter, claimsAfter } from '../store/trusted-rights.ts'
import { methodOf } from '../verification/index.ts'
import type { App } from './app.ts'
import type { CycleSecrets } from './check-secrets.ts'
import { cycleRules } from './cycle-rules.ts'
import { originOf } from './log-origin.ts'
import { paged } from './paged.ts'
import { transactOnSnapshot } from './transact.ts'
import { type HeadFault, logKey, type Trusted, trustedHead } from './trusted-head.ts'

export type ReadingProblem =
  /** The sequencer has not signed the head that ends with CLOSE yet: try again in a moment. */
  | { kind: 'not-sequenced' }
  /** A signed head cannot be believed. */
  | { kind: 'log-stopped'; fault: HeadFault }
  /** The tables do not hold what the log says: nothing was stored. */
  | { kind: 'log'; faults: Fault[] }

/** A cycle after its close, as it may be relied on. */
export interface TrustedCycle {
  rules: Rules
  close: number
  /** The root of the log that ends with CLOSE. */
  closeRoot: Uint8Array
  tallies: Holds['tallies']
  counted: Holds['counted']
  papers: Holds['papers']
  sample: Holds['sample']
  tests: Holds['tests']
  forgotten: boolean
}

export type TrustedTip = Result<Trusted, HeadFault>

/**
 * Runs `act` on one snapshot, with the last signed head of a log as it was just before: so the snapshot holds at least that head, and
 * each row in it together with the leaf of the act that wrote it.
 */
export async function onTrustedLog<T, P>(
  app: App,
  log: number,
  act: (tx: Tx, tip: TrustedTip) => Promise<Result<T, P>>,
): Promise<Result<T, P>> {
  const tip = await trustedHead(app, log)
  return transactOnSnapshot(app, (tx) => act(tx, tip))
}

/** `results`: what is stored of the count, or undefined where it is about to be counted. */
export async function trustedReading(
  app: App,
  tx: Tx,
  cycle: Cycle,
  tip: TrustedTip,
  with_: { secrets: CycleSecrets; results: ResultRow[] | undefined },
): Promise<Result<TrustedCycle, ReadingProblem>> {
  const read = await readCycle(app, tx, cycle, tip, with_)
  if (!read.ok) return read
  const { rules, close, closeRoot, tallies, counted, papers, sample, tests, forgotten } = read.value
  if (!rules || close === undefined) throw new Error('a cycle is read after its close')
  if (!closeRoot) return fail({ kind: 'not-sequenced' })
  return ok({ rules, close, closeRoot, tallies, counted, papers, sample, tests, forgotten })
}

/** The same in any phase: what of it holds so far. `not-sequenced`: nothing was signed yet. */
export async function readCycle(
  app: App,
  tx: Tx,
  cycle: Cycle,
  tip: TrustedTip,
  with_: { secrets: CycleSecrets; results: ResultRow[] | undefined },
): Promise<Result<Holds & { rules: Rules | undefined }, ReadingProblem>> {
  if (!tip.ok) return fail({ kind: 'log-stopped', fault: tip.problem })
  if (!tip.value) return fail({ kind: 'not-sequenced' })
  const terms = await termsOf(app, tx, cycle, tip.value, with_)
  const reading = readTrusted(terms)
  await feed(tx, cycle.id, reading)
  const read = reading.end()
  return read.ok ? ok({ ...read.value, rules: terms.rules }) : fail({ kind: 'log', faults: read.problem })
}

async function termsOf(
  app: App,
  tx: Tx,
  cycle: Cycle,
  { size, root }: NonNullable<Trusted>,
  { secrets: { keys, seed }, results }: { secrets: CycleSecrets; results: ResultRow[] | undefined },
): Promise<Terms> {
  const { id, slug, profile, trial, phase, revote, publicKey, seedCommitment: committed, frozenRules } = cycle
  const frozen = publicKey !== undefined && committed !== undefined && frozenRules !== undefined
  return {
    ...logKey(app, originOf(app, slug)),
    macKey: app.secrets.leafKey,
    heads: await headsOf(tx, id),
    signed: [{ size, root }],
    cycle: slug,
    revote,
    trial,
    phase,
    officials: PROFILES[profile].officials,
    ballotRows: await ballotRowsOf(tx, id),
    closesAt: cycle.timeline.counting,
    halts: (await haltsOf(tx, id)).map(({ reason, ...one }) => ({ ...one, reason: reasonHash(reason) })),
    aways: await awaysOf(tx, id),
    changes: (await resultChangesOf(tx, id)).map(({ territory, number, kind, cost, reason }) => ({
      village: String(territory),
      project: number,
      change: kind,
      cost,
      reason: reasonHash(reason),
    })),
    rules: frozen ? await cycleRules(tx, cycle, { key: publicKey, seed: committed }) : undefined,
    stored: frozen ? { rules: frozenRules, key: publicKey, seed: committed } : undefined,
    secrets: {
      ...(keys && { key: toHex(keys.publicKey) }),
      ...(seed && { seed: toHex(seedCommitment(seed)) }),
    },
    results,
    most: cycle.helped,
    atDesk: methodOf(cycle.method).facts.atDesk,
    byCard: methodOf(cycle.method).facts.usesCards,
    lists: await cardLists(tx, id),
    namesAccounts: await namesAccounts(tx, id),
    reports: (await reportsOf(tx, id)).map(({ number, territory }) => ({
      number,
      village: String(territory),
    })),
    papers: (await boxesOf(tx, id)).map(({ territory, box, note }) => ({
      village: String(territory),
      box,
      note: note === null ? undefined : reasonHash(note),
    })),
  }
}

async function feed(tx: Tx, cycle: number, reading: TrustedReading): Promise<void> {
  await paged(
    (after, limit) => leavesAfter(tx, cycle, after, limit),
    ({ seq }) => seq,
    (page) => reading.leaves(page),
  )
  await paged(
    (after, limit) => waitingLeaves(tx, cycle, after, limit),
    ({ id }) => id,
    (page) => reading.waiting(page),
  )
  await paged(
    (after, limit) => tilesAfter(tx, cycle, after, limit),
    tileKey,
    (page) => reading.tiles(page),
  )
  reading.strays(await strayBallots(tx, cycle))
  await paged(
    (after, limit) => rightsAfter(tx, cycle, after, limit),
    ({ right }) => right,
    (page) => reading.rights(page),
  )
  await paged(
    (after, limit) => cardsAfter(tx, cycle, after, limit),
    ({ id }) => id,
    (page) => reading.cards(page),
  )
  await paged(
    (after, limit) => claimsAfter(tx, cycle, after, limit),
    ({ right }) => right,
    (page) => reading.claims(page),
  )
}
