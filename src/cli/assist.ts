// dauys assist: two officials name who helps people to vote in a village, and until when; who does; and a session that nobody ended.
import type { Command } from 'commander'
import { endAssist } from '../use-cases/end-assist.ts'
import { facilitatorsOf } from '../use-cases/assist-desk.ts'
import { endFacilitator, nameFacilitator } from '../use-cases/name-facilitator.ts'
import { readPlace } from '../use-cases/read-place.ts'
import { whyNotNamed } from '../words/assist.ts'
import {
  act,
  cycleNamed,
  momentText,
  type Parts,
  readAccount,
  readUntil,
  refused,
  sayProposed,
  villageNamed,
} from './acting.ts'
import { cycleOption } from './cycle-option.ts'

interface Options {
  cycle: string
  as?: string
}

export function addAssistCommands(program: Command, parts: Parts): void {
  const { t, say } = parts
  const assist = program.command('assist').description(t('cli.help-assist'))
  const inVillage = (name: string, description: string): Command =>
    assist
      .command(name)
      .description(description)
      .argument('<village>', t('cli.help-consult-village'))
      .requiredOption(...cycleOption(t))
  inVillage('name', t('cli.help-assist-name'))
    .argument('<id>', t('cli.help-role-id'))
    .requiredOption('--until <date>', t('cli.help-role-until'))
    .option('--as <id>', t('cli.help-paper-as'))
    .action((village: string, account: string, { cycle, as, until }: Options & { until: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, cycle)
        const { territory } = await villageNamed(app, village, id)
        const by = as === undefined ? 'command' : readAccount(as)
        const wish = { cycle: id, territory, account: readAccount(account), until: readUntil(until) }
        const named = await nameFacilitator(app, wish, by)
        if (!named.ok) throw refused(whyNotNamed(named.problem), {})
        if (named.value.kind === 'named') say(t('assist.named'))
        else sayProposed(parts, named.value)
      }),
    )
  inVillage('end', t('cli.help-assist-end'))
    .argument('<id>', t('cli.help-role-id'))
    .option('--as <id>', t('cli.help-paper-as'))
    .action((village: string, account: string, { cycle, as }: Options) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, cycle)
        const { territory } = await villageNamed(app, village, id)
        const by = as === undefined ? 'command' : readAccount(as)
        const ended = await endFacilitator(app, { cycle: id, territory, account: readAccount(account) }, by)
        if (!ended.ok) throw refused(whyNotNamed(ended.problem), {})
        say(t('assist.ended'))
      }),
    )
  inVillage('list', t('cli.help-assist-list')).action((village: string, { cycle }: Options) =>
    act(parts, async (app) => {
      const { id } = await cycleNamed(app, cycle)
      const place = await readPlace(app, id, (await villageNamed(app, village, id)).territory)
      const found = place ? await facilitatorsOf(app, place) : []
      if (found.length === 0) say(t('assist.nobody-helps'))
      for (const { account, until } of found)
        say(t('cli.assist-helps', { account, until: momentText(t, until) }))
    }),
  )
  assist
    .command('stop')
    .description(t('cli.help-assist-stop'))
    .argument('<id>', t('cli.help-role-id'))
    .action((account: string) =>
      act(parts, async (app) => {
        const ended = await endAssist(app, readAccount(account), 'command')
        if (!ended.ok) throw refused('cli.assist-no-session', {})
        say(t('cli.assist-stopped'))
      }),
    )
}
