// The mark of a cycle that counts nowhere.
import type { T } from '../i18n.ts'

type OfCycle = { cycle: { trial: boolean } }

/** Plain: a line, or none. */
export const trialNotes = (t: T, { cycle }: OfCycle): string[] => (cycle.trial ? [t('common.practice')] : [])

/** The same for a message in HTML. */
export const trialLines = (t: T, { cycle }: OfCycle): string[] =>
  cycle.trial ? [`<i>${t.html('common.practice')}</i>`] : []
