// dauys sample: the dice that draw ballots to be opened again, and, where the server holds the key, those ballots.
import type { Command } from 'commander'
import {
  enterSampleDice,
  openDrawnSample,
  type OpenSampleProblem,
  type SampleDiceProblem,
} from '../use-cases/sample-ballots.ts'
import { numberLeaves } from '../use-cases/number-leaves.ts'
import { sampleLines } from '../words/sample.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { diceOf } from './keys.ts'
import { type Refused, refused, refusedBy } from './refused.ts'
import { readingRefusal } from './tell-fault.ts'

export function addSampleCommands(program: Command, parts: Parts): void {
  const { t, say } = parts
  const sample = program.command('sample').description(t('cli.help-sample'))
  sample
    .command('dice')
    .description(t('cli.help-sample-dice'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .argument('<dice>', t('cli.help-keys-thrown'))
    .requiredOption('--as <id>', t('cli.help-as'))
    .action((name: string, dice: string, { as }: { as: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, name)
        await numberLeaves(app)
        const done = await enterSampleDice(app, id, diceOf(dice), readAccount(as))
        if (!done.ok) throw sampleRefusal(done.problem)
        const { agreed, leaves } = done.value
        if (!agreed) return say(t('cli.keys-dice', { cycle: slug }))
        say(t('cli.sample-agreed', { cycle: slug, count: leaves.length, leaves: leaves.join(', ') }))
      }),
    )
  sample
    .command('open')
    .description(t('cli.help-sample-open'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .action((name: string) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, name)
        await numberLeaves(app)
        const done = await openDrawnSample(app, id)
        if (!done.ok) throw sampleRefusal(done.problem)
        const { dice, rules, ballots } = done.value
        say(t('cli.sample-head', { dice, count: ballots.length }))
        for (const line of sampleLines(t, rules, ballots)) say(line)
      }),
    )
}

function sampleRefusal(problem: SampleDiceProblem | OpenSampleProblem): Refused {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'not-dice':
      return refused('cli.keys-not-dice')
    case 'thrown-before':
      return refused('cli.keys-thrown-before', { dice: problem.dice })
    case 'wrong-phase':
      return refusedBy((t) => t('cli.keys-wrong-phase', { phase: t(`cli.phase-${problem.phase}`) }))
    case 'forgotten':
      return refused('cli.forgotten-before')
    case 'held':
    case 'not-drawn':
    case 'no-key':
      return refused(`cli.sample-${problem.kind}`)
    case 'ballot':
      return refused('cli.sample-ballot', { seq: problem.seq })
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-opened')
  }
}
