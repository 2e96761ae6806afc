// The mark of a cycle that counts nowhere.
import type { T } from '../i18n.ts'

/** For a message in HTML: a line, or none. */
export const trialLines = (t: T, { cycle }: { cycle: { trial: boolean } }): string[] =>
  cycle.trial ? [`<i>${t.html('common.practice')}</i>`] : []
