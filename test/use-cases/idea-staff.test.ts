// What moderators owe authors and authors moderators: an answer in time, and no flood; each heard once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { muteAuthor, unmuteAuthor } from '../../src/use-cases/mute-author.ts'
import { remindModerators } from '../../src/use-cases/remind-moderators.ts'
import { mayPropose, sendIdea, withdrawIdea } from '../../src/use-cases/send-idea.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, type SmallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { draft, ideasCycle, sentIdea } from '../support/ideas.ts'

const [MODERATOR, OTHER, OFFICIAL] = [7001, 7002, 7003]
let app: TestApp
let cycle: SmallCycle
let desk: Clerk
beforeAll(async () => {
  app = await testApp('idea-staff')
  cycle = await ideasCycle(app, 'staff')
  desk = await clerk(app)
  const territory = cycle.villages[0] as number
  for (const [account, role] of [
    [MODERATOR, 'moderator'],
    [OTHER, 'moderator'],
    [OFFICIAL, 'official'],
  ] as const)
    must(await grantRole(app, { account, role, territory }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const told = async (kind: string, idea: number): Promise<number[]> => {
  const rows = await app.db.sql<{ account: number }[]>`
    select account from delivery where kind = ${kind} and facts ->> 'idea' = ${String(idea)} order by account`
  return rows.map(({ account }) => account)
}
const dueIn = (idea: number, hours: number): Promise<unknown> =>
  unguarded(
    app.db,
    (sql) => sql`update idea set due_at = now() + make_interval(hours => ${hours}) where id = ${idea}`,
  )

describe('an idea that waits', () => {
  test('reminds the moderators a day before and at its time, and the official a day later, each once', async () => {
    const { id } = await sentIdea(app, 8001, cycle)
    await dueIn(id, 25)
    await remindModerators(app)
    expect(await told('idea-late', id)).toEqual([])
    await dueIn(id, 23)
    await Promise.all([remindModerators(app), remindModerators(app)])
    expect(await told('idea-late', id)).toEqual([MODERATOR, OTHER])
    await dueIn(id, -1)
    await remindModerators(app)
    await remindModerators(app)
    expect(await told('idea-late', id)).toEqual([MODERATOR, MODERATOR, OTHER, OTHER])
    await dueIn(id, -25)
    await remindModerators(app)
    await remindModerators(app)
    expect(await told('idea-late', id)).toEqual([MODERATOR, MODERATOR, OTHER, OTHER, OFFICIAL])
    must(await withdrawIdea(app, 8001, id))
    expect(await remindModerators(app)).toBe(0)
  })
})

describe('an author who is muted', () => {
  test('sends no new idea until a moment, is told, and may again once an official says so', async () => {
    const { id, number } = await sentIdea(app, 8002, cycle)
    const next = await draft(app, 8002, cycle)
    const until = must(await muteAuthor(app, id, 14, MODERATOR))
    expect(Date.parse(until) - Date.now()).toBeGreaterThan(13.9 * 86_400_000)
    expect(await told('author-muted', id)).toEqual([OFFICIAL, 8002])
    expect(await sendIdea(app, 8002, next)).toEqual({ ok: false, problem: { kind: 'muted', until } })
    expect(await mayPropose(app, 8002, cycle.id)).toEqual({ ok: false, problem: { kind: 'muted', until } })
    expect(kindOf(await unmuteAuthor(app, id, MODERATOR))).toBe('not-allowed')
    expect(must(await unmuteAuthor(app, id, OFFICIAL))).toBe(true)
    expect(must(await unmuteAuthor(app, id, OFFICIAL))).toBe(false)
    expect(must(await sendIdea(app, 8002, next)).number).toBe(number + 1)
    const leaves = await app.db.sql<{ body: string }[]>`
      select convert_from(body, 'UTF8') as body from leaf where kind in ('author-muted', 'author-unmuted') order by id`
    expect(leaves).toHaveLength(2)
    for (const { body } of leaves) expect(body).not.toContain('8002')
  })

  test('is muted by whoever may moderate alone, for 1 to 90 days, and not by themselves', async () => {
    const { id } = await sentIdea(app, 8003, cycle)
    expect(kindOf(await muteAuthor(app, id, 3, 8009))).toBe('not-allowed')
    expect(kindOf(await muteAuthor(app, id, 91, MODERATOR))).toBe('bad-days')
    const own = await sentIdea(app, OTHER, cycle)
    expect(kindOf(await muteAuthor(app, own.id, 3, OTHER))).toBe('own-idea')
    must(await muteAuthor(app, own.id, 3, MODERATOR))
    await eraseAccount(app, OTHER)
    const [row] = await app.db.sql<
      { count: number }[]
    >`select count(*)::int as count from idea_mute where account = ${OTHER}`
    expect(row?.count).toBe(0)
  })

  test('is muted and let again by commands, and an idea is taken in hand by one', async () => {
    const { number } = await sentIdea(app, 8004, cycle)
    const says = async (line: string) => {
      const { lines, refused } = await desk.types(`--lang ru ideas ${line} --cycle staff`)
      return refused ?? lines.join('\n')
    }
    expect(await says(`mute ${number} --days 0`)).toBe('Дней должно быть от 1 до 90.')
    expect(await says(`mute ${number} --days 7`)).toContain(
      `Автор идеи №\u00a0${number} не может отправлять новые до`,
    )
    expect(await says(`unmute ${number} --as ${MODERATOR}`)).not.toContain('может отправлять идеи')
    expect(await says(`unmute ${number}`)).toBe(`Автор идеи №\u00a0${number} может отправлять идеи`)
    expect(await says(`unmute ${number}`)).toBe(`Для автора идеи №\u00a0${number} запрета нет`)
    expect(await says(`claim ${number} --as ${MODERATOR}`)).toContain(`в работе у ${MODERATOR} до`)
    expect(await says(`claim ${number} --as ${OFFICIAL}`)).toContain(String(MODERATOR))
  })
})
