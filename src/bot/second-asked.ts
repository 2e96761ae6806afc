// What a second official is asked: who proposes, what will happen, where and until when, above two buttons.
import type { JointAct, Where } from '../core/two-officials.ts'
import type { T } from '../i18n.ts'
import { actLines } from '../words/joint-act.ts'
import { confirmActButton, refuseActButton, reviewedButton, showAnnouncementButton } from './buttons.ts'
import { press, type Screen } from './message.ts'

export interface AskedAct {
  /** Id of the proposal. */
  proposal: string
  act: JointAct
  where: Where
  /** The account of whoever proposes. */
  by: number
  /** UTC ISO. */
  until: string
}

/** `note`: a line on top, in HTML: why it could not be done. */
export function askSecond(
  t: T,
  { proposal, act, where, by, until }: AskedAct,
  note?: string,
): Screen & { buttons: NonNullable<Screen['buttons']> } {
  const isReview = act.kind === 'review-open' || act.kind === 'review-close'
  const lines = [
    t.html('second.asked'),
    ...actLines(t, act, where),
    t.html(isReview ? 'second.by-person' : 'second.by', { by }),
    t.html('second.until', { time: t.moment(until) }),
    t.html('second.check'),
  ]
  return {
    text: [...(note === undefined ? [] : [note, '']), ...lines].join('\n'),
    buttons: [
      ...(act.kind === 'announce'
        ? [[press(t('announce.show.button'), showAnnouncementButton.pack(act))]]
        : []),
      ...(isReview ? [[press(t('signals.reviews.button'), reviewedButton.pack(act))]] : []),
      [press(t('second.confirm.button'), confirmActButton.pack({ proposal }))],
      [press(t('second.refuse.button'), refuseActButton.pack({ proposal }))],
    ],
  }
}
