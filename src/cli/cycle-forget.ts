// dauys cycle forget: sealed ballots, claims and card hashes of a vote go. One official proposes, another confirms in chat.
import type { Command } from 'commander'
import { proposeForget, type ProposeForgetProblem } from '../use-cases/forget-cycle.ts'
import { act, cycleNamed, momentText, type Parts, readAccount, sayProposed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { type Refused, refused, refusedBy } from './refused.ts'

export function addForgetCommand(cycle: Command, parts: Parts): void {
  const { t } = parts
  cycle
    .command('forget')
    .description(t('cli.help-cycle-forget'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--as <id>', t('cli.help-as'))
    .action((options: { cycle: string; as: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const proposed = await proposeForget(app, id, readAccount(options.as))
        if (!proposed.ok) throw forgetRefusal(proposed.problem)
        sayProposed(parts, proposed.value)
      }),
    )
}

function forgetRefusal(problem: ProposeForgetProblem): Refused {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'nobody-to-confirm':
      return refused('cli.nobody-to-confirm')
    case 'wrong-phase':
      return refusedBy((t) => t('cli.keys-wrong-phase', { phase: t(`cli.phase-${problem.phase}`) }))
    case 'too-early':
      return refusedBy((t) => t('cli.forget-too-early', { time: momentText(t, problem.until) }))
    case 'forgotten-before':
      return refused('cli.forgotten-before')
    case 'dispute-open':
      return refused('cli.dispute-open')
  }
}
