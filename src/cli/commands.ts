// The command line: every command with its help. What it does is a use case; a problem is one line and exit code 1.
import { Command } from 'commander'
import type { Key } from '../i18n.ts'
import type { Parts } from './acting.ts'
import { speakHelp } from './commander-words.ts'
import { LANG } from './language.ts'

type Add = (program: Command, parts: Parts) => void

/** The first words of the command line, with their arguments where they stand alone; the code of each is loaded when it is typed. */
const WORDS: readonly { word: string; takes?: string; help: Key; load: () => Promise<Add> }[] = [
  {
    word: 'migrate',
    help: 'cli.help-migrate',
    load: async () => (await import('./migrate.ts')).addMigrateCommand,
  },
  { word: 'demo', help: 'cli.help-demo', load: async () => (await import('./demo.ts')).addDemoCommand },
  { word: 'import', help: 'cli.help-import', load: async () => (await import('./demo.ts')).addImportCommand },
  { word: 'cycle', help: 'cli.help-cycle', load: async () => (await import('./cycle.ts')).addCycleCommands },
  {
    word: 'projects',
    help: 'cli.help-projects',
    load: async () => (await import('./projects.ts')).addProjectCommands,
  },
  { word: 'role', help: 'cli.help-role', load: async () => (await import('./role.ts')).addRoleCommands },
  { word: 'roll', help: 'cli.help-roll', load: async () => (await import('./roll.ts')).addRollCommands },
  { word: 'cards', help: 'cli.help-cards', load: async () => (await import('./cards.ts')).addCardCommands },
  { word: 'ideas', help: 'cli.help-ideas', load: async () => (await import('./ideas.ts')).addIdeaCommands },
  {
    word: 'announce',
    help: 'cli.help-announce',
    load: async () => (await import('./announce.ts')).addAnnounceCommands,
  },
  {
    word: 'channel',
    help: 'cli.help-channel',
    load: async () => (await import('./channel.ts')).addChannelCommands,
  },
  {
    word: 'questions',
    help: 'cli.help-questions',
    load: async () => (await import('./questions.ts')).addQuestionCommands,
  },
  {
    word: 'consult',
    help: 'cli.help-consult',
    load: async () => (await import('./consult.ts')).addConsultCommands,
  },
  {
    word: 'signals',
    help: 'cli.help-signals',
    load: async () => (await import('./signals.ts')).addSignalsCommand,
  },
  {
    word: 'review',
    help: 'cli.help-review',
    load: async () => (await import('./review.ts')).addReviewCommands,
  },
  {
    word: 'person',
    help: 'cli.help-person',
    load: async () => (await import('./person.ts')).addPersonCommand,
  },
  {
    word: 'tests',
    help: 'cli.help-tests',
    load: async () => (await import('./tests.ts')).addTestsCommands,
  },
  {
    word: 'assist',
    help: 'cli.help-assist',
    load: async () => (await import('./assist.ts')).addAssistCommands,
  },
  { word: 'paper', help: 'cli.help-paper', load: async () => (await import('./paper.ts')).addPaperCommands },
  {
    word: 'count',
    takes: '[file]',
    help: 'cli.help-count',
    load: async () => (await import('./count.ts')).addCountCommand,
  },
  { word: 'keys', help: 'cli.help-keys', load: async () => (await import('./keys.ts')).addKeyCommands },
  {
    word: 'sample',
    help: 'cli.help-sample',
    load: async () => (await import('./sample.ts')).addSampleCommands,
  },
  {
    word: 'result',
    help: 'cli.help-result',
    load: async () => (await import('./held-count.ts')).addResultCommands,
  },
  { word: 'works', help: 'cli.help-works', load: async () => (await import('./works.ts')).addWorksCommands },
  {
    word: 'protocol',
    takes: '<village>',
    help: 'cli.help-protocol',
    load: async () => (await import('./protocol.ts')).addProtocolCommand,
  },
  {
    word: 'report',
    help: 'cli.help-report',
    load: async () => (await import('./report.ts')).addReportCommand,
  },
  {
    word: 'training',
    takes: '<day> <people> [women]',
    help: 'cli.help-training',
    load: async () => (await import('./training.ts')).addTrainingCommand,
  },
  {
    word: 'poster',
    help: 'cli.help-poster',
    load: async () => (await import('./poster.ts')).addPosterCommand,
  },
  {
    word: 'leaflet',
    help: 'cli.help-leaflet',
    load: async () => (await import('./poster.ts')).addLeafletCommand,
  },
  {
    word: 'ballot',
    help: 'cli.help-ballot',
    load: async () => (await import('./set-aside.ts')).addBallotCommands,
  },
  { word: 'log', help: 'cli.help-log', load: async () => (await import('./set-aside.ts')).addLogCommands },
  {
    word: 'bundle',
    takes: '<cycle> <file>',
    help: 'cli.help-bundle',
    load: async () => (await import('./bundle.ts')).addBundleCommand,
  },
  {
    word: 'verify',
    takes: '<file>',
    help: 'cli.help-verify',
    load: async () => (await import('./bundle.ts')).addVerifyCommand,
  },
  {
    word: 'verify-receipt',
    takes: '[file]',
    help: 'cli.help-receipt',
    load: async () => (await import('./verify-receipt.ts')).addVerifyReceiptCommand,
  },
  {
    word: 'kit',
    takes: '<file>',
    help: 'cli.help-kit',
    load: async () => (await import('./kit.ts')).addKitCommand,
  },
]

/**
 * Parse with `parseAsync`; what it throws, `runCommand` puts into words. `typed`: the words of the line. A command that is not
 * among them stands there by its name and help only; without `typed` all are whole.
 */
export async function buildProgram(parts: Parts, typed?: readonly string[]): Promise<Command> {
  const { t, say } = parts
  const sayHelp = (text: string) => say(text.trimEnd())
  const program = speakHelp(new Command('dauys'), t)
    .exitOverride()
    .configureOutput({ writeOut: sayHelp, writeErr: sayHelp, outputError: () => {} })
    .description(t('cli.program'))
    .option('--fresh', t('cli.program-fresh'))
    .option(`${LANG} <language>`, t('cli.program-lang'))
  for (const { word, takes, help, load } of WORDS) {
    if (typed === undefined || typed.includes(word)) (await load())(program, parts)
    else program.command([word, takes].join(' ').trim()).description(t(help))
  }
  return program
}
