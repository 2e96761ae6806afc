// Work in turns: whoever looks up receipts, however many, lets everybody else through after each piece.
import { expect, test } from 'vitest'
import { inTurn } from '../../src/use-cases/in-turn.ts'

test('between two pieces the event loop goes round, and the pieces keep their order', async () => {
  const turn = inTurn()
  const seen: string[] = []
  let on = true
  const others = () => {
    seen.push('others')
    if (on) setImmediate(others)
  }
  setImmediate(others)
  const pieces = ['a', 'b', 'c', 'd']
  const answers = await Promise.all(
    pieces.map((piece) => turn(() => (seen.push(piece), piece.toUpperCase()))),
  )
  on = false
  expect(answers).toEqual(['A', 'B', 'C', 'D'])
  expect(seen.filter((one) => one !== 'others')).toEqual(pieces)
  for (const [at, piece] of pieces.slice(1).entries())
    expect(seen.slice(seen.indexOf(pieces[at] as string), seen.indexOf(piece)), piece).toContain('others')
})

test('a piece that fails tells its own asker, and the next one has its turn', async () => {
  const turn = inTurn()
  const broken = turn(() => {
    throw new Error('broken')
  })
  const next = turn(() => 'next')
  await expect(broken).rejects.toThrow('broken')
  expect(await next).toBe('next')
})
