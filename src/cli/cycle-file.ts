// dauys cycle template | create: a cycle of one's own from a file, read back in words before anything is made.
import type { Command } from 'commander'
import { decodeText, looksLikeSpreadsheet } from '../core/formats/encoding.ts'
import { type CycleDraft, cycleDraftText, type CycleFile, readCycleFile } from '../core/formats/cycle-file.ts'
import { cycleTemplate } from '../core/formats/cycle-template.ts'
import { type ListedProject, readProjectList } from '../core/formats/project-list.ts'
import { createCycle, type CreateCycleProblem } from '../use-cases/create-cycle.ts'
import type { App } from '../use-cases/app.ts'
import { templateOf } from '../use-cases/draft-cycle.ts'
import { type FoundPlace, placesOfFile, wantedOf } from '../use-cases/cycle-of-file.ts'
import { everyCategory } from '../words/category.ts'
import { everyMark } from '../words/marks.ts'
import type { T } from '../i18n.ts'
import { act, cycleNamed, type Parts, refusal, refused } from './acting.ts'
import { cycleLines } from '../words/cycle-told.ts'
import { projectLine } from '../words/project-list.ts'
import { cycleFileLine, problemLines } from './cycle-file-lines.ts'
import { readBytes, readText, writeNew } from './files.ts'

interface CreateOptions {
  projects?: string
  yes: boolean
}

export function addCycleFileCommands(cycle: Command, parts: Parts): void {
  const { t } = parts
  cycle
    .command('template')
    .description(t('cli.help-cycle-template'))
    .argument('[file]', t('cli.help-cycle-template-file'))
    .option('--from <cycle>', t('cli.help-cycle-template-from'))
    .action(async (file: string | undefined, { from }: { from?: string }) => {
      const text =
        from === undefined ? cycleTemplate(new Date().toISOString()) : await settingsOf(parts, from)
      if (file === undefined) return parts.say(text.trimEnd())
      await writeNew(file, text)
      parts.say(t('cli.made-template', { file }))
    })
  cycle
    .command('create')
    .description(t('cli.help-cycle-create'))
    .argument('<file>', t('cli.help-cycle-create-file'))
    .option('--projects <list>', t('cli.help-cycle-projects'))
    .option('--yes', t('cli.help-cycle-yes'), false)
    .action((file: string, options: CreateOptions) => act(parts, (app) => create(app, parts, file, options)))
}

/** The settings of a cycle, under a name and dates that are to be changed. */
async function settingsOf(parts: Parts, name: string): Promise<string> {
  let text = ''
  await act(parts, async (app) => {
    const template = JSON.parse(cycleTemplate(app.now().toISOString())) as CycleDraft
    const { format: _, ...settings } = {
      ...template,
      ...(await templateOf(app, await cycleNamed(app, name))),
    }
    text = cycleDraftText(settings)
  })
  return text
}

async function create(app: App, parts: Parts, path: string, options: CreateOptions): Promise<void> {
  const { t, say } = parts
  const read = readCycleFile(await readText(path))
  if (!read.ok) throw refusal(problemLines(t, path, read.problem, (problem) => cycleFileLine(t, problem)))
  const file = read.value
  const places = await placesOf(app, t, path, file)
  const projects = options.projects === undefined ? [] : await projectsOf(parts, options.projects, places)
  for (const line of cycleLines(t, file, places, projects, app.now())) say(line)
  if (!options.yes)
    return say(
      t('cli.made-dry', {
        command: `dauys cycle create ${path}${options.projects === undefined ? '' : ` --projects ${options.projects}`} --yes`,
      }),
    )
  const made = await createCycle(app, wantedOf(file, places, projects), 'command')
  if (!made.ok) throw refused(...createFault(made.problem))
  say(t('cli.made', { id: made.value, cycle: file.slug }))
}

/** Each place of the file as the classifier knows it. Refuses with all that is wrong. */
async function placesOf(app: App, t: T, path: string, file: CycleFile): Promise<FoundPlace[]> {
  const found = await placesOfFile(app, file)
  if (found.ok) return found.value
  throw refusal(problemLines(t, path, found.problem, (problem) => cycleFileLine(t, problem)))
}

async function projectsOf(
  { t, textsOf }: Parts,
  path: string,
  places: readonly FoundPlace[],
): Promise<ListedProject[]> {
  const bytes = await readBytes(path)
  if (looksLikeSpreadsheet(bytes)) throw refused('cli.made-workbook', { file: path })
  const categories = everyCategory(textsOf)
  const villages = places.map(({ territory, kato, name }) => ({ id: String(territory), kato, name }))
  const pots = new Map(places.map((place) => [String(place.territory), place.pots]))
  const marks = everyMark(textsOf)
  const read = readProjectList(decodeText(bytes).text, { villages, categories, marks, pots })
  if (read.ok) return read.value
  throw refusal(problemLines(t, path, read.problem, (problem) => projectLine(t, problem)))
}

/** What only the database, or the rules of a ballot, could tell. */
function createFault(problem: CreateCycleProblem): Parameters<typeof refused> {
  switch (problem.kind) {
    case 'slug-taken':
      return ['cli.made-slug-taken']
    case 'not-allowed':
      return ['cli.not-allowed']
    case 'made-before':
      return ['cli.made-slug-taken']
    case 'bad-budget':
      return ['cli.made-budget-differs']
    case 'bad-slug':
    case 'timeline':
    case 'no-villages':
    case 'bad-pots':
    case 'village-twice':
    case 'bad-terms':
    case 'bad-project':
      return ['cli.made-not-possible', { what: problem.kind }]
  }
}
