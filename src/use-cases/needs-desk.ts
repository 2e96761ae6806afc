// Where somebody with a role sees to the needs of a village: the places, and all of one that they may know of.
import type { Localised } from '../core/localised.ts'
import { masked } from '../core/masked.ts'
import { type Act, mayDo } from '../core/role.ts'
import { clock } from '../store/clock.ts'
import { cycleById } from '../store/cycles.ts'
import { type CountedBy, handsIn } from '../store/need-meetings.ts'
import { consultingCycles, renewVoice, type Said, saidIn } from '../store/needs.ts'
import { knownTerritories, linesOf } from '../store/territories.ts'
import type { Where } from './answer-needs.ts'
import type { App } from './app.ts'
import { loggedGrants } from './logged-grants.ts'
import type { Place } from './list-places.ts'
import { readNeeds, type NeedsRead } from './read-needs.ts'
import { readPlace } from './read-place.ts'

export type { CountedBy, Said }

export interface NeedsPlace extends Where {
  name: Localised
  /** Of the cycle. */
  title: Localised
}

/** Villages of cycles that ask what is needed, where this account may enter hands at least. */
export async function needsPlaces(app: App, account: number): Promise<NeedsPlace[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const now = await clock(app.db)
  const places: NeedsPlace[] = []
  for (const cycle of await consultingCycles(app.db)) {
    const title = (await cycleById(app.db, cycle))?.title
    for (const { territory, name } of await knownTerritories(app.db, cycle))
      if (title && mayDo(grants, 'enter-hands', await linesOf(app.db, [territory]), now))
        places.push({ cycle, territory, name, title })
  }
  return places
}

export interface NeedsDesk {
  place: Place
  read: NeedsRead
  /** What each person counted, the first first. */
  counted: CountedBy[]
  /** May set the meeting and publish, beside entering hands. */
  official: boolean
}

/** Undefined for whoever may not enter hands there, or where nothing is asked. */
export async function readNeedsDesk(app: App, account: number, where: Where): Promise<NeedsDesk | undefined> {
  const grants = await loggedGrants(app, app.db, account)
  const [lines, now] = [await linesOf(app.db, [where.territory]), await clock(app.db)]
  const may = (act: Act): boolean => mayDo(grants, act, lines, now)
  if (!may('enter-hands')) return undefined
  const [place, read, counted] = await Promise.all([
    readPlace(app, where.cycle, where.territory),
    readNeeds(app, where),
    handsIn(app.db, where),
  ])
  return place && read
    ? { place, read, counted, official: may('hold-meeting') && may('publish-needs') }
    : undefined
}

/** What residents added, to whoever sees to the place: phones, ИИН and links covered. `need`: of those who marked it; of all without it. */
export async function readSaid(
  app: App,
  account: number,
  where: Where,
  need?: number,
): Promise<Said[] | undefined> {
  if (!(await readNeedsDesk(app, account, where))) return undefined
  const said = await saidIn(app.db, where, need)
  return said.map((one) => ({ ...one, line: one.line === null ? null : masked(one.line).text }))
}

/** Our copy was sent where Telegram's id was of another bot. Returns the id that is kept now. */
export const renewNeedVoice = (app: App, old: string, voice: string): Promise<string> =>
  renewVoice(app.db, old, voice)
