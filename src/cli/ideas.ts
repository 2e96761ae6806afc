// dauys ideas list | show | stream | approve | return | reject | merge | cost | unfeasible | edit | group: the moderator's second door.
import type { Command } from 'commander'
import { type Decision, LONGEST_QUOTE, REJECT_REASONS, type RejectReason, type Words } from '../core/idea.ts'
import { OFFICIAL_LANGUAGES } from '../core/localised.ts'
import { plainWords } from '../core/formats/headings.ts'
import { readMarks } from '../core/marks.ts'
import { foldLetters } from '../core/text.ts'
import { readSum } from '../core/formats/project-list.ts'
import type { App } from '../use-cases/app.ts'
import { decideIdea, type DecideProblem, quotes } from '../use-cases/decide-idea.ts'
import { keepApart } from '../use-cases/keep-apart.ts'
import { findIdea, listIdeas } from '../use-cases/list-ideas.ts'
import { readyIdeas, type TakeProblem } from '../use-cases/take-ideas.ts'
import { categoriesByName } from '../words/category.ts'
import { everyMark, markWords } from '../words/marks.ts'
import { potName } from '../words/pot.ts'
import { ideaLines, ideaTitle, reasonName, stateName } from '../words/idea.ts'
import { act, cycleNamed, type Parts, readAccount, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { addClaimCommand } from './idea-claim.ts'
import { addMuteCommands } from './idea-mute.ts'
import { addRoomCommand } from './idea-room.ts'
import { addStreamCommand } from './idea-stream.ts'
import { plainLine } from '../words/plain-line.ts'
import { refused, refusedBy } from './refused.ts'

interface Options {
  cycle: string
  as?: string
}

export function addIdeaCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const ideas = program.command('ideas').description(t('cli.help-ideas'))
  ideas
    .command('list')
    .description(t('cli.help-ideas-list'))
    .requiredOption(...cycleOption(t))
    .option('--village <name>', t('cli.help-ideas-village'))
    .action((options: { cycle: string; village?: string }) => act(parts, (app) => list(app, parts, options)))
  ideas
    .command('show')
    .description(t('cli.help-ideas-show'))
    .argument('<number>', t('cli.help-ideas-number'))
    .requiredOption(...cycleOption(t))
    .action((number: string, options: { cycle: string }) =>
      act(parts, async (app) => {
        const { idea } = await named(app, number, options.cycle)
        parts.say(lineOf(parts, idea))
        for (const line of ideaLines(t, idea)) parts.say(plainLine(line))
      }),
    )
  ideas
    .command('apart')
    .description(t('cli.help-ideas-apart'))
    .argument('<numbers...>', t('cli.help-ideas-pair'))
    .requiredOption(...cycleOption(t))
    .option('--as <id>', t('cli.help-ideas-as'))
    .action((numbers: string[], options: Options) => act(parts, (app) => apart(app, parts, numbers, options)))
  ideas
    .command('ready')
    .description(t('cli.help-ideas-ready'))
    .requiredOption(...cycleOption(t))
    .action((options: Options) => act(parts, (app) => ready(app, parts, options.cycle)))
  addStreamCommand(ideas, parts)
  addDecisions(ideas, parts)
  addRoomCommand(ideas, parts)
  addClaimCommand(ideas, parts, { readNumber, problemOf })
  addMuteCommands(ideas, parts, readNumber)
}

async function apart(app: App, parts: Parts, numbers: string[], options: Options): Promise<void> {
  const { id } = await cycleNamed(app, options.cycle)
  const [first = '', second = ''] = numbers
  const pair = [readNumber(first), readNumber(second)] as const
  const done = await keepApart(app, id, pair, options.as === undefined ? 'command' : readAccount(options.as))
  if (!done.ok && done.problem.kind === 'no-such-idea')
    throw refused('cli.no-idea', { number: done.problem.number })
  if (!done.ok) throw refused('cli.not-allowed')
  parts.say(parts.t(done.value ? 'cli.ideas-apart' : 'cli.ideas-apart-before', { pair: pair.join(', ') }))
}

