// How writing an idea ends: sent with its number, put off, given up, or why there is nothing to write.
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { trialLines } from '../../words/trial.ts'
import { IDEA, ideaButton, ownIdeasButton, toMenu } from '../buttons.ts'
import { type Button, press, type Screen } from '../message.ts'
import { at } from './steps.ts'

export interface Ended {
  kind:
    | 'sent'
    | 'supported'
    | 'other-village'
    | 'later'
    | 'not-begun'
    | 'dropped'
    | 'left'
    | 'not-yours'
    | 'not-collecting'
    | 'no-village'
    | 'too-many-today'
    | 'too-many-open'
    | 'muted'
  /** With `sent` and `supported`. `dueAt`: UTC ISO. */
  number?: number
  dueAt?: string
  /** With `supported`: their own, which is still a draft. */
  idea?: number
  /** With the two limits. */
  most?: number
  /** With `muted`: UTC ISO. */
  until?: string
}

/** `place`: the person's village, for the mark of a practice. */
export function endScreen(t: T, ended: Ended, place: Place | undefined): Screen {
  const mine: Button[] = [press(t('ideas.mine.button'), ownIdeasButton.pack({ page: 0 }))]
  const goOn: Button[] = [press(t('ideas.continue.button'), ideaButton.pack(IDEA))]
  const above = {
    sent: [mine],
    'not-yours': [mine],
    later: [goOn],
    'other-village': [goOn],
    supported: [goOn, [press(t('ideas.drop.button'), ideaButton.pack(at('cancel', ended.idea ?? 0)))]],
    'too-many-today': [mine],
    'too-many-open': [mine],
    muted: [mine],
  }
  const rows = (above as Partial<Record<Ended['kind'], Button[][]>>)[ended.kind] ?? []
  return {
    text: [...(place ? trialLines(t, place) : []), ...linesOf(t, ended)].join('\n'),
    buttons: [...rows, [toMenu(t)]],
  }
}

function linesOf(t: T, { kind, number = 0, dueAt, most = 0, until = '' }: Ended): string[] {
  const lines: Record<Ended['kind'], () => string[]> = {
    sent: () => [
      t.html('ideas.sent', { number }),
      ...(dueAt === undefined ? [] : [t.html('ideas.sent-due', { time: t.moment(dueAt) })]),
    ],
    supported: () => [t.html('ideas.supported', { number })],
    'other-village': () => [t.html('ideas.support-elsewhere'), t.html('ideas.later')],
    later: () => [t.html('ideas.later')],
    'not-begun': () => [t.html('ideas.not-begun')],
    dropped: () => [t.html('ideas.dropped')],
    left: () => [t.html('ideas.left')],
    'not-yours': () => [t.html('ideas.not-yours')],
    'not-collecting': () => [t.html('ideas.not-collecting')],
    'no-village': () => [t.html('ideas.no-village')],
    'too-many-today': () => [t.html('ideas.too-many-today', { most })],
    'too-many-open': () => [t.html('ideas.too-many-open', { most })],
    muted: () => [t.html('ideas.muted', { time: t.moment(until) })],
  }
  return lines[kind]()
}
