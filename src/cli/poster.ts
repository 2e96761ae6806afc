// dauys poster, dauys leaflet: what hangs in a village and lies in its letter boxes, with the code that leads to the vote.
import { join } from 'node:path'
import type { Command } from 'commander'
import { leafletPdf, type Poster, posterPdf } from '../documents/poster.ts'
import type { App } from '../use-cases/app.ts'
import { listVillages } from '../use-cases/list-cycles.ts'
import { logVerifierKey } from '../use-cases/log-key.ts'
import { howSentences } from '../words/how.ts'
import { villageLink } from '../words/links.ts'
import { trialNotes } from '../words/trial.ts'
import { act, cycleNamed, type Parts } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { mayWriteInto, readBotName, writeNew } from './files.ts'
import { plainLine } from '../words/plain-line.ts'
import { refused } from './refused.ts'

interface Options {
  cycle: string
  out: string
  bot?: string
}

/** Files by name, of one cycle. */
type Make = (poster: Poster, slug: string) => readonly [name: string, made: Promise<Uint8Array>][]

export const addPosterCommand = (program: Command, parts: Parts): void =>
  add(program.command('poster').description(parts.t('cli.help-poster')), parts, (poster, slug) => [
    [`poster-${slug}-a4.pdf`, posterPdf(poster, 'A4')],
    [`poster-${slug}-a5.pdf`, posterPdf(poster, 'A5')],
  ])

export const addLeafletCommand = (program: Command, parts: Parts): void =>
  add(program.command('leaflet').description(parts.t('cli.help-leaflet')), parts, (poster, slug) => [
    [`leaflet-${slug}.pdf`, leafletPdf(poster)],
  ])

function add(command: Command, parts: Parts, make: Make): void {
  const { t, say } = parts
  command
    .requiredOption(...cycleOption(t))
    .option('--bot <name>', t('cli.help-poster-bot'))
    .option('--out <folder>', t('cli.help-poster-out'), '.')
    .action((options: Options) =>
      act(parts, async (app) => {
        await mayWriteInto(options.out)
        const { slug, poster } = await posterOf(app, parts, options)
        for (const [name, made] of make(poster, slug)) {
          const file = join(options.out, name)
          await writeNew(file, await made)
          say(t('cli.written', { file }))
        }
      }),
    )
}

async function posterOf(
  app: App,
  { textsOf, publicUrl }: Parts,
  { cycle: name, bot }: Options,
): Promise<{ slug: string; poster: Poster }> {
  if (bot === undefined && publicUrl === undefined) throw refused('cli.poster-bot')
  const linked = { bot: bot === undefined ? '' : readBotName(bot), publicUrl }
  const cycle = await cycleNamed(app, name)
  const villages = await listVillages(app, cycle.id)
  const { voting, counting } = cycle.timeline
  return {
    slug: cycle.slug,
    poster: {
      t: [textsOf('kk'), textsOf('ru')],
      title: cycle.title,
      currency: cycle.currency,
      dates: { voting, counting },
      how: (t) => howSentences(t, cycle).map(plainLine),
      notes: (t) => trialNotes(t, { cycle }),
      key: (await logVerifierKey(app, cycle.slug)) ?? '',
      villages: villages.map((place) => ({
        place,
        desk: place.desk,
        budget: place.budget,
        pots: place.pots,
        link: villageLink(linked, place),
      })),
    },
  }
}
