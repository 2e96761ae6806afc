// dauys roll key | prepare | import | approve: the voter roll, sealed on the official's computer, opened on the server.
import type { Command } from 'commander'
import { keyId } from '../core/formats/sealed-file.ts'
import { toBase64 } from '../core/bytes.ts'
import { approveRoll } from '../use-cases/approve-roll.ts'
import { type Imported, importRoll } from '../use-cases/import-roll.ts'
import type { App } from '../use-cases/app.ts'
import { type CycleVillage, listVillages } from '../use-cases/list-cycles.ts'
import { officialName } from '../words/place.ts'
import { act, codeOf, cycleNamed, type Parts, readAccount, refusal } from './acting.ts'
import { CYCLE_OPTION } from './cycle.ts'
import { readBytes, readText, writeNew } from './files.ts'
import { prepareRoll, type RollSummary } from './prepare.ts'
import { importLine, prepareLines } from './roll-lines.ts'

const AS = [
  '--as <id>',
  'the Telegram id of the official who does this; needed where two must agree',
] as const

export function addRollCommands(program: Command, parts: Parts): void {
  const roll = program
    .command('roll')
    .description('the voter roll: village and register number, never a name')
  roll
    .command('key')
    .description("print the server's public import key, to which rolls are sealed")
    .action(() =>
      act(parts, async ({ secrets: { importKeys } }) => {
        parts.say(`${toBase64(importKeys.publicKey)}  (id ${keyId(importKeys.publicKey)})`)
      }),
    )
  roll
    .command('prepare')
    .description("check the akimat's list (CSV) and seal it for the server")
    .argument(
      '<list>',
      'CSV with village and register number, in any encoding; a phone where the cycle uses contacts',
    )
    .requiredOption(...CYCLE_OPTION)
    .option('--out <file>', 'where to write the sealed file; without it nothing is written (dry run)')
    .action((list: string, options: { cycle: string; out?: string }) =>
      act(parts, (app) => prepare(app, parts, list, options)),
    )
  roll
    .command('import')
    .description('take in a sealed roll; where two officials must agree it waits for the second')
    .argument('<file>', 'the sealed file; - for standard input')
    .requiredOption(...CYCLE_OPTION)
    .option(...AS)
    .action((file: string, options: { cycle: string; as?: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, options.cycle)
        const by = options.as === undefined ? 'command' : readAccount(options.as)
        const done = await importRoll(app, id, await readText(file), by)
        if (!done.ok) throw refusal(importLine(done.problem))
        await tell(app, parts, id, done.value)
        if (done.value.state === 'proposed')
          parts.say(`Proposed. Another official runs "dauys roll approve ${file} --cycle ${slug} --as ID".`)
      }),
    )
  roll
    .command('approve')
    .description('approve a proposed roll by giving the same sealed file again')
    .argument('<file>', 'the sealed file; - for standard input')
    .requiredOption(...CYCLE_OPTION)
    .requiredOption(...AS)
    .action((file: string, options: { cycle: string; as: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const done = await approveRoll(app, id, await readText(file), readAccount(options.as))
        if (!done.ok) throw refusal(importLine(done.problem))
        await tell(app, parts, id, done.value)
      }),
    )
}

async function prepare(
  app: App,
  parts: Parts,
  list: string,
  options: { cycle: string; out?: string },
): Promise<void> {
  const cycle = await cycleNamed(app, options.cycle)
  const villages = await listVillages(app, cycle.id)
  const prepared = prepareRoll({
    sodium: app.sodium,
    csv: await readBytes(list),
    villages: villages.map(rollVillage),
    cycle: cycle.slug,
    importKey: app.secrets.importKeys.publicKey,
  })
  if (!prepared.ok) throw refusal(prepareLines(list, prepared.problem))
  tellSummary(parts, prepared.value.summary, villages)
  if (options.out === undefined)
    return parts.say('Dry run: nothing was written. --out FILE writes the sealed file.')
  await writeNew(options.out, prepared.value.sealed)
  parts.say(`Sealed: ${options.out}. Next: dauys roll import ${options.out} --cycle ${cycle.slug}`)
}

export const rollVillage = ({ territory, kato, name }: CycleVillage) => ({
  id: String(territory),
  kato,
  name,
})

/** What was read, without a number or phone of anybody. */
export function tellSummary(parts: Parts, summary: RollSummary, villages: readonly CycleVillage[]): void {
  const { encoding, rows, phones, sharedPhones, ignored } = summary
  parts.say(`Read as ${encoding}: ${rows} rows, ${phones} with a phone.`)
  for (const { village, rows: count } of summary.villages) {
    const place = villages.find(({ territory }) => String(territory) === village)
    if (place) parts.say(`    ${codeOf(place)}  ${officialName(place)}: ${count}`)
  }
  if (sharedPhones > 0)
    parts.say(`${sharedPhones} rows share a phone with another: those people use another way.`)
  if (ignored.length > 0) parts.say(`Columns that were not read: ${ignored.join(', ')}.`)
}

async function tell(app: App, parts: Parts, cycle: number, { rows, cards, added }: Imported): Promise<void> {
  for (const place of await listVillages(app, cycle)) {
    const count = rows[String(place.territory)]
    if (count !== undefined) parts.say(`${codeOf(place)}  ${officialName(place)}: ${count} rows in the file`)
  }
  parts.say(`${cards} cards in the file. New: ${added.rows} rows, ${added.cards} cards.`)
}
