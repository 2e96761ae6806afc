// What was recorded stays as it was recorded, and what was frozen stays frozen: PostgreSQL refuses whoever asks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PHASES } from '../../src/core/cycle.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { cards } from '../support/cards.ts'
import { must, openVoting, smallCycle, type SmallCycle, vote, voters } from '../support/cycle.ts'
import { appRole, asOwner } from '../support/database.ts'

let app: TestApp
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('append-only')
  cycle = await smallCycle(app, 'kept', [[100, 200], [300]])
  await openVoting(app, cycle.id)
  for (const voter of await voters(app, cycle.id, cycle.villages[0] as number, 3))
    await vote(app, cycle.id, voter, ['a1'])
  await numberLeaves(app)
})
afterAll(() => app.done())

const RECORDED = ['leaf', 'entry', 'ballot'] as const
const COLUMN = { leaf: 'body', entry: 'seq', ballot: 'box' }
/** SQLSTATE of restrict_violation. */
const REFUSED = '23001'
/** SQLSTATE of insufficient_privilege. */
const FORBIDDEN = '42501'
const codeOf = (act: Promise<unknown>): Promise<unknown> =>
  act.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )
/** What the triggers answer to the owner of the tables, whom no privilege stops. */
const refusal = (statement: string): Promise<unknown> =>
  codeOf(asOwner(app.db, (sql) => sql.unsafe(statement)))
const all = async (table: string) =>
  (
    await app.db.sql.unsafe(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum, count(*) as n from ${table} t`,
    )
  )[0]

test.each(RECORDED)('rows of %s can be added, and neither changed nor taken away', async (table) => {
  const before = await all(table)
  expect(Number(before?.n)).toBeGreaterThan(2)
  const columns = await app.db.sql<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns where table_name = ${table}`
  for (const { name } of columns)
    expect(await refusal(`update "${table}" set "${name}" = "${name}"`), `${table}.${name}`).toMatch(
      /^(23001|428C9)$/,
    )
  expect(await refusal(`delete from "${table}"`)).toBe(REFUSED)
  expect(await refusal(`delete from "${table}" where ctid = (select min(ctid) from "${table}")`)).toBe(
    REFUSED,
  )
  expect(await refusal(`truncate "${table}"`)).toMatch(/^(23001|0A000)$/)
  expect(await refusal(`truncate "${table}" cascade`)).toBe(REFUSED)
  expect(
    await refusal(`insert into "${table}" overriding system value select * from "${table}" limit 1`),
  ).toBe('23505')
  expect(await refusal(`merge into "${table}" t using (select 1) x on true when matched then delete`)).toBe(
    REFUSED,
  )
  expect(await all(table)).toEqual(before)
})

test('the role that the program works as may read and add, and has no way to change or remove', async () => {
  const [who] = await app.db.sql`select current_user as role`
  expect(who).toEqual({ role: appRole() })
  for (const table of RECORDED) {
    for (const statement of [
      `update "${table}" set ${COLUMN[table]} = ${COLUMN[table]}`,
      `delete from "${table}"`,
      `truncate "${table}"`,
      `alter table "${table}" disable trigger all`,
      `drop table "${table}"`,
    ])
      expect(await codeOf(app.db.sql.unsafe(statement)), statement).toBe(FORBIDDEN)
  }
  expect(await codeOf(app.db.sql`set session_replication_role = replica`)).toBe(FORBIDDEN)
})

test('a table that is added later is open to the role after the next migration, to be read and added to', async () => {
  await asOwner(
    app.db,
    (sql) => sql`create table later (id int generated always as identity, word text, size int)`,
  )
  const writes = async () => {
    const done = []
    for (const one of [
      "insert into later (word) values ('x')",
      "update later set word = 'y'",
      'update later set size = 1',
      'delete from later',
    ])
      done.push(await codeOf(app.db.sql.unsafe(one)))
    return done
  }
  expect(await writes()).toEqual([FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN])
  const says = async (may: string) => {
    await asOwner(app.db, (sql) => sql.unsafe(`comment on table later is '${may}'`))
    await migrateDatabase(app.url)
    return writes()
  }
  expect(await says('')).toEqual(['done', FORBIDDEN, FORBIDDEN, FORBIDDEN])
  expect(await says('Words. the program may: delete')).toEqual(['done', FORBIDDEN, FORBIDDEN, 'done'])
  expect(await says('the program may: update (word)')).toEqual(['done', 'done', FORBIDDEN, FORBIDDEN])
  expect(await says('the program may: update (size, word), delete')).toEqual(['done', 'done', 'done', 'done'])
  expect(await says('nothing more')).toEqual(['done', FORBIDDEN, FORBIDDEN, FORBIDDEN])
})

