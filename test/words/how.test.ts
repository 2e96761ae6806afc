// How it works, as the vote is: points are no votes, numbers are grouped, and who asks to erase is asked first.
import { expect, test } from 'vitest'
import { eraseScreen } from '../../src/bot/help/view.ts'
import type { BallotTerms } from '../../src/core/ballots/index.ts'
import { createI18n } from '../../src/i18n.ts'
import { ruleSentence } from '../../src/words/rule.ts'

const textsOf = createI18n()
const greedy = { rule: 'greedy', skip: true, minVotes: 0, ties: ['lots'] } as const
const approval: BallotTerms = { kind: 'approval', min: 1, max: 3 }
const ranking: BallotTerms = { kind: 'ranking', min: 1, max: 3 }

test.each([
  ['kk', 'дауыс', 'ұпай'],
  ['ru', 'голосов', 'баллов'],
  ['en', 'votes', 'points'],
])('in %s a ballot that gives points is not said to be counted by votes', (locale, votes, points) => {
  const t = textsOf(locale)
  expect(ruleSentence(t, greedy, approval)).toContain(votes)
  for (const rule of [greedy, { ...greedy, rule: 'greedy-per-cost' } as const]) {
    expect(ruleSentence(t, rule, ranking)).toContain(points)
    expect(ruleSentence(t, rule, ranking)).not.toContain(votes)
  }
})

test('what is counted is grouped in thousands in every text', () => {
  for (const locale of ['kk', 'ru', 'en']) {
    const told = textsOf(locale)('results.funded', { count: 12_345, number: 7, cost: '1', left: '2' })
    expect(told).toContain('12\u00a0345')
  }
})

test('who asks to erase may also not', () => {
  const t = textsOf('ru')
  const labels = eraseScreen(t, { rights: [], grants: [] }, 'ey')
    .buttons?.flat()
    .map(({ text }) => text)
  expect(labels).toEqual([t('start.delete.button'), t('common.cancel.button')])
})
