// dauys works change | reserve: what became of a published result, and who is next. One official proposes, another confirms in chat.
import type { Command } from 'commander'
import { readSum } from '../core/formats/project-list.ts'
import type { App } from '../use-cases/app.ts'
import {
  type ChangeWish,
  proposeChange,
  type ProposeChangeProblem,
  readStandings,
} from '../use-cases/change-result.ts'
import { listVillages } from '../use-cases/list-cycles.ts'
import { placeName } from '../words/place.ts'
import { nextOnReserve, standingName } from '../words/work.ts'
import { act, cycleNamed, type Parts, readAccount, sayProposed, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { type Refused, refused } from './refused.ts'

interface ChangeOptions {
  cycle: string
  as: string
  kk: string
  ru: string
  dropped?: boolean
  cheaper?: string
  outside?: boolean
}

export function addChangeCommands(works: Command, parts: Parts): void {
  const { t } = parts
  works
    .command('reserve')
    .description(t('cli.help-works-reserve'))
    .requiredOption(...cycleOption(t))
    .action(({ cycle }: { cycle: string }) => act(parts, (app) => reserve(app, parts, cycle)))
  works
    .command('change')
    .description(t('cli.help-works-change'))
    .argument('<village>', t('cli.help-works-village'))
    .argument('<number>', t('cli.help-works-number'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--as <id>', t('cli.help-as'))
    .requiredOption('--kk <text>', t('cli.help-works-why', { language: 'kk' }))
    .requiredOption('--ru <text>', t('cli.help-works-why', { language: 'ru' }))
    .option('--dropped', t('cli.help-works-dropped'))
    .option('--cheaper <sum>', t('cli.help-works-cheaper'))
    .option('--outside', t('cli.help-works-outside'))
    .action((village: string, number: string, options: ChangeOptions) =>
      act(parts, (app) => change(app, parts, { village, number }, options)),
    )
}

/** Every project of every pot, with what is left and who is next. */
async function reserve(app: App, { t, say }: Parts, name: string): Promise<void> {
  const cycle = await cycleNamed(app, name)
  const villages = await listVillages(app, cycle.id)
  const standings = await readStandings(app, cycle.id, villages)
  if (standings.length === 0) throw refused('works.not-published')
  for (const one of standings) {
    const { territory, after, projects } = one
    const place = villages.find((village) => village.territory === territory)
    const sum = t.money(after.left, cycle.currency)
    say(t('cli.works-left', { village: place ? placeName(t, place) : String(territory), sum }))
    for (const { id, number, title } of projects) {
      const cost = t.money(after.costs.get(id) ?? 0, cycle.currency)
      const standing = standingName(t, after.standing.get(id) ?? 'out')
      say(`    №\u00a0${number}. ${t.of(title)} · ${cost} · ${standing}`)
    }
    const next = nextOnReserve(t, after.next, projects, cycle.currency)
    if (next !== undefined) say(`    ${next}`)
  }
}

async function change(
  app: App,
  parts: Parts,
  at: { village: string; number: string },
  options: ChangeOptions,
): Promise<void> {
  const cycle = await cycleNamed(app, options.cycle)
  const { territory } = await villageNamed(app, at.village, cycle.id)
  const [, digits = '0'] = /^(?:№\s*)?([1-9]\d{0,5})$/.exec(at.number) ?? []
  const where = { cycle: cycle.id, territory, number: Number(digits) }
  const proposed = await proposeChange(app, where, wishOf(options), readAccount(options.as))
  if (!proposed.ok) throw changeRefused(proposed.problem, at.number)
  sayProposed(parts, proposed.value)
}

function wishOf({ kk, ru, dropped, cheaper, outside }: ChangeOptions): ChangeWish {
  const reason = { kk, ru }
  const wishes: ChangeWish[] = [
    ...(dropped ? [{ change: 'dropped' as const, reason }] : []),
    ...(outside ? [{ change: 'outside' as const, reason }] : []),
    ...(cheaper === undefined ? [] : [{ change: 'cheaper' as const, cost: sumOf(cheaper), reason }]),
  ]
  const [wish] = wishes
  if (!wish || wishes.length > 1) throw refused('cli.works-one-change')
  return wish
}

function sumOf(text: string): number {
  const sum = readSum(text)
  if (sum === undefined) throw refused('cli.idea-no-sum', { text })
  return sum
}

function changeRefused(problem: ProposeChangeProblem, number: string): Refused {
  switch (problem.kind) {
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'nobody-to-confirm':
      return refused('cli.nobody-to-confirm')
    case 'no-such-work':
      return refused('cli.no-work', { number })
    case 'no-sense':
      return refused('works.no-sense')
    case 'bad-length':
      return refused('cli.halt-reason', { least: problem.least, most: problem.most })
    case 'not-published':
    case 'being-checked':
      return refused('works.not-published')
  }
}
