// Tells Telegram the commands of people who hold a role, as roles come, go and run out.
import { type LeasedLoopOptions, type Loop, startLeasedLoop } from './loop.ts'

/** Runs under a lease: one replica of the fleet tells them. `round`: one look at everybody who holds a role. */
export const startChatCommands = (options: LeasedLoopOptions & { round: () => Promise<void> }): Loop =>
  startLeasedLoop('chat-commands', options, options.round)
