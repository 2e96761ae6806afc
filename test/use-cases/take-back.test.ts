// Cards are accounted for: what came back and what was destroyed is entered, once, with its leaf, and is dead from then on.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { handOverCards } from '../../src/use-cases/hand-over-cards.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { takeBackCards } from '../../src/use-cases/take-back-cards.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards } from '../support/cards.ts'
import { clerk } from '../support/command.ts'
import { kindOf, letClose, must, openVoting, smallCycle } from '../support/cycle.ts'

const DESK = 76
let app: TestApp
beforeAll(async () => {
  app = await testApp('take-back')
  must(await grantRole(app, { account: DESK, role: 'official' }, 'command'))
})
afterAll(() => app.done())

test('returned and destroyed cards are dead, a card that votes is neither, and the count agrees with the log', async () => {
  const cycle = await smallCycle(app, 'taken-back', [[1_000_000]])
  const village = cycle.villages[0] as number
  const envelopes = await cards(app, cycle.id, village, 6, 'printed')
  await openVoting(app, cycle.id)
  must(await handOverCards(app, cycle.id, village, '1-4', DESK))
  const claim = (account: number, at: number) =>
    verifyAccount(app, account, { id: cycle.id, method: 'card' }, envelopes[at]?.code ?? '')
  must(await claim(501, 0))
  const back = (serials: string, to: 'returned' | 'destroyed', by: number | 'command' = 'command') =>
    takeBackCards(app, cycle.id, village, serials, { to, by })

  expect(await back('1-2', 'returned')).toEqual({
    ok: false,
    problem: { kind: 'used-serials', serials: [1] },
  })
  expect(kindOf(await back('2', 'destroyed'))).toBe('not-returned')
  expect(kindOf(await back('7', 'returned'))).toBe('unknown-serials')
  expect(kindOf(await back('2', 'returned', 77))).toBe('not-allowed')
  must(await grantRole(app, { account: 77, role: 'official', territory: village }, 'command'))
  expect(must(await back('2,5', 'returned', 77))).toEqual({ taken: [2, 5], already: [] })
  expect(must(await back('2,5', 'returned', 77))).toEqual({ taken: [], already: [2, 5] })
  expect(must(await back('2,6', 'destroyed'))).toEqual({ taken: [2, 6], already: [] })
  expect(kindOf(await back('2', 'returned'))).toBe('dead-serials')
  expect(kindOf(await claim(502, 1))).toBe('wrong')
  expect(kindOf(await handOverCards(app, cycle.id, village, '5', DESK))).toBe('dead-serials')

  const desk = await clerk(app)
  expect((await desk.types('cards status --cycle taken-back')).lines).toEqual([
    expect.stringContaining(
      'cards in all: 6. Not handed over: 0, handed over: 3, returned: 1, destroyed: 2, replaced: 0.',
    ),
  ])
  expect((await desk.types(`cards return ${village} 3 --cycle taken-back`)).lines[0]).toContain(
    'cards returned: 1',
  )
  expect((await desk.types(`cards destroy ${village} 4 --cycle taken-back`)).refused).toContain('with people')
  await desk.leaves()

  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  expect(kindOf(await back('4', 'returned'))).toBe('closed')
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
})

test('of a claim and a return in one moment one is first', async () => {
  const cycle = await smallCycle(app, 'in-one-moment', [[1_000_000]])
  const village = cycle.villages[0] as number
  const envelopes = await cards(app, cycle.id, village, 8)
  await openVoting(app, cycle.id)
  for (const { serial, code } of envelopes) {
    const [claimed, taken] = await Promise.all([
      verifyAccount(app, 600 + serial, { id: cycle.id, method: 'card' }, code),
      takeBackCards(app, cycle.id, village, String(serial), { to: 'returned', by: 'command' }),
    ])
    expect(claimed.ok).not.toBe(taken.ok)
  }
})
