// The words that the command line itself says: titles of a help text, and what is wrong with a line that was typed.
import { type Command, type CommanderError, Help, type Option } from 'commander'
import type { Key, T } from '../i18n.ts'

const TITLES: Record<string, Key> = {
  'Usage:': 'cli.help-usage',
  'Arguments:': 'cli.help-arguments',
  'Options:': 'cli.help-options',
  'Commands:': 'cli.help-commands',
}

/** To be called before commands are added: they take it over. */
export function speakHelp(program: Command, t: T): Command {
  const plain = new Help()
  return program
    .configureHelp({
      styleTitle: (title) => (TITLES[title] ? t(TITLES[title]) : title),
      commandUsage: (command) => localUsage(t, plain.commandUsage(command)),
      subcommandTerm: (command) => localUsage(t, plain.subcommandTerm(command)),
      optionDescription: (option) => optionDescription(t, option),
    })
    .helpOption('-h, --help', t('cli.help-help'))
    .helpCommand(`help [${t('cli.help-a-command')}]`, t('cli.help-help'))
}

const localUsage = (t: T, usage: string): string =>
  usage
    .replace('[options]', `[${t('cli.help-some-options')}]`)
    .replace('[command]', `[${t('cli.help-a-command')}]`)

function optionDescription(t: T, { description, argChoices, defaultValue, mandatory }: Option): string {
  const choices = argChoices ? [t('cli.help-choices', { choices: argChoices.join(', ') })] : []
  const shown = typeof defaultValue === 'string'
  const usual = shown ? [t('cli.help-default', { value: defaultValue })] : []
  const needed = mandatory ? [t('cli.help-needed')] : []
  const more = [...needed, ...choices, ...usual]
  return more.length > 0 ? `${description} (${more.join('; ')})` : description
}

const FAULTS: Record<string, Key> = {
  'commander.unknownOption': 'cli.typed-unknown-option',
  'commander.unknownCommand': 'cli.typed-unknown-command',
  'commander.missingArgument': 'cli.typed-no-argument',
  'commander.optionMissingArgument': 'cli.typed-no-value',
  'commander.missingMandatoryOptionValue': 'cli.typed-no-option',
  'commander.excessArguments': 'cli.typed-too-many',
  'commander.invalidArgument': 'cli.typed-bad-choice',
}

/** What is wrong with the line, for whoever typed it; undefined where a help text was shown instead. */
export function typingFault(t: T, error: CommanderError): string | undefined {
  const key = FAULTS[error.code]
  if (!key) return undefined
  const [, name = ''] = /'([^']*)'/.exec(error.message) ?? []
  const [, choices = ''] = /Allowed choices are (.*?)\.?$/m.exec(error.message) ?? []
  const [, meant] = /Did you mean (?:one of )?(.+?)\?/.exec(error.message) ?? []
  const hint = meant === undefined ? '' : ` ${t('cli.typed-meant', { meant })}`
  return `${t(key, { name, choices })}${hint} ${t('cli.typed-help')}`
}
