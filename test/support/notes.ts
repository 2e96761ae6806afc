// What a test run could not do is said twice: aloud when it is found, and again before the closing line (run.mjs).
import { appendFileSync } from 'node:fs'

/** Says that something was not run and why; `npm test` repeats it at its end. */
export function sayNotRun(what: string, why: string): void {
  const rule = '!'.repeat(100)
  console.error(`\n${rule}\n!! NOT RUN: ${what}\n!! ${why}\n${rule}\n`)
  const notes = process.env.DAUYS_TEST_NOTES
  if (notes) appendFileSync(notes, `NOT RUN: ${what}: ${why}\n`)
}

/** Says what a story measured; `npm test` repeats it at its end. */
export function sayFigure(figure: string): void {
  console.error(`\nMEASURED: ${figure}\n`)
  const notes = process.env.DAUYS_TEST_NOTES
  if (notes) appendFileSync(notes, `MEASURED: ${figure}\n`)
}
