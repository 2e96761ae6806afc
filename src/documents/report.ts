// The report of a cycle as a paper and as a table for a spreadsheet: what has no source yet is absent, small numbers of people are left out.
import type { AudienceKind } from '../core/announcement.ts'
import { writeCsv } from '../core/formats/csv.ts'
import type { Localised } from '../core/localised.ts'
import { FEWEST_SHOWN } from '../core/needs.ts'
import type { Mark } from '../core/marks.ts'
import type { Training } from '../core/training.ts'
import type { PotBudget } from '../core/pot.ts'
import type { T } from '../i18n.ts'
import { audienceKindName } from '../words/announcement.ts'
import { categoryName } from '../words/category.ts'
import { markName, sdgName } from '../words/marks.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { potName } from '../words/pot.ts'
import { trialNotes } from '../words/trial.ts'
import { openPaper } from './paper.ts'
import { type Cell, type Column, peopleSections, type Section, type Stop } from './report-people.ts'

export interface ReportOnPaper {
  cycle: { slug: string; title: Localised; trial: boolean; currency: string }
  /** UTC ISO. */
  at: string
  villages: readonly (NamedPlace & {
    budget: number
    projects: number
    /** Where it has several. */
    pots?: readonly (PotBudget & { projects: number; result?: { winners: number; spent: number } })[]
    ideas: { sent: number; taken: number; refused: number; merged: number }
    roll: number
    people: Record<Column, Cell>
    needs?: { verified: Cell; unverified: Cell; present: Cell | undefined }
    result?: { winners: number; spent: number }
    works?: { planned: number; reached: number; onTime: number; late: number }
  })[]
  people: Partial<Record<Column, number>>
  stops: Record<Stop, Cell>
  kinds: readonly (Sums & { category: string })[]
  marks: readonly (Sums & ({ mark: Mark } | { sdg: number }))[]
  announcements: readonly { at: string; who: AudienceKind; sent: Cell; pressed: Cell }[]
  milestones: readonly Milestone[]
  trainings: readonly Training[]
}

/** Days as `2027-05-30`. */
interface Milestone {
  village: Localised
  project: number
  title: Localised
  name: Localised
  planned: string
  actual: string | null
  percent: number
  cost: number | null
  late: boolean
}

interface Sums {
  projects: number
  cost: number
  winners: number
  spent: number
}

/** The tables that have a source. Sums are whole units of the currency. */
function sectionsOf(t: T, report: ReportOnPaper): Section[] {
  const { villages, kinds } = report
  const anyIdea = villages.some(({ ideas }) => ideas.sent > 0)
  const published = villages.some(({ result }) => result !== undefined)
  const each = (cells: (village: ReportOnPaper['villages'][number]) => (Cell | string)[] | undefined) =>
    villages.flatMap((village) => {
      const own = cells(village)
      return own ? [{ name: placeName(t, village), cells: own }] : []
    })
  const sections: Section[] = [
    ...peopleSections(t, report),
    {
      title: t('documents.report-trainings'),
      heads: [t('documents.report-trained'), t('documents.report-women')],
      rows: report.trainings.map(({ on, people, women }) => ({
        name: dayOf(on),
        cells: [people, women ?? ''],
      })),
    },
    {
      title: t('documents.report-announcements'),
      heads: [t('documents.report-sent-people'), t('documents.report-pressed')],
      rows: report.announcements.map(({ at, who, sent, pressed }) => ({
        name: `${t.dated(at)}: ${audienceKindName(t, who)}`,
        cells: [sent, pressed],
      })),
    },
    {
      title: t('documents.report-needs'),
      heads: [
        t('documents.report-needs-verified'),
        t('documents.report-needs-other'),
        t('documents.report-meeting'),
      ],
      rows: each(
        ({ needs }) =>
          needs && [needs.verified, needs.unverified, needs.present === undefined ? '' : needs.present],
      ),
    },
    {
      title: t('documents.report-ideas'),
      heads: [
        t('documents.report-sent'),
        t('documents.report-taken'),
        t('documents.report-refused'),
        t('documents.report-merged'),
      ],
      rows: anyIdea ? each(({ ideas }) => [ideas.sent, ideas.taken, ideas.refused, ideas.merged]) : [],
    },
    {
      title: t('documents.report-money'),
      heads: [
        t('documents.report-budget'),
        t('documents.protocol-projects'),
        ...(published ? [t('documents.report-winners'), t('documents.report-spent')] : []),
      ],
      rows: villages.flatMap((village) => moneyRows(t, village, published)),
    },
    sumsSection(
      t,
      t('documents.report-kinds'),
      kinds.map((one) => ({ ...one, name: categoryName(t, one.category) })),
      published,
    ),
    sumsSection(
      t,
      t('documents.report-marks'),
      report.marks.map((one) => ({
        ...one,
        name: 'mark' in one ? markName(t, one.mark) : sdgName(t, one.sdg),
      })),
      published,
    ),
    {
      title: t('documents.report-works'),
      heads: [
        t('documents.report-milestones'),
        t('documents.report-reached'),
        t('documents.report-on-time'),
        t('documents.report-late'),
      ],
      rows: each(({ works }) => works && [works.planned, works.reached, works.onTime, works.late]),
    },
    {
      title: t('documents.report-steps'),
      heads: [
        t('documents.report-planned'),
        t('documents.report-actual'),
        t('documents.report-percent'),
        t('documents.count-cost'),
      ],
      rows: report.milestones.map((one) => milestoneRow(t, one)),
    },
  ]
  return sections.filter(({ rows }) => rows.length > 0)
}

