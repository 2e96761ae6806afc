// Which messages of a person's chat show marks: after Send none of them may.
import { z } from 'zod'
import type { Session } from '../session/session.ts'
import { safe } from './message.ts'
import { openScreensNote } from './parts.ts'

const schema = z.object({
  screens: z.array(z.object({ ballot: z.string(), rollRow: z.int(), message: z.int() })),
})
type OpenScreen = z.infer<typeof schema>['screens'][number]

const WEEK = 7 * 24 * 3600
const MOST = 20

async function screensOf(session: Session, person: number): Promise<OpenScreen[]> {
  const parsed = schema.safeParse(await session.note(openScreensNote(person)))
  return parsed.success ? parsed.data.screens : []
}

/** A ballot is being marked on this message. */
export async function rememberScreen(session: Session, person: number, screen: OpenScreen): Promise<void> {
  const known = await screensOf(session, person)
  if (known.some((one) => one.message === screen.message && one.ballot === screen.ballot)) return
  const screens = [...known.filter((one) => one.message !== screen.message), screen].slice(-MOST)
  await session.setNote(openScreensNote(person), { screens }, WEEK)
}

/**
 * After Send: the marks are erased, and every other message with marks for the same right is closed, so that no choice stays in
 * the chat. Ballots of other people on this phone stay open. `close`: takes the choice out of a message; where that fails, it is thrown once
 * all else is done, and the message is known still.
 */
export async function forgetScreens(
  session: Session,
  person: number,
  sent: OpenScreen,
  close: (message: number) => Promise<unknown>,
): Promise<void> {
  const screens = await screensOf(session, person)
  const others = screens.filter((one) => one.rollRow === sent.rollRow && one.message !== sent.message)
  const closed = await Promise.allSettled(others.map((one) => safe(() => close(one.message))))
  const failed = closed.find((one) => one.status === 'rejected')
  const left = others.filter((_, at) => closed[at]?.status === 'rejected')
  const apart = screens.filter((one) => one.rollRow !== sent.rollRow && one.message !== sent.message)
  const rest = [...apart, ...left]
  const forget = (): Promise<void> =>
    rest.length === 0
      ? session.eraseNotes(openScreensNote(person))
      : session.setNote(openScreensNote(person), { screens: rest }, WEEK)
  await Promise.all([
    session.eraseMarks(person, ...new Set([sent.ballot, ...others.map((one) => one.ballot)])),
    ...(screens.length === 0 ? [] : [forget()]),
  ])
  if (failed) throw failed.reason
}
