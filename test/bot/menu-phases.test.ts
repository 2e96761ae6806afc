// The menu offers what its phase is for: nobody is sent to vote before there is a vote.
import { expect, test } from 'vitest'
import { menuScreen } from '../../src/bot/start/view.ts'
import { PHASES, type Phase } from '../../src/core/cycle.ts'
import { createI18n } from '../../src/i18n.ts'
import { at, place } from './long-facts.ts'

const t = createI18n()('en')

/** What is on offer in a phase, and what stands out of it. */
const OFFERED: Record<Exclude<Phase, 'draft'>, { first: string; stands: string[]; also: string[] }> = {
  announced: { first: 'Projects', stands: ['Projects'], also: ['Get ready to vote'] },
  consultation: {
    first: 'What the village needs',
    stands: ['What the village needs', 'Projects'],
    also: ['Get ready to vote'],
  },
  ideas: {
    first: 'Submit an idea',
    stands: ['Submit an idea', 'Projects'],
    also: ['Ideas of the village', 'Get ready to vote'],
  },
  review: {
    first: 'Ideas of the village',
    stands: ['Projects'],
    also: ['Ideas of the village', 'Get ready to vote'],
  },
  support: {
    first: 'Support ideas',
    stands: ['Support ideas', 'Projects'],
    also: ['Ideas of the village', 'Get ready to vote'],
  },
  voting: { first: 'Projects', stands: ['Projects', 'Vote'], also: [] },
  counting: { first: 'Projects', stands: ['Projects'], also: [] },
  results: { first: 'Projects', stands: ['Projects', 'Results'], also: [] },
  implementation: { first: 'Projects', stands: ['Projects', 'Results'], also: [] },
  closed: { first: 'Projects', stands: ['Projects', 'Results'], also: [] },
}

test.each(PHASES.filter((phase) => phase !== 'draft'))('in %s', (phase) => {
  const atHand = {
    collecting: phase === 'ideas',
    supporting: phase === 'support',
    open: false,
    sent: false,
  }
  const { halt: _, ...cycle } = { ...place.cycle, phase }
  const { buttons = [] } = menuScreen(t, { ...place, cycle: { ...cycle, halt: undefined } }, at, {
    ideas: ['ideas', 'review', 'support'].includes(phase) ? atHand : undefined,
    needs: { asking: phase === 'consultation', published: false, top: [] },
  })
  const { first, stands, also } = OFFERED[phase]
  const labels = buttons.flat().map(({ text }) => text)
  expect(labels[0]).toBe(first)
  expect(buttons.flat().flatMap((one) => ('style' in one ? [one.text] : []))).toEqual(stands)
  for (const label of also) expect(labels).toContain(label)
  expect(labels.includes('Vote')).toBe(phase === 'voting')
})