/** A village, and below it each of its pots where there are several. */
function moneyRows(t: T, village: ReportOnPaper['villages'][number], published: boolean): Section['rows'] {
  const row = (
    name: string,
    { budget, projects, result }: Pick<typeof village, 'budget' | 'projects' | 'result'>,
  ) => ({
    name,
    cells: [budget, projects, ...(published ? [result?.winners ?? '', result?.spent ?? ''] : [])],
  })
  const name = placeName(t, village)
  return [row(name, village), ...(village.pots ?? []).map((pot) => row(`${name} · ${potName(t, pot)}`, pot))]
}

/** `30.05.2027`, as officials write it and every spreadsheet reads it. */
const dayOf = (day: string): string => day.split('-').reverse().join('.')

/** A milestone that is late says so where its day would stand. */
const milestoneRow = (t: T, one: Milestone): Section['rows'][number] => ({
  name: t('documents.report-step', {
    village: t.of(one.village),
    number: one.project,
    title: t.of(one.title),
    step: t.of(one.name),
  }),
  cells: [
    dayOf(one.planned),
    one.actual !== null ? dayOf(one.actual) : one.late ? t('documents.report-late') : '',
    one.percent,
    one.cost ?? '',
  ],
})

/** Projects by something that they have in common. */
const sumsSection = (
  t: T,
  title: string,
  sums: readonly (Sums & { name: string })[],
  published: boolean,
): Section => ({
  title,
  heads: [
    t('documents.protocol-projects'),
    t('documents.count-cost'),
    ...(published ? [t('documents.report-winners'), t('documents.report-spent')] : []),
  ],
  rows: sums.map(({ name, projects, cost, winners, spent }) => ({
    name,
    cells: [projects, cost, ...(published ? [winners, spent] : [])],
  })),
})

/** One language a paper. */
export function reportPdf(t: T, report: ReportOnPaper): Promise<Uint8Array> {
  const { cycle, at } = report
  const paper = openPaper(`${t('documents.report-title')}: ${t.of(cycle.title)}`, t)
  paper.part(t)
  paper.heading(1, t('documents.report-title'))
  for (const note of trialNotes(t, { cycle })) paper.text(note, true)
  paper.text(t.of(cycle.title), true)
  paper.text(t('documents.report-at', { time: t.dated(at), currency: signOf(t, cycle.currency) }))
  paper.text(t('documents.report-few', { fewest: FEWEST_SHOWN }))
  for (const { title, heads, rows } of sectionsOf(t, report)) {
    paper.heading(2, title)
    const share = Math.min(0.23, 0.76 / heads.length)
    const name = 1 - heads.length * share
    paper.table(
      [{ text: '', share: name }, ...heads.map((text) => ({ text, share, right: true }))],
      rows.map((row) => [row.name, ...row.cells.map((cell) => cellText(t, cell))]),
    )
  }
  return paper.done()
}

/** As it stands behind every other sum. */
const signOf = (t: T, currency: string): string => t.money(0, currency).replace(/[\d\s]/gu, '')

const cellText = (t: T, cell: Cell | string): string =>
  cell === null ? t('consult.few') : typeof cell === 'number' ? t.number(cell) : cell

/** A figure a row: table, name, figure, value; plain numbers, nothing where one is too small to be told. With a byte order mark. */
export function reportCsv(t: T, report: ReportOnPaper): string {
  const rows = sectionsOf(t, report).flatMap(({ title, heads, rows: own }) =>
    own.flatMap(({ name, cells }) => cells.map((cell, at) => [title, name, heads[at] ?? '', cell ?? ''])),
  )
  const header = [
    t('documents.report-table'),
    t('documents.report-name'),
    t('documents.report-figure'),
    t('documents.report-value'),
  ]
  return `\uFEFF${writeCsv([header, ...rows])}`
}
