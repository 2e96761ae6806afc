// An official draws up a cycle answer by answer; what is whole becomes a cycle, once.
import { MOST_HELPED } from '../core/assist.ts'
import { cycleNameOf } from '../core/cycle-name.ts'
import {
  type CycleDraft,
  cycleDraftText,
  type CycleFile,
  readCycleDraft,
  readCycleFile,
} from '../core/formats/cycle-file.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { type Cycle, cycleById } from '../store/cycles.ts'
import { draftForUpdate, draftOf, dropDraft, saveDraft } from '../store/cycle-drafts.ts'
import { territoriesOf } from '../store/places.ts'
import { knownTerritories } from '../store/territories.ts'
import type { App } from './app.ts'
import { createCycle, type CreateCycleProblem } from './create-cycle.ts'
import { type FoundPlace, placesOfFile, wantedOf } from './cycle-of-file.ts'
import { findVillage, type KnownTerritory } from './find-village.ts'
import { loggedGrants } from './logged-grants.ts'
import type { NotAllowed } from './may-act.ts'

/** Somebody who is an official somewhere may draw one up; where it may be made is asked when it is made. */
export async function mayDraft(app: App, account: number): Promise<boolean> {
  const grants = await loggedGrants(app, app.db, account)
  const now = app.now().getTime()
  return grants.some(
    ({ role, until }) => role === 'official' && (until === undefined || Date.parse(until) > now),
  )
}

/** What the account has answered so far; undefined where it draws up none. */
export const readDraft = (app: App, account: number): Promise<CycleDraft | undefined> =>
  draftOf(app.db, account)

/** Puts an answer in. Of two answers at once each finds the other's. */
export const changeDraft = (
  app: App,
  account: number,
  change: (draft: CycleDraft) => CycleDraft,
): Promise<CycleDraft> =>
  app.db.begin(async (tx) => {
    const changed = change(await draftForUpdate(tx, account))
    await saveDraft(tx, account, changed)
    return changed
  })

/** Throws it away; false where there was none. */
export const discardDraft = (app: App, account: number): Promise<boolean> => dropDraft(app.db, account)

/** What is still to be answered, or does not fit together. */
export type Lack =
  | 'title'
  | 'profile'
  | 'places'
  | 'voting'
  | 'close'
  | 'order'
  | 'past'
  | 'budget'
  /** Something that only a file can say, and says wrongly. */
  | 'file'

export interface CheckedDraft {
  file: CycleFile
  places: FoundPlace[]
}

/** A whole cycle, or what it lacks. */
export async function checkDraft(app: App, draft: CycleDraft): Promise<Result<CheckedDraft, Lack[]>> {
  const missing: Lack[] = [
    ...(draft.title ? [] : ['title' as const]),
    ...(draft.profile ? [] : ['profile' as const]),
    ...(draft.places?.length ? [] : ['places' as const]),
    ...(draft.places?.some(({ budget, pots }) => !budget && !pots) ? ['budget' as const] : []),
    ...(draft.dates?.voting ? [] : ['voting' as const]),
    ...(draft.dates?.close ? [] : ['close' as const]),
  ]
  if (missing.length > 0) return fail(missing)
  const read = readCycleFile(
    cycleDraftText({ ...draft, slug: draft.slug ?? cycleNameOf(draft.title?.ru ?? '') }),
  )
  if (!read.ok)
    return fail([...new Set(read.problem.map(({ kind }): Lack => (kind === 'order' ? 'order' : 'file')))])
  const places = await placesOfFile(app, read.value)
  if (!places.ok)
    return fail([
      ...new Set(places.problem.map(({ kind }): Lack => (kind === 'past-close' ? 'past' : 'places'))),
    ])
  return ok({ file: read.value, places: places.value })
}

/** A name is told apart from the same one so often. */
const MOST_NAMES = 50

