// dauys report: the figures of a cycle as PDF and CSV, in the language of whoever types it.
import { join } from 'node:path'
import type { Command } from 'commander'
import { reportCsv, reportPdf } from '../documents/report.ts'
import { readReport } from '../use-cases/read-report.ts'
import { act, cycleNamed, type Parts } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { mayWriteInto, writeNew } from './files.ts'
import { refused } from './refused.ts'

export function addReportCommand(program: Command, parts: Parts): void {
  const { t, say } = parts
  program
    .command('report')
    .description(t('cli.help-report'))
    .requiredOption(...cycleOption(t))
    .option('--out <folder>', t('cli.help-poster-out'), '.')
    .action((options: { cycle: string; out: string }) =>
      act(parts, async (app) => {
        await mayWriteInto(options.out)
        const { id, slug } = await cycleNamed(app, options.cycle)
        const read = await readReport(app, id, 'command')
        if (!read.ok) throw refused('cli.no-cycle', { name: options.cycle })
        const made = [
          [`report-${slug}-${t.locale}.pdf`, await reportPdf(t, read.value)],
          [`report-${slug}-${t.locale}.csv`, reportCsv(t, read.value)],
        ] as const
        for (const [name, content] of made) {
          const file = join(options.out, name)
          await writeNew(file, content)
          say(t('cli.written', { file }))
        }
      }),
    )
}
