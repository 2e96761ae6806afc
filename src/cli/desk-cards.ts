// dauys cards hand-over | return | destroy | status: what the desk enters of cards, and where they all are. What replaces one is beside.
import type { Command } from 'commander'
import { handOverCards } from '../use-cases/hand-over-cards.ts'
import { listCards } from '../use-cases/list-cards.ts'
import { listReissues } from '../use-cases/list-reissues.ts'
import { listVillages } from '../use-cases/list-cycles.ts'
import { takeBackCards, type TakeBackProblem } from '../use-cases/take-back-cards.ts'
import { cardsProblemWords, shortSerials } from '../words/cards-problem.ts'
import { placeName } from '../words/place.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { addReissueCommands } from './reissue.ts'
import { type Refused, refused } from './refused.ts'

export function addDeskCardCommands(cards: Command, parts: Parts): void {
  const { t } = parts
  cards
    .command('hand-over')
    .description(t('cli.help-cards-hand-over'))
    .argument('<village>', t('cli.help-village'))
    .argument('<serials...>', t('cli.help-cards-serials'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-cards-as'))
    .action((village: string, serials: string[], options: { cycle: string; as?: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const place = await villageNamed(app, village, id)
        const by = options.as === undefined ? 'command' : readAccount(options.as)
        const done = await handOverCards(app, id, place.territory, serials.join(' '), by)
        if (!done.ok) throw serialsRefusal(done.problem)
        const { handed, already, own } = done.value
        const counts = { cards: handed.length, before: already.length }
        parts.say(t('cli.cards-handed-over', { village: placeName(t, place), ...counts }))
        if (own.length > 0) parts.say(t('cli.cards-own-alone', { serials: shortSerials(own) }))
      }),
    )
  addTakeBack(cards, parts, 'return')
  addTakeBack(cards, parts, 'destroy')
  addReissueCommands(cards, parts)
  cards
    .command('status')
    .description(t('cli.help-cards-status'))
    .requiredOption(...cycleOption(t))
    .action((options: { cycle: string }) => act(parts, (app) => status(app, parts, options.cycle)))
}

const TO = { return: 'returned', destroy: 'destroyed' } as const

function addTakeBack(cards: Command, parts: Parts, name: 'return' | 'destroy'): void {
  const { t } = parts
  cards
    .command(name)
    .description(t(`cli.help-cards-${name}`))
    .argument('<village>', t('cli.help-village'))
    .argument('<serials...>', t('cli.help-cards-serials'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-cards-as'))
    .action((village: string, serials: string[], options: { cycle: string; as?: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const place = await villageNamed(app, village, id)
        const by = options.as === undefined ? 'command' : readAccount(options.as)
        const done = await takeBackCards(app, id, place.territory, serials.join(' '), { to: TO[name], by })
        if (!done.ok) throw serialsRefusal(done.problem)
        const { taken, already } = done.value
        parts.say(
          t(`cli.cards-${TO[name]}`, {
            village: placeName(t, place),
            cards: taken.length,
            before: already.length,
          }),
        )
      }),
    )
}

async function status(app: Parameters<typeof listCards>[0], { t, say }: Parts, name: string): Promise<void> {
  const { id } = await cycleNamed(app, name)
  const numbers = new Map((await listCards(app, id)).map((one) => [one.territory, one]))
  const waiting = await listReissues(app, id)
  for (const place of await listVillages(app, id)) {
    const village = placeName(t, place)
    const found = numbers.get(place.territory)
    if (found) say(t('cli.cards-status', { ...found, village }))
    for (const { old, serial, until } of waiting.filter(({ territory }) => territory === place.territory))
      say(t('cli.cards-waiting', { village, old, serial, time: t.moment(until) }))
  }
  if (numbers.size === 0) say(t('cli.cards-none'))
}

function serialsRefusal(problem: TakeBackProblem): Refused {
  const { key, facts } = cardsProblemWords(problem)
  return refused(key, facts)
}
