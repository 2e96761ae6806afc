// dauys projects import: the list of a cycle from a file, read back first; the same file again changes nothing.
import type { Command } from 'commander'
import { GENERAL } from '../core/pot.ts'
import type { T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import {
  type ImportPlan,
  importProjects,
  isTooDear,
  type ImportProjectsProblem,
  previewProjects,
} from '../use-cases/import-projects.ts'
import { everyCategory } from '../words/category.ts'
import { everyMark } from '../words/marks.ts'
import { placeName } from '../words/place.ts'
import { tooSmallLines, withPot } from '../words/pot.ts'
import { projectLine } from '../words/project-list.ts'
import { act, cycleNamed, type Parts, readAccount, refused, refusedBy } from './acting.ts'
import { problemLines } from './cycle-file-lines.ts'
import { haltText } from './cycle-halt.ts'
import { cycleOption } from './cycle-option.ts'
import { readBytes } from './files.ts'

interface Wanted {
  cycle: string
  yes: boolean
  as?: string
}

export function addProjectCommands(program: Command, parts: Parts): void {
  const { t } = parts
  program
    .command('projects')
    .description(t('cli.help-projects'))
    .command('import')
    .description(t('cli.help-projects-import'))
    .argument('<file>', t('cli.help-cycle-projects'))
    .requiredOption(...cycleOption(t))
    .option('--yes', t('cli.help-act-yes'), false)
    .option('--as <id>', t('cli.help-cards-as'))
    .action((file: string, options: Wanted) => act(parts, (app) => bring(app, parts, file, options)))
}

async function bring(app: App, parts: Parts, path: string, options: Wanted): Promise<void> {
  const { t, say, textsOf } = parts
  const { id, slug, currency } = await cycleNamed(app, options.cycle)
  const by = options.as === undefined ? 'command' : readAccount(options.as)
  const file = { bytes: await readBytes(path), categories: everyCategory(textsOf), marks: everyMark(textsOf) }
  const done = await (options.yes
    ? importProjects(app, id, file, { by })
    : previewProjects(app, id, file, by))
  if (!done.ok) throw refusalOf(path, done.problem)
  for (const line of planLines(parts, done.value, currency)) say(line)
  if (done.value.same) return say(t('cli.projects-same'))
  const facts = { cycle: slug, count: done.value.projects.length }
  say(options.yes ? t('cli.projects-done', facts) : t('cli.projects-ask'))
}

function planLines({ t }: Parts, { villages, projects }: ImportPlan, currency: string): string[] {
  return villages.flatMap((village) => {
    const own = projects.filter((one) => one.village === String(village.territory))
    return [
      `${placeName(t, village)}: ${t('cli.told-projects', { count: village.projects })}, ${t.money(village.sum, currency)}`,
      ...own.map(
        (one) =>
          `    ${t.of(one.title)}: ${t.money(one.cost, currency)}${potOf(t, village, one)}${isTooDear(one, village.pots) ? ` (${t('cli.told-too-dear')})` : ''}`,
      ),
      ...tooSmallLines(t, village, own).map((line) => `    ${line}`),
      ...(village.before > 0
        ? [`    ${t('cli.projects-before', { projects: t.number(village.before) })}`]
        : []),
    ]
  })
}

/** Behind a project: its pot, where there are several. */
const potOf = (t: T, village: ImportPlan['villages'][number], { pot = GENERAL }: { pot?: string }): string =>
  withPot(t, '', village, pot)

function refusalOf(file: string, problem: ImportProjectsProblem): Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'halted':
      return refusedBy((t) => haltText(t, problem.halt))
    case 'too-late':
      return refusedBy((t) => t('cli.projects-late', { phase: t(`cli.phase-${problem.phase}`) }))
    case 'list-public':
      return refused('cli.projects-public')
    case 'workbook':
      return refused('cli.made-workbook', { file })
    case 'persons':
      return refused('cli.projects-persons', { file })
    case 'changed':
      return refused('cli.projects-changed')
    case 'lines':
      return refusedBy((t) => problemLines(t, file, problem.lines, (one) => projectLine(t, one)))
  }
}
