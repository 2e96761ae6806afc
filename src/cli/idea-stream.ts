// dauys ideas stream: what comes in of needs and ideas, with what repeats first.
import type { Command } from 'commander'
import type { App } from '../use-cases/app.ts'
import { type IdeaGroup, ideaStream, needStream, type Stream, STREAMS } from '../use-cases/idea-stream.ts'
import { categoryName } from '../words/category.ts'
import { ideaTitle, stateName } from '../words/idea.ts'
import { apartText } from '../words/need.ts'
import { act, cycleNamed, type Parts } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { refused } from './refused.ts'

export function addStreamCommand(ideas: Command, parts: Parts): void {
  const { t } = parts
  ideas
    .command('stream')
    .description(t('cli.help-ideas-stream'))
    .requiredOption(...cycleOption(t))
    .option('--by <what>', t('cli.help-ideas-stream-by', { kinds: STREAMS.join(', ') }), 'category')
    .action(({ cycle, by }: { cycle: string; by: string }) =>
      act(parts, (app) => stream(app, parts, cycle, by)),
    )
}

async function stream(app: App, parts: Parts, name: string, by: string): Promise<void> {
  const known = STREAMS.find((one) => one === by)
  if (!known) throw refused('cli.ideas-stream-unknown', { text: by, kinds: STREAMS.join(', ') })
  const { id } = await cycleNamed(app, name)
  if (known === 'need') return tellNeeds(app, parts, id)
  const groups = await ideaStream(app, id, known)
  if (groups.length === 0) parts.say(parts.t('cli.ideas-none'))
  for (const group of groups) tellGroup(parts, known, group)
}

function tellGroup({ t, say }: Parts, by: Exclude<Stream, 'need'>, { key, ideas }: IdeaGroup): void {
  const names = {
    category: () => (key === '' ? t('cli.ideas-stream-no-kind') : categoryName(t, key)),
    place: () => (ideas[0] ? t.of(ideas[0].village) : key),
    likeness: () => (ideas[0] ? ideaTitle(t, ideas[0]) : key),
    week: () => t('cli.ideas-stream-week', { date: key }),
  }
  say(t('cli.ideas-stream-group', { name: names[by](), number: ideas.length }))
  for (const idea of ideas)
    say(
      `  ${t('cli.ideas-line', {
        number: idea.number ?? 0,
        village: t.of(idea.village),
        title: ideaTitle(t, idea),
        state: stateName(t, idea.state),
      })}`,
    )
}

async function tellNeeds(app: App, { t, say }: Parts, cycle: number): Promise<void> {
  const needs = await needStream(app, cycle)
  if (needs.length === 0) throw refused('cli.consult-none')
  for (const { number, need, villages } of needs) {
    say(t('consult.need', { number, need: t.of(need) }))
    for (const { name, marks } of villages) say(`  ${t.of(name)}: ${apartText(t, marks)}`)
  }
}
