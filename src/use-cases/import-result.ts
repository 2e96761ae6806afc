// Takes the result that key holders counted: verified against this server's own log before it is stored; two officials publish it.
import { resultSalt } from '../core/audit/mac.ts'
import { resultHash } from '../core/audit/result-hash.ts'
import { countedOf, sameTally } from '../core/audit/tally.ts'
import { listName, readBundle } from '../core/bundle/bundle.ts'
import { shownHash, type ShownPot } from '../core/bundle/shown-pot.ts'
import { type Verified, verifyRead } from '../core/bundle/verify-bundle.ts'
import { readZip } from '../core/bundle/zip.ts'
import { readNote } from '../core/bundle/read-log.ts'
import { verifierKey } from '../core/audit/checkpoint.ts'
import { equal } from '../core/bytes.ts'
import type { Count } from '../core/counting/count.ts'
import { type Phase, PROFILES } from '../core/cycle.ts'
import { isPot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { leafHashes } from '../store/log.ts'
import { resultHashesOf, saveResult, type StoredResult } from '../store/results.ts'
import { rootOf } from '../core/audit/merkle.ts'
import { type Actor, markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { originOf } from './log-origin.ts'
import { mayActInCycle, type NotAllowed } from './may-act.ts'
import { logKey } from './trusted-head.ts'
import { onTrustedLog, type ReadingProblem, type TrustedCycle, trustedReading } from './trusted-reading.ts'

export type ImportResultProblem =
  | { kind: 'no-such-cycle' }
  | NotAllowed
  | { kind: 'not-held' }
  | { kind: 'void' }
  | { kind: 'not-counting'; phase: Phase }
  | { kind: 'not-a-result' }
  | { kind: 'another-vote'; cycle: string }
  /** It does not hold by itself. */
  | { kind: 'does-not-hold'; verified: Verified }
  /** It holds, and is the result of another log than this one. */
  | { kind: 'another-log' }
  | ReadingProblem

type Shown = {
  verified: Verified
  pots: readonly ShownPot[]
  lists: ReadonlyMap<string, string>
  seed: string
}

/** The bundle inside what `dauys count` wrote. */
export function bundleOfResult(bytes: Uint8Array): Uint8Array | undefined {
  const files = readZip(bytes)
  return files.ok ? files.value.find(({ name }) => name === 'bundle.zip')?.content : undefined
}

/** `same`: this very result was taken before, and nothing changed. */
export type Imported = { verified: Verified; same: boolean }

/** The vote that such a file says it is of; undefined for what is none. */
export function voteOfResult(bytes: Uint8Array): string | undefined {
  const inside = bundleOfResult(bytes)
  const bundle = inside && readBundle(inside)
  return bundle?.ok ? bundle.value.rules.cycle : undefined
}

/** Preliminary until two officials publish it, as any count; another one takes its place. */
export const importResult = (
  app: App,
  cycleId: number,
  bytes: Uint8Array,
  by: Actor,
): Promise<Result<Imported, ImportResultProblem>> =>
  onTrustedLog<Imported, ImportResultProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (!(await mayActInCycle(app, tx, by, 'count-cycle', cycleId))) return fail({ kind: 'not-allowed' })
    if (PROFILES[cycle.profile].keys !== 'holders') return fail({ kind: 'not-held' })
    if (cycle.halt) return fail({ kind: 'void' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    const secrets = await readCycleSecrets(app, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results: undefined })
    if (!read.ok) return read
    const shown = await readShown(app, tx, cycle, bytes, read.value)
    if (!shown.ok) return shown
    const rows = rowsOf(app, cycle, shown.value)
    const same = isSame(rows, await resultHashesOf(tx, cycleId))
    if (!same) await store(app, tx, cycle, { ...shown.value, rows }, markOf(app, by))
    return ok({ verified: shown.value.verified, same })
  })

/** What the file says, once it holds and is of this very log: its head is a beginning of ours, its sums are ours. */
async function readShown(
  app: App,
  tx: Tx,
  { id, slug }: Cycle,
  bytes: Uint8Array,
  ours: TrustedCycle,
): Promise<Result<Shown, ImportResultProblem>> {
  const inside = bundleOfResult(bytes)
  const bundle = inside && readBundle(inside)
  if (!bundle?.ok) return fail({ kind: 'not-a-result' })
  if (bundle.value.rules.cycle !== slug)
    return fail({ kind: 'another-vote', cycle: bundle.value.rules.cycle })
  const { verify } = logKey(app, originOf(app, slug))
  const key = verifierKey(originOf(app, slug), app.secrets.logKeys.publicKey)
  const verified = verifyRead(bundle.value, { verify, key, unpublished: true })
  if (!verified.holds) return fail({ kind: 'does-not-hold', verified })
  const note = readNote(bundle.value.checkpoints.at(-1) ?? '', key, verify, 0)
  if ('kind' in note) return fail({ kind: 'not-a-result' })
  const hashes = await leafHashes(tx, id, note.size)
  const sameLog = hashes.length === note.size && equal(rootOf(hashes), note.root)
  const sameSums = [...verified.tallies].every(([village, tally]) => {
    const own = ours.tallies.get(village)
    return own ? sameTally(own, tally) : tally.cast === 0
  })
  const { results, lists } = bundle.value
  if (!sameLog || !sameSums) return fail({ kind: 'another-log' })
  return ok({ verified, pots: results.pots, lists, seed: results.seed })
}

type Row = Omit<StoredResult, 'state'> & { list: string | null; salt: string; shown: ShownPot }

/** What is stored of each pot. */
const rowsOf = (app: App, { slug }: Cycle, { pots, lists }: Shown): Row[] =>
  pots.map((shown) => {
    const { village, pot } = shown
    if (!isPot(pot)) throw new Error('a pot of the frozen rules is none')
    const salt = resultSalt(app.secrets.leafKey, originOf(app, slug), { village, pot })
    const count = countOf(shown)
    const ballots = countedOf(shown.ballots)
    const hash = resultHash(slug, { village, pot }, ballots, count, salt)
    return {
      territory: Number(village),
      pot,
      count,
      ballots,
      hash,
      list: lists.get(listName(shown)) ?? null,
      salt,
      shown,
    }
  })

/** Whether the hashes say the same of the same pots. */
function isSame(rows: readonly Row[], stored: readonly Pick<Row, 'territory' | 'pot' | 'hash'>[]): boolean {
  const said = (some: readonly Pick<Row, 'territory' | 'pot' | 'hash'>[]) =>
    some
      .map(({ territory, pot, hash }) => `${territory} ${pot} ${hash}`)
      .toSorted()
      .join()
  return said(rows) === said(stored)
}

async function store(
  app: App,
  tx: Tx,
  cycle: Cycle,
  { rows, seed }: { rows: readonly Row[]; seed: string },
  by: string,
): Promise<void> {
  const at = await clock(tx)
  for (const { shown: pot, salt, ...row } of rows) {
    if (!(await saveResult(tx, cycle.id, row))) throw new Error('a result was published while it was counted')
    const shown = shownHash(cycle.slug, 'count' in pot ? { ...pot, salt } : pot, row.list ?? undefined)
    const said = { village: pot.village, pot: row.pot, result: row.hash, ballots: pot.ballots, shown, seed }
    await appendLeaf(app, tx, cycle.id, { kind: 'counted', at, cycle: cycle.slug, ...said, by })
  }
}

/** Where few voted the holders say the outcome only, so nothing else is stored. */
const countOf = (pot: ShownPot): Count =>
  'count' in pot ? (pot.count as unknown as Count) : { ...pot.outcome, steps: [], ties: [], votes: [] }
