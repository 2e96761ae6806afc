// dauys kit: hands out the kit, one HTML file for clerks, key holders and observers that needs no network.
import type { Command } from 'commander'
import type { Parts } from './acting.ts'
import { readBytes, writeNew } from './files.ts'
import { refused } from './refused.ts'

export function addKitCommand(program: Command, { t, say, kit }: Parts): void {
  program
    .command('kit')
    .description(t('cli.help-kit'))
    .argument('<file>', t('cli.help-kit-file'))
    .action(async (file: string) => {
      if (kit === undefined) throw refused('cli.kit-not-built')
      await writeNew(file, await readBytes(kit))
      say(t('cli.kit-written', { file }))
    })
}
