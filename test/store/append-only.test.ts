// What was recorded stays as it was recorded, and what was frozen stays frozen: PostgreSQL refuses whoever asks.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, type SmallCycle, vote, voters } from '../support/cycle.ts'
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

test('a table that is added later is open to the role after the next start', async () => {
  await asOwner(app.db, (sql) => sql`create table later (id int generated always as identity, word text)`)
  expect(await codeOf(app.db.sql`insert into later (word) values ('x')`)).toBe(FORBIDDEN)
  expect(await migrateDatabase(app.url)).toBe(appRole())
  expect(await codeOf(app.db.sql`insert into later (word) values ('x')`)).toBe('done')
})

test('a table that only grows by its trigger is one that the role may only add to', async () => {
  const writes = () =>
    Promise.all(
      ["insert into growing values ('y')", "update growing set word = 'z'", 'delete from growing'].map(
        (one) => codeOf(app.db.sql.unsafe(one)),
      ),
    )
  await asOwner(app.db, async (sql) => {
    await sql`create table growing (word text)`
    await sql`create trigger no_truncate before truncate on growing execute function append_only()`
  })
  await migrateDatabase(app.url)
  expect(await writes(), 'a trigger on truncate alone').toEqual(['done', 'done', 'done'])
  await asOwner(
    app.db,
    (sql) =>
      sql`create trigger grows before update or delete on growing for each row execute function append_only()`,
  )
  await migrateDatabase(app.url)
  expect(await writes()).toEqual(['done', FORBIDDEN, FORBIDDEN])
  await asOwner(app.db, async (sql) => {
    await sql`create table born_so (like growing)`
    await sql`create trigger grows before update on born_so for each row execute function append_only()`
  })
  await migrateDatabase(app.url)
  expect(await codeOf(app.db.sql`insert into born_so values ('x')`)).toBe('done')
  expect(await codeOf(app.db.sql`delete from born_so`)).toBe(FORBIDDEN)
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
    'truncate project',
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
  expect(await twice('claim', 'cycle, roll_row, account, method')).toBe('23505')
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
