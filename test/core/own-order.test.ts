// Everyone sees the list in an order of their own, and always in the same one.
import { expect, test } from 'vitest'
import { keptOrder, ownOrder } from '../../src/core/own-order.ts'

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

test('each project is as likely as another to come first, and to stand before its neighbour of the list', () => {
  const residents = 20_000
  const orders = Array.from({ length: residents }, (_, account) => seenBy(6_000_000_000 + account))
  const share = (holds: (order: string[]) => boolean) => orders.filter(holds).length / residents
  for (const [at, { id }] of projects.entries()) {
    const next = projects[(at + 1) % projects.length]?.id ?? ''
    // Five standard deviations of a fair lot.
    expect(Math.abs(share(([first]) => first === id) - 1 / 20), `${id} first`).toBeLessThan(0.0078)
    expect(Math.abs(share((order) => order.indexOf(id) < order.indexOf(next)) - 1 / 2), id).toBeLessThan(
      0.018,
    )
  }
})

test('what is left of a list keeps its order', () => {
  const some = projects.filter((_, at) => at % 3 === 0)
  expect(ownOrder(1, 7, some)).toEqual(ownOrder(1, 7, projects).filter((one) => some.includes(one)))
})

test('an order that is remembered is the one that would be made: of this person, of this list, however many came since', () => {
  const other = projects.slice(3)
  for (let account = 0; account < 1_500; account++) keptOrder(1, account, projects)
  for (const account of [0, 7, 1_400, 1_499]) {
    expect(keptOrder(1, account, projects)).toEqual(ownOrder(1, account, projects))
    expect(keptOrder(2, account, projects)).toEqual(ownOrder(2, account, projects))
    expect(keptOrder(1, account, other)).toEqual(ownOrder(1, account, other))
  }
  expect(keptOrder(1, 1_499, projects)).toBe(keptOrder(1, 1_499, projects))
  const growing = [...other]
  expect(keptOrder(1, 7, growing)).toHaveLength(17)
  growing.push({ id: 'p99' })
  expect(keptOrder(1, 7, growing)).toEqual(ownOrder(1, 7, growing))
})
