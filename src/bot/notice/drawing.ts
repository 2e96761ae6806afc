// What draws a notice of one kind, and what several of them share.
import type { Notice, NoticeKind } from '../../core/notice.ts'
import type { T } from '../../i18n.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { ideaCardButton } from '../buttons.ts'
import type { Button } from '../message.ts'

/** An announcement is drawn from what officials wrote: `announcementScreen`. */
export type Drawn = Exclude<NoticeKind, 'announcement'>
export type View<K extends NoticeKind> = (
  t: T,
  notice: Extract<Notice, { kind: K }>,
  place: Place | undefined,
) => { text: string; buttons?: Button[][] | undefined }

/** Of the projects that a reader follows, so many are named; the results have them all. */
export const MOST_FOLLOWED = 15

export const toIdea = (cycle: number, territory: number, number: number): string =>
  ideaCardButton.pack({ cycle, territory, number, page: 0 })
