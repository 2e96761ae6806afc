// Raises the alarm where a cycle sees too many wrong codes: somebody guesses, or a batch of cards was printed wrong.
import type { Log } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { reportWrongCodes } from '../use-cases/report-wrong-codes.ts'
import { type Loop, startLoop } from './loop.ts'

const EVERY_MS = 15_000

/** On every replica: the database says which of them logs it, once an hour and cycle. Nobody is named. */
export const startAlarm = ({ app, log }: { app: App; log: Log }): Loop =>
  startLoop('alarm', log, EVERY_MS, async () => {
    await raiseAlarms({ app, log })
    return false
  })

/** One round. */
export async function raiseAlarms({ app, log }: { app: App; log: Log }): Promise<void> {
  for (const { cycle, wrong, most } of await reportWrongCodes(app))
    log.warn('many wrong codes', { cycle, wrong, most })
}
