// Begins announcements at their time, ends them, and has their author shown how far they are.
import { runAnnouncements } from '../use-cases/run-announcements.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop } from './loop.ts'

export interface AnnouncementsOptions extends LeasedLoopOptions {
  /** What shows it. */
  progress: { round(): Promise<void> }
}

/** Runs under a lease: one replica of the fleet shows how far they are. */
export const startAnnouncements = ({ progress, ...options }: AnnouncementsOptions): Loop =>
  startLeasedLoop('announcements', options, async () => {
    await runAnnouncements(options.app)
    await progress.round()
  })
