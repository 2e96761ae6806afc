// Notices: what is queued is on the closed list, and what is read may have been written by another release.
import { expect, test } from 'vitest'
import { factsOf, laneOf, LANES, type Notice, NOTICE_KINDS, readNotice } from '../../src/core/notice.ts'

const receipt: Notice = {
  kind: 'receipt',
  ballot: '01890a5d-ac96-774b-bcce-b302099a8057',
  receipt: '12345678901234',
  at: '2026-11-07T04:00:00.000Z',
}

test('a notice is read as it was queued, and what a newer release added to it is passed over', () => {
  expect(readNotice('receipt', factsOf(receipt))).toEqual({ ok: true, value: receipt })
  expect(readNotice('receipt', { ...factsOf(receipt), mood: 'good' })).toEqual({ ok: true, value: receipt })
})

test.each([
  ['a fact is missing', 'receipt', { ...factsOf(receipt), at: undefined }],
  ['a fact has another shape', 'receipt', { ...factsOf(receipt), receipt: 12345678901234 }],
  ['the kind is not known', 'greeting', factsOf(receipt)],
  ['there are no facts', 'results', null],
  ['the facts are a word', 'results', 'well'],
  ['the facts are a list', 'results', [1, 2]],
])('nothing is read when %s', (_, kind, facts) => {
  expect(readNotice(kind, facts)).toEqual({ ok: false, problem: { kind: 'not-a-notice' } })
})

test('what is not on the list is not queued', () => {
  expect(() => factsOf({ ...receipt, receipt: '1' })).toThrow()
})

test('a receipt goes before every other message', () => {
  const others = NOTICE_KINDS.filter((kind) => kind !== 'receipt')
  expect(others.length).toBeGreaterThan(1)
  for (const kind of others) expect(laneOf(kind)).toBeGreaterThan(laneOf('receipt'))
  expect(Math.max(...others.map(laneOf))).toBeLessThanOrEqual(LANES.announcements)
})