test('a checkpoint is for ever, and any other head only gives way to a longer one', async () => {
  const heads = async () =>
    (
      await app.db.sql<{ size: number; checkpoint: boolean }[]>`
        select size::int, checkpoint from head where log = ${cycle.id} order by size`
    ).map(({ size, checkpoint }) => [size, checkpoint])
  const longer = (size: number, checkpoint = false) => app.db.sql`
    insert into head (log, size, root, edge, note, checkpoint)
    select log, size + ${size}, root, edge, note, ${checkpoint} from head where log = ${cycle.id} order by size desc limit 1`
  const before = await heads()
  const [first, last] = [before[0]?.[0] as number, before.at(-1)?.[0] as number]
  await longer(1)
  expect(await heads()).toEqual([...before, [last + 1, false]])
  for (const refused of [
    `delete from head where log = ${cycle.id} and size = ${last + 1}`,
    `delete from head where log = ${cycle.id} and not checkpoint`,
    `delete from head where log = ${cycle.id} and checkpoint`,
    'delete from head',
    ...[`size = size + 1`, `log = 0`, `root = sha256(root)`, `edge = '[]'`, `note = 'x'`, `at = now()`].map(
      (one) => `update head set checkpoint = true, ${one} where log = ${cycle.id} and size = ${last + 1}`,
    ),
    `update head set checkpoint = false where log = ${cycle.id}`,
    `update head set checkpoint = true where log = ${cycle.id} and size = ${first}`,
    'truncate head',
  ])
    expect(await refusal(refused), refused).toBe(REFUSED)
  await longer(1)
  expect(await codeOf(app.db.sql`delete from head where log = ${cycle.id} and size = ${last + 1}`)).toBe(
    'done',
  )
  expect(
    await codeOf(
      app.db.sql`update head set checkpoint = true where log = ${cycle.id} and size = ${last + 2}`,
    ),
  ).toBe('done')
  await longer(1)
  expect(await refusal(`delete from head where log = ${cycle.id} and size = ${last + 2}`)).toBe(REFUSED)
  expect(await heads()).toEqual([...before, [last + 2, true], [last + 3, false]])
})

test('a tile only grows, a grant is only ended, and a failed look-up is not taken away', async () => {
  await app.db.sql`insert into role_grant (account, role, granted_by) values (7, 'auditor', 'command')`
  await app.db.sql`insert into attempt (cycle, account) values (${cycle.id}, 7)`
  for (const refused of [
    'update tile set hashes = sha256(hashes), width = 1',
    'update tile set hashes = substr(hashes, 1, 32), width = 1',
    "update tile set hashes = sha256('x') || hashes, width = width + 1",
    'update tile set index = index + 1, width = width + 1, hashes = hashes || substr(hashes, 1, 32)',
    'delete from role_grant where account = 7',
    ...[`role = 'admin'`, 'account = 8', 'territory = null', 'until = now()', `granted_by = '8'`].map(
      (one) => `update role_grant set ${one} where account = 7`,
    ),
    `update role_grant set revoked_at = now(), role = 'admin' where account = 7`,
    'truncate role_grant',
    'delete from attempt where account = 7',
    'update attempt set account = 8 where account = 7',
    `update attempt set at = now() - interval '3 days' where account = 7`,
    'truncate attempt',
  ])
    expect(await refusal(refused), refused).toBe(REFUSED)
  await app.db.sql`update role_grant set revoked_at = now() where account = 7`
  expect(await refusal('update role_grant set revoked_at = null where account = 7')).toBe(REFUSED)
  expect(await codeOf(app.db.sql`delete from role_grant where account = 7`)).toBe('done')
})

