// What the papers of a village are printed from: its list, and the numbers of its roll. No name and no choice is in it.
import type { Localised } from '../core/localised.ts'
import type { Pot, PotBudget } from '../core/pot.ts'
import { placeOfCycle } from '../store/places.ts'
import { projectsOf } from '../store/projects.ts'
import { registersOf } from '../store/roll.ts'
import type { App } from './app.ts'

export interface PaperKit {
  pots: PotBudget[]
  projects: { pot: Pot; number: number; title: Localised; cost: number }[]
  registers: number[]
}

/** In the order of the list, withdrawn ones left out; numbers of the roll, ascending. */
export async function paperKit(app: App, cycle: number, territory: number): Promise<PaperKit> {
  const [place, projects, registers] = await Promise.all([
    placeOfCycle(app.db, cycle, territory),
    projectsOf(app.db, cycle, territory),
    registersOf(app.db, cycle, territory),
  ])
  return {
    pots: place?.pots ?? [],
    projects: projects
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ pot, number, title, cost }) => ({ pot, number, title, cost })),
    registers,
  }
}
