// dauys roll key | prepare | import: the voter roll, sealed on the official's computer, opened on the server.
import type { Command } from 'commander'
import { keyId } from '../core/formats/sealed-file.ts'
import { toBase64 } from '../core/bytes.ts'
import type { T } from '../i18n.ts'
import { prepareRoll } from '../sealing/prepare-roll.ts'
import { type Imported, importRoll } from '../use-cases/import-roll.ts'
import type { App } from '../use-cases/app.ts'
import { listVillages } from '../use-cases/list-cycles.ts'
import { placeName } from '../words/place.ts'
import { prepareLines, summaryLines } from '../words/roll-lines.ts'
import { act, codeOf, cycleNamed, type Parts, readAccount, refusal, sayProposed } from './acting.ts'
import { type CycleKit, type KitOptions, kitOptions, withKit } from './cycle-kit.ts'
import { cycleOption } from './cycle-option.ts'
import { readBytes, readText, writeNew } from './files.ts'
import { importLine } from './roll-lines.ts'

const asOption = (t: T) => ['--as <id>', t('cli.help-roll-as')] as const

export function addRollCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const [byName, byFile] = kitOptions(t)
  const roll = program.command('roll').description(t('cli.help-roll'))
  roll
    .command('key')
    .description(t('cli.help-roll-key'))
    .action(() =>
      act(parts, async ({ secrets: { importKeys } }) => {
        parts.say(`${toBase64(importKeys.publicKey)}  (id ${keyId(importKeys.publicKey)})`)
      }),
    )
  roll
    .command('prepare')
    .description(t('cli.help-roll-prepare'))
    .argument('<list>', t('cli.help-roll-list'))
    .option(...byName)
    .option(...byFile)
    .option('--out <file>', t('cli.help-roll-out'))
    .action((list: string, options: KitOptions & { out?: string }) =>
      withKit(parts, options, undefined, (kit) => prepare(kit, parts, list, options.out)),
    )
  roll
    .command('import')
    .description(t('cli.help-roll-import'))
    .argument('<file>', t('cli.help-sealed-file'))
    .requiredOption(...cycleOption(t))
    .option(...asOption(t))
    .option('--yes', t('cli.help-roll-yes'), false)
    .action((file: string, options: { cycle: string; as?: string; yes: boolean }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const by = options.as === undefined ? 'command' : readAccount(options.as)
        const done = await importRoll(app, id, await readText(file), by, { secondCards: options.yes })
        if (!done.ok) throw refusal(importLine(t, done.problem))
        await tell(app, parts, id, done.value)
        if (done.value.proposed) sayProposed(parts, done.value.proposed)
      }),
    )
}

async function prepare(
  { cycle, importKey, sodium }: CycleKit,
  parts: Parts,
  list: string,
  out: string | undefined,
): Promise<void> {
  const prepared = prepareRoll({
    sodium,
    csv: await readBytes(list),
    villages: cycle.villages.map(rollVillage),
    cycle: cycle.slug,
    importKey,
  })
  if (!prepared.ok) throw refusal(prepareLines(parts.t, list, prepared.problem))
  for (const line of summaryLines(parts.t, prepared.value.summary, cycle.villages)) parts.say(line)
  if (out === undefined) return parts.say(parts.t('cli.roll-dry'))
  await writeNew(out, prepared.value.sealed)
  parts.say(parts.t('cli.roll-sealed', { file: out, cycle: cycle.slug }))
}

type KitVillage = CycleKit['cycle']['villages'][number]

export const rollVillage = ({ territory, kato, name }: KitVillage) => ({
  id: String(territory),
  kato,
  name,
})

async function tell(
  app: App,
  parts: Parts,
  cycle: number,
  { state, rows, cards, added, second }: Imported,
): Promise<void> {
  const { t, say } = parts
  for (const place of await listVillages(app, cycle)) {
    const count = rows[String(place.territory)]
    if (count !== undefined) say(`${codeOf(place)}  ${placeName(t, place)}: ${t('cli.rows', { count })}`)
  }
  const counts = { rows: t('cli.rows', { count: added.rows }), cards: t('cli.cards', { count: added.cards }) }
  const file = t('cli.cards', { count: cards })
  say(state === 'proposed' ? t('cli.roll-file', { file }) : t('cli.roll-new', { file, ...counts }))
  if (second) say(t('cli.roll-second', second))
}
