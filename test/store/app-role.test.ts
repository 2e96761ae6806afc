// The role that the program works as, on servers where its login is not the master of everything.
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/store/db.ts'
import { prepareDatabase } from '../../src/store/standing.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { appRole, onServer } from '../support/database.ts'
import { logins } from '../support/logins.ts'

const { owned, beside, drop } = logins()
const host = await testApp('app-role')
afterAll(async () => {
  await host.done()
  await drop()
})

/** A whole vote on a database of this login. */
async function votes(url: string, role: string | undefined): Promise<void> {
  const db = connect(url, { max: 3, role })
  const app: TestApp = { ...host, db, url, frozen: new Map() }
  try {
    const cycle = await smallCycle(app, 'owned', [[100]])
    await openVoting(app, cycle.id)
    const [voter] = await voters(app, cycle.id, cycle.villages[0] as number, 1)
    expect((await vote(app, cycle.id, voter as NonNullable<typeof voter>, ['a1'])).ok).toBe(true)
    await expect(app.db.sql`delete from ballot`).rejects.toMatchObject({ code: role ? '42501' : '23001' })
  } finally {
    await db.close()
  }
}

test('a login that may make roles makes its own', async () => {
  const { url, login } = await owned('createrole')
  const role = appRole(login)
  expect(await prepareDatabase(url)).toEqual({ role, owns: true })
  await votes(url, role)
  expect(await prepareDatabase(url), 'at the next start too').toEqual({ role, owns: true })
})

test('a login that was given the role works as it', async () => {
  const { url, login, server } = await owned('nocreaterole')
  const role = appRole(login)
  await onServer(server, async (sql) => {
    await sql.unsafe(`create role "${role}" nologin`)
    await sql.unsafe(`grant "${role}" to "${login}"`)
  })
  expect(await prepareDatabase(url)).toEqual({ role, owns: true })
  await votes(url, role)
})

test('a login that may not take the role is told apart, and its database works with the triggers alone', async () => {
  const { url } = await owned('nocreaterole')
  expect(await prepareDatabase(url)).toEqual({ role: undefined, owns: true })
  await votes(url, undefined)
})

test('what others keep in the same database is neither opened to the role nor in the way', async () => {
  const { url, login, server } = await owned('createrole')
  await onServer(server, async (sql) => {
    await sql`create table theirs (word text)`
    await sql`revoke all on theirs from public`
  })
  expect((await prepareDatabase(url)).role).toBe(appRole(login))
})

test('two databases of one login that start for the first time together both start', async () => {
  const first = await owned('createrole')
  const second = await beside(first)
  const roles = await Promise.all([prepareDatabase(first.url), prepareDatabase(second)])
  expect(new Set(roles.map(({ role }) => role))).toEqual(new Set([appRole(first.login)]))
})

