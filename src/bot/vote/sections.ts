// The sections of a ballot on its screens: each pot has pages of its own, and the pages of all follow one another.
import { choicesIn } from '../../core/ballots/sections.ts'
import { type BallotTerms } from '../../core/ballots/index.ts'
import { choicesOf, markOf } from '../../core/ballots/marks.ts'
import { termsOfPot } from '../../core/ballots/sections.ts'
import type { PotBudget } from '../../core/pot.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import type { Project } from '../../use-cases/list-projects.ts'
import { hasPots, potName } from '../../words/pot.ts'
import { type Button, cutLabel, press } from '../message.ts'
import { pageOf } from '../pager.ts'
import { screenOf } from './screens/index.ts'
import type { Marking } from './screens/screen.ts'

export interface Part {
  pot: PotBudget
  marking: Marking<BallotTerms>
}

/** A section a pot, with the marks that stand in it. Where there is only one it holds every mark. */
export function partsOf(
  { cycle, pots }: Place,
  projects: readonly Project[],
  marks: readonly string[],
): Part[] {
  const [currency, choices] = [cycle.currency, choicesOf(marks)]
  return pots.map((pot) => {
    const terms = termsOfPot(pot, cycle.ballotTerms)
    if (pots.length === 1) return { pot, marking: { terms, currency, projects, marks } }
    const own = projects.filter((project) => project.pot === pot.pot)
    const marked = choicesIn(choices, { projects: own }).map(markOf)
    return { pot, marking: { terms, currency, projects: own, marks: marked } }
  })
}

export interface PartPage {
  part: Part
  /** From 0, of all pages of the ballot. */
  at: number
  pages: number
  shown: Project[]
  /** It is the first page of its pot. */
  first: boolean
  /** The pages on which the pots begin, in their order. */
  starts: number[]
}

/** Page `page` of the ballot; one that is not there is the last one. */
export function partPage(parts: readonly Part[], page: number, size: number): PartPage {
  let pages = 0
  const starts = parts.map(({ marking }) => {
    const start = pages
    pages += pageOf(marking.projects, 0, size).pages
    return start
  })
  const at = Math.min(page, Math.max(0, pages - 1))
  const index = starts.findLastIndex((start) => start <= at)
  const [part, start = 0] = [parts[index], starts[index]]
  if (!part) throw new Error('a ballot has a section')
  return {
    part,
    at,
    pages,
    shown: pageOf(part.marking.projects, at - start, size).shown,
    first: at === start,
    starts,
  }
}

/** The page to show after a press on `project`: the one that was in view, or where its pot begins. */
export function pageFor(parts: readonly Part[], project: Project, page: number, size: number): number {
  const { part, starts } = partPage(parts, page, size)
  if (parts.length === 1 || part.pot.pot === project.pot) return page
  return starts[parts.findIndex(({ pot }) => pot.pot === project.pot)] ?? page
}

/** Which pot is in view and what it has; nothing where there is only one. HTML. */
export const potHead = (t: T, { place, part }: { place: Place; part: Part }): string[] =>
  hasPots(place)
    ? [
        t.html('vote.pots', { n: place.pots.length }),
        '',
        t.html('vote.pot', {
          pot: potName(t, part.pot),
          sum: t.money(part.pot.budget, place.cycle.currency),
        }),
      ]
    : []

/** What is marked in the other pots, in a line each. HTML. */
export const otherPots = (t: T, parts: readonly Part[], here: Part): string[] =>
  parts
    .filter((part) => part !== here)
    .map(({ pot, marking }, at) => {
      const [sofar = ''] = screenOf(marking.terms).sofar(t, marking)
      return `${at === 0 ? '\n' : ''}<b>${escapeHtml(potName(t, pot))}</b>. ${sofar.replaceAll('\n', '. ')}`
    })

/** The way to the other pots, a row each. */
export const potButtons = (
  t: T,
  parts: readonly Part[],
  { part: here, starts }: PartPage,
  pack: (page: number) => string,
): Button[][] =>
  parts.flatMap((part, index) =>
    part === here
      ? []
      : [[press(cutLabel(t('vote.pot.button', { pot: potName(t, part.pot) })), pack(starts[index] ?? 0))]],
  )
