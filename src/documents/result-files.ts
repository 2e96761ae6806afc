// A published result for programs: the election in the library's format, a table, JSON; and its picture.
import type { Choice } from '../core/ballots/ballot-type.ts'
import { byPoints, type Count } from '../core/counting/count.ts'
import type { Changed } from '../core/counting/changed.ts'
import type { ShownCount } from '../core/counting/shown.ts'
import type { BallotTerms } from '../core/ballots/index.ts'
import type { RuleTerms } from '../core/counting/index.ts'
import type { Timeline } from '../core/cycle.ts'
import { writeCsv } from '../core/formats/csv.ts'
import { pabulibOfCycle } from '../core/formats/pabulib/of-cycle.ts'
import { type Marks, marksOf } from '../core/marks.ts'
import type { PotTerms } from '../core/pot.ts'
import { termsOfPot } from '../core/ballots/sections.ts'
import type { Localised } from '../core/localised.ts'
import type { T } from '../i18n.ts'
import { namedOf } from '../words/count-steps.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { marksLine } from '../words/marks.ts'
import { potName, potToSay, withPot } from '../words/pot.ts'
import { ruleName } from '../words/rule.ts'
import { trialNotes } from '../words/trial.ts'
import { changedNotes, standingLine } from '../words/work.ts'
import { countPictureSvg } from './count-picture.ts'
import { countedPabulib } from './count-table.ts'

/** A published result of a pot of a village, with the votes by project only where they may be shown. */
export type ResultOnPaper = {
  place: NamedPlace & {
    territory: number
    pots: readonly PotTerms[]
    cycle: {
      slug: string
      title: Localised
      trial: boolean
      currency: string
      timeline: Timeline
      asOf: string
      ballotTerms: BallotTerms
      ruleTerms: RuleTerms
    }
  }
  pot: string
  name?: Localised
  /** How its section is marked, where that is not how the cycle's ballot is. */
  ballot?: BallotTerms
  budget: number
  projects: readonly {
    id: string
    number: number
    title: Localised
    cost: number
    category: string
    marks: Marks | null
    withdrawn: boolean
  }[]
  /** How many may vote; 0 where there is no roll. */
  roll: number
  publishedAt: string
  changed: readonly Changed<{ id: string; number: number; title: Localised }>[]
  /** Since when the vote of the village is under review, UTC ISO. */
  underReview?: string
} & ShownCount

export type WholeOnPaper = ResultOnPaper & { shows: 'all' }

/** The picture as SVG. */
export function resultPicture(t: T, result: WholeOnPaper, title: string): string {
  const { place, budget, projects, count, ballots, changed } = result
  return countPictureSvg(t, {
    title,
    notes: [
      ...trialNotes(t, place),
      t('documents.picture-rule', { rule: ruleName(t, place.cycle.ruleTerms) }),
      ...changedNotes(t, changed, place.cycle.currency),
    ],
    projects: projects.map((project) => ({ id: project.id, name: t.of(project.title), cost: project.cost })),
    points: byPoints(count.votes),
    named: namedOf(place.cycle.currency, projects, count.votes),
    ballots,
    budget,
    count,
  })
}

/** The election with every ballot, as Pabulib has it. Throws where the format cannot hold it. */
export function resultPb(t: T, result: WholeOnPaper, ballots: readonly (readonly Choice[])[]): string {
  const { place, budget, projects, count } = result
  const { slug, title, currency, timeline, asOf, ballotTerms, ruleTerms } = place.cycle
  const file = pabulibOfCycle({
    slug,
    title: t.of(title),
    place: withPot(t, placeName(t, place), place, result.pot),
    budget,
    currency,
    begin: timeline.voting ?? asOf,
    end: timeline.counting ?? asOf,
    projects: projects.map((project) => ({ ...project, name: t.of(project.title) })),
    ballot: termsOfPot(result, ballotTerms),
    rule: ruleTerms,
    ballots,
  })
  const text = countedPabulib(file, count, ruleTerms, false)
  if (!text.ok) throw new Error(`the format cannot hold an election of ours: ${text.problem.kind}`)
  return text.value
}

const scores = (result: ResultOnPaper): Map<string, Count['votes'][number]> | undefined =>
  result.shows === 'all' ? new Map(result.count.votes.map((tally) => [tally.id, tally])) : undefined

/** A row for each project; votes only where they may be shown. With a byte order mark, safe to open in a spreadsheet. */
export function resultCsv(t: T, result: ResultOnPaper): string {
  const { projects, count, changed } = result
  const pot = potToSay(result.place, result.pot)
  const votes = scores(result)
  const points = result.shows === 'all' && byPoints(result.count.votes)
  const header = [
    t('documents.count-id'),
    t('documents.count-name'),
    t('documents.count-cost'),
    ...(votes ? [t('documents.count-votes')] : []),
    ...(points ? [t('documents.count-points')] : []),
    t('documents.count-funded'),
    t('documents.count-place'),
    ...(pot ? [t('cli.column-pot')] : []),
    t('cli.column-marks'),
    ...(changed.length > 0 ? [t('documents.count-after'), t('documents.count-cost-now')] : []),
  ]
  const rows = projects.map(({ id, number, title, cost, category, marks }) => {
    const place = count.winners.indexOf(id) + 1
    const after = changed.find(({ project }) => project.id === id)
    const tally = votes?.get(id)
    return [
      number,
      t.of(title),
      cost,
      ...(votes ? [tally?.votes ?? 0] : []),
      ...(points ? [tally?.score ?? 0] : []),
      place > 0 ? 1 : 0,
      place > 0 ? place : '',
      ...(pot ? [potName(t, pot)] : []),
      marksLine(t, { category, marks }),
      ...(changed.length > 0 ? [after ? standingLine(t, after) : '', after?.now ?? cost] : []),
    ]
  })
  return `\uFEFF${writeCsv([header, ...rows])}`
}

/** Sums in whole units of the currency; steps and votes only where they may be shown. */
export function resultJson(result: ResultOnPaper): string {
  const { place, pot, budget, projects, roll, publishedAt, ballots, count, changed, underReview } = result
  const { slug, title, trial, currency, ballotTerms, ruleTerms } = place.cycle
  const shown =
    result.shows === 'all'
      ? { votes: result.count.votes, steps: result.count.steps, ties: result.count.ties }
      : {}
  const whole = {
    cycle: slug,
    title,
    trial,
    village: place.territory,
    name: place.name,
    within: place.within,
    pot,
    ...(result.name && { potName: result.name }),
    currency,
    budget,
    published: publishedAt,
    ...(underReview !== undefined && { underReview }),
    roll,
    ballots,
    ballot: termsOfPot(result, ballotTerms),
    rule: ruleTerms,
    projects: projects.map(({ id, number, title: name, category, cost, withdrawn, marks }) => ({
      id,
      number,
      title: name,
      category,
      ...marksOf({ category, marks }),
      cost,
      withdrawn,
    })),
    winners: count.winners,
    spent: count.spent,
    left: count.left,
    ...(changed.length > 0 && {
      changed: changed.map(({ project, before, standing, was, now }) => ({
        id: project.id,
        before,
        standing,
        was,
        now,
      })),
    }),
    ...shown,
  }
  return `${JSON.stringify(whole, null, 1)}\n`
}
