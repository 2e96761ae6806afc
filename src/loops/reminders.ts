// Reminds moderators and officials of ideas that wait too long, and residents of ballots that they opened and did not send.
import { remindModerators } from '../use-cases/remind-moderators.ts'
import { remindVoters } from '../use-cases/remind-voters.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop } from './loop.ts'

/** Runs under a lease: one replica of the fleet reminds. */
export const startReminders = (options: LeasedLoopOptions): Loop =>
  startLeasedLoop('reminders', options, async () => {
    await remindModerators(options.app)
    await remindVoters(options.app)
  })