test('projects, budgets, rules and the key stay as they were when voting opened', async () => {
  const { id, villages } = cycle
  const before = await Promise.all(['project', 'pot', 'cycle_territory', 'cycle'].map(all))
  const statements = [
    `update project set cost = cost + 1 where cycle = ${id}`,
    `update project set number = number + 10 where cycle = ${id}`,
    `update project set withdrawn = true where cycle = ${id}`,
    `update project set id = id || 'x' where cycle = ${id}`,
    `delete from project where cycle = ${id}`,
    `insert into project (cycle, id, territory, number, title, category, cost)
      values (${id}, 'late', ${villages[0]}, 99, '{"kk":"x"}', 'roads', 1)`,
    `update pot set budget = budget + 1 where cycle = ${id}`,
    `update pot set pot = 'other' where cycle = ${id}`,
    `delete from pot where cycle = ${id}`,
    `insert into pot (cycle, territory, pot, budget) values (${id}, ${villages[0]}, 'other', 5)`,
    `update project set pot = 'other' where cycle = ${id}`,
    `update project set marks = '{"marks": ["climate"], "sdgs": []}' where cycle = ${id}`,
    `delete from cycle_territory where cycle = ${id} and territory = ${villages[1]}`,
    `insert into cycle_territory (cycle, territory)
      select ${id}, t.id from territory t where t.id not in (select territory from cycle_territory) limit 1`,
    ...['ballot_terms', 'rule_terms'].map(
      (one) => `update cycle set ${one} = '{"kind":"other"}' where id = ${id}`,
    ),
    ...['public_key', 'seed_commitment', 'frozen_rules', 'method', 'revote', 'profile'].map(
      (one) => `update cycle set ${one} = 'other' where id = ${id}`,
    ),
    `update cycle set frozen_rules = null where id = ${id}`,
    `update cycle set box_size = box_size + 16 where id = ${id}`,
    `update cycle set trial = not trial where id = ${id}`,
    `update cycle set max_people = 40 where id = ${id}`,
    `update cycle set currency = 'RUB' where id = ${id}`,
    `update cycle set slug = 'other' where id = ${id}`,
    'truncate project cascade',
    'truncate pot cascade',
    'truncate cycle_territory cascade',
    'truncate cycle cascade',
    `update phase_start set starts_at = now() where cycle = ${id} and phase = 'counting'`,
    `delete from phase_start where cycle = ${id} and phase = 'counting'`,
  ]
  await app.db.sql`insert into territory (level, kind, name) values (3, 'village', '{"kk":"other"}')`
  for (const statement of statements) expect(await refusal(statement), statement).toBe(REFUSED)
  expect(await Promise.all(['project', 'pot', 'cycle_territory', 'cycle'].map(all))).toEqual(before)
})

test('one right, one claim; one opened ballot, one vote; one version, one place in the log', async () => {
  const twice = (table: string, columns: string) =>
    refusal(`insert into ${table} (${columns}) select ${columns} from ${table} limit 1`)
  expect(await twice('claim', 'cycle, roll_row, account, nonce, method')).toBe('23505')
  expect(
    await twice(
      'ballot',
      'cycle, roll_row, s, opened_ballot, channel, box, leaf, receipt, bond, signed_at, signature, at',
    ),
  ).toBe('23505')
  expect(
    await refusal(`insert into ballot (cycle, roll_row, s, opened_ballot, channel, box, leaf, receipt, bond, signed_at, signature, at)
      select cycle, roll_row, s + 1, opened_ballot, channel, box, leaf, receipt || 'x', bond, signed_at, signature, at from ballot limit 1`),
  ).toBe('23505')
  expect(await twice('entry', 'log, seq, leaf')).toBe('23505')
  expect(await twice('leaf', 'log, kind, body, hash, mac')).toBe('23505')
})

test('a cycle goes on and never back, through the phases that the program knows', async () => {
  const order = await app.db.sql<{ phase: string }[]>`
    select x.phase from unnest(${PHASES as unknown as string[]}::text[]) x(phase) order by phase_order(x.phase)`
  expect(order.map(({ phase }) => phase)).toEqual(PHASES)
  const other = await smallCycle(app, 'onwards', [[100]])
  await openVoting(app, other.id)
  for (const phase of ['draft', 'announced', 'review', 'nowhere'])
    expect(await refusal(`update cycle set phase = '${phase}' where id = ${other.id}`), phase).toBe(REFUSED)
})

test('after the close no right and no card comes, goes or changes; leftover cards are still accounted for', async () => {
  const trial = await smallCycle(app, 'over', [[100]], { trial: true })
  const { id, villages } = trial
  await openVoting(app, id)
  await voters(app, id, villages[0] as number, 1)
  await cards(app, id, villages[0] as number, 2, 'printed')
  must(await movePhase(app, id, { by: 'command' }))
  for (const statement of [
    `insert into roll_row (cycle, territory, register_no) values (${id}, ${villages[0]}, 99)`,
    `update roll_row set way = 'paper' where cycle = ${id}`,
    `update roll_row set territory = territory where cycle = ${id}`,
    `update roll_row set cycle = ${cycle.id} where cycle = ${id}`,
    `delete from roll_row where cycle = ${id}`,
    `update card set state = 'handed_over' where cycle = ${id} and state = 'printed'`,
    `update card set state = 'destroyed', serial = 9 where cycle = ${id} and serial = 3`,
    `update card set roll_row = roll_row where cycle = ${id}`,
    `delete from card where cycle = ${id}`,
    `insert into card (cycle, territory, serial, roll_row, code_hash, bond)
      select cycle, territory, 9, roll_row, 'x', bond from card where cycle = ${id} limit 1`,
    'truncate card',
    'truncate roll_row cascade',
  ])
    expect(await refusal(statement), statement).toBe(REFUSED)
  expect(await refusal(`update card set state = 'returned' where cycle = ${id} and serial = 2`)).toBe('done')
  expect(await refusal(`update card set state = 'destroyed' where cycle = ${id} and serial = 3`)).toBe('done')
})
