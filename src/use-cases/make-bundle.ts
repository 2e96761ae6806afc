// Makes the bundle of a published vote: what anybody needs to check it without us. It is the same whenever it is made.
import { decodeEvent } from '../core/audit/event.ts'
import type { Rules } from '../core/audit/rules.ts'
import { type Bundle, type ShownLeaf, writeBundle } from '../core/bundle/bundle.ts'
import { isShown } from '../core/bundle/shown-pot.ts'
import { type Verified, verifyRead } from '../core/bundle/verify-bundle.ts'
import { verifierKey } from '../core/audit/checkpoint.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { bodiesAfter, checkpointsUpTo } from '../store/bundle.ts'
import { cycleByName } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { leavesOfKind } from '../store/log.ts'
import { cardLists } from '../store/trusted-rights.ts'
import type { App } from './app.ts'
import { cosignedNotes } from './cosigned-notes.ts'
import { cycleRules } from './cycle-rules.ts'
import { originOf } from './log-origin.ts'
import { paged } from './paged.ts'
import { shownResults } from './shown-results.ts'
import { transactOnSnapshot } from './transact.ts'
import { logKey } from './trusted-head.ts'

export type MakeBundleProblem =
  | { kind: 'no-such-cycle' }
  | { kind: 'not-published' }
  /** The signed head that ends with the publication is not there yet: try again in a moment. */
  | { kind: 'not-sequenced' }
  /** What is stored does not make a bundle that holds: it is given to nobody. */
  | { kind: 'does-not-hold'; verified: Verified }

/** `slug`: the cycle's short name. Needs no secret of the vote: the ballots were opened by the count, and are stored sorted. */
export async function makeBundle(
  app: App,
  slug: string,
): Promise<Result<{ bytes: Uint8Array; verified: Verified }, MakeBundleProblem>> {
  const read = await transactOnSnapshot(app, (tx) => readParts(app, tx, slug))
  if (!read.ok) return read
  const { verify } = logKey(app, originOf(app, slug))
  const verified = verifyRead(read.value, { verify })
  if (!verified.holds) return fail({ kind: 'does-not-hold', verified })
  return ok({ bytes: writeBundle(read.value), verified })
}

async function readParts(app: App, tx: Tx, slug: string): Promise<Result<Bundle, MakeBundleProblem>> {
  const cycle = await cycleByName(tx, slug)
  if (!cycle) return fail({ kind: 'no-such-cycle' })
  const { publicKey: key, seedCommitment: seed } = cycle
  const published = (await leavesOfKind(tx, cycle.id, 'published')).length > 0
  if (!published || key === undefined || seed === undefined) return fail({ kind: 'not-published' })
  const heads = await checkpointsUpTo(tx, cycle.id, 'published')
  const last = heads.at(-1)
  if (!last) return fail({ kind: 'not-sequenced' })
  const { results, lists } = await shownResults(app, tx, cycle)
  const hidden = new Set(results.pots.filter((pot) => !isShown(pot.ballots)).map(({ village }) => village))
  const cards = await cardLists(tx, cycle.id)
  return ok({
    key: verifierKey(originOf(app, slug), app.secrets.logKeys.publicKey),
    rules: await cycleRules(tx, cycle, { key, seed }),
    checkpoints: await cosignedNotes(app, tx, cycle, heads, last.size),
    leaves: await readLeaves(tx, cycle.id, last.size, hidden),
    cards: cardsOf(cards, last.size),
    results,
    lists,
  })
}

/** `hidden`: villages of whose ballots only the hash of the leaf is shown. */
async function readLeaves(
  tx: Tx,
  log: number,
  below: number,
  hidden: ReadonlySet<Rules['villages'][number]['village']>,
): Promise<ShownLeaf[]> {
  const leaves: ShownLeaf[] = []
  await paged(
    (after, limit) => bodiesAfter(tx, log, after, below, limit),
    ({ seq }) => seq,
    (page) => {
      for (const { kind, body, hash } of page) leaves.push(hides(kind, body) ? { hash } : { body })
    },
  )
  return leaves

  function hides(kind: string, body: Uint8Array): boolean {
    if (kind !== 'ballot') return false
    const event = decodeEvent(body)
    return event.ok && event.value.kind === 'ballot' && hidden.has(event.value.village)
  }
}

/** Serials in their order, leaves in theirs, of the leaves that the bundle has. */
export const cardsOf = (
  lists: ReadonlyMap<number, readonly number[]>,
  below: number,
): Map<number, number[]> =>
  new Map(
    [...lists]
      .filter(([seq]) => seq < below)
      .toSorted(([a], [b]) => a - b)
      .map(([seq, serials]) => [seq, serials.toSorted((a, b) => a - b)]),
  )
