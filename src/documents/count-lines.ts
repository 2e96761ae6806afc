// Tells a counted file: as lines for people, or as JSON for a program.
import { ballotCount } from '../core/counting/election.ts'
import { whyNot } from '../core/counting/explain.ts'
import type { PabulibNote } from '../core/formats/pabulib/file.ts'
import { metaText } from '../core/formats/pabulib/meta.ts'
import { graphemeCut } from '../core/text.ts'
import type { T } from '../i18n.ts'
import { stepSentence, sumWriter } from '../words/count-steps.ts'
import { paidSentences, whySentences, wouldSentences } from '../words/count-why.ts'
import { ruleName } from '../words/rule.ts'
import { tableLines } from './count-columns.ts'
import type { Counted, Reason } from './counted.ts'

/** The head, then the table and the steps; or, for one project, why it won or lost. */
export const countLines = (t: T, counted: Counted, reason: Reason | undefined): string[] => [
  ...headLines(t, counted),
  '',
  ...(reason ? reasonLines(t, counted, reason) : tellLines(t, counted)),
]

/** The same for a program. */
export function countJson({ file, terms, election, count: counted }: Counted, reason: Reason | undefined) {
  const { winners, spent, ties, steps, votes } = counted
  const why = reason && { explain: { ...reason, why: whyNot(counted, reason.id) } }
  return {
    rule: terms,
    // Where amounts are parts of a unit: how many of them to one.
    ...(file.meta.scale === 1 ? {} : { scale: file.meta.scale }),
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

/** So many places are told where the file was read differently from how it stands; --json has the first hundred. */
const NOTES = 5

function noteText(t: T, { kind, line, found }: PabulibNote): string {
  const at = { line, found: graphemeCut(found, 60) }
  switch (kind) {
    case 'named-twice':
      return t('documents.count-twice', at)
    case 'empty-ballot':
      return t('documents.count-empty', at)
    case 'beyond-limit':
      return t('documents.count-beyond', at)
  }
}

function headLines(t: T, { file, election, terms, count: counted, named }: Counted): string[] {
  const money = sumWriter(t, named)
  const { budget } = election
  const notes = file.notes.slice(0, NOTES).map((note) => noteText(t, note))
  return [
    ...[metaText(file.meta, 'description') ?? ''].filter((line) => line !== ''),
    t('documents.count-rule', { rule: ruleName(t, terms), voted: t.number(ballotCount(election)) }),
    t('documents.count-money', {
      budget: money(budget),
      spent: money(counted.spent),
      left: money(counted.left),
    }),
    ...notes,
    ...(file.notes.length > NOTES ? ['…'] : []),
  ]
}

/** The table, and the steps in which it came about. */
export function tellLines(t: T, counted: Counted): string[] {
  const steps = counted.count.steps.map((step) => stepSentence(t, counted.named, step))
  return [...tableLines(t, counted), '', ...steps]
}

/** Why one project won or lost. */
export function reasonLines(t: T, { count: counted, named }: Counted, { id, would, paid }: Reason): string[] {
  return [
    ...whySentences(t, named, counted, id),
    ...(would ? wouldSentences(t, named, would) : []),
    ...(paid && paid.voters > 0 ? paidSentences(t, named, counted, paid) : []),
  ]
}
