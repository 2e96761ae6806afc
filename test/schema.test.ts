// The migrations in drizzle/ make the tables that src/store/schema-*.ts describe: nobody changed one without the other.
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type DrizzleSnapshotJSON, generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { integer, pgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as announcementsSide from '../src/store/schema-announcements.ts'
import * as channelsSide from '../src/store/schema-channels.ts'
import * as cycleSide from '../src/store/schema-cycle.ts'
import * as ideasSide from '../src/store/schema-ideas.ts'
import * as needsSide from '../src/store/schema-needs.ts'
import * as paperSide from '../src/store/schema-paper.ts'
import * as pressureSide from '../src/store/schema-pressure.ts'
import * as questionsSide from '../src/store/schema-questions.ts'
import * as rollSide from '../src/store/schema-roll.ts'
import * as roomsSide from '../src/store/schema-rooms.ts'
import * as staffSide from '../src/store/schema-staff.ts'
import * as telegramSide from '../src/store/schema-telegram.ts'
import * as voteSide from '../src/store/schema-vote.ts'
import * as worksSide from '../src/store/schema-works.ts'

const schema = {
  ...cycleSide,
  ...rollSide,
  ...voteSide,
  ...staffSide,
  ...ideasSide,
  ...roomsSide,
  ...needsSide,
  ...questionsSide,
  ...worksSide,
  ...announcementsSide,
  ...channelsSide,
  ...paperSide,
  ...telegramSide,
  ...pressureSide,
}

type Journal = { entries: { idx: number; tag: string; when: number }[] }

const DRIZZLE = fileURLToPath(new URL('../drizzle/', import.meta.url))
const readJson = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(`${DRIZZLE}meta/${file}`, 'utf8'))
const journal = await readJson<Journal>('_journal.json')
const snapshotOf = (idx: number) =>
  readJson<DrizzleSnapshotJSON>(`${String(idx).padStart(4, '0')}_snapshot.json`)

test('the newest snapshot of the migrations is the schema of today', async () => {
  const last = await snapshotOf(Math.max(...journal.entries.map((entry) => entry.idx)))
  const today = generateDrizzleJson(schema, last.id)
  const tables = Object.keys(today.tables)
  expect(tables.length).toBeGreaterThan(10)
  // Compared before SQL is made of it: making it would ask about renames, and nobody is there to answer.
  expect(Object.keys(last.tables).sort()).toEqual(tables.sort())
  for (const table of tables) expect(last.tables[table]).toEqual(today.tables[table])
  expect(await generateMigration(last, today)).toEqual([])
})

test('a column that no migration makes is seen', async () => {
  const last = await snapshotOf(Math.max(...journal.entries.map((entry) => entry.idx)))
  const changed = { ...schema, leaf: pgTable('planted', { id: integer().primaryKey(), planted: integer() }) }
  const today = generateDrizzleJson(changed, last.id)
  expect(Object.keys(today.tables)).not.toEqual(Object.keys(last.tables))
  expect(
    await generateMigration(last, { ...last, tables: { ...last.tables, ...planted(today.tables) } }),
  ).toEqual([expect.stringContaining('CREATE TABLE "planted"')])
})

const planted = <T>(tables: Record<string, T>) =>
  Object.fromEntries(Object.entries(tables).filter(([name]) => name.endsWith('planted')))

test('every migration is in the journal, in order, with its file', async () => {
  const files = (await readdir(DRIZZLE)).filter((file) => file.endsWith('.sql')).sort()
  expect(journal.entries.map((entry) => `${entry.tag}.sql`)).toEqual(files)
  expect(journal.entries.map((entry) => entry.idx)).toEqual(files.map((file) => Number(file.slice(0, 4))))
  // What is older than the last one that a database has is never made there.
  const times = journal.entries.map(({ when }) => when)
  expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b))
})
