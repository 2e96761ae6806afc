// dauys demo, dauys import pabulib: a cycle to try at once, invented or of a real election.
import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Command } from 'commander'
import { readDemoProjects } from '../core/formats/demo-projects.ts'
import { createDemo, type DemoCard } from '../use-cases/create-demo.ts'
import { importPabulib, type ImportPabulibProblem } from '../use-cases/import-pabulib.ts'
import { findCycle } from '../use-cases/list-cycles.ts'
import { cardLine } from '../words/card-line.ts'
import { act, momentText, type Parts, refusal } from './acting.ts'
import { moveLine } from './cycle.ts'
import { mayWriteInto, writeNew } from './files.ts'
import { readElectionFile } from './pabulib-lines.ts'

export function addDemoCommands(program: Command, parts: Parts): void {
  program
    .command('demo')
    .description('make the demo cycle, or new cards for it: those of before that nobody used are dead then')
    .action(() =>
      act(parts, async (app) => {
        const projects = readDemoProjects(await readFile(join(parts.data, 'demo-projects.csv'), 'utf8'))
        if (!projects.ok) throw refusal('the demo projects in data/ cannot be read')
        // New cards kill the old ones: where they cannot be kept, nothing is done.
        await mayWriteInto(parts.dir)
        const cards = await createDemo(app, projects.value, app.random)
        const file = join(parts.dir, 'demo-cards.txt')
        await rm(file, { force: true })
        await writeNew(file, `${cards.map(cardLine).join('\n')}\n`)
        for (const card of firstOfEach(cards)) parts.say(cardLine(card))
        parts.say(`${cards.length} cards of invented people are in ${file}. Type the 16 digits to the bot.`)
      }),
    )
  program
    .command('import')
    .description('bring in what others have published')
    .command('pabulib')
    .description(
      'a trial of a real election from a Pabulib file (.pb): list, costs, budget and rule, no ballots',
    )
    .argument('<file>', '.pb or .pb.gz')
    .option('--slug <name>', 'short name of the cycle; without it one is made of the name of the file')
    .action((path: string, options: { slug?: string }) =>
      act(parts, async (app) => {
        const file = await readElectionFile(path)
        const name = basename(path).replace(/\.gz$/, '')
        const slug = options.slug === undefined ? {} : { slug: options.slug }
        const id = await importPabulib(app, { name, file, ...slug })
        if (!id.ok) throw refusal(importLine(path, id.problem))
        const cycle = await findCycle(app, String(id.value))
        if (!cycle) throw new Error('the imported cycle is gone')
        parts.say(`${id.value}  ${cycle.slug}: ${file.projects.length} projects, a trial.`)
        parts.say(`Open for voting until ${momentText(cycle.timeline.counting)}.`)
        parts.say(`Next: dauys cards print --rows N --cycle ${cycle.slug} --bot NAME`)
      }),
    )
}

const firstOfEach = (cards: readonly DemoCard[]): DemoCard[] =>
  cards.filter((card, at) => cards.findIndex((other) => other.name.kk === card.name.kk) === at)

function importLine(path: string, problem: ImportPabulibProblem): string {
  switch (problem.kind) {
    case 'rule-not-supported':
      return `${path}: the rule ${problem.rule} is not defined closely enough to be counted`
    case 'bad-threshold':
      return `${path}: the threshold "${problem.found}" is not a number`
    case 'limit-not-supported':
      return `${path}: its ballots have a limit that is not done here: ${problem.key}`
    case 'rule-limit':
      return `${path}: its rule has a limit that is not done here: ${problem.key}`
    case 'slug-taken':
      return `${path} was imported before; --slug NAME imports it once more`
    case 'bad-slug':
      return 'a short name has small letters, digits and dashes, at least one letter, at most 48'
    case 'bad-project':
      return `${path}: the project ${problem.project} cannot stand on a ballot (${problem.why})`
    case 'bad-budget':
    case 'bad-terms':
    case 'timeline':
    case 'village-twice':
      return `${path} cannot be made a cycle (${problem.kind})`
    case 'no-such-cycle':
    case 'not-allowed':
    case 'no-next-phase':
    case 'not-due':
    case 'by-hand':
    case 'by-publishing':
    case 'no-close':
    case 'no-villages':
    case 'needs-key-holders':
      return moveLine(path, problem)
  }
}
