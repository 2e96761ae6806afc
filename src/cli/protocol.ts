// dauys protocol: the protocol of a village's published result, to be printed and signed.
import type { Command } from 'commander'
import { protocolPdf } from '../documents/protocol.ts'
import { readProtocol } from '../use-cases/read-protocol.ts'
import { act, cycleNamed, type Parts, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { writeNew } from './files.ts'
import { refused } from './refused.ts'

export function addProtocolCommand(program: Command, parts: Parts): void {
  const { t, textsOf, say } = parts
  program
    .command('protocol')
    .description(t('cli.help-protocol'))
    .argument('<village>', t('cli.help-consult-village'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--out <file>', t('cli.help-consult-out'))
    .action((name: string, options: { cycle: string; out: string }) =>
      act(parts, async (app) => {
        const cycle = await cycleNamed(app, options.cycle)
        const { territory } = await villageNamed(app, name, cycle.id)
        const read = await readProtocol(app, cycle.id, territory)
        if (!read.ok) {
          const { problem } = read
          throw problem.kind === 'being-checked'
            ? refused('results.checked-fault', { fault: problem.fault.kind })
            : refused('cli.protocol-not-yet')
        }
        await writeNew(options.out, await protocolPdf([textsOf('kk'), textsOf('ru')], read.value))
        say(t('cli.written', { file: options.out }))
      }),
    )
}
