// Needs of a village in words: what is wanted most, and the figures of a consultation with small numbers left out.
import type { Localised } from '../core/localised.ts'
import { FEWEST_SHOWN, type NeedFigures, type ShownCell } from '../core/needs.ts'
import { graphemeCut } from '../core/text.ts'
import type { T } from '../i18n.ts'

/** Letters of a need where several share a line. */
const SHORT = 30

/** One line of HTML, or none where nothing can be told. */
export const topNeedsLines = (t: T, top: readonly Localised[]): string[] =>
  top.length === 0
    ? []
    : [t.html('consult.top', { needs: top.map((need) => graphemeCut(t.of(need), SHORT)).join(' · ') })]

const cell = (t: T, number: ShownCell | undefined): string =>
  typeof number === 'number' ? String(number) : t('consult.few')

/** How many verified and not verified people, small numbers left out. Plain text. */
export const apartText = (t: T, { verified, unverified }: NeedFigures['answers']): string =>
  t('consult.apart', { verified: cell(t, verified), unverified: cell(t, unverified) })

/** HTML lines: who answered, each need with its marks and hands, and that small numbers are not shown. */
export function figureLines(t: T, needs: readonly Localised[], figures: NeedFigures): string[] {
  const { answers, meeting } = figures
  const apart = (one: NeedFigures['answers'] | undefined) => ({
    verified: cell(t, one?.verified),
    unverified: cell(t, one?.unverified),
  })
  const rows = needs.map((need, at) => {
    const facts = { number: at + 1, need: t.of(need), ...apart(figures.needs[at]) }
    return meeting
      ? t.html('consult.result-need-hands', { ...facts, hands: cell(t, meeting.hands[at]) })
      : t.html('consult.result-need', facts)
  })
  return [
    t.html('consult.result'),
    t.html('consult.result-answers', apart(answers)),
    ...(meeting
      ? [
          t.html('consult.result-meeting', {
            present: cell(t, meeting.present),
            women: cell(t, meeting.women),
          }),
        ]
      : []),
    ...rows,
    t.html('consult.result-few', { fewest: FEWEST_SHOWN }),
  ]
}
