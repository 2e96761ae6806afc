// dauys cycle public: the small file that an official's computer needs to seal a roll and to print cards.
import type { Command } from 'commander'
import { publicFingerprint } from '../core/formats/public-cycle.ts'
import { keyId } from '../core/formats/sealed-file.ts'
import { publicCycle, signedPublicCycle } from '../use-cases/write-public-cycle.ts'
import { villageLink } from '../words/links.ts'
import { act, cycleNamed, type Parts } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { readBotName, writeNew } from './files.ts'

export function addPublicCommand(cycle: Command, parts: Parts): void {
  const { t, say } = parts
  cycle
    .command('public')
    .description(t('cli.help-cycle-public'))
    .argument('<file>', t('cli.help-cycle-public-file'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--bot <name>', t('cli.help-cards-bot'))
    .action((file: string, options: { cycle: string; bot: string }) =>
      act(parts, async (app) => {
        const found = await cycleNamed(app, options.cycle)
        const linked = { bot: readBotName(options.bot), publicUrl: parts.publicUrl }
        const known = await publicCycle(app, found, linked.bot, (village) => villageLink(linked, village))
        await writeNew(file, signedPublicCycle(app, known))
        say(t('cli.cycle-file-made', { file, fingerprint: publicFingerprint(known) }))
        say(t('cli.cycle-file-key', { key: keyId(app.secrets.importKeys.publicKey) }))
        say(t('cli.cycle-file-next', { file }))
      }),
    )
}
