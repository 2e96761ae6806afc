// Finds a place as an official names it: by KATO code, our id, or its name in any language and on any keyboard.
import { fail, ok, type Result } from '../core/result.ts'
import { foldLetters } from '../core/text.ts'
import { type KnownTerritory, knownTerritories } from '../store/territories.ts'
import type { App } from './app.ts'

export type { KnownTerritory }

export type VillageProblem =
  | { kind: 'unknown-village' }
  /** Villages share names: these are meant, name one by its code or id. */
  | { kind: 'ambiguous-village'; candidates: KnownTerritory[] }

/** Among all places, or among those that vote in a cycle. */
export async function findVillage(
  app: App,
  text: string,
  cycle?: number,
): Promise<Result<KnownTerritory, VillageProblem>> {
  const places = await knownTerritories(app.db, cycle)
  const wanted = text.trim()
  const byCode = places.find((place) => place.kato === wanted || String(place.territory) === wanted)
  if (byCode) return ok(byCode)
  const named = (spell: (name: string) => string) =>
    places.filter(({ name }) => Object.values(name).some((one) => spell(one) === spell(wanted)))
  const exact = named((name) => name.normalize('NFC').toLowerCase())
  const found = exact.length > 0 ? exact : named(foldLetters)
  const [place] = found
  if (!place) return fail({ kind: 'unknown-village' })
  return found.length === 1 ? ok(place) : fail({ kind: 'ambiguous-village', candidates: found })
}
