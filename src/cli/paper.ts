// dauys paper print | mark | enter | explain | voted | status: votes on paper, from the printed ballot to the box that two people typed in.
import { join } from 'node:path'
import type { Command } from 'commander'
import { countSheetPdf, paperBallotsPdf, paperRegisterPdf } from '../documents/paper-ballot.ts'
import type { App } from '../use-cases/app.ts'
import { type EnteredPapers, enterPapers } from '../use-cases/enter-papers.ts'
import { explainPapers } from '../use-cases/explain-papers.ts'
import type { KnownTerritory } from '../use-cases/find-village.ts'
import { type Cycle, listVillages } from '../use-cases/list-cycles.ts'
import { markPaper } from '../use-cases/mark-paper.ts'
import { paperStates } from '../use-cases/paper-desk.ts'
import { paperKit } from '../use-cases/paper-kit.ts'
import { readOwnVote } from '../use-cases/read-own-vote.ts'
import { ownVoteKey, type PaperWhy, sumsFacts, whyNoPaper } from '../words/paper.ts'
import { placeName } from '../words/place.ts'
import { trialNotes } from '../words/trial.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { mayWriteInto, readText, writeNew } from './files.ts'
import { plainLine } from '../words/plain-line.ts'
import { refused } from './refused.ts'

interface Options extends Record<string, string | undefined> {
  cycle: string
  as?: string
}

interface At {
  cycle: Cycle
  village: KnownTerritory
  where: { cycle: number; territory: number }
}

export function addPaperCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const paper = program.command('paper').description(t('cli.help-paper'))
  const one = (name: string, more?: readonly [string, string]) => {
    const command = paper.command(name).argument('<village>', t('cli.help-consult-village'))
    if (more) command.argument(...more)
    return command.requiredOption(...cycleOption(t))
  }
  const at = (work: (app: App, at: At) => Promise<void>, village: string, { cycle }: Options) =>
    act(parts, async (app) => work(app, await placed(app, village, cycle)))
  one('print')
    .description(t('cli.help-paper-print'))
    .option('--ballots <n>', t('cli.help-paper-ballots'))
    .option('--out <folder>', t('cli.help-paper-out'), '.')
    .action((village: string, options: Options) =>
      at((app, here) => print(app, parts, here, options), village, options),
    )
  one('mark', ['<number>', t('cli.help-paper-row')])
    .description(t('cli.help-paper-mark'))
    .option('--as <id>', t('cli.help-paper-as'))
    .action((village: string, number: string, options: Options) =>
      at((app, here) => mark(app, parts, here, number, options), village, options),
    )
  one('voted', ['<number>', t('cli.help-paper-row')])
    .description(t('cli.help-paper-voted'))
    .option('--as <id>', t('cli.help-paper-as'))
    .action((village: string, number: string, options: Options) =>
      at((app, here) => voted(app, parts, here, number, options), village, options),
    )
  one('enter', ['<file>', t('cli.help-paper-file')])
    .description(t('cli.help-paper-enter'))
    .requiredOption('--returned <n>', t('cli.help-paper-returned'))
    .requiredOption('--as <id>', t('cli.help-paper-as'))
    .action((village: string, file: string, options: Options) =>
      at((app, here) => enter(app, parts, here, file, options), village, options),
    )
  one('explain')
    .description(t('cli.help-paper-explain'))
    .requiredOption('--kk <text>', t('cli.help-paper-note', { language: 'kk' }))
    .requiredOption('--ru <text>', t('cli.help-paper-note', { language: 'ru' }))
    .option('--as <id>', t('cli.help-paper-as'))
    .action((village: string, options: Options) =>
      at((app, here) => explain(app, parts, here, options), village, options),
    )
  paper
    .command('status')
    .description(t('cli.help-paper-status'))
    .requiredOption(...cycleOption(t))
    .action((options: Options) => act(parts, (app) => status(app, parts, options.cycle)))
}

async function placed(app: App, name: string, cycleName: string): Promise<At> {
  const cycle = await cycleNamed(app, cycleName)
  const village = await villageNamed(app, name, cycle.id)
  return { cycle, village, where: { cycle: cycle.id, territory: village.territory } }
}

const actor = ({ as }: Options) => (as === undefined ? 'command' : readAccount(as))

