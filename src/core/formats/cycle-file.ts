// 300+: one file format. A cycle as an official writes it down before it is made: a JSON file, read with the line of everything that is wrong.
import { z } from 'zod'
import { type BallotTerms, ballotTermsSchema } from '../ballots/index.ts'
import { type RuleTerms, ruleTermsSchema } from '../counting/index.ts'
import { RESERVE_RULES } from '../counting/reserve.ts'
import { isCycleName, PHASES, type Phase, type Profile, type Revote, type Timeline } from '../cycle.ts'
import type { IdeaTerms } from '../idea.ts'
import type { Localised } from '../localised.ts'
import { isTakenBy } from '../marks.ts'
import { LONGEST_NEED, MOST_NEEDS } from '../needs.ts'
import { sumMoney } from '../money.ts'
import { GENERAL, isPot, onePot, type PotBudget } from '../pot.ts'
import { fail, ok, type Result } from '../result.ts'
import { trustShape, type WantedTrust } from '../trust-terms.ts'
import type { WorkTerms } from '../work.ts'
import { readWallClock } from '../zone.ts'
import { jsonPath, linesOfJson } from './json-lines.ts'

/** Pots that a cycle may have. */
export const MOST_POTS = 6
export const CYCLE_FORMAT = 'dauys-cycle-v1'

/** `field`: the name of the value that is wrong or missing, `path` where it stands, `line` from 1. */
export type CycleFileProblem =
  | { kind: 'not-json'; line: number }
  | { kind: 'missing' | 'wrong' | 'unknown'; line: number; path: string; field: string }
  /** Its time is not after that of the date before it. */
  | { kind: 'order'; line: number; path: string; before: string }

export interface CycleFilePlace {
  line: number
  /** KATO code, id or name, as it was written. */
  place: string
  /** Of all pots together. */
  budget: number
  pots: PotBudget[]
  desk?: { place: Localised; hours: string; phone: string } | undefined
}

export interface CycleFile {
  slug: string
  title: Localised
  profile: Profile
  trial: boolean
  timeline: Timeline
  method: string | undefined
  revote: Revote | undefined
  people: number | undefined
  helped: number | undefined
  ballot: BallotTerms | undefined
  rule: RuleTerms | undefined
  /** What differs from `IDEA_TERMS`. */
  ideas: Partial<IdeaTerms> | undefined
  /** What differs from `NEW_WORK_TERMS`. */
  works: Partial<WorkTerms> | undefined
  trust: WantedTrust
  /** In place of `NEEDS`. */
  needs: Localised[] | undefined
  places: CycleFilePlace[]
}

/** The dates of a file in their order; the close is the beginning of the count. */
const DATES = PHASES.filter((phase) => !['draft', 'closed', 'implementation'].includes(phase)).map((phase) =>
  phase === 'counting' ? 'close' : phase,
)

