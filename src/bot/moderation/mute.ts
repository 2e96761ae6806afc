// An author is kept from sending new ideas for some days, and let again.
import { muteAuthor, muteOf, type MuteProblem, unmuteAuthor } from '../../use-cases/mute-author.ts'
import { readIdeaToDecide } from '../../use-cases/idea-queue.ts'
import type { T } from '../../i18n.ts'
import { moderatedButton } from '../buttons.ts'
import { type Button, press, type Screen } from '../message.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { muteButton, unmuteButton } from './buttons.ts'
import { lineScreen } from './view.ts'

const DAYS = [3, 14, 30]

/** Below a card. `until`: of a mute that holds, UTC ISO. */
export const muteRow = (t: T, idea: number, until: string | undefined): Button[] =>
  until === undefined
    ? [press(t('moderation.mute.button'), muteButton.pack({ idea, days: 0 }))]
    : [press(t('moderation.unmute.button'), unmuteButton.pack({ idea }))]

/** Asks for how long, or does it. */
export async function mute(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  { idea: id, days }: { idea: number; days: number },
): Promise<void> {
  if (days !== 0) {
    const done = await muteAuthor(app, id, days, who.id)
    const said = done.ok
      ? t.html('moderation.muted', { time: t.moment(done.value) })
      : problemLine(t, done.problem)
    return speak.show(after(t, id, said))
  }
  const idea = await readIdeaToDecide(app, who.id, id)
  if (!idea) return speak.show(lineScreen(t, t.html('moderation.not-allowed')))
  const until = await muteOf(app, idea)
  if (until !== undefined)
    return speak.show(after(t, id, t.html('moderation.muted', { time: t.moment(until) })))
  speak.show({
    text: t.html('moderation.ask-mute'),
    buttons: [
      DAYS.map((count) =>
        press(t('moderation.mute-days.button', { count }), muteButton.pack({ idea: id, days: count })),
      ),
      [press(t('common.back.button'), moderatedButton.pack({ idea: id }))],
    ],
  })
}

export async function unmute(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  { idea }: { idea: number },
): Promise<void> {
  const done = await unmuteAuthor(app, idea, who.id)
  speak.show(after(t, idea, done.ok ? t.html('moderation.unmuted') : problemLine(t, done.problem, true)))
}

const after = (t: T, idea: number, text: string): Screen => ({
  text,
  buttons: [[press(t('common.back.button'), moderatedButton.pack({ idea }))]],
})

/** HTML. `ending`: it was to be ended, which an official does. */
function problemLine(t: T, { kind }: MuteProblem, ending = false): string {
  switch (kind) {
    case 'not-allowed':
      return t.html(ending ? 'moderation.unmute-not-allowed' : 'moderation.not-allowed')
    case 'own-idea':
      return t.html('moderation.own-idea')
    case 'no-author':
    case 'bad-days':
      return t.html('moderation.no-author')
  }
}
