// dauys person: the desk saw the document of somebody on the roll, and gives a one-time code for their own chat.
import type { Command } from 'commander'
import { DESK_CODE_MINUTES, formatDeskCode } from '../core/desk-code.ts'
import { checkPerson } from '../use-cases/check-person.ts'
import { whyNoCode } from '../words/person.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refused } from './refused.ts'

export function addPersonCommand(program: Command, parts: Parts): void {
  const { t, say } = parts
  program
    .command('person')
    .description(t('cli.help-person'))
    .argument('<village>', t('cli.help-consult-village'))
    .argument('<number>', t('cli.help-paper-row'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-paper-as'))
    .action((village: string, typed: string, { cycle, as }: { cycle: string; as?: string }) =>
      act(parts, async (app) => {
        if (!/^\d{1,7}$/.test(typed)) throw refused('cli.paper-no-number', { text: typed })
        const { id } = await cycleNamed(app, cycle)
        const { territory } = await villageNamed(app, village, id)
        const by = as === undefined ? 'command' : readAccount(as)
        const done = await checkPerson(app, { cycle: id, territory }, Number(typed), by)
        if (!done.ok) throw refused(whyNoCode(done.problem), {})
        say(t('cli.person-code', { number: typed, code: formatDeskCode(done.value) }))
        say(t('person.code-how', { minutes: DESK_CODE_MINUTES }))
      }),
    )
}
