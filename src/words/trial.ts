// The marks of a cycle: that it counts nowhere, that it stands still.
import type { Halt, Phase, Timeline } from '../core/cycle.ts'
import type { Localised } from '../core/localised.ts'
import { graphemeCut } from '../core/text.ts'
import type { T } from '../i18n.ts'
import { escapeHtml } from '../texts.ts'

/** Of a vote whose close an outage of Telegram moved. */
type AwayMarked = { phase?: Phase; awayClose?: string | undefined; timeline?: Timeline }
type OfCycle = {
  cycle: { trial: boolean; title?: Localised | undefined; halt?: Halt | undefined } & AwayMarked
}

/** Plain: a line, or none. */
export const trialNotes = (t: T, { cycle }: OfCycle): string[] => (cycle.trial ? [t('common.practice')] : [])

/** So much of a vote's name tells it from others. */
const NAME = 48

/** HTML: which vote it is, in short. */
export const practiceName = (t: T, title: Localised): string => escapeHtml(graphemeCut(t.of(title), NAME))

/** HTML. */
export const practiceLine = (t: T): string => `<i>${t.html('common.practice')}</i>`

/** The same for a message in HTML; and since when and why the vote stands still. */
export const trialLines = (t: T, { cycle }: OfCycle): string[] => [
  ...(cycle.trial ? [`${practiceLine(t)}${cycle.title ? ` ${practiceName(t, cycle.title)}` : ''}`] : []),
  ...(cycle.halt ? [haltLine(t, cycle.halt)] : []),
  ...awayLines(t, cycle),
]

/** HTML: that the close was moved because Telegram was away, while people vote. */
export const awayLines = (t: T, { phase, halt, awayClose, timeline }: OfCycle['cycle']): string[] =>
  phase === 'voting' && !halt && awayClose !== undefined
    ? [t.html('common.away-moved', { time: t.moment(timeline?.counting ?? awayClose) })]
    : []

/** HTML. */
export const haltLine = (t: T, { kind, at, reason }: Halt): string =>
  t.html(kind === 'void' ? 'common.voided' : 'common.suspended', {
    time: t.moment(at),
    reason: t.of(reason),
  })