/** Makes the cycle, a draft that nobody sees yet, and the draft in the chat is gone with it: a second press makes none. */
export async function makeDraft(
  app: App,
  account: number,
): Promise<Result<{ id: number; slug: string }, CreateCycleProblem | { kind: 'lacks'; lacks: Lack[] }>> {
  const draft = await readDraft(app, account)
  if (!draft) return fail({ kind: 'made-before' })
  for (let n = 1; ; n++) {
    const slug = draft.slug ?? cycleNameOf(draft.title?.ru ?? '', n)
    const checked = await checkDraft(app, { ...draft, slug })
    if (!checked.ok) return fail({ kind: 'lacks', lacks: checked.problem })
    const { file, places } = checked.value
    const made = await createCycle(app, wantedOf(file, places, []), account, (tx) => dropDraft(tx, account))
    if (made.ok) return ok({ id: made.value, slug })
    if (made.problem.kind !== 'slug-taken' || draft.slug !== undefined || n === MOST_NAMES) return made
  }
}

/** The places of a draft as the classifier knows them, in their order; one that is gone is left out. */
export async function draftPlaces(app: App, draft: CycleDraft): Promise<KnownTerritory[]> {
  const all = draft.places?.length ? await knownTerritories(app.db) : []
  return (draft.places ?? []).flatMap(({ place }) => {
    const known = all.find(({ kato, territory }) => kato === place || String(territory) === place)
    return known ? [known] : []
  })
}

/** A line that an official typed: the place, or why none or several are meant. */
export type TypedPlace = { line: number; written: string } & (
  | { kind: 'found'; place: KnownTerritory }
  | { kind: 'unknown' }
  | { kind: 'several'; candidates: KnownTerritory[] }
)

export async function findPlaces(
  app: App,
  lines: readonly { line: number; place: string }[],
): Promise<TypedPlace[]> {
  const found: TypedPlace[] = []
  for (const { line, place: written } of lines) {
    const known = await findVillage(app, written)
    if (known.ok) found.push({ line, written, kind: 'found', place: known.value })
    else if (known.problem.kind === 'unknown-village') found.push({ line, written, kind: 'unknown' })
    else found.push({ line, written, kind: 'several', candidates: known.problem.candidates })
  }
  return found
}

/** The cycle as a template for another one: what is the same next time, without its name and its dates. */
export async function templateOf(app: App, cycle: Cycle): Promise<CycleDraft> {
  const { profile, trial, method, revote, maxPeople, helped, ballotTerms, ruleTerms } = cycle
  const places = await territoriesOf(app.db, cycle.id)
  const named = new Map(places.flatMap(({ pots }) => pots).map((one) => [one.pot, one]))
  const pots = [...named.values()].flatMap(({ pot, name, ballot, takes }) =>
    name ? [{ pot, name, ...(ballot && { ballot }), ...(takes && { takes }) }] : [],
  )
  return readCycleDraft({
    profile,
    ...(trial && profile !== 'practice' && { trial }),
    verification: method,
    revote,
    people: maxPeople,
    ...(helped === MOST_HELPED ? {} : { helped }),
    ballot: ballotTerms,
    rule: ruleTerms,
    ...(pots.length > 0 && { pots }),
    places: places.map(({ territory, pots: own, budget, desk }) => ({
      place: String(territory),
      ...(own.length === 1 && own[0]?.pot === GENERAL
        ? { budget }
        : { pots: own.map(({ pot, budget }) => ({ pot, budget })) }),
      ...(desk.place && desk.hours && desk.phone && { desk }),
    })),
  })
}

/** Begins with the settings of an earlier cycle, in place of what was answered so far. */
export async function draftFrom(
  app: App,
  account: number,
  cycle: number,
): Promise<Result<CycleDraft, NotAllowed | { kind: 'no-such-cycle' }>> {
  if (!(await mayDraft(app, account))) return fail({ kind: 'not-allowed' })
  const found = await cycleById(app.db, cycle)
  if (!found) return fail({ kind: 'no-such-cycle' })
  const template = await templateOf(app, found)
  return ok(await changeDraft(app, account, () => template))
}
