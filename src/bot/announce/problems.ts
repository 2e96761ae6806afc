// What came of sending, or why it was not done: who was faster is named, with the time.
import type { T, Texts } from '../../i18n.ts'
import type { Announced, AnnounceProblem } from '../../use-cases/announce.ts'
import type { SteerProblem } from '../../use-cases/steer-announcement.ts'
import { proposedBeforeLines } from '../changed.ts'
import { faultLine, stateName, timeInWords } from '../../words/announcement.ts'

/** HTML. */
export const sentLine = (t: T, { at, proposed }: Announced): string =>
  proposed
    ? [
        ...proposedBeforeLines(t, proposed),
        t.html('announce.asked-second', { time: t.moment(proposed.until) }),
      ].join('\n')
    : t.html('announce.approved', { time: timeInWords(t, at) })

/** HTML. */
export function problemLine(t: T, textsOf: Texts, problem: AnnounceProblem | SteerProblem): string {
  switch (problem.kind) {
    case 'not-allowed':
    case 'name-official':
      return t.html('announce.not-allowed')
    case 'no-such-announcement':
      return t.html('announce.gone')
    case 'one-media':
      return t.html('announce.one-media')
    case 'nobody-to-confirm':
      return t.html('announce.nobody-to-confirm')
    case 'moved':
    case 'changed': {
      const last = { by: problem.by ?? t('announce.by-nobody'), time: t.moment(problem.when) }
      return problem.kind === 'changed'
        ? t.html('announce.changed', last)
        : t.html('announce.moved', { ...last, state: stateName(t, problem.state) })
    }
    case 'faults':
      return [
        t.html('announce.stops'),
        ...problem.faults.map((fault) => faultLine(t, textsOf, fault, true)),
      ].join('\n')
  }
}
