// dauys cycle extend | publish: acts that everybody is told of at once. Without --yes they only say what would happen.
import type { Command } from 'commander'
import { extendCycle, previewExtension } from '../use-cases/extend-cycle.ts'
import type { App } from '../use-cases/app.ts'
import {
  proposeExtension,
  type ProposeExtensionProblem,
  proposePublication,
  type ProposePublicationProblem,
} from '../use-cases/propose-cycle-act.ts'
import { previewPublication, publishResults } from '../use-cases/publish-results.ts'
import {
  act,
  actorOf,
  cycleNamed,
  momentText,
  type Parts,
  readMoment,
  refused,
  refusedBy,
  sayProposed,
} from './acting.ts'
import { haltText } from './cycle-halt.ts'
import { cycleOption } from './cycle-option.ts'
import { readingRefusal } from './tell-fault.ts'

interface Wanted {
  cycle: string
  yes: boolean
  as?: string
}

export function addAnnouncedCommands(cycle: Command, parts: Parts): void {
  const { t } = parts
  cycle
    .command('extend')
    .description(t('cli.help-cycle-extend'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--to <time>', t('cli.help-cycle-to'))
    .option('--yes', t('cli.help-act-yes'), false)
    .option('--as <id>', t('cli.help-cycle-as'))
    .action((options: Wanted & { to: string }) => act(parts, (app) => extend(app, parts, options)))
  cycle
    .command('publish')
    .description(t('cli.help-cycle-publish'))
    .requiredOption(...cycleOption(t))
    .option('--yes', t('cli.help-act-yes'), false)
    .option('--as <id>', t('cli.help-cycle-as'))
    .action((options: Wanted) => act(parts, (app) => publish(app, parts, options)))
}

async function extend(app: App, parts: Parts, options: Wanted & { to: string }): Promise<void> {
  const { t, say } = parts
  const cycle = await cycleNamed(app, options.cycle)
  const { id, slug, title } = cycle
  const { by, proposer } = actorOf(cycle, options)
  const to = readMoment(options.to)
  if (options.yes && proposer !== undefined) {
    const proposed = await proposeExtension(app, id, to, proposer)
    if (!proposed.ok) throw extendRefusal(proposed.problem)
    return sayProposed(parts, proposed.value)
  }
  if (options.yes) {
    const extended = await extendCycle(app, id, to, by)
    if (!extended.ok) throw extendRefusal(extended.problem)
    return say(t('cli.extended', { cycle: slug, time: momentText(t, extended.value) }))
  }
  const would = await previewExtension(app, id, to, by)
  if (!would.ok) throw extendRefusal(would.problem)
  const { before, closesAt, people } = would.value
  say(`${slug}: ${t.of(title)}`)
  say(t('cli.extend-now', { time: momentText(t, before) }))
  say(t('cli.extend-new', { time: momentText(t, closesAt) }))
  say(t('cli.told-to', { people: t.number(people) }))
  say(t('cli.extend-final'))
  say(t('cli.extend-ask'))
}

async function publish(app: App, parts: Parts, options: Wanted): Promise<void> {
  const { t, say } = parts
  const cycle = await cycleNamed(app, options.cycle)
  const { id, slug, title, currency } = cycle
  const { by, proposer } = actorOf(cycle, options)
  if (options.yes && proposer !== undefined) {
    const proposed = await proposePublication(app, id, proposer)
    if (!proposed.ok) throw publishRefusal(slug, proposed.problem)
    return sayProposed(parts, proposed.value)
  }
  if (options.yes) {
    const published = await publishResults(app, id, by)
    if (!published.ok) throw publishRefusal(slug, published.problem)
    return say(t('cli.published', { cycle: slug, count: published.value }))
  }
  const would = await previewPublication(app, id, by)
  if (!would.ok) throw publishRefusal(slug, would.problem)
  const { villages, ballots, winners, spent, people, underReview } = would.value
  say(`${slug}: ${t.of(title)}`)
  say(
    t('cli.publish-what', {
      villages: t.number(villages),
      ballots: t.number(ballots),
      winners: t.number(winners),
      sum: t.money(spent, currency),
    }),
  )
  if (underReview > 0) say(t('results.publish-reviews', { villages: underReview }))
  say(t('cli.told-to', { people: t.number(people) }))
  say(t('cli.publish-final'))
  say(t('cli.publish-ask'))
}

function extendRefusal(problem: ProposeExtensionProblem): Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'nobody-to-confirm':
      return refused('cli.nobody-to-confirm')
    case 'not-a-time':
      return refused('cli.no-time', { text: '' })
    case 'not-voting':
      return refused('cli.extend-not-voting')
    case 'not-later':
      return refusedBy((t) => t('cli.extend-not-later', { time: momentText(t, problem.closesAt) }))
    case 'halted':
      return refusedBy((t) => haltText(t, problem.halt))
    case 'two-officials':
      return refused('cli.two-officials')
  }
}

function publishRefusal(slug: string, problem: ProposePublicationProblem): Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'nobody-to-confirm':
      return refused('cli.nobody-to-confirm')
    case 'not-counting':
      return refusedBy((t) =>
        t('cli.publish-not-counting', { cycle: slug, phase: t(`cli.phase-${problem.phase}`) }),
      )
    case 'not-counted':
      return refused('cli.publish-not-counted', { cycle: slug })
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-published')
    case 'two-officials':
      return refused('cli.publish-two', { cycle: slug })
    case 'void':
      return refused('cli.count-void')
    case 'counted-anew':
      return refused('cli.publish-anew', { cycle: slug })
  }
}
