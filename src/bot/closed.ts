// Nobody votes any more, or just now: said with the time of the close at every way in, and what can be done instead.
import { isPublished } from '../core/cycle.ts'
import { GENERAL } from '../core/pot.ts'
import type { T } from '../i18n.ts'
import type { Place } from '../use-cases/list-places.ts'
import { trialLines } from '../words/trial.ts'
import { at } from './at.ts'
import { arrivedButton, resultsButton, toMenu } from './buttons.ts'
import { press, primary, type Screen } from './message.ts'

export function closedScreen(t: T, place: Place): Screen {
  const here = at(place)
  const { phase, halt } = place.cycle
  // A vote that stands still says so in the lines above.
  const closed = halt ? [t.html('common.halt-sent')] : [closedText(t, place)]
  return {
    text: [...trialLines(t, place), ...closed].join('\n'),
    buttons: [
      ...(isPublished(phase)
        ? [[primary(t('start.results.button'), resultsButton.pack({ ...here, pot: GENERAL }))]]
        : []),
      [press(t('start.arrived.button'), arrivedButton.pack(here))],
      [toMenu(t)],
    ],
  }
}

const closedText = (t: T, { cycle: { timeline } }: Place): string =>
  timeline.counting
    ? t.html('vote.closed', { time: t.moment(timeline.counting) })
    : t.html('vote.closed-before')
