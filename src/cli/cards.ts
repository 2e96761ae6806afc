// dauys cards print | hand-over: cards for every row of a list, and which of them the desk has given out.
import { join } from 'node:path'
import type { Command } from 'commander'
import { writeCsv } from '../core/formats/csv.ts'
import type { T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import { handOverCards, type HandOverProblem } from '../use-cases/hand-over-cards.ts'
import { type CycleVillage, listVillages } from '../use-cases/list-cycles.ts'
import { readRollFile } from '../use-cases/read-roll-file.ts'
import { factsOf } from '../use-cases/verify-account.ts'
import { officialName } from '../words/place.ts'
import { act, NOT_ALLOWED, cycleNamed, type Parts, refusal, villageNamed } from './acting.ts'
import { CYCLE_OPTION } from './cycle.ts'
import { mayWriteInto, readBytes, writeNew } from './files.ts'
import { type PreparedCards, prepareCards } from './prepare.ts'
import { importLine, prepareLines } from './roll-lines.ts'
import { rollVillage, tellSummary } from './roll.ts'

interface PrintOptions {
  cycle: string
  bot: string
  out: string
  rows?: string
  csv?: string
  languages: string
}

export function addCardCommands(program: Command, parts: Parts): void {
  const cards = program.command('cards').description('voter cards: printing, handing over')
  cards
    .command('print')
    .description(
      'make a card for every row: the sealed file for the server, sheets to cut, the register to sign',
    )
    .argument('[list]', 'CSV with village and register number; or --rows for practice')
    .requiredOption(...CYCLE_OPTION)
    .requiredOption('--bot <name>', 'user name of the bot, which stands on the card')
    .option('--out <folder>', 'where the files go', '.')
    .option('--rows <n>', 'in a trial: instead of a list, register numbers 1 to n in every village')
    .option('--languages <codes>', 'languages on paper, one or two', 'kk,ru')
    .option('--csv <file>', 'also write village;serial;code, for a replay of an election')
    .action((list: string | undefined, options: PrintOptions) =>
      act(parts, (app) => print(app, parts, list, options)),
    )
  cards
    .command('hand-over')
    .description('enter cards as handed over against a signature; until then they are dead')
    .argument('<village>', 'KATO code, id or name')
    .argument('<serials...>', 'such as "1-120 without 7"')
    .requiredOption(...CYCLE_OPTION)
    .action((village: string, serials: string[], options: { cycle: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const place = await villageNamed(app, village, id)
        const done = await handOverCards(app, id, place.territory, serials.join(' '), 'command')
        if (!done.ok) throw refusal(handOverLine(done.problem))
        const { handed, already } = done.value
        const before = already.length > 0 ? ` (${already.length} were entered before)` : ''
        parts.say(`${officialName(place)}: ${handed.length} cards handed over${before}.`)
      }),
    )
}

async function print(app: App, parts: Parts, list: string | undefined, options: PrintOptions): Promise<void> {
  const cycle = await cycleNamed(app, options.cycle)
  if (!factsOf(cycle.method).usesCards)
    throw refusal(`${cycle.slug} verifies by ${cycle.method}: it has no cards`)
  await mayWriteInto(options.out).catch((error: Error) => {
    throw refusal(`${error.message}; --out names the folder for the files`)
  })
  const villages = await listVillages(app, cycle.id)
  const source = list ?? `--rows ${options.rows}`
  const prepared = await prepareCards({
    sodium: app.sodium,
    csv: await listOf(list, options.rows, cycle.trial, villages),
    villages: villages.map((village) => ({
      ...rollVillage(village),
      within: village.within,
      desk: village.desk,
    })),
    cycle: cycle.slug,
    importKey: app.secrets.importKeys.publicKey,
    t: languagesOf(parts, options.languages),
    title: cycle.title,
    bot: options.bot.replace(/^@/, ''),
    randomBytes: app.random,
    start: (id) => villages.find(({ territory }) => String(territory) === id)?.nextSerial ?? 1,
  })
  if (!prepared.ok) throw refusal(prepareLines(source, prepared.problem))
  tellSummary(parts, prepared.value.summary, villages)
  const sealed = await writeAll(parts, options.out, cycle.slug, prepared.value)
  if (options.csv !== undefined) {
    const file = readRollFile(app, cycle, villages, prepared.value.sealed)
    if (!file.ok) throw refusal(importLine(file.problem))
    const rows = file.value.cards.map(({ territory, serial, code }) => [territory, serial, code])
    await writeNew(options.csv, writeCsv([['village', 'serial', 'code'], ...rows]))
    parts.say(`Codes in plain text, for a replay only: ${options.csv}`)
  }
  parts.say(`Next: dauys roll import ${sealed} --cycle ${cycle.slug}`)
}

async function writeAll(parts: Parts, folder: string, slug: string, made: PreparedCards): Promise<string> {
  const sealed = join(folder, `roll-${slug}.txt`)
  await writeNew(sealed, made.sealed)
  await writeNew(join(folder, `cards-${slug}.pdf`), made.sheetPdf)
  await writeNew(join(folder, `register-${slug}.pdf`), made.registerPdf)
  await writeNew(join(folder, `register-${slug}.csv`), made.csv)
  parts.say(`Sealed for the server: ${sealed}`)
  parts.say(`Secret, to cut and put into envelopes: ${join(folder, `cards-${slug}.pdf`)}`)
  parts.say(`For the desk: ${join(folder, `register-${slug}.pdf`)} and .csv. Who prints does not hand out.`)
  return sealed
}

/** The official's list, or one made of numbers for a trial. */
async function listOf(
  list: string | undefined,
  rows: string | undefined,
  trial: boolean,
  villages: readonly CycleVillage[],
): Promise<Uint8Array> {
  if (list !== undefined) return readBytes(list)
  if (rows === undefined) throw refusal('name a list (CSV), or --rows N in a trial')
  if (!trial) throw refusal('--rows is for trials: a real vote needs the list of the akimat')
  const count = /^[1-9]\d{0,5}$/.test(rows) ? Number(rows) : 0
  if (count === 0) throw refusal(`--rows ${rows}: a whole number is expected`)
  const numbers = Array.from({ length: count }, (_, at) => at + 1)
  const lines = villages.flatMap(({ kato, name }) => numbers.map((n) => [kato ?? name.ru, n]))
  return new TextEncoder().encode(writeCsv([['village', 'register'], ...lines]))
}

function languagesOf({ textsOf }: Parts, codes: string): [T, ...T[]] {
  const wanted = codes.split(',').map((code) => code.trim())
  const known = wanted.flatMap((code) => textsOf.known(code) ?? [])
  const [first, ...rest] = known.map(textsOf)
  if (!first || known.length !== wanted.length || rest.length > 1)
    throw refusal(
      `--languages ${codes}: one or two of ${textsOf.languages.map(({ locale }) => locale).join(', ')}`,
    )
  return [first, ...rest]
}

function handOverLine(problem: HandOverProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'no serial is left: nothing was entered'
    case 'not-understood':
      return `"${problem.piece}" is not understood; write it as 1-120 without 7`
    case 'backwards':
      return `"${problem.piece}" runs backwards`
    case 'too-many':
      return `"${problem.piece}" is too many at once`
    case 'not-in-list':
      return `"${problem.piece}" is left out, but was not in the list`
    case 'listed-twice':
      return `"${problem.piece}" is listed twice; it is not clear whether it is left out`
    case 'no-such-cycle':
      return 'there is no such cycle'
    case 'not-allowed':
      return NOT_ALLOWED
    case 'closed':
      return 'voting is over: no more cards are handed over'
    case 'unknown-serials':
      return `the village has no cards ${shortList(problem.serials)}; nothing was entered`
    case 'dead-serials':
      return `these cards were replaced, returned or destroyed: ${shortList(problem.serials)}; nothing was entered`
  }
}

const shortList = (serials: readonly number[]): string =>
  serials.length <= 10 ? serials.join(', ') : `${serials.slice(0, 10).join(', ')} … (${serials.length})`
