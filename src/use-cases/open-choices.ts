// Opens the sealed ballots that count after the close, page by page, in several threads where there are many.
import type { Rules } from '../core/audit/rules.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { Tx } from '../store/db.ts'
import { ballotsByNumber, type SealedBallot } from '../store/trusted.ts'
import type { App } from './app.ts'
import { type BallotFault, type BoxOpeners, boxOpener, type OpenedBox } from './open-box.ts'
import { sliced } from './paged.ts'

export type { BallotFault }

export interface NotOpened {
  receipt: string
  fault: BallotFault
}

/** Of each village the ballots of each pot, as many in every pot: a section left blank is a ballot without a choice there. */
export type ChoicesByVillage = ReadonlyMap<string, ReadonlyMap<Pot, Choice[][]>>

const PAGE = 500

/**
 * `seqs`: the numbers of the leaves of the ballots that count, each of which was read with its one ballot. `heard`: told now and then how
 * many were opened so far.
 */
export async function openBallots(
  app: App,
  tx: Tx,
  cycle: number,
  keys: BoxKeys,
  rules: Rules,
  seqs: readonly number[],
  heard: (opened: number, of: number) => void = () => {},
): Promise<Result<ChoicesByVillage, NotOpened[]>> {
  const openers = app.openers?.({ keys, rules }, seqs.length) ?? openersHere(app, keys, rules)
  const choices = new Map(
    rules.villages.map(({ village, pots }) => [
      village,
      new Map(pots.map(({ pot }): [Pot, Choice[][]] => [pot, []])),
    ]),
  )
  const faults: NotOpened[] = []
  let done = 0
  const take = (ballots: readonly SealedBallot[], opened: readonly OpenedBox[]) => {
    for (const [at, one] of opened.entries())
      if (one.ok)
        for (const { pot, choices: own } of one.value.sections)
          choices.get(one.value.village)?.get(pot)?.push(own)
      else faults.push({ receipt: ballots[at]?.receipt ?? '', fault: one.problem })
    done += ballots.length
    heard(done, seqs.length)
  }
  /** In the order of the pages, whichever thread was first. */
  const underWay: { ballots: SealedBallot[]; opened: Promise<OpenedBox[]> }[] = []
  const takeFirst = async () => {
    const first = underWay.shift()
    if (first) take(first.ballots, await first.opened)
  }
  try {
    for (let at = 0; at < seqs.length; at += PAGE) {
      const ballots = await ballotsByNumber(tx, cycle, seqs.slice(at, at + PAGE))
      const opened = openers.open(ballots)
      // Who is awaited first hears of it.
      opened.catch(() => undefined)
      underWay.push({ ballots, opened })
      if (underWay.length > openers.atOnce) await takeFirst()
    }
    while (underWay.length > 0) await takeFirst()
  } finally {
    await openers.end()
  }
  return faults.length > 0 ? fail(faults) : ok(choices)
}

/** In this very thread, in slices. */
function openersHere({ sodium }: App, keys: BoxKeys, rules: Rules): BoxOpeners {
  const open = boxOpener(sodium, keys, rules)
  return {
    atOnce: 0,
    async open(boxes) {
      const opened: OpenedBox[] = []
      await sliced(boxes, (some) => void opened.push(...some.map(open)))
      return opened
    },
    end: async () => {},
  }
}
