// A double tap on a button that does something is one wish: the first is done and answered, the second only stops its clock.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { isDrawnAgain } from './drawn-again.ts'
import type { FeatureParts } from './parts.ts'
import { TYPED } from './speaker.ts'
import type { Talk } from './talk.ts'

const schema = z.object({ update: z.int(), press: z.string() })

/**
 * Runs `act` unless the last thing that this person did was the same press under the same message, a moment ago: it waited for the first to end. Where `act` throws
 * nothing was done, and the second press does it. An update that comes again is no second press.
 */
export async function unlessTwice(
  { session, pace: { doubleTapS } }: Pick<FeatureParts, 'session' | 'pace'>,
  { who, speak, update }: Talk,
  act: () => void | Promise<void>,
): Promise<void> {
  const press = pressOf(update)
  if (press === undefined || doubleTapS === 0) return act()
  const key = `pressed:${who.id}`
  const before = schema.safeParse(await session.note(key))
  if (before.success && before.data.press === press && before.data.update !== update.update_id)
    return speak.leaveIt()
  await act()
  await session.setNote(key, { update: update.update_id, press }, doubleTapS)
}

/** Which button under which message, as a fingerprint; undefined where nobody pressed: it was written, or is drawn again. */
function pressOf(update: Talk['update']): string | undefined {
  const query = update.callback_query
  if (!query?.message || query.id === TYPED || isDrawnAgain(update)) return undefined
  const { message, data = '' } = query
  return createHash('sha256').update(`${message.message_id} ${data}`).digest('base64').slice(0, 12)
}
