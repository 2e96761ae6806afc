// Opens sealed ballots after the close and holds each against its leaf: commitment, canonical choices.
import { decodeEvent } from '../core/audit/event.ts'
import { commitment, readCanonicalChoices } from '../core/audit/receipt.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { Choice, ListedProject } from '../core/ballots/ballot-type.ts'
import { decodeBallot } from '../core/ballots/index.ts'
import { toHex } from '../core/bytes.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from '../sealing/ballot-box.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { Tx } from '../store/db.ts'
import { ballotsByNumber, type SealedBallot } from '../store/trusted.ts'
import type { App } from './app.ts'
import { boxSizeOf } from './box-size.ts'
import { sliced } from './paged.ts'

export type BallotFault =
  | 'not-openable'
  /** What is in the box is not what the leaf committed to. */
  | 'commitment'
  | 'choices'

export interface NotOpened {
  receipt: string
  fault: BallotFault
}

export type ChoicesByVillage = ReadonlyMap<string, Choice[][]>

const PAGE = 200

/** `seqs`: the numbers of the leaves of the ballots that count, each of which was read with its one ballot. */
export async function openBallots(
  app: App,
  tx: Tx,
  cycle: number,
  keys: BoxKeys,
  rules: Rules,
  seqs: readonly number[],
): Promise<Result<ChoicesByVillage, NotOpened[]>> {
  const open = opener(app, keys, rules)
  const choices = new Map(rules.villages.map(({ village }): [string, Choice[][]] => [village, []]))
  const faults: NotOpened[] = []
  for (let at = 0; at < seqs.length; at += PAGE)
    await sliced(await ballotsByNumber(tx, cycle, seqs.slice(at, at + PAGE)), (ballots) => {
      for (const ballot of ballots) {
        const opened = open(ballot)
        if (!opened.ok) faults.push({ receipt: ballot.receipt, fault: opened.problem })
        else choices.get(opened.value.village)?.push(opened.value.choices)
      }
    })
  return faults.length > 0 ? fail(faults) : ok(choices)
}

type Opened = { village: string; choices: Choice[] }

function opener(
  app: App,
  keys: BoxKeys,
  rules: Rules,
): (ballot: SealedBallot) => Result<Opened, BallotFault> {
  const size = boxSizeOf(rules)
  const lists = new Map(
    rules.villages.map(({ village, pots }): [string, ListedProject[]] => [
      village,
      pots.flatMap(({ projects }) => projects).sort((a, b) => a.number - b.number),
    ]),
  )
  return ({ box, body }) => {
    const event = decodeEvent(body)
    if (!event.ok || event.value.kind !== 'ballot') throw new Error('a ballot that was read has no leaf')
    const { village } = event.value
    const content = openBallot(app.sodium, keys, box, size)
    if (!content.ok) return content
    const { nonce, choices } = content.value
    if (toHex(commitment(rules.cycle, nonce, choices)) !== event.value.commitment) return fail('commitment')
    const pots = readCanonicalChoices(choices)
    const [pot] = pots.ok ? pots.value : []
    if (!pots.ok || pots.value.length !== 1 || pot?.pot !== GENERAL) return fail('choices')
    const decoded = decodeBallot(pot.list.join(','), rules.ballot, lists.get(village) ?? [])
    return decoded.ok ? ok({ village, choices: decoded.value }) : fail('choices')
  }
}
