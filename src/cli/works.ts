// dauys works list | milestone | photo | built: the official's second door to what is built after a vote.
import type { Command } from 'commander'
import { readSum } from '../core/formats/project-list.ts'
import { readDay } from '../core/work.ts'
import type { T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import { addWorkPhoto, keepMilestone, type MilestoneChange } from '../use-cases/keep-work.ts'
import { readWork, readWorks, type Work, type WorkAt } from '../use-cases/read-works.ts'
import { sayBuilt } from '../use-cases/say-built.ts'
import { milestoneLine, workLine } from '../words/work.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { readBytes } from './files.ts'
import { plainLine } from '../words/plain-line.ts'
import { refused } from './refused.ts'
import { addChangeCommands } from './works-change.ts'
import { worksRefused } from './works-refused.ts'

type Options = Partial<Record<string, string>> & { cycle: string }

export function addWorksCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const works = program.command('works').description(t('cli.help-works'))
  addChangeCommands(works, parts)
  works
    .command('list')
    .description(t('cli.help-works-list'))
    .requiredOption(...cycleOption(t))
    .action(({ cycle }: Options) => act(parts, (app) => list(app, parts, cycle)))
  const one = (name: string, work: (app: App, at: WorkAt, options: Options) => Promise<void>) =>
    works
      .command(name)
      .argument('<village>', t('cli.help-works-village'))
      .argument('<number>', t('cli.help-works-number'))
      .requiredOption(...cycleOption(t))
      .option('--as <id>', t('cli.help-works-as'))
      .action((village: string, number: string, options: Options) =>
        act(parts, async (app) => work(app, await placed(app, village, number, options.cycle), options)),
      )
  one('milestone', (app, at, options) => milestone(app, parts, at, options))
    .description(t('cli.help-works-milestone'))
    .option('--milestone <n>', t('cli.help-works-which'))
    .option('--kk <text>', t('cli.help-works-name', { language: 'kk' }))
    .option('--ru <text>', t('cli.help-works-name', { language: 'ru' }))
    .option('--planned <day>', t('cli.help-works-planned'))
    .option('--actual <day>', t('cli.help-works-actual'))
    .option('--percent <n>', t('cli.help-works-percent'))
    .option('--cost <sum>', t('cli.help-works-cost'))
  one('photo', (app, at, options) => photo(app, parts, at, options))
    .description(t('cli.help-works-photo'))
    .requiredOption('--milestone <n>', t('cli.help-works-which'))
    .requiredOption('--file <file>', t('cli.help-works-file'))
  one('built', (app, at, options) => built(app, parts, at, options))
    .description(t('cli.help-works-built'))
    .option('--reply-kk <text>', t('cli.help-works-reply', { language: 'kk' }))
    .option('--reply-ru <text>', t('cli.help-works-reply', { language: 'ru' }))
}

async function placed(app: App, village: string, number: string, cycleName: string): Promise<WorkAt> {
  const cycle = await cycleNamed(app, cycleName)
  const { territory } = await villageNamed(app, village, cycle.id)
  const [, digits = ''] = /^(?:№\s*)?([1-9]\d{0,5})$/.exec(number) ?? []
  const at = { cycle: cycle.id, territory, number: Number(digits) }
  if (digits === '' || !(await readWork(app, at))) throw refused('cli.no-work', { number })
  return at
}

const actor = ({ as }: Options) => (as === undefined ? 'command' : readAccount(as))

async function list(app: App, { t, say }: Parts, name: string): Promise<void> {
  const works = await readWorks(app, (await cycleNamed(app, name)).id)
  for (const work of works) tell(t, say, work)
  if (works.length === 0) say(t('cli.works-none'))
}

function tell(t: T, say: (line: string) => void, work: Work): void {
  say(`${t.of(work.village)} · ${plainLine(workLine(t, work))}`)
  for (const one of work.milestones) say(`    ${plainLine(milestoneLine(t, one, work.currency, 120))}`)
}

async function milestone(app: App, { t, say }: Parts, at: WorkAt, options: Options): Promise<void> {
  const number = options['milestone']
  const which = number === undefined ? undefined : wholeNumber(number)
  const before = (await readWork(app, at))?.milestones.find((one) => one.number === which)?.name
  const { kk = before?.kk ?? '', ru = before?.ru ?? '' } = options
  const change: MilestoneChange = {
    ...(options['kk'] === undefined && options['ru'] === undefined ? {} : { name: { kk, ru } }),
    ...(options['planned'] === undefined ? {} : { planned: day(options['planned']) }),
    ...(options['actual'] === undefined ? {} : { actual: day(options['actual']) }),
    ...(options['percent'] === undefined ? {} : { percent: wholeNumber(options['percent']) }),
    ...(options['cost'] === undefined ? {} : { cost: sum(options['cost']) }),
  }
  const done = await keepMilestone(
    app,
    at,
    { ...change, ...(which === undefined ? {} : { milestone: which }) },
    { by: actor(options) },
  )
  if (!done.ok) throw worksRefused(done.problem)
  const work = await readWork(app, at)
  if (work) tell(t, say, work)
}

async function photo(app: App, parts: Parts, at: WorkAt, options: Options): Promise<void> {
  const bytes = await readBytes(options['file'] ?? '')
  const which = { ...at, milestone: wholeNumber(options['milestone'] ?? '') }
  const added = await addWorkPhoto(app, which, { bytes, store: parts.media }, actor(options))
  if (!added.ok) throw worksRefused(added.problem)
  parts.say(parts.t(added.value === 'there' ? 'cli.work-photo-there' : 'cli.work-photo-added'))
}

async function built(app: App, { t, say }: Parts, at: WorkAt, options: Options): Promise<void> {
  const [kk, ru] = [options['replyKk'], options['replyRu']]
  const reply = kk === undefined || ru === undefined ? undefined : { kk, ru }
  const done = await sayBuilt(app, at, reply, { by: actor(options) })
  if (!done.ok) throw worksRefused(done.problem)
  say(t('cli.work-built'))
}

function day(text: string): string {
  const read = readDay(text)
  if (read === undefined) throw refused('cli.work-no-day', { text })
  return read
}

function sum(text: string): number {
  const read = readSum(text)
  if (read === undefined) throw refused('cli.idea-no-sum', { text })
  return read
}

function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text.trim())) throw refused('cli.work-no-number', { text })
  return Number(text)
}
