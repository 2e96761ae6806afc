// Why a list of cards was not entered, in words that the command line and the chat share.
import type { SerialsProblem } from '../core/serials.ts'
import type { Facts, Key } from '../i18n.ts'

const OF_NUMBERS = {
  'used-serials': 'cli.cards-used',
  'not-returned': 'cli.cards-not-returned',
  'unknown-serials': 'cli.cards-unknown',
  'dead-serials': 'cli.cards-dead',
  'second-serials': 'cli.cards-second',
  'twin-serials': 'cli.cards-twins',
  'own-prints': 'cli.cards-own-prints',
} as const satisfies Record<string, Key>

const OF_ACTS = {
  'no-such-cycle': 'cli.no-such-cycle',
  'name-official': 'cli.cards-name-official',
  'not-allowed': 'cli.not-allowed',
  closed: 'cli.cards-closed',
} as const satisfies Record<string, Key>

export type CardsProblem =
  | SerialsProblem
  | { kind: keyof typeof OF_ACTS }
  | { kind: keyof typeof OF_NUMBERS; serials: number[] }

/** The text that says it, with its facts. */
export function cardsProblemWords(problem: CardsProblem): { key: Key; facts: Facts } {
  if ('piece' in problem) return { key: `cli.serials-${problem.kind}`, facts: { piece: problem.piece } }
  if ('serials' in problem)
    return { key: OF_NUMBERS[problem.kind], facts: { serials: shortSerials(problem.serials) } }
  return { key: OF_ACTS[problem.kind], facts: {} }
}

/** The first ten, and how many there are. */
export const shortSerials = (serials: readonly number[]): string =>
  serials.length <= 10 ? serials.join(', ') : `${serials.slice(0, 10).join(', ')} … (${serials.length})`

/** `1–6, 8, 10–12`: what was read, so that a slip is seen. Ascending numbers, each once. */
export function serialRanges(serials: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const serial of serials) {
    const last = ranges.at(-1)
    if (last && last[1] === serial - 1) last[1] = serial
    else ranges.push([serial, serial])
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ')
}
