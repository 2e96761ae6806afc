// Why something about a consultation was not done, in one line each.
import type { HandsProblem, MeetingProblem } from '../use-cases/hold-meeting.ts'
import type { PublishNeedsProblem } from '../use-cases/publish-needs.ts'
import { fullMoment } from '../words/moment.ts'
import { refused, refusedBy } from './refused.ts'

export function consultRefused(problem: MeetingProblem | HandsProblem | PublishNeedsProblem): Error {
  switch (problem.kind) {
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'no-consultation':
      return refused('cli.consult-none')
    case 'bad-place':
      return refused('cli.consult-bad-place', { most: problem.most })
    case 'bad-reply':
      return refused('cli.consult-bad-reply', { most: problem.most })
    case 'counted':
      return refused('cli.consult-counted')
    case 'published':
      return refused('cli.consult-was-published')
    case 'no-meeting':
    case 'moved-before':
      return refused('cli.consult-no-meeting')
    case 'not-yet':
      return refusedBy((t) => t('cli.consult-not-yet', { time: fullMoment(t, problem.at) }))
    case 'bad-hands':
      return refused('cli.consult-bad-hands')
    case 'not-over':
      return refused('cli.consult-not-over')
    case 'meeting-open':
      return refused('cli.consult-meeting-open')
  }
}
