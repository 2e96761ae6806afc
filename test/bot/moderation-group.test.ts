// A moderators' group hears of every idea, and is decided in by whoever holds the role, whoever else is in it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { groupButton, groupScreen } from '../../src/bot/moderation/group-view.ts'
import { IDEA_STATES } from '../../src/core/idea.ts'
import type { T } from '../../src/i18n.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { findIdea, type Idea } from '../../src/use-cases/list-ideas.ts'
import { sendIdea } from '../../src/use-cases/send-idea.ts'
import { addIdeaMedia } from '../../src/use-cases/write-idea.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { type Group, openGroup, type Staff, staffOf } from '../support/group.ts'
import { draft, sentIdea } from '../support/ideas.ts'
import { type Person, until } from '../support/person.ts'
import { sized } from '../support/size.ts'

let bot: TestBot
let staff: Staff
let dana: Person
let marat: Person
let author = 9000
beforeAll(async () => {
  bot = await startBot({ seed: 'moderation-group', loops: true })
  staff = await staffOf(bot)
  ;({ dana, marat } = staff)
})
afterAll(() => bot.stop())

describe('a card', () => {
  test('follows album and voice note as their reply, and is the one message that changes', async () => {
    const { cycle, group } = await staff.bound('album')
    const writer = await bot.resident('kk')
    const files: string[] = []
    for (let n = 0; n < 2; n++) await writer.sendsPhoto()
    for (const { photo } of writer.chat().messages)
      if (photo) files.push((photo as { file_id: string }).file_id)
    const id = await draft(bot.app, writer.id, cycle)
    for (const [n, fileId] of files.entries())
      must(
        await addIdeaMedia(bot.app, writer.id, id, {
          kind: 'photo',
          message: n,
          fileId,
          uniqueId: `u${n}`,
          bytes: 99,
        }),
      )
    const { number } = must(await sendIdea(bot.app, writer.id, id))
    const card = await group.sees(`Идея №\u00a0${number}`)
    const messages = await group.said()
    const album = messages.filter(({ photo }) => photo)
    expect(album).toHaveLength(2)
    expect(album.every(({ message_id }) => message_id < card.message_id)).toBe(true)
    await group.press(marat, card, 'Взять в работу')
    const held = await group.sees(`В работе: ${marat.id}`)
    expect(held.message_id).toBe(card.message_id)
    await unguarded(
      bot.app.db,
      (sql) => sql`update idea set claimed_until = now() - interval '1 second' where id = ${id}`,
    )
    await until(async () => !(await group.sees(`Идея №\u00a0${number}`)).text?.includes('В работе'))
    await eraseAccount(bot.app, writer.id)
    await until(
      async () =>
        !(await group.said()).some(({ text, photo }) => photo || text?.includes(`Идея №\u00a0${number}`)),
    )
  })

  test('is approved with one press, and whoever comes later is told who and what', async () => {
    const { cycle, group } = await staff.bound('press')
    const { number } = await sentIdea(bot.app, author++, cycle)
    const card = await group.sees(`Идея №\u00a0${number}`)
    expect(await group.press(marat, card, 'Одобрить')).toMatchObject({
      alert: 'Шешім жазылды. Авторына хабарланады.',
    })
    await group.sees('одобрена, считают стоимость')
    expect(await staff.stateOf(cycle, number)).toBe('approved')
    const data = groupButton.pack({
      idea: (await findIdea(bot.app, cycle.id, number))?.id ?? 0,
      version: 0,
      what: 'unclear',
    })
    await group.pressRaw(dana, card.message_id, data)
    const { alerts } = await group.seenBy(dana)
    expect(alerts.at(-1)?.text).toContain('Пока вы читали, идею решили или изменили')
    expect(alerts.at(-1)?.text).toContain(`Решение принято: ${marat.id}`)
    expect(await staff.leaves(cycle, 'idea-decided')).toBe(1)
  })

  test('asks for a reason in the group, and for words in the chat of who pressed', async () => {
    const { cycle, group } = await staff.bound('words')
    const { number } = await sentIdea(bot.app, author++, cycle)
    const card = await group.sees(`Идея №\u00a0${number}`)
    const { opened = '' } = await group.press(marat, card, 'Спросить автора')
    expect(opened).toMatch(/\?start=m_\d+_return$/)
    await marat.says(`/start ${opened.split('=')[1]}`)
    await marat.sees('Авторға сұрағыңызды жазыңыз.')
    await marat.says('Қай көшеде?')
    await marat.sees('Шешім жазылды')
    expect(await staff.stateOf(cycle, number)).toBe('returned')
    const second = await sentIdea(bot.app, author++, cycle)
    const other = await group.sees(`Идея №\u00a0${second.number}`)
    await group.press(marat, other, 'Отклонить')
    const asked = await group.sees('Почему идея отклоняется?')
    await group.press(marat, asked, 'непонятно, что предлагается')
    await until(async () => (await staff.stateOf(cycle, second.number)) === 'rejected')
    await group.sees('отклонена')
  })

  test('has no button that changes anything for a member without a role, of another village, with a role run out, of their own idea, or copied into another chat', async () => {
    const { cycle, group } = await staff.bound('nobody')
    const own = await sentIdea(bot.app, marat.id, cycle)
    const { id, number } = await sentIdea(bot.app, author++, cycle)
    const card = await group.sees(`Идея №\u00a0${number}`)
    const mine = await group.sees(`Идея №\u00a0${own.number}`)
    const stranger = await bot.resident('ru')
    const elsewhere = await bot.resident('ru')
    await staff.moderator(cycle, elsewhere, 1)
    const was = await bot.resident('ru')
    await staff.moderator(cycle, was)
    await unguarded(
      bot.app.db,
      (sql) => sql`update role_grant set until = now() - interval '1 second' where account = ${was.id}`,
    )
    const idea = async (n: number) => {
      const found = await findIdea(bot.app, cycle.id, n)
      if (!found) throw new Error('no such idea')
      return found
    }
    const before = [await idea(number), await idea(own.number)]
    const other = await openGroup(bot, marat)
    await other.act('add', { who: 'bot' })
    const outdated = bot.textsOf('kk')('common.outdated.alert')
    const whats = everyGroupButton(bot.textsOf('ru'), await idea(number))
    expect(whats.length).toBeGreaterThan(17)
    for (const person of [stranger, elsewhere, was]) await group.joins(person)
    for (const what of sized(
      'every button of a group’s card pressed by whoever may not',
      whats.slice(0, 4),
      whats,
    )) {
      const { version } = before[0] as Idea
      const told = async (where: Group, person: Person, message: number, data: string) => {
        await where.pressRaw(person, message, data)
        const { alerts, opened } = await where.seenBy(person)
        expect(opened, what).toBeUndefined()
        return alerts.at(-1)?.text
      }
      const data = groupButton.pack({ idea: id, version, what })
      const said = await Promise.all(
        [stranger, elsewhere, was].map((person) => told(group, person, card.message_id, data)),
      )
      expect(new Set(said), what).toEqual(
        new Set(['Это решает модератор или сотрудник акимата этого места.']),
      )
      const press = groupButton.pack({ idea: own.id, version: before[1]?.version ?? 0, what })
      expect(await told(group, marat, mine.message_id, press), what).toContain(
        'Ешкім өз идеясын өзі шешпейді',
      )
      expect(await told(other, marat, 1, data), what).toBe(outdated)
      expect(await told(group, marat, mine.message_id, data), what).toBe(outdated)
    }
    await marat.pressesRaw(groupButton.pack({ idea: id, version: before[0]?.version ?? 0, what: 'approve' }))
    expect([await idea(number), await idea(own.number)]).toEqual(before)
    expect(await staff.leaves(cycle, 'idea-decided')).toBe(0)
  })
})

