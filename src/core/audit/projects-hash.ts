// What the log is bound to of an imported list: every project as residents will read it.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import type { Localised } from '../localised.ts'
import type { Marks } from '../marks.ts'
import { GENERAL, type Pot } from '../pot.ts'
import { sha256 } from '../sha256.ts'

/** A project of a list; `territory` by id, `cost` in whole units of the cycle's currency. */
export interface ListEntry {
  territory: number
  number: number
  title: Localised
  summary: Localised | null
  category: string
  cost: number
  lat: number | null
  lon: number | null
  pot: Pot
  marks: Marks | null
}

/** SHA-256 of `dauys-projects-v1` and the canonical JSON of the list by village and number, hex. The order given does not count. */
export function projectsHash(list: readonly ListEntry[]): string {
  const rows = list
    .toSorted((a, b) => a.territory - b.territory || a.number - b.number)
    .map(({ territory, number, title, summary, category, cost, lat, lon, pot, marks }) => [
      territory,
      number,
      { ...title },
      summary && { ...summary },
      category,
      cost,
      lat === null ? null : String(lat),
      lon === null ? null : String(lon),
      // A list of one pot without marks of its own has the fingerprint that it had before there were any.
      ...(pot === GENERAL && marks === null ? [] : [pot, marks && { ...marks }]),
    ])
  return toHex(sha256(utf8(canonicalJson(['dauys-projects-v1', rows as Json]))))
}
