// Many questions wait by one timer: each fails at its own time, and what comes too late is handed over.
import { expect, test } from 'vitest'
import { deadlines } from '../../src/session/deadlines.ts'

const endsIn = (ms: number) => performance.now() + ms
const later = <T>(ms: number, value: T) => new Promise<T>((resolve) => setTimeout(resolve, ms, value))

test('who is answered in time gets the answer, whoever else waits', async () => {
  const within = deadlines()
  const [quick, slow, failed] = await Promise.allSettled([
    within(later(5, 'quick'), endsIn(1_000)),
    within(later(60, 'slow'), endsIn(1_000)),
    within(Promise.reject(new Error('refused')), endsIn(1_000)),
  ])
  expect(quick).toEqual({ status: 'fulfilled', value: 'quick' })
  expect(slow).toEqual({ status: 'fulfilled', value: 'slow' })
  expect(failed).toMatchObject({ reason: { message: 'refused' } })
})

test('who is not answered fails at their own time, in whatever order they came', async () => {
  const within = deadlines()
  const began = performance.now()
  const failsAfter = (ms: number) =>
    within(new Promise(() => {}), began + ms).catch((error: Error) => [
      error.message,
      performance.now() - began,
    ])
  const ends = (await Promise.all([failsAfter(400), failsAfter(60), failsAfter(200)])) as [string, number][]
  for (const [at, ms] of [400, 60, 200].entries()) {
    expect(ends[at]?.[0]).toBe('no answer in time')
    expect(ends[at]?.[1]).toBeGreaterThan(ms - 1)
  }
  const order = ends.map(([, ms]) => ms)
  expect(order[1]).toBeLessThan(order[2] as number)
  expect(order[2]).toBeLessThan(order[0] as number)
})

test('an answer that comes too late goes to whoever can undo it, once', async () => {
  const within = deadlines()
  const undone: string[] = []
  const asked = within(later(120, 'a lock'), endsIn(30), (value) => undone.push(value))
  await expect(asked).rejects.toThrow('no answer in time')
  expect(undone).toEqual([])
  await expect.poll(() => undone).toEqual(['a lock'])
})