function refusedFor(problem: PaperWhy): Error {
  const { key, facts } = whyNoPaper(problem)
  return refused(key, facts)
}

function whole(text = ''): number {
  if (!/^\d{1,7}$/.test(text)) throw refused('cli.paper-no-number', { text })
  return Number(text)
}

async function print(
  app: App,
  { textsOf, t, say }: Parts,
  { cycle, village, where }: At,
  options: Options,
): Promise<void> {
  const { ballots, out = '.' } = options
  const { pots, projects, registers } = await paperKit(app, where.cycle, where.territory)
  const count = ballots === undefined ? registers.length : whole(ballots)
  if (projects.length === 0) throw refused('cli.paper-no-projects')
  if (count === 0) throw refused('cli.paper-no-roll')
  await mayWriteInto(out)
  const vote = {
    t: [textsOf('kk'), textsOf('ru')] as const,
    title: cycle.title,
    place: village,
    notes: (of: typeof t) => trialNotes(of, { cycle }),
  }
  const name = `${cycle.slug}-${village.kato ?? village.territory}`
  const { ballotTerms: ballot, currency } = cycle
  const files = [
    [`paper-ballots-${name}.pdf`, paperBallotsPdf({ ...vote, ballot, currency, pots, projects }, count)],
    [`paper-register-${name}.pdf`, paperRegisterPdf(vote, registers)],
    [`paper-count-${name}.pdf`, countSheetPdf({ ...vote, pots })],
  ] as const
  for (const [file, made] of files) {
    await writeNew(join(out, file), await made)
    say(t('cli.written', { file: join(out, file) }))
  }
}

async function mark(
  app: App,
  { t, say }: Parts,
  { where }: At,
  typed: string,
  options: Options,
): Promise<void> {
  const number = whole(typed)
  const done = await markPaper(app, where, number, actor(options))
  if (!done.ok) throw refusedFor(done.problem)
  say(t('paper.marked', { number, marks: done.value.marks }))
}

async function voted(
  app: App,
  { t, say }: Parts,
  { where }: At,
  typed: string,
  options: Options,
): Promise<void> {
  const done = await readOwnVote(app, where, whole(typed), actor(options))
  if (!done.ok) throw refusedFor(done.problem)
  say(t(ownVoteKey(done.value)))
}

async function enter(app: App, parts: Parts, { where }: At, file: string, options: Options): Promise<void> {
  const text = await readText(file)
  const returned = whole(options['returned'])
  const done = await enterPapers(app, where, { text, returned }, readAccount(options.as ?? ''))
  if (!done.ok) throw refusedFor(done.problem)
  for (const line of enteredLines(parts, done.value)) parts.say(line)
}

function enteredLines({ t }: Parts, entered: EnteredPapers): string[] {
  if (entered.kind === 'first') return [t('paper.typed-first')]
  if (entered.kind === 'agreed')
    return [t(entered.fits ? 'paper.agreed' : 'paper.agreed-unfit'), t('paper.box', sumsFacts(entered))]
  const { mine, theirs, papers } = entered
  return [
    t('paper.differs'),
    t('paper.differs-mine', mine),
    t('paper.differs-theirs', theirs),
    ...papers.map((one) => t('paper.differs-paper', { ...one })),
  ]
}

async function explain(app: App, { t, say }: Parts, { where }: At, options: Options): Promise<void> {
  const note = { kk: (options['kk'] ?? '').trim(), ru: (options['ru'] ?? '').trim() }
  const done = await explainPapers(app, where, note, actor(options))
  if (!done.ok) throw refusedFor(done.problem)
  say(t('paper.explained'))
}

async function status(app: App, { t, say }: Parts, name: string): Promise<void> {
  const { id } = await cycleNamed(app, name)
  const states = await paperStates(app, id)
  for (const place of await listVillages(app, id)) {
    const state = states.get(place.territory)
    if (!state) continue
    say(placeName(t, place))
    say(`  ${t('paper.handed-out', { marks: state.marks })}`)
    if (!state.box) continue
    say(`  ${t('paper.box', sumsFacts(state.box))}`)
    say(`  ${t(state.box.fits ? 'paper.fits' : 'paper.unfit')}`)
    if (state.box.note) say(`  ${plainLine(t('paper.note', { note: t.of(state.box.note) }))}`)
  }
  if (states.size === 0) say(t('cli.paper-none'))
}
