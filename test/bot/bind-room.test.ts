// A group of moderators is bound by one link, once, and by nobody but the official who asked for it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bindRoom, inviteRoom } from '../../src/use-cases/bind-room.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { roomLink } from '../../src/words/room-link.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { clerk } from '../support/command.ts'
import { kindOf, must, type SmallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { openGroup, type Staff, staffOf } from '../support/group.ts'
import { ideasCycle, sentIdea } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let staff: Staff
let dana: Person
let marat: Person
let author = 9000
beforeAll(async () => {
  bot = await startBot({ seed: 'bind-room', loops: true })
  staff = await staffOf(bot)
  ;({ dana, marat } = staff)
})
afterAll(() => bot.stop())

describe('a group is bound', () => {
  test('by the button of an official, and by a command', async () => {
    const cycle = await ideasCycle(bot.app, 'by-button')
    await staff.official(cycle, dana)
    const group = await openGroup(bot, dana)
    await dana.says('/moderate')
    await dana.taps('Группа модераторов')
    await dana.taps('by-button')
    const { url = '' } = await dana.taps('Выбрать группу')
    expect(url).toMatch(/\?startgroup=[\w-]{22}&admin=manage_topics\+pin_messages$/)
    await group.follows(dana, url)
    await group.sees('Группа привязана. Голосование: by-button')
    expect(await staff.leaves(cycle, 'room-bound')).toBe(1)
    const desk = await clerk(bot.app)
    const typed = await desk.types(
      `ideas group --cycle by-button --bot ${bot.username} --as ${dana.id} --district ${cycle.villages[0]}`,
    )
    const other = await openGroup(bot, dana)
    await other.follows(dana, /https:\S+/.exec(typed.lines.join(' '))?.[0] ?? '')
    await other.sees('Группа привязана')
    const { number } = await sentIdea(bot.app, author++, cycle)
    await other.sees(`Идея №\u00a0${number}`)
    expect((await group.said()).some(({ text }) => text?.includes('Идея №'))).toBe(false)
    await desk.leaves()
  })

  test.each([
    ['a link of somebody else', async (c: SmallCycle) => staff.link(c, dana), 'marat'],
    [
      'a link that was used for another group',
      async (c: SmallCycle) => {
        const used = await staff.link(c, dana)
        await (await openGroup(bot, dana)).follows(dana, used)
        return used
      },
      undefined,
    ],
    [
      'a link whose day is over',
      async (c: SmallCycle) => {
        const old = await staff.link(c, dana)
        await unguarded(
          bot.app.db,
          (sql) => sql`update room_invite set until = now() - interval '1 second' where cycle = ${c.id}`,
        )
        return old
      },
      undefined,
    ],
    ['a link that was made up', async () => roomLink(bot.username, 'A'.repeat(22)), undefined],
  ] as const)('by no means through %s', async (what, make, who) => {
    const cycle = await ideasCycle(bot.app, `bad-${what.replace(/\W/g, '-')}`)
    await staff.official(cycle, dana)
    const address = await make(cycle)
    const person = who === 'marat' ? marat : dana
    const group = await openGroup(bot, person)
    const before = await staff.leaves(cycle, 'room-bound')
    await group.follows(person, address)
    await group.sees(who === 'marat' ? 'Бұл сілтеме топты байламайды' : 'Эта ссылка не привязывает группу')
    expect(await staff.leaves(cycle, 'room-bound')).toBe(before)
  })

  test('by no means by an official whose role was taken away since', async () => {
    const cycle = await ideasCycle(bot.app, 'no-role')
    await staff.official(cycle, dana)
    const address = await staff.link(cycle, dana)
    const territory = cycle.villages[1] as number
    must(await revokeRole(bot.app, { account: dana.id, role: 'official', territory }, 'command'))
    const group = await openGroup(bot, dana)
    await group.follows(dana, address)
    await group.sees('Группу привязывает только')
    expect(await staff.leaves(cycle, 'room-bound')).toBe(0)
    expect(kindOf(await inviteRoom(bot.app, { cycle: cycle.id, territory: null }, dana.id))).toBe(
      'not-allowed',
    )
  })

  test('once, however often its link comes at once', async () => {
    const cycle = await ideasCycle(bot.app, 'at-once')
    await staff.official(cycle, dana)
    const token = must(await inviteRoom(bot.app, { cycle: cycle.id, territory: null }, dana.id))
    const bind = (chat: number) => bindRoom(bot.app, { token, chat, locale: 'ru' }, dana.id)
    const done = await Promise.all([-5, -5, -6, -6, -7].map(bind))
    expect(done.filter(({ ok }) => ok).length).toBeLessThanOrEqual(2)
    expect(await staff.leaves(cycle, 'room-bound')).toBe(1)
  })
})
