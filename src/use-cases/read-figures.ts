// The operator's figures: what waits in the stores, who runs the loops, and how long until each cycle's next phase.
import { nextPhase, type Phase } from '../core/cycle.ts'
import { clock } from '../store/clock.ts'
import { cyclesUnderway } from '../store/cycles.ts'
import { type Figures, readFigures as readStored } from '../store/figures.ts'
import { type WrongCodes, wrongCodes } from '../store/wrong-codes.ts'
import type { App } from './app.ts'

export interface CycleFigure {
  cycle: string
  phase: Phase
  trial: boolean
  /** Until the next phase by the database's clock, negative once it is due; undefined after the last. */
  nextSeconds: number | undefined
}

export async function readFigures({
  db,
}: App): Promise<Figures & { cycles: CycleFigure[]; codes: WrongCodes[] }> {
  const [stored, now, cycles, codes] = await Promise.all([
    readStored(db),
    clock(db),
    cyclesUnderway(db),
    wrongCodes(db),
  ])
  return {
    ...stored,
    codes,
    cycles: cycles.map(({ slug, phase, trial, timeline }) => {
      const next = nextPhase(phase, timeline)
      const at = next && timeline[next]
      const nextSeconds = at === undefined ? undefined : (Date.parse(at) - Date.parse(now)) / 1000
      return { cycle: slug, phase, trial, nextSeconds }
    }),
  }
}
