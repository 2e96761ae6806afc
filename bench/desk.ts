// What officials do for a replay, all of it on the command line: import, cards, hand-over, the close, the count.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { formatCardCode } from '../src/core/person.ts'
import type { Program } from './program.ts'

export interface Desk {
  /** Its short name. */
  cycle: string
  /** Payload of the village's link. */
  link: string
  /** Card codes as printed, with spaces; one a voter. */
  codes: string[]
}
export interface Counted {
  ballots: number
  /** Numbers of the winners on the list, ascending. */
  winners: number[]
}

/** Of a village in `dauys count --json`. */
interface Told {
  ballots: number
  projects: { id: string; number: number }[]
  /** Their ids. */
  winners: string[]
}

/** Opens a trial of the file with a roll of so many rows and a card for each, all handed over. `dir`: where the papers go. */
export async function openDesk(
  program: Program,
  {
    file,
    voters,
    cycle,
    bot,
    dir,
  }: { file: string; voters: number; cycle: string; bot: string; dir: string },
): Promise<Desk> {
  const named = ['--cycle', cycle]
  await program.dauys('import', 'pabulib', file, '--slug', cycle)
  const codes = join(dir, 'codes.csv')
  const papers = ['--bot', bot, '--out', dir, '--csv', codes, '--rows', String(voters)]
  await program.dauys('cards', 'print', ...named, ...papers)
  await program.dauys('roll', 'import', join(dir, `roll-${cycle}.txt`), ...named)
  const [header, ...rows] = (await readFile(codes, 'utf8')).trim().split(/\r?\n/)
  const cards = rows.map((row) => row.split(/[;,]/))
  const [village] = cards[0] ?? []
  if (!/^\W*village[;,]serial[;,]code$/.test(header ?? '') || village === undefined)
    throw new Error('dauys cards print --csv wrote something else than village;serial;code')
  await program.dauys('cards', 'hand-over', village, `1-${cards.length}`, ...named)
  return { cycle, link: `v_${village}`, codes: cards.map(([, , code = '']) => formatCardCode(code)) }
}

/** Ends the vote and counts it. The village is the only one of its cycle. */
export async function closeAndCount(program: Program, { cycle }: Desk): Promise<Counted> {
  await program.dauys('cycle', 'next', '--cycle', cycle)
  const said = await program.dauys('count', '--cycle', cycle, '--json')
  const [village] = (JSON.parse(said) as { villages: Told[] }).villages
  if (!village) throw new Error('dauys count --json told of no village')
  const { ballots, projects, winners } = village
  const numbers = projects.filter(({ id }) => winners.includes(id)).map(({ number }) => number)
  return { ballots, winners: numbers.toSorted((a, b) => a - b) }
}
