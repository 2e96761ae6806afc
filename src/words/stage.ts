// The stage of a cycle, and what is left of it.
import { daysLeft, nextPhase, type Phase, type Timeline } from '../core/cycle.ts'
import type { Key, T } from '../i18n.ts'

/** What people do in a phase before voting, and until when. */
const BEFORE: Partial<Record<Phase, Key>> = {
  consultation: 'start.stage-consultation',
  ideas: 'start.stage-ideas',
  review: 'start.stage-review',
  support: 'start.stage-support',
}

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
      return timeline.voting
        ? t.html('start.stage-before', { date: t.day(timeline.voting) })
        : t.html('start.stage-early')
    case 'consultation':
    case 'ideas':
    case 'review':
    case 'support': {
      const [key, next] = [BEFORE[phase], nextPhase(phase, timeline)]
      const until = next && timeline[next]
      if (key && until !== undefined) return t.html(key, { date: t.moment(until) })
      return timeline.voting
        ? t.html('start.stage-before', { date: t.day(timeline.voting) })
        : t.html('start.stage-early')
    }
  }
}
