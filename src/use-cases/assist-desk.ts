// Where somebody helps people to vote, or names who does: the places, one of them, and the session that is open just now.
import { hasClosed } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { type Act, type Grant, mayDo } from '../core/role.ts'
import { helpedBy, openAssistOf, type StoredAssist } from '../store/assist.ts'
import { clock } from '../store/clock.ts'
import { cyclesUnderway } from '../store/cycles.ts'
import { knownTerritories, linesOf } from '../store/territories.ts'
import { accountMark } from './actor.ts'
import type { App } from './app.ts'
import { frozenList } from './frozen-list.ts'
import type { Place } from './list-places.ts'
import { allLoggedGrants, loggedGrants } from './logged-grants.ts'
import { loggedFacilitators } from './logged-facilitators.ts'
import { mayAssist } from './open-assist.ts'
import { readPlace } from './read-place.ts'
import { factsOf } from './verify-account.ts'

export interface AssistPlace {
  cycle: number
  territory: number
  name: Localised
  /** Of the cycle. */
  title: Localised
}

const ACTS: readonly Act[] = ['assist', 'name-facilitator']

/** Villages of votes that are not over, where this account helps or names who helps. */
export async function assistPlaces(app: App, account: number): Promise<AssistPlace[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const now = await clock(app.db)
  const places: AssistPlace[] = []
  for (const cycle of await cyclesUnderway(app.db)) {
    if (hasClosed(cycle)) continue
    for (const { territory, name } of await knownTerritories(app.db, cycle.id)) {
      const lines = await linesOf(app.db, [territory])
      if (ACTS.some((act) => mayDo(grants, act, lines, now)))
        places.push({ cycle: cycle.id, territory, name, title: cycle.title })
    }
  }
  return places
}

export interface AssistDesk {
  place: Place
  /** This account may help here now. */
  helps: boolean
  /** People show a card here, else a document. */
  byCard: boolean
  /** People it has helped in this vote. */
  helped: number
  /** This account may name who helps; then who does. */
  names: boolean
  facilitators: { account: number; until: string | undefined }[]
}

/** Undefined for whoever does neither there. */
export async function readAssistDesk(
  app: App,
  account: number,
  where: { cycle: number; territory: number },
): Promise<AssistDesk | undefined> {
  const place = await readPlace(app, where.cycle, where.territory)
  if (!place) return undefined
  const grants = await loggedGrants(app, app.db, account)
  const lines = await linesOf(app.db, [where.territory])
  const names = mayDo(grants, 'name-facilitator', lines, await clock(app.db))
  const helps = await mayAssist(app, app.db, place.cycle, where.territory, account)
  if (!names && !helps) return undefined
  return {
    place,
    helps,
    byCard: factsOf(place.cycle.method).usesCards,
    helped: await helpedBy(app.db, where.cycle, account),
    names,
    facilitators: names ? await facilitatorsOf(app, place) : [],
  }
}

/** Who may help in a village now, by account. */
export async function facilitatorsOf(
  app: App,
  { cycle, territory }: Pick<Place, 'cycle' | 'territory'>,
): Promise<AssistDesk['facilitators']> {
  const [ledger, now] = [await loggedFacilitators(app, app.db, cycle), await clock(app.db)]
  const here = (grant: Grant): boolean => grant.role === 'facilitator' && grant.territory === territory
  return (await allLoggedGrants(app, app.db))
    .filter((grant) => here(grant) && ledger.has(String(territory), accountMark(app, grant.account), now))
    .map(({ account, until }) => ({ account, until }))
}

export type AssistSession = StoredAssist & { place: Place }

/** The session that is open on this phone, if one is. */
export async function currentAssist(app: App, account: number): Promise<AssistSession | undefined> {
  const session = await openAssistOf(app.db, account)
  const list = session && (await frozenList(app, session.cycle, session.territory))
  return list && { ...session, place: list.place }
}
