// A trial of a real election: the list, costs, budget and rule of a Pabulib file, open for voting for two weeks. No ballots.
import type { BallotTerms } from '../core/ballots/index.ts'
import { ruleOf, type RuleProblem, withdrawnCost } from '../core/formats/pabulib-election.ts'
import type { PabulibFile } from '../core/formats/pabulib-file.ts'
import { metaNumber, metaText } from '../core/formats/pabulib-meta.ts'
import { everywhere } from '../core/localised.ts'
import { sumMoney } from '../core/money.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { cycleByName } from '../store/cycles.ts'
import { clock } from '../store/phases.ts'
import { insertTerritory } from '../store/territories.ts'
import type { App } from './app.ts'
import { createCycle, type CreateCycleProblem } from './create-cycle.ts'
import { movePhase, type MoveProblem } from './move-phase.ts'

export type ImportPabulibProblem =
  | RuleProblem
  | { kind: 'vote-type-not-supported'; voteType: string }
  /** A limit on ballots that approval does not have, by its key in META. */
  | { kind: 'limit-not-supported'; key: string }
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
  const ballot = ballotOf(file)
  if (!ballot.ok) return ballot
  if (await cycleByName(app.db, slug)) return fail({ kind: 'slug-taken' })
  const territory = await insertTerritory(app.db.orm, {
    level: 3,
    kind: 'area',
    name: everywhere(placeOf(file, name)),
  })
  const now = Date.parse(await clock(app.db.orm))
  const day = (days: number) => new Date(now + days * DAY).toISOString()
  const made = await createCycle(app, {
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
      withdrawn: cost === withdrawnCost,
    })),
  })
  if (!made.ok) return made
  for (let moved = 0; moved < 2; moved++) {
    const step = await movePhase(app, made.value, { by: 'command' })
    if (!step.ok) return step
  }
  return made
}

/** Approval with the file's limits on the number of projects; choose-1 is approval of one. */
function ballotOf(file: PabulibFile): Result<BallotTerms, ImportPabulibProblem> {
  const { meta, projects } = file
  if (meta.voteType === 'choose-1') return ok({ kind: 'approval', min: 1, max: 1 })
  if (meta.voteType !== 'approval') return fail({ kind: 'vote-type-not-supported', voteType: meta.voteType })
  const all = sumMoney(projects.map(({ cost }) => cost))
  if ((metaNumber(meta, 'max_sum_cost') ?? all) < all)
    return fail({ kind: 'limit-not-supported', key: 'max_sum_cost' })
  if ((metaNumber(meta, 'min_sum_cost') ?? 0) > 0)
    return fail({ kind: 'limit-not-supported', key: 'min_sum_cost' })
  const max = Math.max(1, Math.min(projects.length, metaNumber(meta, 'max_length') ?? projects.length))
  return ok({ kind: 'approval', min: Math.min(max, metaNumber(meta, 'min_length') ?? 1), max })
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
