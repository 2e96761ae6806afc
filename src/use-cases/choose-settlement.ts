// The settlement a person lives in, chosen step by step out of the classifier: districts, their settlements, and one of them.
import type { Localised } from '../core/localised.ts'
import { type ChosenPlace, districts, settlementById, settlementsOf } from '../store/territories.ts'
import type { App } from './app.ts'

export type { ChosenPlace }

/** A language that names are read and ordered in. */
export interface Reader {
  locale: string
  of(name: Localised): string
}

const byName = (reader: Reader) => (a: ChosenPlace, b: ChosenPlace) =>
  reader.of(a.name).localeCompare(reader.of(b.name), reader.locale)

/** By their names in the reader's language. */
export const listDistricts = async (app: App, reader: Reader): Promise<ChosenPlace[]> =>
  (await districts(app.db)).toSorted(byName(reader))

/** By their names in the reader's language; empty for what is no district. */
export const listSettlements = async (app: App, district: number, reader: Reader): Promise<ChosenPlace[]> =>
  (await settlementsOf(app.db, district)).toSorted(byName(reader))

/** Undefined for a place that nobody lives in. */
export const readSettlement = (app: App, territory: number): Promise<ChosenPlace | undefined> =>
  settlementById(app.db, territory)
