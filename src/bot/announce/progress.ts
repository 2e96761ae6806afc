// Shows the author of an announcement how far it is: one message, written anew every five seconds at most.
import type { Api } from 'grammy'
import type { T, Texts } from '../../i18n.ts'
import type { App } from '../../use-cases/app.ts'
import { announcementsUnderway, noteProgress, type Progress } from '../../use-cases/run-announcements.ts'
import { whoIs } from '../../use-cases/who-is.ts'
import { endedLines } from '../announcement.ts'
import { announcementButton } from '../buttons.ts'
import { inline, press, safe, type Screen } from '../message.ts'

export interface ProgressParts {
  app: App
  /** For what nobody asked for just now. */
  api: Api
  textsOf: Texts
  /** Milliseconds of a clock that only goes forward. */
  now?: () => number
}

const EDIT_MS = 5000

const progressScreen = (t: T, { one, figures }: Progress): Screen => ({
  text: endedLines(t, one, figures).join('\n'),
  buttons: [[press(t('announce.show.button'), announcementButton.pack({ announcement: one.id }))]],
})

/** Nothing is said again that is said already. */
async function showProgress(
  { app, api, textsOf }: ProgressParts,
  progress: Progress & { madeBy: number },
): Promise<void> {
  const { one, madeBy } = progress
  const { locale } = await whoIs(app, madeBy)
  const screen = progressScreen(textsOf(textsOf.guess(locale)), progress)
  if (screen.text === one.progressText) return
  let message = one.progressMessage
  await safe(async () => {
    if (message === null) message = (await api.sendMessage(madeBy, screen.text, inline(screen))).message_id
    else await api.editMessageText(madeBy, message, screen.text, inline(screen))
  })
  if (message !== null) await noteProgress(app, one.id, message, screen.text)
}

/** One round shows whatever is different; called as often as one likes. */
export function createProgress(parts: ProgressParts): { round(): Promise<void> } {
  const { now = () => performance.now() } = parts
  const shown = new Map<number, number>()
  return {
    async round() {
      for (const progress of await announcementsUnderway(parts.app)) {
        const { id } = progress.one
        const at = now()
        if ((shown.get(id) ?? -Infinity) > at - EDIT_MS) continue
        shown.set(id, at)
        await showProgress(parts, progress)
      }
    },
  }
}
