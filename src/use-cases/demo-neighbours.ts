// The demo's neighbours: invented people of each village who have voted already, so that its end shows votes, steps and reasons.
import type { RandomBytes } from '../core/cards.ts'
import type { Cycle } from '../store/cycles.ts'
import { projectsOf } from '../store/projects.ts'
import type { App } from './app.ts'
import { castBallot } from './cast-ballot.ts'
import { markShown } from './mark-shown.ts'
import { openBallot } from './open-ballot.ts'
import type { NeighbourCard } from './print-demo-cards.ts'
import { verifyAccount } from './verify-account.ts'

/** Far above every account that Telegram gives: nobody is ever written to there. */
const FIRST_ACCOUNT = 9_000_000_000_000
const MOST_MARKS = 3

/** Each card is claimed and votes as any other, by the cycle's own acts; a village without projects has no ballot. */
export async function voteAsNeighbours(
  app: App,
  cycle: Cycle,
  cards: readonly NeighbourCard[],
  randomness: RandomBytes,
): Promise<void> {
  const lists = new Map<number, string[]>()
  for (const territory of new Set(cards.map((card) => card.territory)))
    lists.set(
      territory,
      (await projectsOf(app.db, cycle.id, territory)).map(({ id }) => id),
    )
  const votes = cards.map((card) => ({ card, marks: choose(lists.get(card.territory) ?? [], randomness) }))
  await Promise.all(votes.map(({ card, marks }) => voteWith(app, cycle, card, marks)))
}

async function voteWith(
  app: App,
  cycle: Cycle,
  { territory, registerNo, code }: NeighbourCard,
  marks: string[],
): Promise<void> {
  const account = FIRST_ACCOUNT + territory * 1_000 + registerNo
  const claimed = await verifyAccount(app, account, cycle, code)
  if (!claimed.ok) throw new Error(`a neighbour of the demo was refused: ${claimed.problem.kind}`)
  const { rollRow } = claimed.value
  const opened = await openBallot(app, account, cycle.id, rollRow)
  if (!opened.ok) throw new Error(`a neighbour of the demo got no ballot: ${opened.problem.kind}`)
  const { ballot } = opened.value
  const cast = await castBallot(app, { ballot, account, cycle: cycle.id, territory, rollRow, marks })
  if (!cast.ok) throw new Error(`a neighbour of the demo could not vote: ${cast.problem.kind}`)
  await markShown(app, ballot)
}

/** One to three projects; those at the head of the list find more friends, so that the result is no tie. */
function choose(list: readonly string[], randomness: RandomBytes): string[] {
  const [count = 0, ...draws] = randomness(1 + MOST_MARKS)
  const left = [...list]
  return draws.slice(0, 1 + (count % MOST_MARKS)).flatMap((draw) => {
    const share = draw / 256
    return left.splice(Math.floor(share * share * left.length), 1)
  })
}
