// dauys training: how many people were trained for a vote on a day; said again of a day, the last word counts.
import type { Command } from 'commander'
import { readTraining } from '../core/training.ts'
import { enterTraining } from '../use-cases/enter-training.ts'
import { whyNotEntered } from '../words/training.ts'
import { act, cycleNamed, type Parts, readAccount, refused } from './acting.ts'
import { cycleOption } from './cycle-option.ts'

export function addTrainingCommand(program: Command, parts: Parts): void {
  const { t, say } = parts
  program
    .command('training')
    .description(t('cli.help-training'))
    .argument('<day>', t('cli.help-training-day'))
    .argument('<people>', t('cli.help-training-people'))
    .argument('[women]', t('cli.help-training-women'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-paper-as'))
    .action(
      (
        day: string,
        people: string,
        women: string | undefined,
        { cycle, as }: { cycle: string; as?: string },
      ) =>
        act(parts, async (app) => {
          const { id } = await cycleNamed(app, cycle)
          const said = readTraining([day, people, ...(women === undefined ? [] : [women])].join(', '))
          if (!said) throw refused('start.training-form', {})
          const entered = await enterTraining(
            app,
            { cycle: id, ...said },
            as === undefined ? 'command' : readAccount(as),
          )
          if (!entered.ok) throw refused(...whyNotEntered(entered.problem))
          say(t('start.training-done'))
        }),
    )
}
