// A paper in one or two languages says everything in each of them.
import type { T } from '../i18n.ts'

/** What reads the same in both (a name, a number) is said once. */
export const inEach = (t: readonly T[], text: (t: T) => string, between = '\n'): string =>
  [...new Set(t.map(text))].join(between)
