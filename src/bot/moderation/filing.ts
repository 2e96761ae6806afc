// What an idea competes for: a moderator says which budget of its village it goes to, and corrects its marks.
import { potFor } from '../../core/pot.ts'
import type { T } from '../../i18n.ts'
import type { Idea } from '../../use-cases/decide-idea.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { marksLine, markWords } from '../../words/marks.ts'
import type { PotTerms } from '../../core/pot.ts'
import { potName } from '../../words/pot.ts'
import { moderatedButton } from '../buttons.ts'
import { button } from '../callback.ts'
import { cutLabel, press, type Screen } from '../message.ts'
import type { FeatureParts } from '../parts.ts'

const IDEA = { idea: 'int', version: 'int' } as const

export const potsButton = button('mb', IDEA)
export const potButton = button('md', { ...IDEA, pot: 'word' })
export const marksButton = button('my', IDEA)

/** What the village of an idea votes on. */
export const potsAt = async (
  { app }: FeatureParts,
  { cycle, territory }: Pick<Idea, 'cycle' | 'territory'>,
): Promise<PotTerms[]> => (await readPlace(app, cycle, territory))?.pots ?? []

/** HTML lines of its card: where it competes, where there are several budgets, and what it is counted under. */
export function filedLines(t: T, idea: Idea, pots: readonly PotTerms[]): string[] {
  const pot = pots.find((one) => one.pot === potFor(pots, idea))
  const marks = marksLine(t, { category: idea.category ?? '', marks: idea.marks })
  return [
    ...(pots.length < 2
      ? []
      : [pot ? t.html('moderation.pot', { pot: potName(t, pot) }) : t.html('moderation.pot-none')]),
    ...(marks === '' ? [] : [t.html('discover.marks', { marks })]),
  ]
}

export const potsScreen = (t: T, { id, version }: Idea, pots: readonly PotTerms[]): Screen => ({
  text: t.html('moderation.ask-pot'),
  buttons: [
    ...pots.map((one) => [
      press(cutLabel(potName(t, one)), potButton.pack({ idea: id, version, pot: one.pot })),
    ]),
    [press(t('common.back.button'), moderatedButton.pack({ idea: id }))],
  ],
})

/** Asks for marks in words. */
export const marksScreen = (t: T, { id, category, marks }: Idea): Screen => ({
  text: t.html('moderation.ask-marks', {
    marks: markWords(t),
    now: marksLine(t, { category: category ?? '', marks }) || '–',
  }),
  buttons: [[press(t('common.back.button'), moderatedButton.pack({ idea: id }))]],
})
