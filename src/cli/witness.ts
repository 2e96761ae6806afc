// dauys log witness, dauys log cosign: who watches a log besides us, and what they signed of it.
import type { Command } from 'commander'
import type { Facts, Key } from '../i18n.ts'
import { type AddWitnessProblem, addWitness } from '../use-cases/add-witness.ts'
import { takeCosignature, type TakeCosignatureProblem } from '../use-cases/take-cosignature.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { readText } from './files.ts'
import { refused } from './refused.ts'

export function addWitnessCommands(log: Command, parts: Parts): void {
  const { t, say } = parts
  log
    .command('witness')
    .description(t('cli.help-log-witness'))
    .argument('<key>', t('cli.help-log-witness-key'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-as'))
    .action((key: string, options: { cycle: string; as?: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, options.cycle)
        const by = options.as === undefined ? 'command' : readAccount(options.as)
        const added = await addWitness(app, id, key, by)
        if (!added.ok) throw refused(WITNESS[added.problem.kind])
        const { name, already } = added.value
        say(t(already ? 'cli.witness-before' : 'cli.witness-added', { cycle: slug, name }))
      }),
    )
  log
    .command('cosign')
    .description(t('cli.help-log-cosign'))
    .argument('<file>', t('cli.help-log-cosign-file'))
    .action((file: string) =>
      act(parts, async (app) => {
        const done = await takeCosignature(app, await readText(file))
        if (!done.ok) throw refused(COSIGN[done.problem.kind], { ...done.problem, file } satisfies Facts)
        const { cycle, size, taken, before } = done.value
        for (const name of taken) say(t('cli.cosign-taken', { cycle, size, name }))
        for (const name of before) say(t('cli.cosign-before', { cycle, size, name }))
      }),
    )
}

const WITNESS = {
  'no-such-cycle': 'cli.no-such-cycle',
  'not-allowed': 'cli.not-allowed',
  'not-a-witness-key': 'cli.witness-no-key',
} as const satisfies Record<AddWitnessProblem['kind'], Key>

const COSIGN = {
  'not-a-checkpoint': 'cli.cosign-not-a-checkpoint',
  'not-our-log': 'cli.cosign-not-our-log',
  'not-kept': 'cli.cosign-not-kept',
  'other-root': 'cli.cosign-other-root',
  'no-witness': 'cli.cosign-no-witness',
  wrong: 'cli.cosign-wrong',
} as const satisfies Record<TakeCosignatureProblem['kind'], Key>