/** What the list will take, and everything that is in the way. */
async function ready(app: App, { t, say }: Parts, name: string): Promise<void> {
  const cycle = await cycleNamed(app, name)
  const { ideas, problems } = await readyIdeas(app, app.db, cycle)
  const numbers = (some: readonly { number: number | null }[]) => some.map(({ number }) => number).join(', ')
  say(ideas.length > 0 ? t('cli.ideas-ready', { ideas: numbers(ideas) }) : t('cli.ideas-none-ready'))
  for (const problem of problems)
    say(t('cli.ideas-in-the-way', { line: t(`cli.way-${problem.kind}`, factsOf(problem)) }))
  const waiting = await listIdeas(app, cycle.id, { states: ['sent', 'returned', 'approved'] })
  if (waiting.length > 0) say(t('cli.way-waiting', { ideas: numbers(waiting) }))
}

const factsOf = (problem: TakeProblem) =>
  problem.kind === 'ideas-close'
    ? { pairs: problem.pairs.map((pair) => pair.join('–')).join(', ') }
    : { ideas: problem.ideas.join(', ') }

/** One command a decision: each with what it must be told. */
function addDecisions(ideas: Command, parts: Parts): void {
  const { t } = parts
  const reasons = REJECT_REASONS.map((reason) => `${reason} (${reasonName(t, reason)})`).join('; ')
  const one = (name: string, read: (options: Record<string, string>, app: App) => Decision) =>
    ideas
      .command(name)
      .argument('<number>', t('cli.help-ideas-number'))
      .requiredOption(...cycleOption(t))
      .option('--as <id>', t('cli.help-ideas-as'))
      .action((number: string, options: Options & Record<string, string>) =>
        act(parts, (app) => decide(app, parts, number, options, read(options, app))),
      )
  one('approve', () => ({ kind: 'approve' })).description(t('cli.help-ideas-approve'))
  one('return', ({ question = '', quote }) => ({
    kind: 'return',
    question,
    ...(quote !== undefined && { quote }),
  }))
    .description(t('cli.help-ideas-return'))
    .requiredOption('--question <text>', t('cli.help-ideas-question'))
    .option('--quote <text>', t('cli.help-ideas-quote'))
  one('reject', ({ reason = '', note }) => ({
    kind: 'reject',
    reason: readReason(reason, reasons),
    ...(note !== undefined && { note }),
  }))
    .description(t('cli.help-ideas-reject'))
    .requiredOption('--reason <reason>', t('cli.help-ideas-reason', { reasons }))
    .option('--note <text>', t('cli.help-ideas-note'))
  one('merge', ({ into = '' }) => ({ kind: 'merge', into: readNumber(into) }))
    .description(t('cli.help-ideas-merge'))
    .requiredOption('--into <number>', t('cli.help-ideas-into'))
  one('cost', ({ sum = '', offList }) => ({ kind: 'feasible', cost: sumOf(sum), onList: !offList }))
    .description(t('cli.help-ideas-cost'))
    .requiredOption('--sum <tenge>', t('cli.help-ideas-sum'))
    .option('--off-list', t('cli.help-ideas-off-list'))
  one('unfeasible', ({ why = '' }) => ({ kind: 'unfeasible', why }))
    .description(t('cli.help-ideas-unfeasible'))
    .requiredOption('--why <text>', t('cli.help-ideas-why'))
  const categories = [...new Set(categoriesByName([t], foldLetters).values())].join(', ')
  const edit = one('edit', (options) => readEdit(parts, options, categories))
    .description(t('cli.help-ideas-edit'))
    .option('--category <name>', t('cli.help-ideas-category', { categories }))
    .option('--pot <name>', t('cli.help-ideas-pot'))
    .option('--marks <words>', t('cli.help-ideas-marks', { marks: markWords(t) }))
  for (const locale of OFFICIAL_LANGUAGES)
    edit
      .option(`--title-${locale} <text>`, t('cli.help-ideas-title'))
      .option(`--text-${locale} <text>`, t('cli.help-ideas-text'))
}

async function list(app: App, parts: Parts, options: { cycle: string; village?: string }): Promise<void> {
  const { id } = await cycleNamed(app, options.cycle)
  const place = options.village === undefined ? undefined : await villageNamed(app, options.village, id)
  const found = await listIdeas(app, id, place && { territory: place.territory })
  for (const idea of found) parts.say(lineOf(parts, idea))
  if (found.length === 0) parts.say(parts.t('cli.ideas-none'))
}

