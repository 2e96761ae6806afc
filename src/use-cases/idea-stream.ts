// What comes in of ideas and needs, as officials watch it: what repeats stands first, by likeness, need, kind, place or week.
import { alikeGroups } from '../core/alike-groups.ts'
import type { Localised } from '../core/localised.ts'
import { needFigures, type NeedFigures } from '../core/needs.ts'
import { mayDo } from '../core/role.ts'
import { wallClock } from '../core/zone.ts'
import { clock } from '../store/clock.ts'
import { type Idea, ideasIn } from '../store/ideas.ts'
import { needsOf, tallyOf } from '../store/needs.ts'
import { cyclesWithIdeas } from '../store/rooms.ts'
import { linesOf } from '../store/territories.ts'
import type { App } from './app.ts'
import { listVillages } from './list-cycles.ts'
import { loggedGrants } from './logged-grants.ts'

export const STREAMS = ['likeness', 'category', 'place', 'week', 'need'] as const
export type Stream = (typeof STREAMS)[number]

/** `key`: a kind of project, the id of a village, the Monday of a week, `2026-03-02`; of what is alike the number of the first. */
export interface IdeaGroup {
  key: string
  ideas: Idea[]
}

/** The ideas of a cycle in groups, the largest first; those that were withdrawn are left out. */
export async function ideaStream(app: App, cycle: number, by: Exclude<Stream, 'need'>): Promise<IdeaGroup[]> {
  const groups = new Map<string, Idea[]>()
  const standing = (await ideasIn(app.db, cycle, {})).filter(({ state }) => state !== 'withdrawn')
  if (by === 'likeness')
    return alikeGroups(standing).map((ideas) => ({ key: String(ideas[0]?.number ?? 0), ideas }))
  for (const idea of standing) {
    const key = KEYS[by](idea)
    groups.set(key, [...(groups.get(key) ?? []), idea])
  }
  return [...groups]
    .map(([key, ideas]) => ({ key, ideas }))
    .toSorted((a, b) => b.ideas.length - a.ideas.length || a.key.localeCompare(b.key))
}

const KEYS: Record<Exclude<Stream, 'need' | 'likeness'>, (idea: Idea) => string> = {
  category: ({ category }) => category ?? '',
  place: ({ territory }) => String(territory),
  week: ({ sentAt }) => (sentAt === null ? '' : mondayOf(sentAt)),
}

/** The Monday of a moment's week on the wall clock of Kazakhstan. */
function mondayOf(moment: string): string {
  const day = new Date(`${wallClock(moment).slice(0, 10)}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}

/** One need of a cycle, and what each village said of it with small numbers left out; villages without an answer are not there. */
export interface NeedInStream {
  number: number
  need: Localised
  villages: { territory: number; name: Localised; marks: NeedFigures['answers'] }[]
}

/** The needs of a cycle, those that most people marked first. No sum is told: it would tell the small numbers. */
export async function needStream(app: App, cycle: number): Promise<NeedInStream[]> {
  const needs = await needsOf(app.db, cycle)
  const said = await Promise.all(
    (await listVillages(app, cycle)).map(async ({ territory, name }) => {
      const tally = await tallyOf(app.db, cycle, territory)
      return { territory, name, tally, figures: needFigures(tally, undefined) }
    }),
  )
  const marksOf = (at: number, { tally }: (typeof said)[number]): number =>
    (tally.needs[at]?.verified ?? 0) + (tally.needs[at]?.unverified ?? 0)
  const sumOf = (at: number): number => said.reduce((sum, one) => sum + marksOf(at, one), 0)
  return needs
    .map((need, at) => ({
      number: at + 1,
      need,
      villages: said.flatMap((one) => {
        const marks = one.figures.needs[at]
        return marks && marksOf(at, one) > 0 ? [{ territory: one.territory, name: one.name, marks }] : []
      }),
    }))
    .toSorted((a, b) => sumOf(b.number - 1) - sumOf(a.number - 1) || a.number - b.number)
}

/** The cycles that ask for ideas in which this account is an official somewhere, with the villages. */
export async function watchedCycles(
  app: App,
  account: number,
): Promise<{ cycle: number; title: Localised; villages: ReadonlySet<number> }[]> {
  const grants = await loggedGrants(app, app.db, account)
  if (grants.length === 0) return []
  const now = await clock(app.db)
  const found = await Promise.all(
    (await cyclesWithIdeas(app.db)).map(async ({ id: cycle, title }) => {
      const villages = new Set<number>()
      for (const { territory } of await listVillages(app, cycle))
        if (mayDo(grants, 'publish-needs', await linesOf(app.db, [territory]), now)) villages.add(territory)
      return { cycle, title, villages }
    }),
  )
  return found.filter(({ villages }) => villages.size > 0)
}

/** What repeats in their own villages, as an official sees it; undefined for whoever is none there. */
export async function watchIdeas(
  app: App,
  account: number,
  cycle: number,
  by: Exclude<Stream, 'need'>,
): Promise<IdeaGroup[] | undefined> {
  const watched = (await watchedCycles(app, account)).find((one) => one.cycle === cycle)
  if (!watched) return undefined
  return (await ideaStream(app, cycle, by)).flatMap(({ key, ideas }) => {
    const own = ideas.filter(({ territory }) => watched.villages.has(territory))
    return own.length > 0 ? [{ key, ideas: own }] : []
  })
}

/** The same of needs. */
export async function watchNeeds(
  app: App,
  account: number,
  cycle: number,
): Promise<NeedInStream[] | undefined> {
  const watched = (await watchedCycles(app, account)).find((one) => one.cycle === cycle)
  return (
    watched &&
    (await needStream(app, cycle)).map((one) => ({
      ...one,
      villages: one.villages.filter(({ territory }) => watched.villages.has(territory)),
    }))
  )
}
