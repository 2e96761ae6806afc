// dauys ideas mute | unmute: an author sends no new idea for some days, and may again.
import type { Command } from 'commander'
import { findIdea } from '../use-cases/list-ideas.ts'
import { muteAuthor, type MuteProblem, unmuteAuthor } from '../use-cases/mute-author.ts'
import type { App } from '../use-cases/app.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refused } from './refused.ts'

interface Options {
  cycle: string
  as?: string
  days?: string
}

export function addMuteCommands(ideas: Command, parts: Parts, readNumber: (text: string) => number): void {
  const { t, say } = parts
  const named = async (app: App, number: string, { cycle }: Options): Promise<number> => {
    const idea = await findIdea(app, (await cycleNamed(app, cycle)).id, readNumber(number))
    if (!idea) throw refused('cli.no-idea', { number })
    return idea.id
  }
  const by = ({ as }: Options) => (as === undefined ? 'command' : readAccount(as))
  const one = (name: string) =>
    ideas
      .command(name)
      .argument('<number>', t('cli.help-ideas-number'))
      .requiredOption(...cycleOption(t))
      .option('--as <id>', t('cli.help-ideas-as'))
  one('mute')
    .description(t('cli.help-ideas-mute'))
    .requiredOption('--days <days>', t('cli.help-ideas-mute-days'))
    .action((number: string, options: Options) =>
      act(parts, async (app) => {
        const days = /^\d{1,4}$/.test(options.days ?? '') ? Number(options.days) : 0
        const done = await muteAuthor(app, await named(app, number, options), days, by(options))
        if (!done.ok) throw problemOf(done.problem, number)
        say(t('cli.ideas-muted', { number, time: t.moment(done.value) }))
      }),
    )
  one('unmute')
    .description(t('cli.help-ideas-unmute'))
    .action((number: string, options: Options) =>
      act(parts, async (app) => {
        const done = await unmuteAuthor(app, await named(app, number, options), by(options))
        if (!done.ok) throw problemOf(done.problem, number)
        say(t(done.value ? 'cli.ideas-unmuted' : 'cli.ideas-unmuted-before', { number }))
      }),
    )
}

function problemOf({ kind }: MuteProblem, number: string): Error {
  switch (kind) {
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'own-idea':
      return refused('cli.idea-own')
    case 'no-author':
      return refused('cli.no-idea', { number })
    case 'bad-days':
      return refused('cli.ideas-bad-days')
  }
}