const words = z.string().trim().min(1).max(500)
const localised = z.object({ kk: words, ru: words }).catchall(words)
const shortWords = z.string().trim().min(1).max(LONGEST_NEED)
const need = z.object({ kk: shortWords, ru: shortWords }).catchall(shortWords)
const date = z.string().refine((text) => readWallClock(text) !== undefined)
const money = z.int().min(1)
const potName = z.string().refine(isPot)
const place = z.strictObject({
  place: words,
  budget: money.optional(),
  pots: z
    .array(z.strictObject({ pot: potName, budget: money }))
    .min(1)
    .max(MOST_POTS)
    .optional(),
  desk: z.strictObject({ place: localised, hours: words, phone: words }).optional(),
})
const schema = z.strictObject({
  format: z.literal(CYCLE_FORMAT),
  slug: z.string().refine(isCycleName),
  title: localised,
  profile: z.enum(['practice', 'advisory', 'binding']),
  trial: z.boolean().optional(),
  dates: z.strictObject({
    ...Object.fromEntries(DATES.map((name) => [name, date.optional()])),
    voting: date,
    close: date,
  }),
  verification: z.enum(['card', 'contact', 'in-person']).optional(),
  revote: z.enum(['until-close', 'none']).optional(),
  people: z.int().min(1).max(3).optional(),
  helped: z.int().min(1).max(1000).optional(),
  ballot: ballotTermsSchema.optional(),
  rule: ruleTermsSchema.optional(),
  pots: z
    .array(
      z.strictObject({
        pot: potName,
        name: localised,
        ballot: ballotTermsSchema.exactOptional(),
        takes: z.array(z.string().refine(isTakenBy)).min(1).max(20).exactOptional(),
      }),
    )
    .min(1)
    .max(MOST_POTS)
    .optional(),
  ideas: z
    .strictObject({
      perDay: z.int().min(1).exactOptional(),
      open: z.int().min(1).exactOptional(),
      answerDays: z.int().min(1).exactOptional(),
      ceiling: money.exactOptional(),
      support: z.strictObject({ needed: z.int().min(1), shown: z.boolean() }).exactOptional(),
      words: z.array(z.string().trim().min(3).max(40)).max(200).exactOptional(),
    })
    .optional(),
  works: z
    .strictObject({
      accept: z.int().min(1).max(365).exactOptional(),
      days: z.int().min(1).max(365).exactOptional(),
      reserve: z.enum(RESERVE_RULES).exactOptional(),
    })
    .optional(),
  ...trustShape,
  needs: z.array(need).min(1).max(MOST_NEEDS).optional(),
  places: z.array(place).min(1),
})
type Raw = z.infer<typeof schema>
/** What was written so far of a file that is not whole yet. */
export type CycleDraft = Partial<Omit<Raw, 'dates'>> & { dates?: Record<string, string> }
/** Keys under `dates`, in their order. */
export const CYCLE_DATES: readonly string[] = DATES

/** Keeps of a value what a cycle file may hold; a part that is wrong is left out, as if nobody had written it. */
export function readCycleDraft(value: unknown): CycleDraft {
  if (typeof value !== 'object' || value === null) return {}
  const draft: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(schema.shape)) {
    const given = (value as Record<string, unknown>)[key]
    if (given === undefined || key === 'dates') continue
    const read = (part as z.ZodType).safeParse(given)
    if (read.success) draft[key] = given
  }
  const dates = (value as { dates?: unknown }).dates
  if (typeof dates === 'object' && dates !== null)
    draft.dates = Object.fromEntries(
      DATES.flatMap((name) => {
        const moment = (dates as Record<string, unknown>)[name]
        return date.safeParse(moment).success ? [[name, moment]] : []
      }),
    )
  return draft as CycleDraft
}

/** The file as it stands, whole or not. */
export const cycleDraftText = (draft: CycleDraft): string =>
  `${JSON.stringify({ ...draft, format: CYCLE_FORMAT }, null, 2)}\n`

/** Reads the file, or says everything that is wrong with it, in the order of its lines. */
export function readCycleFile(text: string): Result<CycleFile, CycleFileProblem[]> {
  const json = parseJson(text.startsWith('\uFEFF') ? text.slice(1) : text)
  if (!json.ok) return fail([json.problem])
  const lines = linesOfJson(text)
  const lineOf = (path: string): number => {
    for (let at = path; at !== ''; at = at.replace(/(?:\.|^)[^.[\]]+$|\[\d+\]$/, '')) {
      const line = lines.get(at)
      if (line !== undefined) return line
    }
    return lines.get('') ?? 1
  }
  const read = schema.safeParse(json.value)
  const faults = read.success
    ? undone(read.data, lineOf)
    : read.error.issues.flatMap((one) => faultsOf(one, lineOf))
  const order = outOfOrder(json.value, lineOf)
  if (!read.success || faults.length + order.length > 0)
    return fail([...faults, ...order].sort((a, b) => a.line - b.line))
  return ok(cycleOf(read.data, lineOf))
}

type LineOf = (path: string) => number

function parseJson(text: string): Result<unknown, CycleFileProblem> {
  try {
    return ok(JSON.parse(text))
  } catch (error) {
    const [, position] = /position (\d+)/.exec((error as Error).message) ?? []
    const before = position === undefined ? text : text.slice(0, Number(position))
    return fail({ kind: 'not-json', line: before.split('\n').length })
  }
}

