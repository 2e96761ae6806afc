// A double tap on what sends a message of its own is one wish.
import { z } from 'zod'
import { isDrawnAgain } from './drawn-again.ts'
import type { BotParts } from './parts.ts'
import type { Talk } from './talk.ts'

const DOUBLE_TAP_S = 2

const schema = z.object({ update: z.int() })

/**
 * Runs `act` unless the same press of this person did so a moment ago; then the press is answered, and no more. `wish`: what is sent. An
 * update that comes again, for it was not committed, is no second press. `seconds`: more for what takes long to be made, for the second
 * press waits meanwhile.
 */
export async function once(
  { session }: Pick<BotParts, 'session'>,
  { who, speak, update }: Talk,
  wish: string,
  act: () => void | Promise<void>,
  seconds = DOUBLE_TAP_S,
): Promise<void> {
  const key = `once:${who.id}:${wish}`
  const before = schema.safeParse(await session.note(key))
  // What was lost is drawn again however soon.
  if (before.success && before.data.update !== update.update_id && !isDrawnAgain(update))
    return speak.leaveIt()
  await session.setNote(key, { update: update.update_id }, seconds)
  await act()
}
