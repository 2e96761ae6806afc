// Votes on paper: a row that was handed a paper votes online no more, and its box counts once two people typed it in alike.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { enterPapers } from '../../src/use-cases/enter-papers.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { explainPapers } from '../../src/use-cases/explain-papers.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { liveNumbers } from '../../src/use-cases/live-numbers.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { markPaper } from '../../src/use-cases/mark-paper.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishedBallots } from '../../src/use-cases/published-ballots.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { readOwnVote } from '../../src/use-cases/read-own-vote.ts'
import { readReport } from '../../src/use-cases/read-report.ts'
import { readProtocol } from '../../src/use-cases/read-protocol.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import {
  kindOf,
  letClose,
  must,
  opened,
  openVoting,
  type SmallCycle,
  smallCycle,
  vote,
  type Voter,
  voters,
} from '../support/cycle.ts'
import { asOwner, unguarded } from '../support/database.ts'
import { sayNotRun } from '../support/notes.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = fileURLToPath(new URL('../second-verifier/verify.py', import.meta.url))
const [OFFICIAL, ASSIST, OTHER, STRANGER] = [11, 22, 23, 33]
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('paper')
  desk = await clerk(app)
  must(await grantRole(app, { account: OFFICIAL, role: 'official' }, 'command'))
  for (const account of [ASSIST, OTHER])
    must(await grantRole(app, { account, role: 'facilitator' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const village = (cycle: SmallCycle): number => cycle.villages[0] as number
const at = (cycle: SmallCycle) => ({ cycle: cycle.id, territory: village(cycle) })

/** A vote that is open, with so many people who are in; their register numbers are 1, 2 … */
async function openCycle(slug: string, people: number, more: Parameters<typeof smallCycle>[3] = {}) {
  const cycle = await smallCycle(app, slug, [[1_000_000, 2_000_000, 3_000_000]], more)
  await openVoting(app, cycle.id)
  return { cycle, people: await voters(app, cycle.id, village(cycle), people) }
}

async function close(cycle: SmallCycle): Promise<void> {
  await letClose(app, cycle.id)
  must(await movePhase(app, cycle.id, { by: 'clock' }))
  await numberLeaves(app)
}

test('a paper voids what was voted online, closes the way for good, and says nothing of who voted', async () => {
  const { cycle, people } = await openCycle('one-paper', 3)
  const [ann, ben] = people as [Voter, Voter]
  must(await vote(app, cycle.id, ann, ['a1']))
  const half = await opened(app, cycle.id, ann)
  expect(must(await markPaper(app, at(cycle), 1, ASSIST))).toEqual({ marks: 1 })
  // Who has voted online and who has not get the same answer.
  expect(must(await markPaper(app, at(cycle), 2, ASSIST))).toEqual({ marks: 2 })
  expect(kindOf(await castBallot(app, { ...half, cycle: cycle.id, marks: ['a2'] }))).toBe('paper')
  expect(kindOf(await markPaper(app, at(cycle), 1, OFFICIAL))).toBe('marked-before')
  expect(kindOf(await markPaper(app, at(cycle), 99, ASSIST))).toBe('no-such-row')
  expect(kindOf(await markPaper(app, at(cycle), 3, STRANGER))).toBe('not-allowed')
  expect(kindOf(await markPaper(app, at(cycle), 3, 'command'))).toBe('name-official')
  const told = await app.db.sql<{ account: number }[]>`
    select account from delivery where kind = 'paper-handed-out' order by account`
  expect(told.map(({ account }) => Number(account))).toEqual([ann.account, ben.account])
  // Nothing makes it undone: neither an erased account nor the program itself.
  await eraseAccount(app, ann.account)
  await expect(
    asOwner(app.db, (sql) => sql`update roll_row set way = 'open' where id = ${ann.rollRow}`),
  ).rejects.toThrow('is kept')
  await close(cycle)
  expect(kindOf(await markPaper(app, at(cycle), 3, ASSIST))).toBe('not-voting')
})

test('fifty desks mark one row while it votes online: one mark, and what was cast is void or was never accepted', async () => {
  const { cycle, people } = await openCycle('fifty', 1)
  const [ann] = people as [Voter]
  const ballots = await Promise.all(Array.from({ length: 20 }, () => opened(app, cycle.id, ann)))
  const acts = await Promise.all([
    ...Array.from({ length: 50 }, () => markPaper(app, at(cycle), 1, ASSIST)),
    ...ballots.map((ballot) => castBallot(app, { ...ballot, cycle: cycle.id, marks: ['a1'] })),
  ])
  expect(acts.slice(0, 50).filter(({ ok }) => ok)).toHaveLength(1)
  const accepted = acts.slice(50).filter(({ ok }) => ok).length
  await close(cycle)
  must(await enterPapers(app, at(cycle), { text: '2', returned: 0 }, ASSIST))
  expect(must(await enterPapers(app, at(cycle), { text: '2', returned: 0 }, OTHER))).toMatchObject({
    kind: 'agreed',
    fits: true,
  })
  await numberLeaves(app)
  const [counted] = must(await countCycle(app, cycle.id, 'command'))
  expect(counted).toMatchObject({
    ballots: 1,
    tally: { cast: accepted, counted: 0, void: accepted > 0 ? 1 : 0, paper: 1 },
  })
  expect(counted?.count.votes.map(({ votes }) => votes)).toEqual([0, 1, 0])
})

test('a box counts once two people typed it alike, beside the votes online; what differs is named', async () => {
  const { cycle, people } = await openCycle('two-typists', 24)
  for (const voter of people.slice(0, 12)) must(await vote(app, cycle.id, voter, ['a1', 'a3']))
  for (const number of Array.from({ length: 12 }, (_, n) => n + 13))
    must(await markPaper(app, at(cycle), number, ASSIST))
  expect(await liveNumbers(app, cycle.id, OFFICIAL)).toMatchObject({
    turnout: 24,
    channels: [
      { channel: 'online', turnout: 12 },
      { channel: 'paper', turnout: 12 },
    ],
  })
  expect(kindOf(await enterPapers(app, at(cycle), { text: '1', returned: 0 }, ASSIST))).toBe('not-counting')
  await close(cycle)
  expect(await countCycle(app, cycle.id, 'command')).toEqual({
    ok: false,
    problem: { kind: 'papers', open: [village(cycle)], unfit: [] },
  })
  expect(kindOf(await enterPapers(app, at(cycle), { text: '7', returned: 0 }, ASSIST))).toBe('unknown-number')
  expect(kindOf(await enterPapers(app, at(cycle), { text: '1', returned: 13 }, ASSIST))).toBe('bad-returned')
  expect(must(await enterPapers(app, at(cycle), { text: '9x 2\n1 3\n-', returned: 1 }, ASSIST))).toEqual({
    kind: 'first',
    ballots: 10,
    spoiled: 1,
  })
  // The same person twice is one person.
  expect(must(await enterPapers(app, at(cycle), { text: '9x 2\n1 3\n-', returned: 1 }, ASSIST)).kind).toBe(
    'first',
  )
  expect(must(await enterPapers(app, at(cycle), { text: '-\n3 1\n3\n8x 2', returned: 1 }, OTHER))).toEqual({
    kind: 'differs',
    mine: { ballots: 10, spoiled: 1, returned: 1 },
    theirs: { ballots: 10, spoiled: 1, returned: 1 },
    papers: [{ paper: '3', count: 1 }],
  })
  expect(must(await enterPapers(app, at(cycle), { text: '-\n3 1\n9x 2', returned: 1 }, OTHER))).toEqual({
    kind: 'agreed',
    fits: true,
    ballots: 10,
    spoiled: 1,
    returned: 1,
    marks: 12,
  })
  expect(kindOf(await enterPapers(app, at(cycle), { text: '1', returned: 0 }, OFFICIAL))).toBe(
    'entered-before',
  )
  expect(
    kindOf(await explainPapers(app, at(cycle), { kk: 'себебі осындай', ru: 'потому что так' }, OFFICIAL)),
  ).toBe('fits')
  const [kept] = await app.db.sql<{ entries: number }[]>`
    select count(*)::int as entries from paper_entry where cycle = ${cycle.id}`
  expect(kept).toEqual({ entries: 0 })
  await numberLeaves(app)
  const [counted] = must(await countCycle(app, cycle.id, 'command'))
  expect(counted).toMatchObject({ ballots: 22, tally: { cast: 12, counted: 12, void: 0, paper: 10 } })
  expect(counted?.count.votes.map(({ votes }) => votes)).toEqual([13, 9, 13])
  await numberLeaves(app)
  must(await publishResults(app, cycle.id, 'command'))
  const protocol = must(await readProtocol(app, cycle.id, village(cycle)))
  expect(protocol.channels).toEqual([
    { channel: 'online', people: 12 },
    { channel: 'paper', people: 10 },
  ])
  expect(protocol.papers).toMatchObject({ ballots: 10, spoiled: 1, returned: 1, marks: 12 })
  const report = must(await readReport(app, cycle.id, 'command'))
  expect(report.villages[0]?.people).toMatchObject({ voted: 12, online: 12, assisted: 0, paper: 10 })
  expect(report.people).toMatchObject({ online: 12, assisted: 0, paper: 10 })
  expect(must(await publishedBallots(app, cycle.id)).get(`${village(cycle)} general`)).toHaveLength(22)
  await numberLeaves(app)
  const file = desk.file('two-typists.zip')
  await writeFile(file, must(await makeBundle(app, cycle.slug)).bytes)
  expect((await desk.types(`verify ${file}`)).lines.at(-1)).toBe('two-typists: everything holds.')
  const python = await findPython()
  if (!python)
    return sayNotRun('the second verifier', 'no python3 with nacl here: apt-get install python3-nacl')
  const { stdout } = await promisify(execFile)(python, [SCRIPT, file])
  expect(stdout).toContain('good')
})

test('a box that holds another number stops the count until a note says why, in public; by command all of it', async () => {
  const { cycle } = await openCycle('missing-paper', 4)
  const typed = async (name: string, text: string) => {
    await writeFile(desk.file(name), text)
    return desk.file(name)
  }
  const where = `"missing-paper 1"`
  const as = '--cycle missing-paper --as'
  for (const number of [1, 2, 3])
    expect((await desk.types(`paper mark ${where} ${number} ${as} 22`)).refused).toBeUndefined()
  expect((await desk.types(`paper mark ${where} 3 ${as} 22`)).refused).toBe(
    'A paper ballot was handed out for this number before. There is no second one.',
  )
  await close(cycle)
  expect((await desk.types('count --cycle missing-paper')).refused).toContain('missing-paper 1')
  const file = await typed('box.txt', '1\n1 2\n')
  const enter = (who: number) => desk.types(`paper enter ${where} ${file} --returned 0 ${as} ${who}`)
  expect((await enter(22)).lines).toEqual(['Entered. Now another person must enter the same.'])
  expect((await enter(23)).lines[0]).toContain('another number was handed out')
  await numberLeaves(app)
  expect((await desk.types('count --cycle missing-paper')).refused).toContain('no note says why')
  const note = '--kk "Бір бюллетень алып кетілді" --ru "Один бюллетень унесли"'
  expect((await desk.types(`paper explain ${where} ${note} ${as} 22`)).refused).toContain('Only whoever')
  expect((await desk.types(`paper explain ${where} ${note} ${as} 11`)).lines).toEqual([
    'The note is saved. The vote can be counted now.',
  ])
  expect((await desk.types(`paper explain ${where} ${note} ${as} 11`)).refused).toBe(
    'A note is saved already.',
  )
  const told = await desk.types('paper status --cycle missing-paper')
  expect(told.lines.join('\n')).toContain(
    'Valid papers in the box: 2, invalid: 0. Returned unused: 0. Handed out: 3.',
  )
  await numberLeaves(app)
  const counted = await desk.types('count --cycle missing-paper')
  expect(counted.refused).toBeUndefined()
  expect(counted.lines).toContain('Counted on paper: 2.')
})

test('after the close, and not before, whoever stands at the desk learns whether a vote came and how; each question is logged', async () => {
  const { cycle, people } = await openCycle('own-vote', 3)
  const [ann, ben] = people as [Voter, Voter]
  must(await vote(app, cycle.id, ann, ['a1']))
  must(await vote(app, cycle.id, ben, ['a1']))
  must(await markPaper(app, at(cycle), 2, ASSIST))
  expect(kindOf(await readOwnVote(app, at(cycle), 1, OFFICIAL))).toBe('not-over')
  await close(cycle)
  const told = []
  for (const number of [1, 2, 3]) told.push(must(await readOwnVote(app, at(cycle), number, OFFICIAL)))
  expect(told).toEqual(['online', 'paper', 'none'])
  expect(kindOf(await readOwnVote(app, at(cycle), 9, OFFICIAL))).toBe('no-such-row')
  expect(kindOf(await readOwnVote(app, at(cycle), 1, ASSIST))).toBe('not-allowed')
  const said = await desk.types('paper voted "own-vote 1" 1 --cycle own-vote --as 11')
  expect(said.lines).toEqual(['A vote was recorded online. What was chosen nobody sees.'])
  const [leaves] = await app.db.sql<{ n: number }[]>`
    select count(*)::int as n from leaf where log = ${cycle.id} and kind = 'own-vote-told'`
  expect(leaves).toEqual({ n: 4 })
  for (const by of [ASSIST, OTHER]) must(await enterPapers(app, at(cycle), { text: '1', returned: 0 }, by))
  await numberLeaves(app)
  must(await countCycle(app, cycle.id, 'command'))
})

test('whoever owns the database and alters a box, its note or a mark is named by the count', async () => {
  const { cycle } = await openCycle('altered-box', 3)
  for (const number of [1, 2]) must(await markPaper(app, at(cycle), number, ASSIST))
  await close(cycle)
  for (const by of [ASSIST, OTHER]) must(await enterPapers(app, at(cycle), { text: '1\n2', returned: 0 }, by))
  await numberLeaves(app)
  const alter = async (how: string, back: string) => {
    await unguarded(app.db, (sql) => sql.unsafe(how, [cycle.id]))
    const done = await countCycle(app, cycle.id, 'command')
    await unguarded(app.db, (sql) => sql.unsafe(back, [cycle.id]))
    if (done.ok || done.problem.kind !== 'log') return kindOf(done)
    return [...new Set(done.problem.faults.map(({ kind }) => kind))].join(' ')
  }
  const flip = 'update paper_box set box = set_byte(box, 50, 255 - get_byte(box, 50)) where cycle = $1'
  expect(await alter(flip, flip)).toBe('paper-row')
  const noted = `update paper_box set note = '{"kk":"жоқ","ru":"нет"}' where cycle = $1`
  expect(await alter(noted, 'update paper_box set note = null where cycle = $1')).toBe('paper-row')
  const row = `(select id from roll_row where cycle = $1 and register_no = 1)`
  expect(
    await alter(
      `update roll_row set way = 'open' where id = ${row}`,
      `update roll_row set way = 'paper' where id = ${row}`,
    ),
  ).toContain('way')
  await expect(
    asOwner(app.db, (sql) => sql`update paper_box set ballots = 9 where cycle = ${cycle.id}`),
  ).rejects.toThrow('as two people entered it')
  must(await countCycle(app, cycle.id, 'command'))
})
