// Runs one line of the command line in the language of whoever typed it.
import { CommanderError } from 'commander'
import { printable } from '../core/text.ts'
import type { Outside } from './acting.ts'
import { buildProgram } from './commands.ts'
import { typingFault } from './commander-words.ts'
import { takeLanguage } from './language.ts'
import { refusal, spoken } from './refused.ts'

/**
 * Returns whether a command ran or a help text was asked for. Throws an Error whose message is what to show. Whatever a file or the
 * database put into a line, nothing reaches the terminal that it would obey.
 */
export async function runCommand(outside: Outside, line: readonly string[]): Promise<boolean> {
  try {
    return await run({ ...outside, say: (said) => outside.say(printable(said)) }, line)
  } catch (error) {
    if (error instanceof Error) error.message = printable(error.message)
    throw error
  }
}

async function run(outside: Outside, line: readonly string[]): Promise<boolean> {
  const { t, words } = takeLanguage(outside.textsOf, line, outside.spoken)
  const program = await buildProgram({ ...outside, t }, words)
  try {
    await program.parseAsync(words, { from: 'user' })
    return true
  } catch (error) {
    if (!(error instanceof CommanderError)) throw spoken(t, error)
    const fault = typingFault(t, error)
    if (fault !== undefined) throw refusal(fault)
    return error.exitCode === 0
  }
}