/** What the buttons of a card say in any state, with the reasons of a refusal under it and without. */
function everyGroupButton(t: T, idea: Idea): string[] {
  const found = IDEA_STATES.flatMap((state) =>
    [true, false].flatMap((reasons) => {
      const facts = { idea: { ...idea, state }, similar: [], projects: [], pots: [], top: [], now: '' }
      const buttons = groupScreen(t, facts, reasons).buttons?.flat() ?? []
      return buttons.map(
        (one) => groupButton.parse('callback_data' in one ? String(one.callback_data) : '')?.what,
      )
    }),
  )
  return [...new Set(found.filter((what) => what !== undefined))]
}

describe('the group lives on', () => {
  test('as a supergroup: cards are sent there again', async () => {
    const { cycle, group } = await staff.bound('upgrade', { type: 'group' })
    const { number } = await sentIdea(bot.app, author++, cycle)
    await group.sees(`Идея №\u00a0${number}`)
    await group.upgrades()
    const card = await group.sees(`Идея №\u00a0${number}`)
    await group.press(marat, card, 'Одобрить')
    await group.sees('одобрена, считают стоимость')
  })

  test('without a card that somebody deleted, which is sent again', async () => {
    const { cycle, group } = await staff.bound('deleted')
    const { id, number } = await sentIdea(bot.app, author++, cycle)
    const card = await group.sees(`Идея №\u00a0${number}`)
    await unguarded(bot.app.db, (sql) => sql`update idea_card set message = 99999 where idea = ${id}`)
    must(await decideIdea(bot.app, id, { kind: 'approve' }, { by: marat.id }))
    const again = await group.sees('одобрена, считают стоимость')
    expect(again.message_id).not.toBe(card.message_id)
  })

  test('not without the bot: what waits comes to each moderator, the official is told, and another link binds again', async () => {
    const { cycle, group } = await staff.bound('lost')
    const { number } = await sentIdea(bot.app, author++, cycle)
    await group.sees(`Идея №\u00a0${number}`)
    expect(await staff.arrivals(cycle)).toBe(0)
    await group.act('remove', { who: 'bot' })
    await dana.sees('Бот больше не может писать в группу модераторов')
    await marat.sees(`№\u00a0${number} идея қайта жіберілді`)
    expect(await staff.leaves(cycle, 'room-released')).toBe(1)
    const second = await openGroup(bot, dana)
    await second.follows(dana, await staff.link(cycle, dana))
    await second.sees(`Идея №\u00a0${number}`)
  })
})

