// Reports of pressure that somebody who owns the database took away, moved or made up. Each is named.
import { expect, test } from 'vitest'
import type { Event } from '../../../src/core/audit/event.ts'
import { collectFaults } from '../../../src/core/audit/trusted/fault.ts'
import { type ReportRow, readReportsOfLog } from '../../../src/core/audit/trusted/reports.ts'
import { type Alteration, found } from './alter.ts'
import { goodLog } from './good-log.ts'

const leaf = (number: number, village: string): Event => ({
  kind: 'pressure-reported',
  cycle: 'aiagoz',
  village,
  number,
})
const read = (events: Event[], stored: ReportRow[] | undefined, mayBeGone = false) => {
  const faults = collectFaults()
  const reports = readReportsOfLog(faults)
  for (const event of events) reports.hear(event)
  reports.end(stored, mayBeGone)
  return faults.list()
}
const fault = (number: number) => [{ kind: 'report-row', number }]

test('a report is stored as the log has it, and goes only once the days for disputes have begun', () => {
  const row = { number: 4, village: '11' }
  expect(read([leaf(4, '11')], [row])).toEqual([])
  expect(read([leaf(4, '11')], undefined), 'for whoever has the log alone').toEqual([])
  expect(read([leaf(4, '11')], [{ ...row, village: '12' }])).toEqual(fault(4))
  expect(read([leaf(4, '11')], [])).toEqual(fault(4))
  expect(read([leaf(4, '11')], [], true)).toEqual([])
  expect(read([], [row], true)).toEqual(fault(4))
  expect(read([leaf(4, '11'), leaf(4, '11')], [row])).toEqual(fault(4))
})

const alterations: Alteration[] = [
  ['a report that nobody sent', (s) => (s.terms.reports = [{ number: 5, village: '11' }]), ['report-row']],
]

test.each(alterations)('%s', (_, alter, faults) => {
  const story = goodLog()
  alter(story)
  expect(found(story)).toEqual(faults)
})
