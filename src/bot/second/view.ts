// What a second official sees after the press: that it is done, that it is refused, or why neither.
import type { Key, T } from '../../i18n.ts'
import type { ConfirmProblem, JointProblem } from '../../use-cases/confirm-act.ts'
import type { AnsweredAct } from '../../use-cases/decide-act.ts'
import { actLines } from '../../words/joint-act.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import type { Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import { type AskedAct, askSecond } from '../second-asked.ts'

export const waitingButton = button('sw', { page: 'int' })

/** What waits for a second official, one a message. */
export function waitingScreen(t: T, waiting: readonly AskedAct[], page: number): Screen {
  const { at, pages, shown } = pageOf(waiting, page, 1)
  const [asked] = shown
  if (!asked) return lineScreen(t, t.html('second.nothing-waits'))
  const note = pages > 1 ? t.html('common.page', { page: at + 1, pages }) : undefined
  const { buttons, ...screen } = askSecond(t, asked, note)
  const turn = pager(t, at, pages, (to) => waitingButton.pack({ page: to }))
  return { ...screen, buttons: [...buttons, ...turn, [toMenu(t)]] }
}

/** `text`: HTML. */
export const lineScreen = (t: T, text: string): Screen => ({ text, buttons: [[toMenu(t)]] })

export function decidedScreen(t: T, outcome: 'done' | 'refused', { act, where }: AnsweredAct): Screen {
  const said = t.html(outcome === 'done' ? 'second.done' : 'second.refused')
  return lineScreen(t, [said, ...actLines(t, act, where)].join('\n'))
}

const WHY = {
  closed: 'second.why-closed',
  'roll-gone': 'second.why-roll-gone',
  'code-taken': 'second.why-code-taken',
  'serials-taken': 'second.why-serials-taken',
  'no-such-row': 'second.why-no-such-row',
  'not-handed-over': 'second.why-not-handed-over',
  'has-voted': 'second.why-has-voted',
  'nobody-claimed': 'second.why-nobody-claimed',
  'not-its-card': 'second.why-not-its-card',
  'other-card': 'second.why-other-card',
  'second-cards': 'second.why-second-cards',
  'not-counting': 'second.why-not-counting',
  'set-aside-before': 'second.why-set-aside-before',
  'no-such-leaf': 'second.why-no-such-leaf',
  'leaf-holds': 'second.why-leaf-holds',
  'announcement-changed': 'second.why-announcement-changed',
  'announcement-stopped': 'second.why-announcement-stopped',
  'not-rolled-back': 'second.why-not-rolled-back',
  'cycle-changed': 'second.why-cycle-changed',
  'log-doubt': 'second.why-log-doubt',
  'tests-late': 'second.why-tests-late',
  'facilitator-self': 'second.why-facilitator-self',
} satisfies Record<JointProblem['kind'], Key>

export const whyLine = (t: T, why: JointProblem['kind']): string => t.html(WHY[why])

export function problemScreen(t: T, problem: Exclude<ConfirmProblem, { kind: 'cannot' }>): Screen {
  switch (problem.kind) {
    case 'done':
    case 'refused': {
      const { by, at } = problem
      const said = problem.kind === 'done' ? 'second.was-done' : 'second.was-refused'
      return lineScreen(t, t.html(said, { by: by ?? '–', time: t.moment(at) }))
    }
    case 'expired':
      return lineScreen(t, t.html('second.expired', { time: t.moment(problem.until) }))
    case 'no-such-proposal':
      return lineScreen(t, t.html('second.no-such-proposal'))
    case 'same-person':
      return lineScreen(t, t.html('second.same-person'))
    case 'not-allowed':
      return lineScreen(t, t.html('second.not-allowed'))
    case 'proposer-not-allowed':
      return lineScreen(t, t.html('second.proposer-not-allowed'))
  }
}
