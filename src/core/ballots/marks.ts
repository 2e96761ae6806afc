// Marks: an unsent ballot as the short texts that the session store keeps, in the order in which they were given.
import type { Choice } from './ballot-type.ts'

const NUMBER = /^(0|-?[1-9]\d{0,14})$/

/** `id`, or `id=n` with points. An id that itself holds a `=` gets one at its end when it has no points: `a=1` → `a=1=`. */
export const markOf = ({ project, points }: Choice): string =>
  points === undefined ? `${project}${project.includes('=') ? '=' : ''}` : `${project}=${points}`

/** Reads one mark: the last `=` counts. What follows it and is no whole number belongs to the id. */
export function choiceOf(mark: string): Choice {
  const at = mark.lastIndexOf('=')
  if (at < 0) return { project: mark }
  const [project, number] = [mark.slice(0, at), mark.slice(at + 1)]
  if (number === '') return { project }
  return NUMBER.test(number) ? { project, points: Number(number) } : { project: mark }
}

/** The choices that marks stand for, in the order given; whether they may be cast is for `checkBallot` to say. */
export const choicesOf = (marks: readonly string[]): Choice[] => marks.map(choiceOf)