type Idea = Awaited<ReturnType<typeof listIdeas>>[number]

const lineOf = ({ t }: Parts, idea: Idea): string =>
  t('cli.ideas-line', {
    number: idea.number ?? 0,
    village: t.of(idea.village),
    title: ideaTitle(t, idea),
    state: stateName(t, idea.state),
  })

async function named(app: App, number: string, cycle: string): Promise<{ idea: Idea }> {
  const { id } = await cycleNamed(app, cycle)
  const idea = await findIdea(app, id, readNumber(number))
  if (!idea) throw refused('cli.no-idea', { number })
  return { idea }
}

async function decide(
  app: App,
  parts: Parts,
  number: string,
  options: Options,
  decision: Decision,
): Promise<void> {
  const { t } = parts
  const { idea } = await named(app, number, options.cycle)
  if (decision.kind === 'return' && decision.quote !== undefined && !quotes(idea, decision.quote))
    throw refused('cli.idea-not-quoted', { number, most: LONGEST_QUOTE })
  const by = options.as === undefined ? 'command' : readAccount(options.as)
  const done = await decideIdea(app, idea.id, decision, { by, version: idea.version })
  if (!done.ok) throw problemOf(parts, done.problem, number)
  parts.say(t('cli.ideas-decided', { number: done.value.number ?? 0, state: stateName(t, done.value.state) }))
}

function problemOf({ t }: Parts, problem: DecideProblem, number: string): Error {
  switch (problem.kind) {
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'no-such-idea':
      return refused('cli.no-idea', { number })
    case 'own-idea':
      return refused('cli.idea-own')
    case 'claimed':
      return refused('cli.idea-claimed', { by: problem.by, time: t.moment(problem.until) })
    case 'same-person':
      return refused('cli.idea-same-person')
    case 'overtaken':
      return refused('cli.idea-overtaken', { state: stateName(t, problem.state) })
    case 'too-dear':
      return refused('cli.idea-too-dear', { ceiling: t.money(problem.ceiling) })
    case 'no-target':
      return refused('cli.idea-no-target')
    case 'no-words':
      return refused('cli.idea-no-words')
    case 'no-pot':
      return refusedBy((own) =>
        own('cli.idea-no-pot', {
          pots: problem.pots.map((pot) => `${pot.pot} (${potName(own, pot)})`).join(', '),
        }),
      )
  }
}

function readNumber(text: string): number {
  const digits = text.replace(/^№\s*/, '')
  if (!/^[1-9]\d{0,8}$/.test(digits)) throw refused('cli.no-idea', { number: text })
  return Number(digits)
}

function sumOf(text: string): number {
  const sum = readSum(text)
  if (sum === undefined) throw refused('cli.idea-no-sum', { text })
  return sum
}

function readReason(text: string, reasons: string): RejectReason {
  const known = REJECT_REASONS.find((reason) => reason === text)
  if (!known) throw refused('cli.idea-no-reason', { text, reasons })
  return known
}

function readEdit(parts: Parts, options: Record<string, string>, categories: string): Decision {
  const words = (field: 'title' | 'text'): Words =>
    Object.fromEntries(
      OFFICIAL_LANGUAGES.flatMap((locale) => {
        const text = options[`${field}${locale.charAt(0).toUpperCase()}${locale.slice(1)}`]
        return text === undefined ? [] : [[locale, text.trim()]]
      }),
    )
  const { category: text, pot, marks: written } = options
  const marks = written === undefined ? undefined : readMarks(written, everyMark(parts.textsOf), plainWords)
  if (marks && 'wrong' in marks)
    throw refusedBy((own) => own('cli.idea-no-mark', { word: marks.wrong, marks: markWords(own) }))
  const every = parts.textsOf.languages.map(({ locale }) => parts.textsOf(locale))
  const category =
    text === undefined ? undefined : categoriesByName(every, foldLetters).get(foldLetters(text))
  if (text !== undefined && category === undefined)
    throw refused('cli.idea-no-category', { text, categories })
  return {
    kind: 'edit',
    titles: words('title'),
    texts: words('text'),
    ...(category !== undefined && { category }),
    ...(pot !== undefined && { pot }),
    ...(marks !== undefined && { marks }),
  }
}
