// dauys channel bind | list | unbind: Telegram channels of a vote. The channel itself is bound when its official makes the bot an administrator there.
import type { Command } from 'commander'
import type { Actor } from '../use-cases/actor.ts'
import type { App } from '../use-cases/app.ts'
import { inviteChannel, listChannels, unbindChannel } from '../use-cases/bind-channel.ts'
import { channelLink } from '../words/channel-link.ts'
import { placeName } from '../words/place.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { readBotName } from './files.ts'
import { refused } from './refused.ts'

interface Binding {
  cycle: string
  bot: string
  as: string
  village?: string
}

export function addChannelCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const group = program.command('channel').description(t('cli.help-channel'))
  group
    .command('bind')
    .description(t('cli.help-channel-bind'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--bot <name>', t('cli.help-cards-bot'))
    .requiredOption('--as <id>', t('cli.help-channel-as'))
    .option('--village <village>', t('cli.help-channel-village'))
    .action((options: Binding) => act(parts, (app) => bind(app, parts, options)))
  group
    .command('list')
    .description(t('cli.help-channel-list'))
    .requiredOption(...cycleOption(t))
    .action(({ cycle }: { cycle: string }) => act(parts, (app) => list(app, parts, cycle)))
  group
    .command('unbind')
    .description(t('cli.help-channel-unbind'))
    .argument('<number>', t('cli.help-channel-number'))
    .option('--as <id>', t('cli.help-announce-as'))
    .action((number: string, { as }: { as?: string }) =>
      act(parts, (app) => unbind(app, parts, number, as === undefined ? 'command' : readAccount(as))),
    )
}

async function bind(app: App, { t, say }: Parts, options: Binding): Promise<void> {
  const account = readAccount(options.as)
  const { id: cycle } = await cycleNamed(app, options.cycle)
  const place = options.village === undefined ? undefined : await villageNamed(app, options.village, cycle)
  const invited = await inviteChannel(app, { cycle, territory: place?.territory ?? null }, account)
  if (!invited.ok)
    throw refused(invited.problem.kind === 'not-allowed' ? 'cli.not-allowed' : 'cli.ideas-group-no-village')
  say(t('cli.channel-how', { account: String(account), link: channelLink(readBotName(options.bot)) }))
}

async function list(app: App, { t, say }: Parts, name: string): Promise<void> {
  const listed = await listChannels(app, 'command', (await cycleNamed(app, name)).id)
  if (listed.length === 0) say(t('cli.channel-none'))
  for (const { channel, cycle, place } of listed)
    say(
      t('cli.channel-line', {
        number: channel.id,
        title: channel.title,
        where: place ? placeName(t, place) : t.of(cycle.title),
        time: t.dated(channel.at),
      }),
    )
}

async function unbind(app: App, { t, say }: Parts, text: string, by: Actor): Promise<void> {
  const id = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0
  const done = await unbindChannel(app, id, by)
  if (!done.ok)
    throw refused(done.problem.kind === 'not-allowed' ? 'cli.not-allowed' : 'announce.channel-gone')
  say(t('announce.channel-unbound', { title: done.value.title }))
}
