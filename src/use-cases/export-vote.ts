// Hands a closed vote to its key holders: the log up to a signed head, and the sealed ballots that count.
import { noBallots } from '../core/audit/tally.ts'
import { papersSettled } from '../core/audit/trusted/paper.ts'
import { verifierKey } from '../core/audit/checkpoint.ts'
import { NOT_COUNTED, type VoteExport } from '../core/bundle/vote-export.ts'
import { type Phase, PROFILES } from '../core/cycle.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { bodiesAfter, checkpointsUpTo } from '../store/bundle.ts'
import { cycleForUpdate } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { boxesOf as paperBoxes } from '../store/paper.ts'
import { ballotsByNumber } from '../store/trusted.ts'
import { cardLists } from '../store/trusted-rights.ts'
import type { App } from './app.ts'
import { readCycleSecrets } from './check-secrets.ts'
import { cosignedNotes } from './cosigned-notes.ts'
import { originOf } from './log-origin.ts'
import { cardsOf } from './make-bundle.ts'
import { paged } from './paged.ts'
import { onTrustedLog, type ReadingProblem, trustedReading } from './trusted-reading.ts'

export type ExportProblem =
  | { kind: 'no-such-cycle' }
  | { kind: 'not-held' }
  /** Paper boxes that two people have not entered alike yet, or whose numbers nobody explained. */
  | { kind: 'papers'; villages: number[] }
  | { kind: 'not-counting'; phase: Phase }
  /** The list of test cards is not open yet. */
  | { kind: 'tests' }
  | ReadingProblem

/** Needs no key: the boxes stay sealed. Whoever has the export and two shares can open them, so it goes to the ceremony only. */
export const exportVote = (app: App, cycleId: number): Promise<Result<VoteExport, ExportProblem>> =>
  onTrustedLog<VoteExport, ExportProblem>(app, cycleId, async (tx, tip) => {
    const cycle = await cycleForUpdate(tx, cycleId)
    if (!cycle) return fail({ kind: 'no-such-cycle' })
    if (PROFILES[cycle.profile].keys !== 'holders') return fail({ kind: 'not-held' })
    if (cycle.phase !== 'counting') return fail({ kind: 'not-counting', phase: cycle.phase })
    const secrets = await readCycleSecrets(app, cycle)
    const read = await trustedReading(app, tx, cycle, tip, { secrets, results: undefined })
    if (!read.ok) return read
    if (!tip.ok || !tip.value) return fail({ kind: 'not-sequenced' })
    const { rules, tallies, counted, papers, tests } = read.value
    if (tests.waiting) return fail({ kind: 'tests' })
    const open = [...papers].filter(([, one]) => !papersSettled(one))
    if (open.length > 0) return fail({ kind: 'papers', villages: open.map(([village]) => Number(village)) })
    const { size } = tip.value
    const before = (await checkpointsUpTo(tx, cycleId, 'closed')).filter((head) => head.size < size)
    return ok({
      log: {
        key: verifierKey(originOf(app, cycle.slug), app.secrets.logKeys.publicKey),
        rules,
        checkpoints: await cosignedNotes(app, tx, cycle, [...before, tip.value], size),
        leaves: await leavesOf(tx, cycleId, size),
        cards: cardsOf(await cardLists(tx, cycleId), size),
        results: NOT_COUNTED,
        lists: new Map(),
      },
      tallies: new Map(rules.villages.map(({ village }) => [village, tallies.get(village) ?? noBallots()])),
      boxes: await boxesOf(tx, cycleId, [...counted.values(), ...tests.ballots]),
      papers: new Map(
        (await paperBoxes(tx, cycleId)).flatMap(({ territory, box }) =>
          box ? [[String(territory), box]] : [],
        ),
      ),
    })
  })

async function leavesOf(tx: Tx, log: number, size: number): Promise<{ body: Uint8Array }[]> {
  const leaves: { body: Uint8Array }[] = []
  await paged(
    (after, limit) => bodiesAfter(tx, log, after, size, limit),
    ({ seq }) => seq,
    (page) => void leaves.push(...page.map(({ body }) => ({ body }))),
  )
  return leaves
}

const PAGE = 200

async function boxesOf(tx: Tx, cycle: number, seqs: readonly number[]): Promise<Map<number, Uint8Array>> {
  const boxes = new Map<number, Uint8Array>()
  const sorted = seqs.toSorted((a, b) => a - b)
  for (let at = 0; at < sorted.length; at += PAGE)
    for (const { seq, box } of await ballotsByNumber(tx, cycle, sorted.slice(at, at + PAGE)))
      boxes.set(seq, box)
  return boxes
}
