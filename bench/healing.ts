// The scene `healing`: residents tap while a program that was away heals 24,000 receipts that nobody was shown, against the same before.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { castAll, crowd, openAll } from '../test/support/crowd.ts'
import type { Ends } from './child.ts'
import { quantile } from './figures.ts'
import { IDLE_TAPS, prepareTaps, whileTapped } from './tapper.ts'

const UNSHOWN = 24_000
const FIRST_VOTER = 9_000_000
/** So many taps beside it. */
const TAPS = 3 * IDLE_TAPS
const LOOK_MS = 500

/** The lines to print; the last one is for machines. Five minutes or so. */
export async function healingScene(profile: string | undefined): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const ends: Ends = [() => rm(dir, { recursive: true, force: true })]
  try {
    const stage = await prepareTaps(dir, ends)
    const { app, trial } = stage
    const healed = async (): Promise<number> => {
      const [row] = await app.db.sql<
        { n: number }[]
      >`select count(*)::int n from delivery where kind = 'receipt'`
      return row?.n ?? 0
    }
    return await whileTapped(stage, dir, { settings: {}, profile }, async (tap, idle) => {
      const voters = await crowd(app, trial, UNSHOWN, FIRST_VOTER)
      await castAll(app, trial.cycle, await openAll(app, trial.cycle, voters), trial.marks)
      // A ballot whose receipt is not shown after a minute is healed.
      while ((await healed()) === 0) await pause(LOOK_MS)
      const busy: number[] = []
      for (let n = 0; n < TAPS; n++) busy.push(await tap())
      const p95 = (waits: readonly number[]) => quantile(waits, 0.95)
      const times = (p95(busy) / p95(idle)).toFixed(2)
      return [
        `A tap before: p95 ${p95(idle).toFixed(1)} ms of ${idle.length}; beside ${UNSHOWN} receipts, of which ${await healed()} were queued: p95 ${p95(busy).toFixed(1)} ms of ${busy.length}, ${times} times`,
        `healing unshown=${UNSHOWN} tap=${times}`,
      ]
    })
  } finally {
    for (const end of ends.reverse()) await end().catch(() => undefined)
  }
}
