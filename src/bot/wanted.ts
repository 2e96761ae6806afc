// What of the session store an update needs, so that it is asked in one step with the person's lock.
import type { Update } from 'grammy/types'
import type { Wants } from '../session/session.ts'
import { sendButton } from './buttons.ts'
import { isTalkOfOthers } from './moderation/group.ts'
import { type Pace, paceOf } from './pace.ts'
import { dialogNote, openScreensNote } from './parts.ts'
import { chatPause } from './pauses.ts'
import { viewNote } from './seen.ts'
import { personOf } from './updates.ts'
import { markButton, pageButton, reviewButton, takeButton } from './vote/view.ts'

const OF_A_BALLOT = [markButton, takeButton, pageButton, reviewButton, sendButton]

/** What is in view and expected, and a dialog at work; a press on a ballot needs its marks too, and which messages show them. */
export function wanted(update: Update, pace: Pace): Wants {
  if (isTalkOfOthers(update.message ?? update.edited_message)) return {}
  const person = personOf(update)
  const notes = [viewNote(person), dialogNote(person)]
  const own = { rate: paceOf(update, pace), expectation: true, pauses: [chatPause(person)] }
  const ballot = ballotIn(update.callback_query?.data ?? '')
  if (ballot === undefined) return { ...own, notes }
  return { ...own, notes: [...notes, openScreensNote(person)], marks: ballot }
}

function ballotIn(data: string): string | undefined {
  return OF_A_BALLOT.find(({ pattern }) => pattern.test(data))?.parse(data)?.ballot
}
