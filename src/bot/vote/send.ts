// Send: what was marked is cast, and what was recorded is shown, by this press or by an earlier one.
import { formatReceiptNumber } from '../../core/audit/receipt.ts'
import { castBallot } from '../../use-cases/cast-ballot.ts'
import { markShown } from '../../use-cases/mark-shown.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { trialLines } from '../../words/trial.ts'
import type { At } from '../at.ts'
import type { FeatureParts } from '../parts.ts'
import { sendButton } from '../buttons.ts'
import { outdated, type Talk } from '../talk.ts'
import { forgetScreens } from '../open-screens.ts'
import * as view from './view.ts'

export async function sendIt(
  { app, session, metrics }: FeatureParts,
  talk: Talk,
  ballot: At & { id: string; rollRow: number },
  marks: readonly string[] | undefined,
): Promise<void> {
  const { t, who, speak } = talk
  const { id, cycle, territory, rollRow } = ballot
  speak.drawnBy(sendButton.pack({ ballot: id, cycle, territory, rollRow }))
  const sent = { ballot: id, account: who.id, cycle, territory, rollRow }
  const cast = await castBallot(app, { ...sent, marks })
  metrics.casts.inc({ outcome: cast.ok ? (cast.value.repeat ? 'repeat' : 'cast') : cast.problem.kind })
  if (!cast.ok) {
    const place = await readPlace(app, cycle, territory)
    return place ? speak.show(view.castProblem(t, place, cast.problem)) : outdated(talk)
  }
  const { number, shown, place } = cast.value
  const superseded = [...trialLines(t, place), t.html('vote.superseded')].join('\n')
  // Its own copy is in the chat already: the number is said, and not sent again.
  if (shown) speak.answer(t('vote.accepted-before.alert', { number: formatReceiptNumber(number) }), true)
  speak.replace(view.sentScreen(t, cast.value), (message, api, chat) =>
    forgetScreens(session, who.id, { ballot: id, rollRow, message }, (other) =>
      api.editMessageText(chat, other, superseded, { parse_mode: 'HTML' }),
    ),
  )
  if (!shown) speak.send(view.acceptedScreen(t, id, cast.value), () => markShown(app, id))
}
