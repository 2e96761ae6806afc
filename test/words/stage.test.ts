// The menu says what is going on in a village, and until when, in every phase before voting.
import { expect, test } from 'vitest'
import type { Phase, Timeline } from '../../src/core/cycle.ts'
import { createI18n } from '../../src/i18n.ts'
import { stageLine } from '../../src/words/stage.ts'

const textsOf = createI18n()
const now = '2026-03-01T00:00:00Z'
const timeline: Timeline = {
  announced: '2026-01-10T04:00:00Z',
  consultation: '2026-02-01T04:00:00Z',
  ideas: '2026-03-05T04:00:00Z',
  review: '2026-03-20T04:00:00Z',
  support: '2026-04-01T04:00:00Z',
  voting: '2026-04-10T04:00:00Z',
  counting: '2026-04-24T13:00:00Z',
}

test.each([
  ['consultation', 'Этап: опрос жителей. До 5 марта'],
  ['ideas', 'Этап: приём идей. До 20 марта'],
  ['review', 'Этап: рассмотрение идей. До 1 апреля'],
  ['support', 'Этап: поддержка идей. До 10 апреля'],
  ['announced', 'Этап: подготовка. Голосование начнётся: 10 апреля'],
] as const)('%s', (phase: Phase, line: string) => {
  expect(stageLine(textsOf('ru'), { phase, timeline }, now).replaceAll('\u00a0', ' ')).toContain(line)
  expect(stageLine(textsOf('kk'), { phase, timeline }, now)).toMatch(/^Кезең: /)
})
