// What officials do for a replay, all of it on the command line: import, cards, hand-over, the close, the count.
import type { Program } from './program.ts'

export interface Desk {
  cycle: string
  /** Payload of the village's link. */
  link: string
  /** Card codes as printed, with spaces; one a voter. */
  codes: string[]
}
export interface Counted {
  ballots: number
  /** Numbers of the winners, ascending. */
  winners: number[]
}

export async function openDesk(program: Program, file: string, voters: number, slug: string): Promise<Desk> {
  const { cycle, territory } = JSON.parse(await program.dauys('stub-import', file, '--slug', slug))
  const cards = JSON.parse(await program.dauys('stub-cards', String(cycle), String(territory), String(voters)))
  return {
    cycle: String(cycle),
    link: `v_${territory}`,
    codes: cards.map((card: { code: string }) => card.code.replace(/\d{4}(?=\d)/g, '$& ')),
  }
}

export async function closeAndCount(program: Program, desk: Desk): Promise<Counted> {
  await program.dauys('stub-next', desk.cycle)
  const { ballots, winners } = JSON.parse(await program.dauys('stub-count', desk.cycle))
  return { ballots, winners: winners.toSorted((a: number, b: number) => a - b) }
}