/** What may change of a row, and whether it may go. Every table may be read and added to; widening this list is a decision. */
const MAY_CHANGE: Record<string, string> = {
  account:
    'UPDATE easy, UPDATE home_cycle, UPDATE home_territory, UPDATE locale, UPDATE muted, UPDATE reachable, UPDATE resident_of, UPDATE told_commands, DELETE',
  announcement:
    'UPDATE at, UPDATE audience, UPDATE changed_at, UPDATE changed_by, UPDATE channel, UPDATE ended_at, UPDATE figures, UPDATE made_by, UPDATE media, UPDATE progress_message, UPDATE progress_text, UPDATE recipients, UPDATE started_at, UPDATE state, UPDATE texts, UPDATE version',
  announcement_version: '',
  assist: 'UPDATE account, UPDATE ended_at, UPDATE locale, UPDATE told_at',
  attempt: 'DELETE',
  ballot: '',
  card: 'UPDATE state',
  card_act: '',
  channel_invite: 'UPDATE cycle, UPDATE territory, UPDATE until, DELETE',
  channel_post: 'UPDATE at, UPDATE message, UPDATE state, DELETE',
  claim: 'UPDATE account, UPDATE erased, UPDATE label, UPDATE nonce, DELETE',
  code_alarm: 'UPDATE at',
  cycle: 'UPDATE box_size, UPDATE frozen_rules, UPDATE phase, UPDATE public_key, UPDATE seed_commitment',
  cycle_draft: 'UPDATE file, DELETE',
  cycle_territory: '',
  delivery:
    'UPDATE back_to, UPDATE claimed_at, UPDATE due_at, UPDATE message_id, UPDATE pressed_at, UPDATE state, DELETE',
  desk_code: 'UPDATE at, UPDATE code_mac, UPDATE used, DELETE',
  entry: '',
  fingerprint: '',
  follow: 'DELETE',
  halt: 'UPDATE until',
  head: 'UPDATE checkpoint, DELETE',
  idea:
    'UPDATE appealed, UPDATE appealed_from, UPDATE author, UPDATE author_name, UPDATE author_name_shown, UPDATE body, UPDATE body_message, UPDATE category, UPDATE changed_at, UPDATE claimed_by, ' +
    'UPDATE claimed_until, UPDATE cost, UPDATE decided_by, UPDATE due_at, UPDATE flags, UPDATE found_by, UPDATE landmark, UPDATE lat, UPDATE locale, ' +
    'UPDATE lon, UPDATE marks, UPDATE merged_into, UPDATE note, UPDATE number, UPDATE on_list, UPDATE pot, UPDATE project, UPDATE reason, UPDATE rough_cost, UPDATE sent_at, ' +
    'UPDATE state, UPDATE step, UPDATE supported_at, UPDATE territory, UPDATE texts, UPDATE title, UPDATE titles, UPDATE version, DELETE',
  idea_apart: '',
  idea_card:
    'UPDATE claimed_until, UPDATE due_at, UPDATE idea, UPDATE media, UPDATE media_sent, UPDATE message, UPDATE reasons_at, UPDATE shown, DELETE',
  idea_follow: 'DELETE',
  idea_media: 'UPDATE copy, UPDATE copyable, UPDATE file_id, DELETE',
  idea_mute: 'UPDATE until, DELETE',
  idea_support: 'DELETE',
  idea_topic: 'UPDATE claimed_until, UPDATE thread, DELETE',
  leaf: '',
  lease: 'UPDATE holder, UPDATE until, DELETE',
  milestone: 'UPDATE actual, UPDATE cost, UPDATE name, UPDATE percent, UPDATE planned',
  moderation_room: 'UPDATE at, UPDATE bound_by, UPDATE chat, UPDATE locale, DELETE',
  need_answer:
    'UPDATE changed_at, UPDATE line, UPDATE marks, UPDATE territory, UPDATE voice, UPDATE voice_copy, UPDATE voice_copyable, DELETE',
  need_hands: 'UPDATE at, UPDATE hands, UPDATE present, UPDATE women, DELETE',
  need_meeting:
    'UPDATE at, UPDATE hands, UPDATE place, UPDATE present, UPDATE reminded_for, UPDATE women, DELETE',
  need_result: '',
  news_channel: 'UPDATE bound_by, DELETE',
  opened_ballot: 'UPDATE account, UPDATE shown_at',
  paper_box: 'UPDATE note',
  paper_entry: 'UPDATE at, UPDATE papers, UPDATE returned, UPDATE spoiled, DELETE',
  phase_start: 'UPDATE starts_at',
  pot: '',
  pressure_report: 'UPDATE mark, DELETE',
  project: 'UPDATE marks, UPDATE pot, DELETE',
  proposal: 'UPDATE decided_at, UPDATE decided_by, UPDATE proposed_by, UPDATE state, DELETE',
  question:
    'UPDATE account, UPDATE answered_at, UPDATE answered_by, UPDATE answers, UPDATE reason, UPDATE state, UPDATE version, DELETE',
  result: 'UPDATE ballots, UPDATE count, UPDATE hash, UPDATE list, UPDATE state',
  result_change: '',
  review_reason: 'UPDATE done, DELETE',
  role_grant: 'UPDATE revoked_at, DELETE',
  roll_import: 'UPDATE approved_by, UPDATE state',
  roll_row: 'UPDATE contact_mac, UPDATE way',
  room_invite: 'UPDATE chat, DELETE',
  staged_roll: 'UPDATE body, DELETE',
  telegram_away: '',
  telegram_watch: 'UPDATE failed_at, UPDATE failing_since',
  territory: 'UPDATE parent',
  tile: 'UPDATE hashes, UPDATE width, DELETE',
  watch: 'DELETE',
  work: 'UPDATE came, UPDATE changed_at, UPDATE changed_by, UPDATE dropped, UPDATE version',
  work_answer: 'UPDATE accepted, UPDATE at, UPDATE shown, UPDATE words',
  work_photo: 'UPDATE copy, UPDATE copyable, DELETE',
  work_round: '',
}

test('the role holds table by table what is listed here, and nothing else', async () => {
  const rows = await host.db.sql<{ name: string; table: string[]; columns: string[] }[]>`
    select c.relname as name,
      (select coalesce(json_agg(a.privilege_type order by a.privilege_type), '[]') from aclexplode(c.relacl) a
        where a.grantee = ${appRole()}::regrole) as table,
      (select coalesce(json_agg(a.privilege_type || ' ' || k.attname order by k.attname), '[]') from pg_attribute k
        cross join aclexplode(k.attacl) a where k.attrelid = c.oid and a.grantee = ${appRole()}::regrole) as columns
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v', 'm', 'p') order by c.relname`
  const held = rows.map(({ name, table, columns }) => {
    const beyond = table.filter((one) => one !== 'SELECT' && one !== 'INSERT')
    expect(table, name).toEqual(expect.arrayContaining(['INSERT', 'SELECT']))
    return [name, [...columns, ...beyond].join(', ')]
  })
  expect(Object.fromEntries(held)).toEqual(MAY_CHANGE)
})
