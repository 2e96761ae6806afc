// Once a second it is asked whose chat has commands of its own: the residents of a whole district are not read for it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { chatsWithCommands, noteToldCommands } from '../../src/store/chat-commands.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { crowd } from '../support/crowd.ts'
import { must, smallCycle } from '../support/cycle.ts'
import { asOwner } from '../support/database.ts'
import { countingRows } from '../support/rows-read.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('chat commands')
})
afterAll(() => app.done())

test('moderators, and whoever was one, are found among thousands without reading those', async () => {
  const { id, villages } = await smallCycle(app, 'district', [[100]])
  await crowd(app, { cycle: id, territory: villages[0] as number }, 2_000, 44_000_000)
  for (const account of [1, 2, 3]) await rememberAccount(app, account, { locale: 'kk' })
  const place = { territory: villages[0] as number }
  must(await grantRole(app, { account: 1, role: 'moderator', ...place }, 'command'))
  await noteToldCommands(app.db, 2, 'kk:moderator')
  await asOwner(app.db, (sql) => sql`analyze account, role_grant`)
  const rows = countingRows(app.url)
  try {
    const read = await rows.readIn('account', async () => {
      const chats = await chatsWithCommands(rows.db)
      expect(chats).toEqual([
        { account: 1, locale: 'kk', roles: ['moderator'], told: undefined },
        { account: 2, locale: 'kk', roles: [], told: 'kk:moderator' },
      ])
    })
    expect(read).toBeGreaterThan(0)
    expect(read).toBeLessThan(50)
  } finally {
    await rows.db.close()
  }
})
