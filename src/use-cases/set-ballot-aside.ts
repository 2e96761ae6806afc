// A ballot that cannot be opened is set aside by two officials, in public: it blocks a count no longer, and is counted as such.
import type { Rules } from '../core/audit/rules.ts'
import { toHex } from '../core/bytes.ts'
import { readReceiptNumber } from '../core/audit/receipt.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { JointAct } from '../core/two-officials.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { clock } from '../store/clock.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { ballotAsides, leavesOfReceipts } from '../store/log.ts'
import { markOf } from './actor.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { readCycleSecrets } from './check-secrets.ts'
import type { BothOfficials } from './joint-act.ts'
import { openBallots } from './open-choices.ts'
import { proposeAct, type Proposed, type ProposeProblem } from './propose-act.ts'
import { onTrustedLog, type ReadingProblem, trustedReading } from './trusted-reading.ts'

export type SetAsideProblem =
  /** Only between the close and the publication. */
  { kind: 'not-counting' } | { kind: 'set-aside-before' }

export type ProposeAsideProblem =
  | ProposeProblem
  | SetAsideProblem
  | ReadingProblem
  | { kind: 'no-such-cycle' }
  | { kind: 'no-such-receipt' }
  /** It is not the one that counts of its right: superseded, void or set aside. */
  | { kind: 'not-counted' }
  /** It can be opened: nobody sets aside a vote that counts. */
  | { kind: 'opens' }
  /** The cycle's ballot key is not here: nobody can tell whether it opens. */
  | { kind: 'no-key' }

/** `receipt`: 14 digits, as the count names a ballot that it could not open. */
export const proposeBallotAside = (
  app: App,
  cycleId: number,
  receipt: string,
  by: number,
): Promise<Result<Proposed, ProposeAsideProblem>> =>
  onTrustedLog<Proposed, ProposeAsideProblem>(app, cycleId, async (tx, tip) => {
    const number = readReceiptNumber(receipt)
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting' })
    const found = number.ok ? (await leavesOfReceipts(tx, [number.value])).get(number.value) : undefined
    const ballot = found?.find((one) => one.cycle?.id === cycleId)
    if (ballot?.seq === undefined) return fail({ kind: 'no-such-receipt' })
    const { seq, hash } = ballot
    if ((await ballotAsides(tx, cycleId)).includes(seq)) return fail({ kind: 'set-aside-before' })
    const secrets = await readCycleSecrets(app, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results: undefined })
    if (!read.ok) return read
    const { rules, counted } = read.value
    if (![...counted.values()].includes(seq)) return fail({ kind: 'not-counted' })
    if (!secrets.keys) return fail({ kind: 'no-key' })
    if (await opens(app, tx, cycleId, secrets.keys, rules, seq)) return fail({ kind: 'opens' })
    return proposeAct(app, tx, { kind: 'ballot-aside', cycle: cycleId, seq, leaf: toHex(hash) }, by)
  })

async function opens(app: App, tx: Tx, cycle: number, keys: BoxKeys, rules: Rules, seq: number) {
  return (await openBallots(app, tx, cycle, keys, rules, [seq])).ok
}

/** In the transaction of the confirmation. What made it unreadable stands in the log, and changes no more. */
export async function setBallotAside(
  app: App,
  tx: Tx,
  act: Extract<JointAct, { kind: 'ballot-aside' }>,
  { by, second }: BothOfficials,
): Promise<Result<void, SetAsideProblem>> {
  const cycle = await cycleForUpdate(tx, act.cycle)
  if (cycle?.phase !== 'counting') return fail({ kind: 'not-counting' })
  if ((await ballotAsides(tx, act.cycle)).includes(act.seq)) return fail({ kind: 'set-aside-before' })
  await appendLeaf(app, tx, act.cycle, {
    kind: 'ballot-set-aside',
    at: await clock(tx),
    cycle: cycle.slug,
    seq: act.seq,
    leaf: act.leaf,
    by: markOf(app, by),
    second: markOf(app, second),
  })
  return ok(undefined)
}
