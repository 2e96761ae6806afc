// What an official sees of a list of projects: which file is wanted, what is wrong with one, and the list read back.
import { sumMoney } from '../../core/money.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import type { ImportPlan, ImportProjectsProblem } from '../../use-cases/import-projects.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import { phaseName } from '../../words/phase.ts'
import { placeName } from '../../words/place.ts'
import { tooSmallLines } from '../../words/pot.ts'
import { projectLine } from '../../words/project-list.ts'
import { haltLine, trialLines } from '../../words/trial.ts'
import { wrongLines } from '../../words/wrong-lines.ts'
import { courseButton } from '../buttons.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import { askProjectsButton, projectsButton, SEEN } from './buttons.ts'

/** Of 4,096 letters that a message has: so many for what is wrong with a file, and for the villages of a list. */
const LETTERS = 2_800
const VILLAGE_LETTERS = 2_400
const MOST_SMALL = 3

const back = (t: T, cycle: number): Button[] => [press(t('common.back.button'), courseButton.pack({ cycle }))]
const headOf = (t: T, cycle: Cycle): string[] => [
  ...trialLines(t, { cycle }),
  `<b>${escapeHtml(t.of(cycle.title))}</b>`,
]

export const fileScreen = (t: T, cycle: Cycle): Screen => ({
  text: [...headOf(t, cycle), t.html('manage.projects-ask')].join('\n'),
  buttons: [back(t, cycle.id)],
})

/** As many as a message takes; the others are counted. */
function villageLines(t: T, lines: readonly string[]): string[] {
  let left = VILLAGE_LETTERS
  const shown: string[] = []
  for (const line of lines) {
    left -= line.length + 1
    if (left < 0) break
    shown.push(line)
  }
  const rest = lines.length - shown.length
  return [...shown, ...(rest > 0 ? [t.html('manage.plan-more', { villages: t.number(rest) })] : [])]
}

/** Budgets where nothing can win; of many, the first ones. */
const smallLines = (t: T, villages: ImportPlan['villages'], projects: ImportPlan['projects']): string[] =>
  villages
    .flatMap((village) => {
      const own = projects.filter((one) => one.village === String(village.territory))
      return tooSmallLines(t, village, own).map((line) => escapeHtml(`${placeName(t, village)}: ${line}`))
    })
    .slice(0, MOST_SMALL)

/** The whole list read back: how many and how much in each village. */
export function planScreen(t: T, cycle: Cycle, { villages, projects, seen, same }: ImportPlan): Screen {
  const before = villages.reduce((sum, village) => sum + village.before, 0)
  const dear = villages.reduce((sum, { tooDear }) => sum + tooDear, 0)
  const facts = (count: number, sum: number) => ({
    count: t('cli.told-projects', { count }),
    sum: t.money(sum, cycle.currency),
  })
  return {
    text: [
      ...headOf(t, cycle),
      t.html('manage.plan-head', facts(projects.length, sumMoney(villages.map(({ sum }) => sum)))),
      ...villageLines(
        t,
        villages.map(({ sum, projects: count, ...place }) =>
          t.html('manage.plan-village', { place: placeName(t, place), ...facts(count, sum) }),
        ),
      ),
      ...(dear > 0 ? [t.html('manage.plan-dear', { projects: t.number(dear) })] : []),
      ...smallLines(t, villages, projects),
      '',
      ...(same ? [t.html('manage.plan-same')] : []),
      ...(!same && before > 0 ? [t.html('manage.plan-replaces', { projects: t.number(before) })] : []),
      ...(same ? [] : [t.html('manage.plan-ask')]),
    ].join('\n'),
    buttons: [
      ...(same
        ? []
        : [
            [
              primary(
                t('manage.projects-do.button'),
                projectsButton.pack({ cycle: cycle.id, seen: seen.slice(0, SEEN) }),
              ),
            ],
          ]),
      [press(t('manage.other-file.button'), askProjectsButton.pack({ cycle: cycle.id }))],
      back(t, cycle.id),
    ],
  }
}

/** HTML. */
export const takenLine = (t: T, { projects, same }: ImportPlan): string =>
  same
    ? t.html('manage.plan-same')
    : t.html('manage.projects-done', { count: t('cli.told-projects', { count: projects.length }) })

/** Why a list is not taken, and what is accepted. HTML. */
export function whyNotTaken(t: T, problem: ImportProjectsProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return t.html('manage.no-such-cycle')
    case 'not-allowed':
      return t.html('manage.not-yours')
    case 'halted':
      return haltLine(t, problem.halt)
    case 'too-late':
      return t.html('manage.projects-late', { phase: phaseName(t, problem.phase) })
    case 'list-public':
      return t.html('manage.list-public')
    case 'workbook':
      return t.html('manage.file-workbook')
    case 'persons':
      return t.html('manage.file-persons')
    case 'changed':
      return t.html('manage.changed')
    case 'lines':
      return [
        t.html('manage.file-bad'),
        ...wrongLines(t, problem.lines, (one) => projectLine(t, one), LETTERS).map(escapeHtml),
      ].join('\n')
  }
}
