// dauys cycle list | extend | next | publish: how officials run a cycle from the command line.
import type { Command } from 'commander'
import { type ExtendCycleProblem, extendCycle } from '../use-cases/extend-cycle.ts'
import { type Cycle, listCycles, listVillages } from '../use-cases/list-cycles.ts'
import { type MoveProblem, movePhase } from '../use-cases/move-phase.ts'
import { type PublishProblem, publishResults } from '../use-cases/publish-results.ts'
import { officialName } from '../words/place.ts'
import { act, NOT_ALLOWED, cycleNamed, momentText, type Parts, readMoment, refusal } from './acting.ts'

export const CYCLE_OPTION = ['--cycle <name>', 'the cycle, by short name or number'] as const

export function addCycleCommands(program: Command, parts: Parts): void {
  const cycle = program
    .command('cycle')
    .description('list cycles, extend a vote, begin a phase, publish results')
  cycle
    .command('list')
    .description('all cycles, newest first, with their phase and close')
    .option('--villages', 'the villages of each cycle too, with the numbers of their rolls', false)
    .action((options: { villages: boolean }) => act(parts, (app) => list(app, parts, options.villages)))
  cycle
    .command('extend')
    .description('move the close of a vote to a later moment; everyone whose village takes part is told')
    .requiredOption(...CYCLE_OPTION)
    .requiredOption('--to <time>', 'the new close, such as "2026-03-05 18:00", wall clock of Kazakhstan')
    .action((options: { cycle: string; to: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, options.cycle)
        const extended = await extendCycle(app, id, readMoment(options.to), 'command')
        if (!extended.ok) throw refusal(extendLine(extended.problem))
        parts.say(`${slug} now closes on ${momentText(extended.value)}.`)
      }),
    )
  cycle
    .command('next')
    .description('begin the next phase: of a trial at once, of another cycle when its time has come')
    .requiredOption(...CYCLE_OPTION)
    .action((options: { cycle: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, options.cycle)
        const moved = await movePhase(app, id, { by: 'command' })
        if (!moved.ok) throw refusal(moveLine(slug, moved.problem))
        parts.say(`${slug}: ${moved.value.from} → ${moved.value.to}.`)
      }),
    )
  cycle
    .command('publish')
    .description('publish the counted results; everyone whose village takes part is told')
    .requiredOption(...CYCLE_OPTION)
    .action((options: { cycle: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, options.cycle)
        const published = await publishResults(app, id, 'command')
        if (!published.ok) throw refusal(publishLine(slug, published.problem))
        parts.say(`${slug}: results of ${published.value} places are published.`)
      }),
    )
}

async function list(app: Parameters<typeof listCycles>[0], parts: Parts, villages: boolean): Promise<void> {
  const cycles = await listCycles(app)
  if (cycles.length === 0) parts.say('There is no cycle yet. "dauys demo" makes one to try.')
  for (const cycle of cycles) {
    parts.say(cycleLine(cycle))
    if (!villages) continue
    for (const village of await listVillages(app, cycle.id)) {
      const { territory, kato, projects, rows, cards, handed, claimed, voted } = village
      parts.say(
        `    ${kato ?? territory}  ${officialName(village)}: ${projects} projects, ${rows} on the roll, ` +
          `${cards} cards, ${handed} handed over, ${claimed} verified, ${voted} voted`,
      )
    }
  }
}

const cycleLine = ({ id, slug, phase, profile, trial, timeline }: Cycle): string =>
  `${id}  ${slug}  ${phase}  ${profile}${trial ? ', trial' : ''}  closes ${momentText(timeline.counting)}`

function extendLine(problem: ExtendCycleProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return 'there is no such cycle'
    case 'not-allowed':
      return NOT_ALLOWED
    case 'not-a-time':
      return 'the new close is not a time'
    case 'not-voting':
      return 'voting is over: a closed vote is not opened again'
    case 'not-later':
      return `a close may only move later than ${momentText(problem.closesAt)}: shortening is not allowed`
  }
}

export function moveLine(slug: string, problem: MoveProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return 'there is no such cycle'
    case 'not-allowed':
      return NOT_ALLOWED
    case 'no-next-phase':
      return `${slug} is in its last phase`
    case 'not-due':
      return `${slug}: ${problem.next} begins on ${momentText(problem.startsAt)}; only a trial may begin a phase early`
    case 'by-hand':
      return `${slug}: ${problem.next} does not come by the clock`
    case 'by-publishing':
      return `${slug} is being counted: run "dauys count --cycle ${slug}", then "dauys cycle publish --cycle ${slug}"`
    case 'no-close':
      return `${slug} has no time at which voting closes`
    case 'no-villages':
      return `${slug} has no villages`
    case 'needs-key-holders':
      return `${slug} is binding: its ballots must be sealed to key holders, which this release cannot do yet`
  }
}

function publishLine(slug: string, problem: PublishProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return 'there is no such cycle'
    case 'not-allowed':
      return NOT_ALLOWED
    case 'not-counting':
      return `${slug} is in phase ${problem.phase}: only a counted cycle is published, and once`
    case 'not-counted':
      return `${slug} is not counted: run "dauys count --cycle ${slug}" first`
    case 'two-officials':
      return `${slug}: its profile asks for two officials, which a command is not`
  }
}
