// dauys count FILE: counts a Pabulib election and shows what came out. No database is opened for it.
import { extname } from 'node:path'
import { ballotCount, type Election } from '../core/counting/election.ts'
import type { Count } from '../core/counting/count.ts'
import { whyNot } from '../core/counting/explain.ts'
import { count, type RuleTerms } from '../core/counting/index.ts'
import { whatWouldWin, type WouldWin } from '../core/counting/missing.ts'
import { type SupportersPaid, supportersPaid } from '../core/counting/supporters.ts'
import { electionOf } from '../core/formats/pabulib/election.ts'
import type { PabulibFile, PabulibNote } from '../core/formats/pabulib/file.ts'
import { metaNumber, metaText } from '../core/formats/pabulib/meta.ts'
import type { Locale } from '../core/localised.ts'
import { graphemeCut } from '../core/text.ts'
import { countPictureSvg } from '../documents/count-picture.ts'
import { createPainter } from '../documents/painter.ts'
import type { T } from '../i18n.ts'
import { type Parts, refusal } from './acting.ts'
import { ruleText, type WantedRule, wantedTerms } from './count-rule.ts'
import { countedPabulib, hasPoints, tableCsv, tableLines } from './count-tables.ts'
import { writeNew } from './files.ts'
import { readElectionFile } from './pabulib-lines.ts'
import { withProgress } from './progress.ts'
import { type Named, stepSentence, sumWriter } from '../words/count-steps.ts'
import { paidSentences, whySentences, wouldSentences } from '../words/count-why.ts'

export interface CountFileOptions extends WantedRule {
  lang?: Locale
  json?: boolean
  explain?: string
  csv?: string
  pb?: string
  picture?: string
}

interface Counted {
  file: PabulibFile
  election: Election
  terms: RuleTerms
  count: Count
}

export async function countFile(parts: Parts, path: string, options: CountFileOptions): Promise<void> {
  const { explain, lang = 'en', picture } = options
  if (picture !== undefined && !['.svg', '.png'].includes(extname(picture).toLowerCase()))
    throw refusal('--picture writes a .svg or a .png file')
  const t = parts.textsOf(lang)
  await withProgress(`counting ${path}:`, async () => {
    const counted = await read(path, options, options.pb !== undefined)
    const reason = explain === undefined ? undefined : explained(counted, explain)
    if (options.json) parts.say(JSON.stringify(jsonOf(counted, reason), null, 2))
    else {
      const lines = reason ? reasonLines(t, counted, reason) : tellLines(t, counted)
      for (const line of [...headLines(t, counted), '', ...lines]) parts.say(line)
    }
    await writeFiles(parts, t, counted, options)
  })
}

async function read(path: string, wanted: WantedRule, more: boolean): Promise<Counted> {
  // Only a file that is written again needs what stands beside the ballots.
  const file = await readElectionFile(path, { more })
  const terms = wantedTerms(file, wanted)
  const election = electionOf(file)
  return { file, election, terms, count: count(election, terms, new Uint8Array()) }
}

/** Where a file states no currency, sums are bare numbers. */
function namedOf({ meta }: PabulibFile): Named {
  const currency = metaText(meta, 'currency')?.trim().toUpperCase() ?? ''
  return { number: (id) => id, currency: /^[A-Z]{3}$/.test(currency) ? currency : undefined }
}

/** So many places are told where the file was read differently from how it stands; --json has the first hundred. */
const NOTES = 5

function noteText(t: T, { kind, line, found }: PabulibNote): string {
  const at = { line, found: graphemeCut(found, 60) }
  switch (kind) {
    case 'rounded-down':
      return t('documents.count-rounded', at)
    case 'named-twice':
      return t('documents.count-twice', at)
    case 'empty-ballot':
      return t('documents.count-empty', at)
  }
}

