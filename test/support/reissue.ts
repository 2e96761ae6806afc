// A village where cards are lost: each row has a card in somebody's hands and another one that lies at the desk.
import { decodeEvent } from '../../src/core/audit/event.ts'
import type { App } from '../../src/use-cases/app.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { openBallot } from '../../src/use-cases/open-ballot.ts'
import { proposeReissue, type Reissue } from '../../src/use-cases/reissue-card.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { cards, type EnvelopeCard } from './cards.ts'
import { begins, letClose, must, openVoting, smallCycle } from './cycle.ts'
import { cycleOf, enterCards } from './people.ts'

export type LossVillage = Awaited<ReturnType<typeof lossVillage>>

/** The nth; a story that has fewer is wrong. */
export const at = <T>(list: readonly T[], index: number): T => list[index] as T

/** In a vote that is open. `first`: the official who proposes. */
export async function lossVillage(app: App, slug: string, count: number, first: number) {
  const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000]])
  await openVoting(app, cycle.id)
  const village = cycle.villages[0] as number
  const held: EnvelopeCard[] = await cards(app, cycle.id, village, count)
  const registers = held.map(({ registerNo }) => registerNo)
  const fresh = await enterCards(app, await cycleOf(app, cycle.id), village, registers)
  return {
    cycle,
    village,
    /** In people's hands. */
    held,
    /** For the same rows, in their order. */
    fresh,
    claim: (account: number, code: string, on: App = app) =>
      verifyAccount(on, account, { id: cycle.id, method: 'card' }, code),
    propose: (wanted: Partial<Reissue> & { serial: number }, by = first) =>
      proposeReissue(app, cycle.id, { territory: village, moved: false, ...wanted }, by),
    async cast(account: number, rollRow: number, on: App = app) {
      const opened = await openBallot(on, account, cycle.id, rollRow)
      if (!opened.ok) return opened
      const { ballot } = opened.value
      return castBallot(on, { ballot, account, cycle: cycle.id, territory: village, rollRow, marks: ['a1'] })
    },
    /** Of all cards, by serial. */
    async states(): Promise<string[]> {
      const rows = await app.db.sql<{ state: string }[]>`
        select state from card where cycle = ${cycle.id} order by serial`
      return rows.map(({ state }) => state)
    },
    /** What was written to somebody whose claim was given back. */
    told: (account: number) => app.db.sql<{ facts: object }[]>`
      select facts from delivery where kind = 'right-released' and account = ${account}`,
    async events() {
      const rows = await app.db.sql<{ body: Uint8Array }[]>`
        select body from leaf where log = ${cycle.id} order by id`
      return rows.map(({ body }) => must(decodeEvent(body)))
    },
    /** The vote ends and is counted: how many ballots. */
    async counts(): Promise<number | undefined> {
      await letClose(app, cycle.id)
      await begins(app, cycle.id, 'counting')
      await numberLeaves(app)
      return must(await countCycle(app, cycle.id, 'command'))[0]?.ballots
    },
  }
}