describe('a group with topics', () => {
  test('has one a village, and makes one again that was lost, with its cards', async () => {
    const { cycle, group } = await staff.bound('topics', { is_forum: true })
    await staff.moderator(cycle, marat, 1)
    const ideas = await Promise.all(Array.from({ length: 5 }, () => sentIdea(bot.app, author++, cycle)))
    for (const { number } of ideas) await group.sees(`Идея №\u00a0${number} `)
    const topics = (await group.seenBy(dana)).topics ?? []
    expect(topics.map(({ name }) => name)).toEqual(['topics 1'])
    const topic = topics[0]?.message_thread_id ?? topics[0]?.id
    await group.act('topics', { topic, deleted: true })
    const { id, number } = ideas[0] as (typeof ideas)[0]
    must(await decideIdea(bot.app, id, { kind: 'approve' }, { by: marat.id }))
    await group.sees('одобрена, считают стоимость')
    const all = ideas.map((one) => `Идея №\u00a0${one.number} `)
    await until(async () => {
      const texts = (await group.said()).map(({ text = '' }) => text)
      return all.every((head) => texts.some((text) => text.startsWith(head)))
    })
    expect((await group.seenBy(dana)).topics).toHaveLength(1)
    expect(number).toBeGreaterThan(0)
  })

  test('without the right to make topics shows its cards in the open; with it again, in a topic', async () => {
    const { cycle, group } = await staff.bound('topic-rights', { is_forum: true })
    const rights = (...names: string[]) => group.act('promote', { who: 'bot', rights: names })
    await rights('can_pin_messages')
    const first = await sentIdea(bot.app, author++, cycle)
    const open = await group.sees(`Идея №\u00a0${first.number} `)
    expect(open.message_thread_id).toBeUndefined()
    expect((await group.seenBy(dana)).topics ?? []).toEqual([])
    await group.press(marat, open, 'Одобрить')
    await group.sees('одобрена, считают стоимость')
    expect(await staff.leaves(cycle, 'room-released')).toBe(0)
    await rights('can_pin_messages', 'can_manage_topics')
    const second = await sentIdea(bot.app, author++, cycle)
    const card = await group.sees(`Идея №\u00a0${second.number} `)
    const topics = (await group.seenBy(dana)).topics ?? []
    expect(topics.map(({ name }) => name)).toEqual(['topic-rights 1'])
    expect(card.message_thread_id).toBe(topics[0]?.message_thread_id ?? topics[0]?.id)
  })
})