function headLines(t: T, { file, election, terms, count: counted }: Counted): string[] {
  const money = sumWriter(t, namedOf(file))
  const { budget } = election
  const notes = file.notes.slice(0, NOTES).map((note) => noteText(t, note))
  return [
    ...[metaText(file.meta, 'description') ?? ''].filter((line) => line !== ''),
    t('documents.count-rule', { rule: ruleText(terms), voted: t.number(ballotCount(election)) }),
    t('documents.count-money', {
      budget: money(budget),
      spent: money(counted.spent),
      left: money(counted.left),
    }),
    ...notes,
    ...(file.notes.length > NOTES ? ['…'] : []),
  ]
}

function tellLines(t: T, { file, count: counted }: Counted): string[] {
  const steps = counted.steps.map((step) => stepSentence(t, namedOf(file), step))
  return [...tableLines(t, file, counted), '', ...steps]
}

interface Reason {
  id: string
  would: WouldWin | undefined
  paid: SupportersPaid | undefined
}

function explained({ file, election, terms, count: counted }: Counted, id: string): Reason {
  const project = election.projects.find((one) => one.id === id)
  if (!project) throw refusal(`there is no project "${id}" in the file`)
  const lost = !counted.winners.includes(id) && project.withdrawn !== true
  const worth =
    (hasPoints(file) && (metaNumber(file.meta, 'max_points') ?? metaNumber(file.meta, 'max_sum_points'))) || 1
  const effort = {
    recounts: recountsFor(election, terms),
    worth: file.meta.voteType === 'ordinal' ? 1 : worth,
  }
  const would = lost ? whatWouldWin(election, terms, new Uint8Array(), id, effort) : undefined
  return { id, would, paid: supportersPaid(counted, election, id) }
}

/** So many that they take seconds, not minutes; the same on every machine. */
function recountsFor({ ballots, projects }: Election, { rule }: RuleTerms): number {
  const work = (ballots.times.length + 200 * projects.length) * (rule === 'equal-shares' ? 20 : 1)
  return Math.min(1000, Math.max(2, Math.round(5e6 / work)))
}

function reasonLines(t: T, { file, count: counted }: Counted, { id, would, paid }: Reason): string[] {
  const named = namedOf(file)
  return [
    ...whySentences(t, named, counted, id),
    ...(would ? wouldSentences(t, named, would) : []),
    ...(paid && paid.voters > 0 ? paidSentences(t, named, counted, paid) : []),
  ]
}

function jsonOf({ file, terms, election, count: counted }: Counted, reason: Reason | undefined) {
  const { winners, spent, ties, steps, votes } = counted
  const why = reason && { explain: { ...reason, why: whyNot(counted, reason.id) } }
  return {
    rule: terms,
    budget: election.budget,
    cost: spent,
    winners,
    ties,
    steps,
    votes,
    notes: file.notes,
    ...why,
  }
}

async function writeFiles(parts: Parts, t: T, counted: Counted, options: CountFileOptions): Promise<void> {
  const { file, election, terms, count: result } = counted
  const { csv, pb, picture } = options
  const written = async (path: string, content: string | Uint8Array) => {
    await writeNew(path, content)
    if (!options.json) parts.say(`${path} is written.`)
  }
  if (csv !== undefined) await written(csv, tableCsv(t, file, result))
  if (pb !== undefined) {
    const own = [options.rule, options.utility, options.completion, options.exhaustive, options.comparison]
    const text = countedPabulib(
      file,
      result,
      terms,
      own.every((option) => option === undefined),
    )
    if (!text.ok) {
      const { problem } = text
      const what = problem.kind === 'no-key' ? `the file states no ${problem.key}` : `the id "${problem.id}"`
      throw refusal(`--pb: ${what}, and the format needs it`)
    }
    await written(pb, text.value)
  }
  if (picture !== undefined) {
    const svg = countPictureSvg(t, {
      title: metaText(file.meta, 'description') || metaText(file.meta, 'unit') || '',
      notes: [ruleText(terms)],
      points: hasPoints(file),
      projects: file.projects,
      named: namedOf(file),
      ballots: ballotCount(election),
      budget: election.budget,
      count: result,
    })
    const png = extname(picture).toLowerCase() === '.png'
    await written(picture, png ? await createPainter().png(svg) : svg)
  }
}
