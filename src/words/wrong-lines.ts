// What is wrong with a file, line by line, as far as a reader can take it in.
import type { T } from '../i18n.ts'

const MOST = 30

/** Plain lines, at most 30 and no more than `letters`; the others are counted in one more. */
export function wrongLines<P extends { line: number }>(
  t: T,
  problems: readonly P[],
  lineOf: (problem: P) => string,
  letters = Number.POSITIVE_INFINITY,
): string[] {
  const lines: string[] = []
  let left = letters
  for (const problem of problems.slice(0, MOST)) {
    const line = t('cli.list-line', { line: problem.line, text: lineOf(problem) })
    left -= line.length + 1
    if (left < 0 && lines.length > 0) break
    lines.push(line)
  }
  const more = problems.length - lines.length
  return [...lines, ...(more > 0 ? [t('cli.list-more', { more })] : [])]
}
