// A place of the demo, in the classifier that must be loaded before.
import { territoryByKato } from '../store/territories.ts'
import type { App } from './app.ts'

/** By its code of the classifier. */
export async function demoPlace(app: App, kato: string): Promise<number> {
  const id = await territoryByKato(app.db, kato)
  if (id === undefined) throw new Error(`the classifier has no place ${kato}`)
  return id
}
