// A trial of a real election: the list, costs, budget and rule of a Pabulib file, open for voting for two weeks. No ballots.
import { type BallotLimit, ballotOfPabulib } from '../core/formats/pabulib/ballot.ts'
import { isWithdrawn, ruleOf, type RuleProblem } from '../core/formats/pabulib/election.ts'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { metaText } from '../core/formats/pabulib/meta.ts'
import { everywhere } from '../core/localised.ts'
import { fail, type Result } from '../core/result.ts'
import { clock } from '../store/clock.ts'
import { cycleByName } from '../store/cycles.ts'
import { insertTerritory } from '../store/territories.ts'
import type { App } from './app.ts'
import { createCycle, type CreateCycleProblem } from './create-cycle.ts'
import { movePhase, type MoveProblem } from './move-phase.ts'

export type ImportPabulibProblem =
  | RuleProblem
  | BallotLimit
  /** The file limits what may be spent on a part of the list, which no rule of ours does; by its key in META. */
  | { kind: 'rule-limit'; key: string }
  /** Amounts of a vote are whole. */
  | { kind: 'fractions' }
  | CreateCycleProblem
  | MoveProblem

const DAY = 86_400_000
const OPEN_DAYS = 14

/** `name`: the file's name; the cycle's short name is made of it unless `slug` is given. Returns the id of the cycle. */
export async function importPabulib(
  app: App,
  { name, file, slug = slugOf(name) }: { name: string; file: PabulibFile; slug?: string },
): Promise<Result<number, ImportPabulibProblem>> {
  const rule = ruleOf(file)
  if (!rule.ok) return rule
  for (const key of ['budget_per_category', 'budget_per_neighborhood'])
    if (metaText(file.meta, key)?.trim()) return fail({ kind: 'rule-limit', key })
  if (file.meta.scale !== 1) return fail({ kind: 'fractions' })
  const ballot = ballotOfPabulib(file)
  if (!ballot.ok) return ballot
  if (await cycleByName(app.db, slug)) return fail({ kind: 'slug-taken' })
  const territory = await insertTerritory(app.db, {
    level: 3,
    kind: 'area',
    name: everywhere(placeOf(file, name)),
  })
  const now = Date.parse(await clock(app.db))
  const day = (days: number) => new Date(now + days * DAY).toISOString()
  const made = await createCycle(
    app,
    {
      slug,
      title: everywhere(metaText(file.meta, 'description') || placeOf(file, name)),
      profile: 'advisory',
      trial: true,
      terms: { method: 'card', ballotTerms: ballot.value, ruleTerms: rule.value },
      currency: currencyOf(file),
      timeline: {
        announced: new Date(now - 1000).toISOString(),
        voting: new Date(now).toISOString(),
        counting: day(OPEN_DAYS),
        results: day(OPEN_DAYS + 1),
      },
      territories: [{ territory, budget: file.meta.budget }],
      projects: file.projects.map(({ id, cost, name: title, category, lat, lon }) => ({
        id,
        territory,
        title: everywhere(title),
        category: category ?? 'other',
        cost,
        ...(lat === undefined || lon === undefined ? {} : { lat, lon }),
        withdrawn: isWithdrawn(cost, file.meta),
      })),
    },
    'command',
  )
  if (!made.ok) return made
  for (let moved = 0; moved < 2; moved++) {
    const step = await movePhase(app, made.value, { by: 'command' })
    if (!step.ok) return step
  }
  return made
}

const placeOf = (file: PabulibFile, name: string): string => {
  const parts = ['unit', 'subunit'].map((key) => metaText(file.meta, key)?.trim())
  const place = parts.filter((part) => part !== undefined && part !== '').join(', ')
  return place || name.replace(/\.pb$/i, '')
}

const currencyOf = (file: PabulibFile): string => {
  const currency = metaText(file.meta, 'currency')?.trim().toUpperCase() ?? ''
  return /^[A-Z]{3}$/.test(currency) ? currency : 'KZT'
}

/** `Poland_Warszawa_2026_Stara_Ochota_Filtry.pb` → poland-warszawa-2026-stara-ochota-filtry. */
const slugOf = (name: string): string =>
  name
    .replace(/\.pb$/i, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48)
    .replace(/^-|-$/g, '')
