// A ballot of several pots: a section each, some left blank; whatever names another pot's project is none.
import { expect, test } from 'vitest'
import { choicesOf } from '../../src/core/ballots/marks.ts'
import {
  checkSections,
  decodeSections,
  encodeSections,
  longestSections,
  type Section,
} from '../../src/core/ballots/sections.ts'
import { must } from '../support/cycle.ts'

const projects = (...ids: string[]) => ids.map((id) => ({ id, cost: 5 }))
const SECTIONS: Section[] = [
  { pot: 'people', terms: { kind: 'approval', min: 1, max: 3 }, projects: projects('p1', 'p2') },
  { pot: 'roads', terms: { kind: 'approval', min: 1, max: 1 }, projects: projects('r1', 'r2') },
]
function written(...marks: string[]): string {
  const checked = checkSections(choicesOf(marks), SECTIONS)
  if (!checked.ok) throw new Error(checked.problem.problem.kind)
  return encodeSections(checked.value, SECTIONS)
}

test('each section stands in a line of its own, in the order of its list; what is blank stays blank', () => {
  expect(written('r2', 'p2', 'p1')).toBe('people:p1,p2\nroads:r2')
  expect(written('r1')).toBe('people:\nroads:r1')
  for (const text of [written('r1'), written('p1', 'r2')]) {
    expect(encodeSections(must(decodeSections(text, SECTIONS)), SECTIONS)).toBe(text)
    expect(text.length).toBeLessThanOrEqual(longestSections(SECTIONS))
  }
})

test('each section has its own limit; nothing at all is no ballot', () => {
  const problem = (...marks: string[]) => {
    const checked = checkSections(choicesOf(marks), SECTIONS)
    return checked.ok ? undefined : checked.problem
  }
  expect(problem('p1', 'r1', 'r2')).toEqual({ pot: 'roads', problem: { kind: 'too-many', limit: 1 } })
  expect(problem()).toMatchObject({ problem: { kind: 'too-few' } })
  expect(problem('r1', 'x9')).toMatchObject({ problem: { kind: 'unknown-project', project: 'x9' } })
})

test.each([
  ['a project of another pot', 'people:r1\nroads:r2'],
  ['a project of another village', 'people:x1\nroads:r2'],
  ['a pot that is not there', 'people:p1\nwater:r2'],
  ['pots in another order', 'roads:r2\npeople:p1'],
  ['a pot left out', 'people:p1'],
  ['a pot too many', 'people:p1\nroads:r1\nwater:'],
  ['more than its section takes', 'people:p1\nroads:r1,r2'],
  ['nothing at all', 'people:\nroads:'],
  ['another order of the list', 'people:p2,p1\nroads:'],
])('a sealed ballot with %s is none', (_, text) => {
  expect(decodeSections(text, SECTIONS).ok).toBe(false)
})
