// A lost card gives way to another one by two officials, until a vote was cast with it; whoever held the right gives it up and is told.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accountMark } from '../../src/use-cases/actor.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { handOverCards } from '../../src/use-cases/hand-over-cards.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards } from '../support/cards.ts'
import { clerk } from '../support/command.ts'
import { kindOf, must } from '../support/cycle.ts'
import { cycleOf, enterCards } from '../support/people.ts'
import { at, lossVillage } from '../support/reissue.ts'

const [FIRST, SECOND, STRANGER] = [11, 22, 33]
let app: TestApp
beforeAll(async () => {
  app = await testApp('reissue')
  for (const account of [FIRST, SECOND]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(() => app.done())

test('a stolen envelope: the thief’s claim is given back, they are told, the owner votes with the new card, and the count agrees', async () => {
  const there = await lossVillage(app, 'stolen', 3, FIRST)
  const [thief, owner] = [501, 502]
  const [card, fresh] = [at(there.held, 1), at(there.fresh, 1)]
  const stolen = must(await there.claim(thief, card.code))
  const wanted = { serial: fresh.serial, register: card.registerNo, lost: card.serial, moved: true }
  expect(kindOf(await there.propose(wanted, STRANGER))).toBe('not-allowed')
  const proposed = must(await there.propose(wanted))
  expect(proposed.askable).toEqual([SECOND])
  expect(kindOf(await confirmAct(app, proposed.id, FIRST))).toBe('same-person')
  expect(kindOf(await confirmAct(app, proposed.id, STRANGER))).toBe('not-allowed')
  expect(await there.states(), 'a proposal changes nothing').toEqual([
    ...there.held.map(() => 'handed_over'),
    ...there.fresh.map(() => 'printed'),
  ])
  const before = (await there.events()).length
  must(await confirmAct(app, proposed.id, SECOND))
  expect((await there.states()).map((state) => state[0])).toEqual(['h', 'd', 'h', 'p', 'h', 'p'])
  const [by, second] = [accountMark(app, FIRST), accountMark(app, SECOND)]
  expect((await there.events()).slice(before)).toMatchObject([
    { kind: 'claim-released', village: String(there.village) },
    { kind: 'cards-reissued', serials: 1, by, second },
    { kind: 'cards-handed-over', serials: 1, by },
  ])
  expect(await there.told(thief)).toMatchObject([
    { facts: { cycle: there.cycle.id, territory: there.village, serial: card.serial } },
  ])
  expect(kindOf(await there.cast(thief, stolen.rollRow))).not.toBe('ok')
  expect(kindOf(await there.claim(thief, card.code))).toBe('wrong')
  const back = must(await there.claim(owner, fresh.code))
  expect(back.rollRow).toBe(stolen.rollRow)
  must(await there.cast(owner, back.rollRow))
  expect(await there.counts()).toBe(1)
})

test('a lost card that nobody used is replaced without a claim; a move wants one', async () => {
  const there = await lossVillage(app, 'lost', 2, FIRST)
  const [card, fresh] = [at(there.held, 0), at(there.fresh, 0)]
  expect(kindOf(await there.propose({ serial: fresh.serial, lost: card.serial, moved: true }))).toBe(
    'nobody-claimed',
  )
  const before = (await there.events()).length
  must(
    await confirmAct(app, must(await there.propose({ serial: fresh.serial, lost: card.serial })).id, SECOND),
  )
  expect((await there.events()).slice(before).map(({ kind }) => kind)).toEqual([
    'cards-reissued',
    'cards-handed-over',
  ])
  must(await there.claim(511, fresh.code))
  expect(await there.counts()).toBe(0)
})

test('what cannot be replaced is refused when it is proposed, and again when it is confirmed', async () => {
  const there = await lossVillage(app, 'refused', 3, FIRST)
  const [one, two, three] = [at(there.held, 0), at(there.held, 1), at(there.held, 2)]
  const [next, ofTwo, ofThree] = [at(there.fresh, 0), at(there.fresh, 1), at(there.fresh, 2)]
  expect(kindOf(await there.propose({ serial: next.serial, register: 99 }))).toBe('no-such-row')
  expect(await there.propose({ serial: 99, register: one.registerNo })).toEqual({
    ok: false,
    problem: { kind: 'no-such-card', serial: 99 },
  })
  expect(kindOf(await there.propose({ serial: ofTwo.serial, register: one.registerNo }))).toBe('not-its-card')
  expect(kindOf(await there.propose({ serial: one.serial, register: one.registerNo }))).toBe('not-its-card')
  const crossed = { serial: next.serial, register: one.registerNo, lost: two.serial }
  expect(kindOf(await there.propose(crossed))).toBe('other-card')
  // Between proposal and confirmation somebody voted: the vote stands.
  const late = must(await there.propose({ serial: ofTwo.serial, lost: two.serial }))
  const held = must(await there.claim(521, two.code))
  must(await there.cast(521, held.rollRow))
  expect(await confirmAct(app, late.id, SECOND)).toEqual({
    ok: false,
    problem: { kind: 'cannot', why: 'has-voted' },
  })
  expect(kindOf(await there.propose({ serial: ofTwo.serial, lost: two.serial, moved: true }))).toBe(
    'has-voted',
  )
  expect(await there.told(521)).toEqual([])
  const closing = must(await there.propose({ serial: ofThree.serial, lost: three.serial }))
  expect(await there.counts()).toBe(1)
  expect(await confirmAct(app, closing.id, SECOND)).toMatchObject({ problem: { why: 'closed' } })
  expect(kindOf(await there.propose({ serial: ofThree.serial, lost: three.serial }))).toBe('closed')
})

test('the desk alone replaces no card that somebody has, and gives one card a row', async () => {
  const there = await lossVillage(app, 'alone', 2, FIRST)
  const [fresh] = there.fresh.map(({ serial }) => serial)
  expect(await handOverCards(app, there.cycle.id, there.village, String(fresh), FIRST)).toEqual({
    ok: false,
    problem: { kind: 'second-serials', serials: [fresh] },
  })
  const cycle = await cycleOf(app, there.cycle.id)
  const [row] = await cards(app, there.cycle.id, there.village, 1, 'printed')
  const [twin] = await enterCards(app, cycle, there.village, [row?.registerNo ?? 0])
  const both = `${row?.serial}, ${twin?.serial}`
  expect(await handOverCards(app, there.cycle.id, there.village, both, FIRST)).toEqual({
    ok: false,
    problem: { kind: 'twin-serials', serials: [row?.serial, twin?.serial] },
  })
  must(await handOverCards(app, there.cycle.id, there.village, String(twin?.serial), FIRST))
  // What the program forgets to ask the database still knows.
  await expect(
    app.db
      .sql`update card set state = 'handed_over' where cycle = ${cycle.id} and serial = ${row?.serial ?? 0}`,
  ).rejects.toThrow(/card_in_hands/)
})

test('the clerk names the row and the new card, reads what waits and for whom, and sees it in the list', async () => {
  const there = await lossVillage(app, 'typed', 2, FIRST)
  const desk = await clerk(app)
  const [card, fresh] = [at(there.held, 0), at(there.fresh, 0)]
  const types = (words: string) => desk.types(`cards ${words} --cycle typed`)
  expect((await types(`reissue ${there.village} ${fresh.serial} --as ${FIRST}`)).refused).toContain('--row')
  expect((await types(`reissue ${there.village} ${fresh.serial} --row 1`)).refused).toContain('--as')
  expect((await types(`reissue ${there.village} x --row 1 --as ${FIRST}`)).refused).toContain('“x”')
  expect((await types(`move ${there.village} ${fresh.serial} --row 1 --as ${FIRST}`)).refused).toContain(
    'Nobody is verified',
  )
  expect((await types(`reissue ${there.village} 77 --row 1 --as ${FIRST}`)).refused).toContain('№\u00a077')
  const { lines, refused } = await types(
    `reissue ${there.village} ${fresh.serial} --row ${card.registerNo} --as ${FIRST}`,
  )
  expect(refused).toBeUndefined()
  expect(lines).toEqual([
    expect.stringContaining(
      `number in the register ${card.registerNo}: card №\u00a01, in its place №\u00a03`,
    ),
    expect.stringContaining('nothing is done'),
    expect.stringContaining(String(SECOND)),
    expect.stringContaining('until'),
  ])
  const status = await types('status')
  expect(status.lines).toEqual([
    expect.stringContaining('handed over: 2, returned: 0, destroyed: 0, replaced: 0.'),
    expect.stringContaining('card №\u00a01, in its place №\u00a03'),
  ])
  const [open] = await app.db.sql<{ id: string }[]>`select id from proposal where state = 'open'
    and (act ->> 'cycle')::int = ${there.cycle.id}`
  must(await confirmAct(app, open?.id ?? '', SECOND))
  expect((await types('status')).lines).toEqual([
    expect.stringContaining('handed over: 2, returned: 0, destroyed: 0, replaced: 1.'),
  ])
  expect((await types(`hand-over ${there.village} 4 --as ${FIRST}`)).refused).toContain('cards reissue')
  await desk.leaves()
})
