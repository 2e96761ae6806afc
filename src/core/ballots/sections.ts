// A ballot holds all pots of its village: a section each, marked by its own terms. Of several sections some may be left blank.
import { canonicalChoices, readCanonicalChoices } from '../audit/receipt.ts'
import { utf8 } from '../bytes.ts'
import type { Pot, PotTerms } from '../pot.ts'
import { fail, ok, type Result } from '../result.ts'
import type { BallotProblem, Choice, ListedProject } from './ballot-type.ts'
import { type BallotTerms, checkBallot, decodeBallot, encodeBallot, longestBallot } from './index.ts'

export interface Section<P extends ListedProject = ListedProject> {
  pot: Pot
  terms: BallotTerms
  /** In frozen order. */
  projects: readonly P[]
}

/** The checked choices of a section. */
export type SectionChoices = { pot: Pot; choices: Choice[] }
export type SectionProblem = { pot: Pot; problem: BallotProblem }

/** How the section of a pot is marked. */
export const termsOfPot = ({ ballot }: Pick<PotTerms, 'ballot'>, cycle: BallotTerms): BallotTerms =>
  ballot ?? cycle

/** The sections of a village in the order of its pots. `terms`: of the cycle. */
export const sectionsOf = <P extends ListedProject & { readonly pot: Pot }>(
  pots: readonly PotTerms[],
  terms: BallotTerms,
  projects: readonly P[],
): Section<P>[] =>
  pots.map((one) => ({
    pot: one.pot,
    terms: termsOfPot(one, terms),
    projects: pots.length === 1 ? projects : projects.filter(({ pot }) => pot === one.pot),
  }))

/** The sections of a village as its frozen rules have them. `terms`: of the cycle. */
export const sectionsOfRules = <P extends ListedProject & { readonly number: number }>(
  pots: readonly (PotTerms & { readonly projects: readonly P[] })[],
  terms: BallotTerms,
): Section<P>[] =>
  pots.map(({ projects, ...one }) => ({
    pot: one.pot,
    terms: termsOfPot(one, terms),
    projects: projects.toSorted((a, b) => a.number - b.number),
  }))

/**
 * The choices by section in canonical order, or the first thing that is wrong. A single section is checked as it is; of several, those
 * that are blank stay so as long as one is not.
 */
export function checkSections(
  choices: readonly Choice[],
  sections: readonly Section[],
): Result<SectionChoices[], SectionProblem> {
  const [first] = sections
  if (!first) throw new Error('a ballot has a section')
  const parts = sections.map(
    (section) => [section, sections.length === 1 ? choices : choicesIn(choices, section)] as const,
  )
  const foreign = choices.find((choice) => !parts.some(([, own]) => own.includes(choice)))
  if (foreign) return fail({ pot: first.pot, problem: { kind: 'unknown-project', project: foreign.project } })
  const checked: SectionChoices[] = []
  for (const [{ pot, terms, projects }, own] of parts) {
    if (own.length === 0 && choices.length > 0) {
      checked.push({ pot, choices: [] })
      continue
    }
    const read = checkBallot(own, terms, projects)
    if (!read.ok) return fail({ pot, problem: read.problem })
    checked.push({ pot, choices: read.value })
  }
  return ok(checked)
}

/** The choices that stand on the list of the section, in the order given. */
export function choicesIn(choices: readonly Choice[], { projects }: Pick<Section, 'projects'>): Choice[] {
  const ids = new Set(projects.map(({ id }) => id))
  return choices.filter(({ project }) => ids.has(project))
}

/** The one text of checked choices: a line a pot. */
export const encodeSections = (checked: readonly SectionChoices[], sections: readonly Section[]): string =>
  canonicalChoices(
    sections.map(({ pot, terms, projects }) => {
      const own = checked.find((one) => one.pot === pot)?.choices ?? []
      const text = own.length === 0 ? '' : encodeBallot(own, terms, projects)
      return { pot, list: text === '' ? [] : text.split(',') }
    }),
  )

/** Reads canonical text only: the pots of these sections in their order, each with projects of its own list. */
export function decodeSections(
  text: string,
  sections: readonly Section[],
): Result<SectionChoices[], { kind: 'not-canonical' }> {
  const lines = readCanonicalChoices(text)
  if (!lines.ok || lines.value.length !== sections.length) return fail({ kind: 'not-canonical' })
  const blank = lines.value.every(({ list }) => list.length === 0)
  const decoded: SectionChoices[] = []
  for (const [at, { pot, terms, projects }] of sections.entries()) {
    const line = lines.value[at]
    if (line?.pot !== pot) return fail({ kind: 'not-canonical' })
    if (line.list.length === 0 && !blank) {
      decoded.push({ pot, choices: [] })
      continue
    }
    const read = decodeBallot(line.list.join(','), terms, projects)
    if (!read.ok) return fail({ kind: 'not-canonical' })
    decoded.push({ pot, choices: read.value })
  }
  return ok(decoded)
}

/** Bytes (UTF-8) that no canonical text of these sections is longer than. */
export function longestSections(sections: readonly Section[]): number {
  const empty = utf8(canonicalChoices(sections.map(({ pot }) => ({ pot, list: [] })))).length
  return sections.reduce((sum, { terms, projects }) => sum + longestBallot(terms, projects), empty)
}
