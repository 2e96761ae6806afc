// dauys cycle list | next, and the commands of a cycle beside: how officials run one from the command line.
import type { Command } from 'commander'
import type { T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import { type Cycle, listCycles, listVillages } from '../use-cases/list-cycles.ts'
import { movePhase } from '../use-cases/move-phase.ts'
import { proposeMove, type ProposeMoveProblem } from '../use-cases/propose-cycle-act.ts'
import { phaseName } from '../words/phase.ts'
import { placeName } from '../words/place.ts'
import {
  act,
  actorOf,
  codeOf,
  cycleNamed,
  momentText,
  type Parts,
  refused,
  refusedBy,
  sayProposed,
} from './acting.ts'
import { addAnnouncedCommands } from './cycle-announced.ts'
import { addCycleFileCommands } from './cycle-file.ts'
import { addForgetCommand } from './cycle-forget.ts'
import { addHaltCommands, haltText } from './cycle-halt.ts'
import { cycleOption } from './cycle-option.ts'
import { addPublicCommand } from './public-cycle.ts'

export function addCycleCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const cycle = program.command('cycle').description(t('cli.help-cycle'))
  addCycleFileCommands(cycle, parts)
  addPublicCommand(cycle, parts)
  cycle
    .command('list')
    .description(t('cli.help-cycle-list'))
    .option('--villages', t('cli.help-cycle-villages'), false)
    .action((options: { villages: boolean }) => act(parts, (app) => list(app, parts, options.villages)))
  addAnnouncedCommands(cycle, parts)
  addHaltCommands(cycle, parts)
  addForgetCommand(cycle, parts)
  cycle
    .command('next')
    .description(t('cli.help-cycle-next'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-cycle-as'))
    .action((options: { cycle: string; as?: string }) => act(parts, (app) => next(app, parts, options)))
}

async function next(app: App, parts: Parts, options: { cycle: string; as?: string }): Promise<void> {
  const { t, say } = parts
  const cycle = await cycleNamed(app, options.cycle)
  const { id, slug, phase } = cycle
  const { by, proposer } = actorOf(cycle, options)
  if (proposer !== undefined) {
    const proposed = await proposeMove(app, id, phase, proposer)
    if (!proposed.ok) throw moveRefusal(slug, proposed.problem)
    return sayProposed(parts, proposed.value)
  }
  const moved = await movePhase(app, id, { by })
  if (!moved.ok) throw moveRefusal(slug, moved.problem)
  const { from, to } = moved.value
  say(`${slug}: ${t(`cli.phase-${from}`)} → ${t(`cli.phase-${to}`)}.`)
}

async function list(app: App, { t, say }: Parts, villages: boolean): Promise<void> {
  const cycles = await listCycles(app)
  if (cycles.length === 0) say(t('cli.cycles-none'))
  for (const cycle of cycles) {
    say(cycleLine(t, cycle))
    if (!villages) continue
    for (const village of await listVillages(app, cycle.id)) {
      const { projects, rows, cards, handed, claimed, voted } = village
      const numbers = t('cli.village-numbers', { projects, rows, cards, handed, claimed, voted })
      say(`    ${codeOf(village)}  ${placeName(t, village)}: ${numbers}`)
    }
  }
}

function cycleLine(t: T, { id, slug, phase, profile, trial, timeline }: Cycle): string {
  const kind = [t(`cli.profile-${profile}`), ...(trial ? [t('cli.trial')] : [])].join(', ')
  const closes = t('cli.cycle-closes', { time: momentText(t, timeline.counting) })
  return [id, slug, t(`cli.phase-${phase}`), kind, closes].join('  ')
}

export function moveRefusal(slug: string, problem: ProposeMoveProblem): Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'nobody-to-confirm':
      return refused('cli.nobody-to-confirm')
    case 'moved-before':
      return refusedBy((t) => t('cli.move-before', { cycle: slug, phase: phaseName(t, problem.phase) }))
    case 'halted':
      return refusedBy((t) => haltText(t, problem.halt))
    case 'two-officials':
      return refused('cli.two-officials')
    case 'no-next-phase':
      return refused('cli.move-last', { cycle: slug })
    case 'not-due':
      return refusedBy((t) =>
        t('cli.move-not-due', {
          cycle: slug,
          phase: t(`cli.phase-${problem.next}`),
          time: momentText(t, problem.startsAt),
        }),
      )
    case 'by-hand':
      return refusedBy((t) => t('cli.move-by-hand', { cycle: slug, phase: t(`cli.phase-${problem.next}`) }))
    case 'ideas-untranslated':
    case 'ideas-no-pot':
    case 'ideas-unlogged':
      return refused(`cli.move-${problem.kind}`, { cycle: slug, ideas: problem.ideas.join(', ') })
    case 'ideas-close':
      return refused('cli.move-ideas-close', {
        cycle: slug,
        pairs: problem.pairs.map((pair) => pair.join('–')).join(', '),
      })
    case 'by-publishing':
    case 'no-close':
    case 'no-villages':
    case 'needs-key-holders':
      return refused(`cli.move-${problem.kind}`, { cycle: slug })
  }
}
