// What the papers of a village are printed from: its list, and the numbers of its roll. No name and no choice is in it.
import type { Localised } from '../core/localised.ts'
import { projectsOf } from '../store/projects.ts'
import { registersOf } from '../store/roll.ts'
import type { App } from './app.ts'

export interface PaperKit {
  projects: { number: number; title: Localised; cost: number }[]
  registers: number[]
}

/** In the order of the list, withdrawn ones left out; numbers of the roll, ascending. */
export async function paperKit(app: App, cycle: number, territory: number): Promise<PaperKit> {
  const [projects, registers] = await Promise.all([
    projectsOf(app.db, cycle, territory),
    registersOf(app.db, cycle, territory),
  ])
  return {
    projects: projects
      .filter(({ withdrawn }) => !withdrawn)
      .map(({ number, title, cost }) => ({ number, title, cost })),
    registers,
  }
}
