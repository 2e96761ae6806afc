// Somebody was faster: who, and when.
import type { T } from '../i18n.ts'
import type { Proposed } from '../use-cases/propose-act.ts'
import type { Done } from '../use-cases/read-course.ts'

/** HTML, above how it stands now. Somebody was faster, or time was. */
export function changedLine(t: T, done: Done | undefined): string {
  if (!done) return t.html('manage.changed')
  const time = t.moment(done.at)
  if (done.by === 'clock') return t.html('manage.changed-clock', { time })
  if (done.by === 'command') return t.html('manage.changed-command', { time })
  return t.html('manage.changed-by', { by: done.by ?? '–', time })
}

/** HTML: whose doing it was, under what is said of it; none where nobody did it. */
export const whoWhenLines = (t: T, done: Done | undefined): string[] => {
  if (!done) return []
  const time = t.moment(done.at)
  return done.by === 'command' || done.by === 'clock'
    ? [t.html('manage.who-when-command', { time })]
    : [t.html('manage.who-when', { by: done.by ?? '–', time })]
}

/** HTML: who proposed it first; none where it was not proposed before. */
export const proposedBeforeLines = (t: T, { already, by, at }: Proposed): string[] =>
  already ? [t.html('manage.proposed-before'), t.html('manage.proposed-by', { by, time: t.moment(at) })] : []
