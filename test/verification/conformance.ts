// What every way of verifying must do, whatever its evidence is: one right, claimed once, and guessing that is counted.
import { createHook } from 'node:async_hooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { App } from '../../src/use-cases/app.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type MethodKind, methods } from '../../src/verification/index.ts'
import type { Answer } from '../../src/verification/method.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { openVoting, type SmallCycle, smallCycle } from '../support/cycle.ts'

export interface MethodKit {
  /** Puts so many people on the roll of a village that is voting, and returns what each of them shows. */
  people(app: App, cycle: number, territory: number, count: number): Promise<string[]>
  /** Evidence of the right shape that selects nobody. */
  wrong(app: App): string
  /** Evidence that selects two rows; only where the method cannot rule that out. */
  shared?(app: App, cycle: number, territory: number): Promise<string>
}

/** Stories that the method passes; `kit` makes its evidence. */
export function verificationConformance(kind: MethodKind, kit: MethodKit): void {
  describe(`verifying by ${kind}`, () => {
    let app: TestApp
    let other: ReturnType<typeof replica>
    let accounts = 0
    beforeAll(async () => {
      app = await testApp(`verify-${kind}`)
      other = replica(app)
    })
    afterAll(async () => {
      await other.close()
      await app.done()
    })

    const stranger = (): number => (accounts += 1)
    async function voting(slug: string): Promise<SmallCycle & { village: number }> {
      const cycle = await smallCycle(app, slug, [[100]], { terms: { method: kind, maxPeople: 2 } })
      await openVoting(app, cycle.id)
      return { ...cycle, village: cycle.villages[0] as number }
    }
    const shows = (cycle: SmallCycle, account: number, evidence: string, on: App = app): Promise<Answer> =>
      verifyAccount(on, account, { id: cycle.id, method: kind }, evidence)
    const said = (answer: Answer): string =>
      answer.ok ? (answer.value.already ? 'yours' : 'claimed') : answer.problem.kind
    const countOf = async (table: 'claim' | 'attempt', cycle: SmallCycle): Promise<number> =>
      (await app.db.sql`select 1 from ${app.db.sql(table)} where cycle = ${cycle.id}`).length

    const leavesOf = async (cycle: SmallCycle): Promise<number> =>
      (await app.db.sql`select 1 from leaf where log = ${cycle.id} and kind = 'claimed'`).length

    test('it is registered under its own name', () => {
      expect(methods[kind].kind).toBe(kind)
    })

    test('what a person shows claims their row, once, with a leaf; shown again it is theirs already, without one', async () => {
      const cycle = await voting('once')
      const [mine = ''] = await kit.people(app, cycle.id, cycle.village, 1)
      const me = stranger()
      const first = await shows(cycle, me, mine)
      expect(said(first)).toBe('claimed')
      const again = await shows(cycle, me, mine)
      expect(said(again)).toBe('yours')
      expect(again.ok && first.ok && again.value.rollRow === first.value.rollRow).toBe(true)
      expect(first.ok && first.value.territory).toBe(cycle.village)
      expect([await countOf('claim', cycle), await countOf('attempt', cycle)]).toEqual([1, 0])
      expect(await leavesOf(cycle)).toBe(1)
      const [row] = await app.db.sql`select method, account from claim where cycle = ${cycle.id}`
      expect(row).toEqual({ method: kind, account: me })
    })

    test('shown by somebody else it sounds like one that selects nobody, and each is an attempt', async () => {
      const cycle = await voting('not-theirs')
      const [mine = ''] = await kit.people(app, cycle.id, cycle.village, 1)
      await shows(cycle, stranger(), mine)
      const thief = await shows(cycle, stranger(), mine)
      const guesser = await shows(cycle, stranger(), kit.wrong(app))
      expect(thief).toEqual(guesser)
      expect(said(guesser)).toBe('wrong')
      expect([await countOf('claim', cycle), await countOf('attempt', cycle)]).toEqual([1, 2])
    })

    test('thirty accounts show the same at once on two machines: one has it, and one leaf says so', async () => {
      const cycle = await voting('at-once')
      const [mine = ''] = await kit.people(app, cycle.id, cycle.village, 1)
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, at) => shows(cycle, stranger(), mine, at % 2 ? app : other)),
      )
      expect(answers.filter((answer) => said(answer) === 'claimed')).toHaveLength(1)
      expect(answers.filter((answer) => answer.ok)).toHaveLength(1)
      expect([await countOf('claim', cycle), await leavesOf(cycle)]).toEqual([1, 1])
    })

    test(`an account is verified for ${methods[kind].facts.manyPeople ? 'as many people as the cycle allows' : 'one person'}`, async () => {
      const cycle = await voting('people')
      const evidence = await kit.people(app, cycle.id, cycle.village, 3)
      const me = stranger()
      const told: string[] = []
      for (const one of evidence) told.push(said(await shows(cycle, me, one)))
      expect(told).toEqual(
        methods[kind].facts.manyPeople
          ? ['claimed', 'claimed', 'too-many-people']
          : ['claimed', 'too-many-people', 'too-many-people'],
      )
      expect(said(await shows(cycle, stranger(), evidence[2] ?? '')), 'the one too many stays free').toBe(
        'claimed',
      )
    })

    test('after five wrong ones an account waits, refused before anything is hashed, right evidence too', async () => {
      const cycle = await voting('locked')
      const [mine = ''] = await kit.people(app, cycle.id, cycle.village, 1)
      const guesser = stranger()
      for (let guess = 0; guess < 5; guess++)
        expect(said(await shows(cycle, guesser, kit.wrong(app)))).toBe('wrong')
      let hashed = 0
      const hook = createHook({
        init: (_, type) => {
          if (type === 'SCRYPTREQUEST') hashed++
        },
      }).enable()
      const answer = await shows(cycle, guesser, mine)
      hook.disable()
      expect(said(answer)).toBe('wait')
      expect(!answer.ok && answer.problem.kind === 'wait' && answer.problem.seconds).toBeGreaterThan(0)
      expect(hashed).toBe(0)
      expect(await countOf('attempt', cycle)).toBe(5)
      expect(said(await shows(cycle, stranger(), mine)), 'no stranger locks the owner out').toBe('claimed')
    })

    test('nothing that was shown stands in the database', async () => {
      const cycle = await voting('not-kept')
      const [mine = ''] = await kit.people(app, cycle.id, cycle.village, 1)
      const wrong = kit.wrong(app)
      await shows(cycle, stranger(), mine)
      await shows(cycle, stranger(), wrong)
      const dump = JSON.stringify([
        await app.db.sql`select * from claim`,
        await app.db.sql`select * from attempt`,
        await app.db.sql`select *, encode(contact_mac, 'escape') from roll_row`,
        await app.db.sql`select *, encode(code_hash, 'escape') from card`,
        await app.db.sql`select convert_from(body, 'UTF8') from leaf where kind <> 'ballot'`,
      ])
      expect(dump).toContain(kind)
      for (const evidence of [mine, wrong]) expect(dump).not.toContain(evidence)
    })

    test.runIf(kit.shared !== undefined)(
      'what selects two rows claims none of them, and is no attempt',
      async () => {
        const cycle = await voting('two-rows')
        const evidence = (await kit.shared?.(app, cycle.id, cycle.village)) ?? ''
        expect(said(await shows(cycle, stranger(), evidence))).toBe('two-rows')
        expect([await countOf('claim', cycle), await countOf('attempt', cycle)]).toEqual([0, 0])
      },
    )
  })
}
