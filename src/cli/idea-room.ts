// dauys ideas group: the link that binds a group of moderators, for whoever will follow it.
import type { Command } from 'commander'
import { inviteRoom } from '../use-cases/bind-room.ts'
import { roomLink } from '../words/room-link.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { readBotName } from './files.ts'
import { refused } from './refused.ts'

interface Options {
  cycle: string
  bot: string
  as: string
  district?: string
}

export function addRoomCommand(ideas: Command, parts: Parts): void {
  const { t, say } = parts
  ideas
    .command('group')
    .description(t('cli.help-ideas-group'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--bot <name>', t('cli.help-cards-bot'))
    .requiredOption('--as <id>', t('cli.help-ideas-group-as'))
    .option('--district <name>', t('cli.help-ideas-group-district'))
    .action((options: Options) =>
      act(parts, async (app) => {
        const account = readAccount(options.as)
        const { id: cycle } = await cycleNamed(app, options.cycle)
        const place = options.district === undefined ? undefined : await villageNamed(app, options.district)
        const invited = await inviteRoom(app, { cycle, territory: place?.territory ?? null }, account)
        if (!invited.ok)
          throw refused(
            invited.problem.kind === 'not-allowed' ? 'cli.not-allowed' : 'cli.ideas-group-no-village',
          )
        const link = roomLink(readBotName(options.bot), invited.value)
        say(t('cli.ideas-group', { account: String(account), link }))
      }),
    )
}
