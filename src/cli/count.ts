// dauys count: a Pabulib file, the ballots of a cycle after its close, or what key holders were given. Nothing is published.
import { type Command, Option } from 'commander'
import type { Parts } from './acting.ts'
import type { CountFileOptions } from './counted.ts'
import { COMPLETIONS, RULES, UTILITIES } from './count-rule.ts'
import { cycleOption } from './cycle-option.ts'
import { readBytes } from './files.ts'
import { refused } from './refused.ts'

/** These change how a file is counted; a cycle is counted by what was frozen. */
const OF_FILES = ['rule', 'utility', 'completion', 'exhaustive', 'comparison'] as const

type Typed = CountFileOptions & { cycle?: string; share: string[]; out: string; tests?: string }

export function addCountCommand(program: Command, parts: Parts): void {
  const { t } = parts
  program
    .command('count')
    .description(t('cli.help-count'))
    .argument('[file]', t('cli.help-pabulib-file'))
    .option(...cycleOption(t))
    .addOption(new Option('--rule <rule>', t('cli.help-count-rule')).choices(RULES))
    .addOption(new Option('--utility <utility>', t('cli.help-count-utility')).choices(UTILITIES))
    .addOption(new Option('--completion <way>', t('cli.help-count-completion')).choices(COMPLETIONS))
    .option('--exhaustive', t('cli.help-count-exhaustive'))
    .option('--comparison', t('cli.help-count-comparison'))
    .option('--explain <project>', t('cli.help-count-explain'))
    .option('--json', t('cli.help-count-json'))
    .option('--csv <file>', t('cli.help-count-csv'))
    .option('--pb <file>', t('cli.help-count-pb'))
    .option('--picture <file>', t('cli.help-count-picture'))
    .option(
      '--share <file>',
      t('cli.help-keys-share'),
      (one: string, before: string[]) => [...before, one],
      [],
    )
    .option('--tests <file>', t('cli.help-count-tests'))
    .option('--out <file>', t('cli.help-count-out'), 'result.zip')
    .action(async (file: string | undefined, { cycle, share, out, tests, ...options }: Typed) => {
      if ((file === undefined) === (cycle === undefined)) throw refused('cli.count-one')
      if (share.length > 0 && file !== undefined) {
        const { countHeld } = await import('./held-count.ts')
        return countHeld(parts, await readBytes(file), { share, out, tests })
      }
      if (cycle === undefined) return (await import('./count-file.ts')).countFile(parts, file ?? '', options)
      const other = OF_FILES.find((option) => options[option] !== undefined)
      if (other !== undefined) throw refused('cli.count-own-rule', { option: other })
      return (await import('./count-cycle.ts')).countOfCycle(parts, cycle, options)
    })
}
