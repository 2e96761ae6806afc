// dauys demo, dauys import pabulib: a cycle to try at once, invented or of a real election.
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { readDemoProjects } from '../core/formats/demo-projects.ts'
import { createDemo } from '../use-cases/create-demo.ts'
import type { DemoCard } from '../use-cases/print-demo-cards.ts'
import { importPabulib, type ImportPabulibProblem } from '../use-cases/import-pabulib.ts'
import { findCycle } from '../use-cases/list-cycles.ts'
import { cardLine } from '../words/card-line.ts'
import { act, momentText, type Parts, refused } from './acting.ts'
import { moveRefusal } from './cycle.ts'
import { mayWriteInto, writeNew } from './files.ts'
import { readElectionFile } from './pabulib-lines.ts'

export function addDemoCommand(program: Command, parts: Parts): void {
  const { t } = parts
  program
    .command('demo')
    .description(t('cli.help-demo'))
    .action(() =>
      act(parts, async (app) => {
        const projects = readDemoProjects(await readFile(join(parts.data, 'demo-projects.csv'), 'utf8'))
        if (!projects.ok) throw refused('cli.demo-no-projects')
        // New cards kill the old ones: where they cannot be kept, nothing is done.
        await mayWriteInto(parts.dir)
        const cards = await createDemo(app, projects.value, app.random)
        const file = join(parts.dir, 'demo-cards.txt')
        await rm(file, { force: true })
        await writeNew(file, `${cards.map(cardLine).join('\n')}\n`)
        for (const card of firstOfEach(cards)) parts.say(cardLine(card))
        parts.say(t('cli.demo-cards', { cards: cards.length, file }))
      }),
    )
}

export function addImportCommand(program: Command, parts: Parts): void {
  const { t } = parts
  program
    .command('import')
    .description(t('cli.help-import'))
    .command('pabulib')
    .description(t('cli.help-import-pabulib'))
    .argument('<file>', t('cli.help-pabulib-file'))
    .option('--slug <name>', t('cli.help-import-slug'))
    .action((path: string, options: { slug?: string }) =>
      act(parts, async (app) => {
        const file = await readElectionFile(path)
        const name = basename(path).replace(/\.gz$/, '')
        const slug = options.slug === undefined ? {} : { slug: options.slug }
        const id = await importPabulib(app, { name, file, ...slug })
        if (!id.ok) throw importRefusal(path, id.problem)
        const cycle = await findCycle(app, String(id.value))
        if (!cycle) throw new Error('the imported cycle is gone')
        parts.say(t('cli.import-made', { id: id.value, cycle: cycle.slug, projects: file.projects.length }))
        parts.say(t('cli.import-open', { time: momentText(t, cycle.timeline.counting) }))
        parts.say(t('cli.import-next', { cycle: cycle.slug }))
      }),
    )
}

const firstOfEach = (cards: readonly DemoCard[]): DemoCard[] =>
  cards.filter((card, at) => cards.findIndex((other) => other.name.kk === card.name.kk) === at)

function importRefusal(path: string, problem: ImportPabulibProblem): Error {
  switch (problem.kind) {
    case 'rule-not-supported':
      return refused('cli.import-no-rule', { path, rule: problem.rule })
    case 'bad-threshold':
      return refused('cli.import-threshold', { path, found: problem.found })
    case 'limit-not-supported':
      return refused('cli.import-limit', { path, key: problem.key })
    case 'fractions':
      return refused('cli.import-fractions', { path })
    case 'rule-limit':
      return refused('cli.import-rule-limit', { path, key: problem.key })
    case 'slug-taken':
    case 'made-before':
      return refused('cli.import-before', { path })
    case 'bad-slug':
      return refused('cli.bad-slug')
    case 'bad-project':
      return refused('cli.import-bad-project', { path, project: problem.project, why: problem.why })
    case 'bad-budget':
    case 'bad-terms':
    case 'bad-pots':
    case 'timeline':
    case 'village-twice':
      return refused('cli.import-not-possible', { path, what: problem.kind })
    case 'ideas-untranslated':
    case 'ideas-no-pot':
    case 'ideas-unlogged':
    case 'ideas-close':
    case 'no-such-cycle':
    case 'not-allowed':
    case 'no-next-phase':
    case 'moved-before':
    case 'halted':
    case 'two-officials':
    case 'not-due':
    case 'by-hand':
    case 'by-publishing':
    case 'no-close':
    case 'no-villages':
    case 'needs-key-holders':
      return moveRefusal(path, problem)
  }
}
