// dauys cards print: cards for every row of a list. What the desk does with them is beside.
import { join } from 'node:path'
import type { Command } from 'commander'
import { MOST_TESTS, testsWanted } from '../core/audit/tests.ts'
import { PROFILES } from '../core/cycle.ts'
import { writeCsv } from '../core/formats/csv.ts'
import { type CardPapers, cardPapers } from '../documents/card-papers.ts'
import type { T } from '../i18n.ts'
import { sealCards } from '../sealing/seal-cards.ts'
import { factsOf } from '../use-cases/verify-account.ts'
import { prepareLines, summaryLines } from '../words/roll-lines.ts'
import { type Parts, readAccount, refusal, refused } from './acting.ts'
import { type CycleKit, type KitOptions, kitOptions, withKit } from './cycle-kit.ts'
import { addDeskCardCommands } from './desk-cards.ts'
import { mayWriteInto, readBotName, readBytes, writeNew } from './files.ts'
import { spoken } from './refused.ts'
import { writeTests } from './tests.ts'
import { rollVillage } from './roll.ts'

interface PrintOptions extends KitOptions {
  bot?: string
  out: string
  rows?: string
  tests?: string
  csv?: string
  languages: string
  as?: string
}

export function addCardCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const cards = program.command('cards').description(t('cli.help-cards'))
  const [byName, byFile] = kitOptions(t)
  cards
    .command('print')
    .description(t('cli.help-cards-print'))
    .argument('[list]', t('cli.help-cards-list'))
    .option(...byName)
    .option(...byFile)
    .option('--bot <name>', t('cli.help-cards-bot'))
    .option('--as <id>', t('cli.help-print-as'))
    .option('--out <folder>', t('cli.help-cards-out'), '.')
    .option('--rows <n>', t('cli.help-cards-rows'))
    .option('--tests <n>', t('cli.help-cards-tests'))
    .option('--languages <codes>', t('cli.help-cards-languages'), 'kk,ru')
    .option('--csv <file>', t('cli.help-cards-csv'))
    .action((list: string | undefined, options: PrintOptions) => {
      const bot = options.bot === undefined ? undefined : readBotName(options.bot)
      return withKit(parts, options, bot, (kit) => print(kit, parts, list, options))
    })
  addDeskCardCommands(cards, parts)
}

async function print(
  { cycle, importKey, sodium, random }: CycleKit,
  parts: Parts,
  list: string | undefined,
  options: PrintOptions,
): Promise<void> {
  const { slug, villages, bot } = cycle
  if (!factsOf(cycle.method).usesCards) throw refused('cli.print-no-cards', { cycle: slug })
  if (bot === '') throw refused('cli.print-bot')
  if (options.as === undefined && !cycle.trial) throw refused('cli.print-name-official')
  await mayWriteInto(options.out).catch((error: unknown) => {
    throw refusal(`${(spoken(parts.t, error) as Error).message} ${parts.t('cli.print-out')}`)
  })
  const first = villages.every(({ nextSerial }) => nextSerial === 1)
  const tests = testsWanted(options.tests ?? '', { binding: PROFILES[cycle.profile].binding, first })
  if (tests === undefined) throw refused('cli.print-tests-number', { most: MOST_TESTS })
  const source = list ?? `--rows ${options.rows}`
  const t = languagesOf(parts, options.languages)
  const made = sealCards({
    sodium,
    csv: await listOf(list, options.rows, cycle),
    villages: villages.map(rollVillage),
    cycle: slug,
    importKey,
    randomBytes: random,
    printedBy: options.as === undefined ? undefined : readAccount(options.as),
    tests,
    start: (id) => villages.find(({ territory }) => String(territory) === id)?.nextSerial ?? 1,
  })
  if (!made.ok) throw refusal(prepareLines(parts.t, source, made.problem))
  const { cards, sheet, summary } = made.value
  const papers = await cardPapers({
    t,
    title: cycle.title,
    bot,
    dates: cycle.dates,
    villages: villages.map((village) => ({ ...village, id: String(village.territory) })),
    cards,
    sheet,
  })
  for (const line of summaryLines(parts.t, summary, villages)) parts.say(line)
  if (made.value.tests) await writeTests(parts, options.out, made.value.tests)
  const sealed = await writeAll(parts, options.out, slug, { ...papers, sealed: made.value.sealed })
  if (options.csv !== undefined) {
    const rows = cards.map(({ village, serial, code }) => [village, serial, code])
    await writeNew(options.csv, writeCsv([['village', 'serial', 'code'], ...rows]))
    parts.say(parts.t('cli.printed-codes', { file: options.csv }))
  }
  parts.say(parts.t('cli.printed-next', { file: sealed, cycle: slug }))
}

async function writeAll(
  parts: Parts,
  folder: string,
  slug: string,
  made: CardPapers & { sealed: string },
): Promise<string> {
  const { t } = parts
  const sealed = join(folder, `roll-${slug}.txt`)
  await writeNew(sealed, made.sealed)
  await writeNew(join(folder, `cards-${slug}.pdf`), made.sheetPdf)
  await writeNew(join(folder, `labels-${slug}.pdf`), made.labelsPdf)
  await writeNew(join(folder, `register-${slug}.pdf`), made.registerPdf)
  await writeNew(join(folder, `register-${slug}.csv`), made.csv)
  parts.say(t('cli.printed-sealed', { file: sealed }))
  parts.say(t('cli.printed-cards', { file: join(folder, `cards-${slug}.pdf`) }))
  parts.say(t('cli.printed-labels', { file: join(folder, `labels-${slug}.pdf`) }))
  parts.say(t('cli.printed-register', { file: join(folder, `register-${slug}.pdf`) }))
  return sealed
}

/** The official's list, or one made of numbers for a trial. */
async function listOf(
  list: string | undefined,
  rows: string | undefined,
  { trial, villages }: CycleKit['cycle'],
): Promise<Uint8Array> {
  if (list !== undefined) return readBytes(list)
  if (rows === undefined) throw refused('cli.print-no-list')
  if (!trial) throw refused('cli.print-rows-trial')
  const count = /^[1-9]\d{0,5}$/.test(rows) ? Number(rows) : 0
  if (count === 0) throw refused('cli.print-rows-number', { rows })
  const numbers = Array.from({ length: count }, (_, at) => at + 1)
  const lines = villages.flatMap(({ kato, name }) => numbers.map((n) => [kato ?? name.ru, n]))
  return new TextEncoder().encode(writeCsv([['village', 'register'], ...lines]))
}

function languagesOf({ textsOf }: Parts, codes: string): [T, ...T[]] {
  const wanted = codes.split(',').map((code) => code.trim())
  const known = wanted.flatMap((code) => textsOf.known(code) ?? [])
  const [first, ...rest] = known.map(textsOf)
  if (!first || known.length !== wanted.length || rest.length > 1)
    throw refused('cli.print-languages', {
      codes,
      known: textsOf.languages.map(({ locale }) => locale).join(', '),
    })
  return [first, ...rest]
}
