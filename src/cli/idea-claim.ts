// dauys ideas claim: a moderator takes an idea in hand.
import type { Command } from 'commander'
import { claimIdea, type DecideProblem } from '../use-cases/decide-idea.ts'
import { findIdea } from '../use-cases/list-ideas.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refused } from './refused.ts'

interface Shared {
  readNumber: (text: string) => number
  problemOf: (parts: Parts, problem: DecideProblem, number: string) => Error
}

/** Only a person takes an idea in hand: nobody could wait for a command. */
export function addClaimCommand(ideas: Command, parts: Parts, { readNumber, problemOf }: Shared): void {
  const { t, say } = parts
  ideas
    .command('claim')
    .description(t('cli.help-ideas-claim'))
    .argument('<number>', t('cli.help-ideas-number'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--as <id>', t('cli.help-ideas-as'))
    .action((number: string, options: { cycle: string; as: string }) =>
      act(parts, async (app) => {
        const { id: cycle } = await cycleNamed(app, options.cycle)
        const idea = await findIdea(app, cycle, readNumber(number))
        if (!idea) throw refused('cli.no-idea', { number })
        const done = await claimIdea(app, idea.id, readAccount(options.as))
        if (!done.ok) throw problemOf(parts, done.problem, number)
        const { claimedBy, claimedUntil } = done.value
        say(t('cli.ideas-claimed', { number, by: String(claimedBy), time: t.moment(claimedUntil ?? '') }))
      }),
    )
}
