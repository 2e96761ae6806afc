// The command line: every command with its help. What it does is a use case; a problem is one line and exit code 1.
import { Command } from 'commander'
import type { Parts } from './acting.ts'
import { addCardCommands } from './cards.ts'
import { addCountCommand } from './count.ts'
import { addCycleCommands } from './cycle.ts'
import { addDemoCommands } from './demo.ts'
import { addRoleCommands } from './role.ts'
import { addRollCommands } from './roll.ts'
import { addVerifyReceiptCommand } from './verify-receipt.ts'

/** Parse with `parseAsync`; it throws an Error whose message is the one line to show. */
export function buildProgram(parts: Parts): Command {
  const program = new Command('dauys')
    .description('Participatory budgeting in conversation. Without a command: runs the bot.')
    .showHelpAfterError('(dauys --help shows all commands)')
    .option('--fresh', 'run the bot on an empty database of this checkout (everything made so far is lost)')
  addDemoCommands(program, parts)
  addCycleCommands(program, parts)
  addRoleCommands(program, parts)
  addRollCommands(program, parts)
  addCardCommands(program, parts)
  addCountCommand(program, parts)
  addVerifyReceiptCommand(program, parts)
  return program
}
