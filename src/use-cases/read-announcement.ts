// An announcement as its officials see it: what it says, for whom it is, whatever stops it, and what came of it so far.
import {
  type AnnouncementFigures,
  type Audience,
  type Content,
  contentSchema,
  LEAST_VOTERS,
  tellsVotes,
  type TextFault,
  textFaults,
} from '../core/announcement.ts'
import { mayDo } from '../core/role.ts'
import {
  type Announcement,
  announcementById,
  announcementsOf,
  audienceSize,
  figuresOf,
  othersSize,
  versionBefore,
} from '../store/announcements.ts'
import { type Channel, channelsIn } from '../store/channels.ts'
import { clock } from '../store/clock.ts'
import { allCycles, type Cycle, cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { codesOf, knownTerritories, type KnownTerritory, linesOf } from '../store/territories.ts'
import { type Actor, isAccount } from './actor.ts'
import type { App } from './app.ts'
import { loggedGrants } from './logged-grants.ts'

export type { Announcement }

export type AnnouncementFault =
  | TextFault
  /** An audience that tells who voted is neither counted nor sent to where it, or who is left of all, is below `least`. */
  | { kind: 'small-audience'; least: number }
  | { kind: 'nobody' }
  /** Nobody is written to at this time of the night; `morning`: when they are. UTC ISO, as below. */
  | { kind: 'night'; at: string; morning: string }
  | { kind: 'past'; at: string }

/** `people`: to so many it would go; undefined where that is not told. */
export interface Checked {
  faults: AnnouncementFault[]
  people: number | undefined
}

const PAST_MS = 60_000

/** Its size as it stands now, and whether that would tell of a few how they stand to the vote: of it or, taken from all, of the others. */
export async function measuredAudience(
  tx: Tx,
  cycle: number,
  audience: Audience,
): Promise<{ size: number; small: boolean }> {
  const size = await audienceSize(tx, cycle, audience)
  const small =
    tellsVotes(audience) && (size < LEAST_VOTERS || (await othersSize(tx, cycle, audience)) < LEAST_VOTERS)
  return { size, small }
}

/** All that stops it now. */
export async function checkAnnouncement(app: App, tx: Tx, cycle: Cycle, one: Announcement): Promise<Checked> {
  const { texts, media, audience, at } = one
  const faults: AnnouncementFault[] = textFaults(texts, media, cycle.trial)
  const { size, small } = await measuredAudience(tx, cycle.id, audience)
  if (small) faults.push({ kind: 'small-audience', least: LEAST_VOTERS })
  else if (size === 0) faults.push({ kind: 'nobody' })
  const now = await clock(tx)
  const starts = at ?? now
  const morning = app.quiet(starts)
  if (Date.parse(morning) !== Date.parse(starts)) faults.push({ kind: 'night', at: starts, morning })
  if (at !== null && Date.parse(at) < Date.parse(now) - PAST_MS) faults.push({ kind: 'past', at })
  return { faults, people: small ? undefined : size }
}

/** `place`: whose residents alone it is for. `before`: what was sent for approval before this version. */
export interface SeenAnnouncement extends Checked {
  one: Announcement
  cycle: Cycle
  place: KnownTerritory | undefined
  figures: AnnouncementFigures
  before: Content | undefined
  /** Channels of its places: it may be posted there too. */
  channels: Channel[]
}

/** Undefined where there is none, or this account has nothing to do with it. */
export async function readAnnouncement(
  app: App,
  id: number,
  by: Actor,
): Promise<SeenAnnouncement | undefined> {
  const one = await announcementById(app.db, id)
  const cycle = one && (await cycleById(app.db, one.cycle))
  if (!one || !cycle || !(await sees(app, one, by))) return undefined
  const { territory } = one.audience
  const places = territory === undefined ? [] : await knownTerritories(app.db)
  const live = await figuresOf(app.db, id)
  const figures = one.figures
    ? { ...one.figures, pressed: Math.max(one.figures.pressed, live.pressed) }
    : live
  return {
    one,
    cycle,
    place: places.find((place) => place.territory === territory),
    figures,
    channels: await channelsIn(app.db, one.cycle, one.audience.territory),
    before: contentSchema.safeParse(await versionBefore(app.db, id, one.version)).data,
    ...(await checkAnnouncement(app, app.db, cycle, one)),
  }
}

async function sees(app: App, { cycle, audience }: Announcement, by: Actor): Promise<boolean> {
  if (!isAccount(by)) return true
  const places =
    audience.territory === undefined
      ? (await codesOf(app.db, cycle)).map(({ territory }) => territory)
      : [audience.territory]
  const grants = await loggedGrants(app, app.db, by)
  return grants.length > 0 && mayDo(grants, 'announce', await linesOf(app.db, places), await clock(app.db))
}

/** Those that this account has to do with, the newest first; `cycle`: of this one alone. */
export async function listAnnouncements(app: App, by: Actor, cycle?: number): Promise<Announcement[]> {
  const seen: Announcement[] = []
  for (const one of await announcementsOf(app.db, cycle)) if (await sees(app, one, by)) seen.push(one)
  return seen
}

/** Where this account may announce something: whole cycles, and the parts of one that its role reaches. */
export interface AnnouncementScope {
  cycle: Cycle
  place: KnownTerritory | undefined
}

/** `act`: what the account may do there. */
export async function announcementScopes(
  app: App,
  account: number,
  act: 'announce' | 'bind-channel' = 'announce',
): Promise<AnnouncementScope[]> {
  const { db } = app
  const [grants, now] = [await loggedGrants(app, db, account), await clock(db)]
  if (grants.length === 0) return []
  const scopes: AnnouncementScope[] = []
  for (const cycle of await allCycles(db)) {
    if (cycle.phase === 'closed') continue
    const villages = await knownTerritories(db, cycle.id)
    const lines = await linesOf(
      db,
      villages.map(({ territory }) => territory),
    )
    if (lines.length > 0 && mayDo(grants, act, lines, now)) scopes.push({ cycle, place: undefined })
    if (villages.length < 2 && scopes.some((scope) => scope.cycle.id === cycle.id)) continue
    for (const place of villages)
      if (mayDo(grants, act, await linesOf(db, [place.territory]), now)) scopes.push({ cycle, place })
  }
  return scopes
}