function faultsOf(issue: z.core.$ZodIssue, lineOf: LineOf): CycleFileProblem[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : undefined
  const paths = keys ? keys.map((key) => [...issue.path, key]) : [issue.path]
  const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
  const kind = keys ? 'unknown' : missing ? 'missing' : 'wrong'
  return paths.map((path) => {
    const at = jsonPath(path)
    const field = String(path.findLast((part) => typeof part === 'string') ?? '')
    return { kind, line: lineOf(at), path: at, field }
  })
}

/** What stands in the file rightly, but has no part in this release. */
function undone(file: Raw, lineOf: LineOf): CycleFileProblem[] {
  const pots = file.places.flatMap((place, at): CycleFileProblem[] => {
    if ((place.budget === undefined) !== (place.pots === undefined)) return []
    const own = `places[${at}].budget`
    return [{ kind: place.pots ? 'wrong' : 'missing', line: lineOf(own), path: own, field: 'budget' }]
  })
  const support =
    file.ideas?.support && (file.dates as Record<string, unknown>).support === undefined
      ? [{ kind: 'missing' as const, line: lineOf('ideas.support'), path: 'dates.support', field: 'support' }]
      : []
  return [...support, ...pots, ...wrongPots(file, lineOf)]
}

/** A pot that is named twice, or that a place has and nobody named. */
function wrongPots({ pots = [], places }: Raw, lineOf: LineOf): CycleFileProblem[] {
  const wrong = (path: string): CycleFileProblem => ({
    kind: 'wrong',
    line: lineOf(path),
    path,
    field: 'pot',
  })
  const twice = (all: readonly { pot: string }[], at: number) =>
    all.findIndex(({ pot }) => pot === all[at]?.pot) !== at
  const known = new Set([GENERAL, ...pots.map(({ pot }) => pot)])
  return [
    ...pots.flatMap((_, at) => (twice(pots, at) ? [wrong(`pots[${at}].pot`)] : [])),
    ...places.flatMap(({ pots: own = [] }, at) =>
      own.flatMap(({ pot }, n) =>
        !known.has(pot) || twice(own, n) ? [wrong(`places[${at}].pots[${n}].pot`)] : [],
      ),
    ),
  ]
}

/** The pots of a place, each with the name and the ballot that the file gives it. */
export const potsOfPlace = (
  { budget, pots }: NonNullable<CycleDraft['places']>[number],
  named: CycleDraft['pots'] = [],
): PotBudget[] =>
  pots?.map((one) => ({ ...named.find(({ pot }) => pot === one.pot), ...one })) ?? onePot(budget ?? 0)

function outOfOrder(file: unknown, lineOf: LineOf): CycleFileProblem[] {
  const dates = (file as { dates?: Record<string, unknown> } | null)?.dates
  if (typeof dates !== 'object' || dates === null) return []
  const read = DATES.flatMap((name) => {
    const moment = typeof dates[name] === 'string' ? readWallClock(dates[name]) : undefined
    return moment === undefined ? [] : [{ name, at: Date.parse(moment) }]
  })
  return read.flatMap(({ name, at }, index): CycleFileProblem[] => {
    const before = read[index - 1]
    if (!before || at > before.at) return []
    const path = `dates.${name}`
    return [{ kind: 'order', line: lineOf(path), path, before: before.name }]
  })
}

function cycleOf(file: Raw, lineOf: LineOf): CycleFile {
  const dates = file.dates as Record<string, string | undefined>
  const timeline: Timeline = {}
  for (const name of DATES) {
    const moment = readWallClock(dates[name] ?? '')
    if (moment !== undefined) timeline[(name === 'close' ? 'counting' : name) as Phase] = moment
  }
  return {
    slug: file.slug,
    title: file.title,
    profile: file.profile,
    trial: file.trial === true,
    timeline,
    method: file.verification,
    revote: file.revote,
    people: file.people,
    helped: file.helped,
    ballot: file.ballot,
    rule: file.rule,
    ideas: file.ideas,
    works: file.works,
    trust: { away: file.away, dispute: file.dispute },
    needs: file.needs,
    places: file.places.map((one, at) => {
      const pots = potsOfPlace(one, file.pots)
      return {
        line: lineOf(`places[${at}].place`),
        place: one.place,
        budget: sumMoney(pots.map(({ budget }) => budget)),
        pots,
        desk: one.desk,
      }
    }),
  }
}
