// Copies photos and voice notes of ideas into the installation's own place, and removes the files of those that are gone.
import { copyIdeaMedia, type MediaCopies, sweepIdeaMedia } from '../use-cases/copy-idea-media.ts'
import { type LeasedLoopOptions, type Loop, startLeasedLoop, startLoop } from './loop.ts'

/** How soon after a withdrawal or an erasure its files are gone. */
const SWEEP_MS = 60_000

/** The copies are made under a lease; each replica removes from its own place, which may be one for all. */
export function startIdeaMedia(options: LeasedLoopOptions & { media: MediaCopies }): Loop[] {
  const { app, log, media } = options
  return [
    startLeasedLoop('idea-media', options, async () => {
      while ((await copyIdeaMedia(app, media)) > 0);
    }),
    startLoop('idea-media-sweep', log, SWEEP_MS, async () => {
      await sweepIdeaMedia(app, media.store)
      return false
    }),
  ]
}
