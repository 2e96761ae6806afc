// Test cards in the log: sealed before the vote opens, opened after its close and before the count, and then not one ballot more or less.
import { testList, testsHash } from '../tests.ts'
import type { Event } from '../event.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

export interface TestReader {
  hear: Hear
  /** Whether this row of the roll is a test, once the list is open. */
  isTest(village: string, register: number): boolean
  /** Test rows by village. */
  rows(): Map<string, number>
  /** The numbers of the leaves of their ballots, as the log says. */
  ballots(): number[]
  /** Whether a list is not open yet. */
  waiting(): boolean
  /** Held against the ballots of test rows that were found. */
  end(found: readonly number[]): void
}

export function readTests(cycle: string, faults: Faults): TestReader {
  const sealed = new Map<string, number>()
  const opened = new Map<string, { seq: number; event: Extract<Event, { kind: 'tests-opened' }> }>()
  const tests = new Set<string>()
  const rows = new Map<string, number>()
  let state: 'before' | 'open' | 'closed' | 'counted' = 'before'
  const open = (event: Extract<Event, { kind: 'tests-opened' }>, seq: number) => {
    const { list, salt, tests: cards } = event
    if (state !== 'closed') faults.add({ kind: 'tests-time', seq })
    const same = testsHash(testList(cycle, salt, cards)) === list && sealed.get(list) === cards.length
    if (!same || opened.has(list)) return faults.add({ kind: 'tests-list', seq })
    opened.set(list, { seq, event })
    for (const [village, register] of cards) {
      tests.add(`${village} ${register}`)
      rows.set(village, (rows.get(village) ?? 0) + 1)
    }
  }
  const ballots = () => [...opened.values()].flatMap(({ event }) => event.ballots)
  return {
    hear: (event, { seq }) => {
      if (event.kind === 'opened') state = 'open'
      if (event.kind === 'closed') state = 'closed'
      if (event.kind === 'tests-sealed') {
        if (state !== 'before') faults.add({ kind: 'tests-time', seq })
        sealed.set(event.list, event.tests)
      }
      if (event.kind === 'tests-opened') open(event, seq)
      if (event.kind === 'counted') {
        state = 'counted'
        if (opened.size < sealed.size) faults.add({ kind: 'tests-unopened', seq })
      }
    },
    isTest: (village, register) => tests.has(`${village} ${register}`),
    rows: () => rows,
    ballots,
    waiting: () => opened.size < sealed.size,
    end: (found) => {
      const said = ballots().toSorted((a, b) => a - b)
      const [first] = opened.values()
      if (first && said.join() !== found.toSorted((a, b) => a - b).join())
        faults.add({ kind: 'tests-ballots', seq: first.seq })
    },
  }
}
