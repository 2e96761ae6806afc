// Why an announcement was not written, sent, paused or ended, in one plain line.
import type { Texts } from '../i18n.ts'
import type { AnnounceProblem } from '../use-cases/announce.ts'
import type { SteerProblem } from '../use-cases/steer-announcement.ts'
import { faultLine, stateName } from '../words/announcement.ts'
import { refused, refusedBy } from './refused.ts'

export function announceRefused(textsOf: Texts, problem: AnnounceProblem | SteerProblem): Error {
  switch (problem.kind) {
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'name-official':
      return refused('cli.announce-name-official')
    case 'no-such-announcement':
      return refused('announce.gone')
    case 'one-media':
      return refused('announce.one-media')
    case 'nobody-to-confirm':
      return refused('announce.nobody-to-confirm')
    case 'moved':
    case 'changed':
      return refusedBy((t) => {
        const last = { by: problem.by ?? t('announce.by-nobody'), time: t.dated(problem.when) }
        return problem.kind === 'changed'
          ? t('announce.changed', last)
          : t('announce.moved', { ...last, state: stateName(t, problem.state) })
      })
    case 'faults':
      return refusedBy((t) =>
        [t('announce.stops'), ...problem.faults.map((fault) => faultLine(t, textsOf, fault))].join(' '),
      )
  }
}
