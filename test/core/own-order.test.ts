// Everyone sees the list in an order of their own, and always in the same one.
import { expect, test } from 'vitest'
import { ownOrder } from '../../src/core/own-order.ts'

const projects = Array.from({ length: 20 }, (_, at) => ({ id: `p${at}` }))
const seenBy = (account: number, cycle = 1) => ownOrder(cycle, account, projects).map(({ id }) => id)

test('a neighbour sees the same projects in another order, and each sees their own again', () => {
  expect(seenBy(7)).toEqual(seenBy(7))
  expect(seenBy(7)).not.toEqual(seenBy(8))
  expect(seenBy(7)).not.toEqual(seenBy(7, 2))
  expect(seenBy(7).toSorted()).toEqual(projects.map(({ id }) => id).toSorted())
  expect(projects[0]).toEqual({ id: 'p0' })
})

test('no project is always first: over a thousand residents each leads now and then', () => {
  const first = new Set(Array.from({ length: 1000 }, (_, account) => seenBy(account)[0]))
  expect(first.size).toBe(projects.length)
})
