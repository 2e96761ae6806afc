// The stage of a cycle, and what is left of it.
import { daysLeft, type Phase, type Timeline } from '../core/cycle.ts'
import type { T } from '../i18n.ts'

/** One line. `now`: UTC ISO. */
export function stageLine(
  t: T,
  { phase, timeline }: { phase: Phase; timeline: Timeline },
  now: string,
): string {
  switch (phase) {
    case 'voting':
      return timeline.counting
        ? t.html('start.stage-voting', {
            count: daysLeft(now, timeline.counting),
            date: t.moment(timeline.counting),
          })
        : t.html('start.stage-early')
    case 'counting':
      return t.html('start.stage-counting', { date: timeline.counting ? t.moment(timeline.counting) : '' })
    case 'results':
    case 'implementation':
    case 'closed':
      return t.html('start.stage-results')
    case 'draft':
    case 'announced':
    case 'consultation':
    case 'ideas':
    case 'review':
    case 'support':
      return timeline.voting
        ? t.html('start.stage-before', { date: t.day(timeline.voting) })
        : t.html('start.stage-early')
  }
}
