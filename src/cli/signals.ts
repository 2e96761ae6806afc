// dauys signals: what an auditor should look at in a vote and what residents reported, a line each.
import type { Command } from 'commander'
import { readReports } from '../use-cases/read-reports.ts'
import { readSignals } from '../use-cases/read-signals.ts'
import { reportFacts, signalLine } from '../words/signals.ts'
import { act, cycleNamed, type Parts } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refused } from './refused.ts'

export function addSignalsCommand(program: Command, parts: Parts): void {
  const { t, say } = parts
  program
    .command('signals')
    .description(t('cli.help-signals'))
    .requiredOption(...cycleOption(t))
    .action((options: { cycle: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const read = await readSignals(app, id, 'command')
        if (!read.ok) throw refused('cli.no-cycle', { name: options.cycle })
        for (const signal of read.value) say(t(...signalLine(t, signal)))
        if (read.value.length === 0) say(t('signals.none'))
        const reports = await readReports(app, id, 'command')
        for (const report of reports.ok ? reports.value : []) {
          const facts = reportFacts(t, report)
          say(t('signals.report-line', { ...facts, text: String(facts.text).replace(/[\p{C}\s]+/gu, ' ') }))
        }
      }),
    )
}
