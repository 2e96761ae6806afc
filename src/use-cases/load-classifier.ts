// Loads the classifier of places at a start; what is there already stays as officials left it.
import type { KatoPlace } from '../core/formats/kato.ts'
import { insertPlaces } from '../store/territories.ts'
import type { App } from './app.ts'

/** `rows`: as `readKato` gives them, parents first. Safe to repeat, and by several replicas at once. */
export const loadClassifier = (app: App, rows: readonly KatoPlace[]): Promise<void> =>
  app.db.begin((tx) => insertPlaces(tx, rows))
