// The roles that an admin may take away: those held in their territory.
import type { Localised } from '../core/localised.ts'
import { knownTerritories } from '../store/territories.ts'
import type { App } from './app.ts'
import { type AccountGrant, placesOf } from './grant-role.ts'
import { allLoggedGrants } from './logged-grants.ts'
import { mayAct } from './may-act.ts'

export interface PlacedGrant extends AccountGrant {
  place: { name: Localised; within: Localised[] } | undefined
}

/** In force and by a leaf, by account. Undefined for whoever is no admin anywhere. */
export async function grantsUnder(app: App, by: number): Promise<PlacedGrant[] | undefined> {
  return app.db.begin(async (tx) => {
    const [all, places] = [await allLoggedGrants(app, tx), await knownTerritories(tx)]
    if (!all.some(({ account, role }) => account === by && role === 'admin')) return undefined
    const under: PlacedGrant[] = []
    for (const grant of all)
      if (await mayAct(app, tx, by, 'grant-role', placesOf(grant)))
        under.push({ ...grant, place: places.find(({ territory }) => territory === grant.territory) })
    return under
  })
}
