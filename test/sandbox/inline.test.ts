// Inline mode, command menus by scope and language, and the bot's own texts.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann', { language_code: 'kk' })
})
afterEach(() => room.close())
const article = (id: string, message_text = 'Well') => ({
  type: 'article',
  id,
  title: 'Well',
  input_message_content: { message_text, parse_mode: 'HTML' },
})
const nextQuery = async () => {
  for (;;) {
    const found = (await room.updates()).find((u) => u.inline_query)
    if (found) return found.inline_query
  }
}

describe('inline mode', () => {
  test('a query waits for its results, and the chosen one becomes a message via the bot', async () => {
    const asking = ann.act('inline', { query: 'well' })
    const query = await nextQuery()
    expect(query).toMatchObject({ query: 'well', offset: '', from: { id: ann.id, language_code: 'kk' } })
    const button = { text: 'All projects', start_parameter: 'all' }
    await room.does('answerInlineQuery', {
      inline_query_id: query.id,
      results: [article('p1', '<b>Well</b>')],
      button,
    })
    const answer = await asking
    expect(answer).toMatchObject({ results: [{ id: 'p1', title: 'Well' }], button })
    await ann.act('choose', { query_id: answer.query_id, result_id: 'p1' })
    const updates = await room.updates()
    expect(updates.map((u) => Object.keys(u)[1])).toEqual(['chosen_inline_result', 'message'])
    expect(updates[1].message).toMatchObject({
      text: 'Well',
      via_bot: { is_bot: true },
      from: { id: ann.id },
    })
  })

  test('answers Telegram would refuse are refused', async () => {
    const asking = ann.act('inline', { query: '' })
    const { id } = await nextQuery()
    const refused = async (params: object) =>
      (await room.bot('answerInlineQuery', { inline_query_id: id, results: [], ...params })).description
    const many = Array.from({ length: 51 }, (_, i) => article(String(i)))
    expect(await refused({ results: many })).toContain('too many')
    expect(await refused({ results: [article('a'), article('a')] })).toContain('DUPLICATE')
    expect(await refused({ results: [article('')] })).toContain('RESULT_ID_INVALID')
    expect(await refused({ results: [article('a', '<b>')] })).toContain("can't parse entities")
    expect(await refused({ button: { text: 'x', start_parameter: 'қ' } })).toContain('START_PARAM_INVALID')
    await room.does('answerInlineQuery', { inline_query_id: id, results: many.slice(1) })
    expect((await asking).results).toHaveLength(50)
    expect(await refused({})).toContain('query is too old')
  })

  test('after 30 seconds an answer comes too late', async () => {
    void ann.act('inline', { query: 'x' }).catch(() => {})
    const { id } = await nextQuery()
    await room.control('POST', 'clock', { advance_ms: 31_000 })
    expect((await room.bot('answerInlineQuery', { inline_query_id: id, results: [] })).ok).toBe(false)
  })
})

describe('the menu', () => {
  const list = (description: string) => ({ commands: [{ command: 'help', description }] })
  const menu = async (who: Someone) =>
    (await who.sees()).commands.map((c: { description: string }) => c.description)

  test('the narrowest scope wins, and in it the language of the person', async () => {
    const bob = await room.person('Bob', { language_code: 'en' })
    await ann.says('/start')
    await room.does('setMyCommands', list('default'))
    await room.does('setMyCommands', { ...list('көмек'), language_code: 'kk' })
    expect([await menu(ann), await menu(bob)]).toEqual([['көмек'], ['default']])
    await room.does('setMyCommands', { ...list('private'), scope: { type: 'all_private_chats' } })
    expect([await menu(ann), await menu(bob)]).toEqual([['private'], ['private']])
    await room.does('setMyCommands', { ...list('official'), scope: { type: 'chat', chat_id: ann.id } })
    expect([await menu(ann), await menu(bob)]).toEqual([['official'], ['private']])
    await room.does('deleteMyCommands', { scope: { type: 'chat', chat_id: ann.id } })
    expect(await menu(ann)).toEqual(['private'])
    expect(await room.does('getMyCommands', { language_code: 'kk' })).toEqual(list('көмек').commands)
  })

  test.each([
    ['a capital letter', [{ command: 'Help', description: 'x' }], 'BOT_COMMAND_INVALID'],
    ['no description', [{ command: 'help', description: ' ' }], 'command description must be non-empty'],
    ['33 letters', [{ command: 'a'.repeat(33), description: 'x' }], 'command length must not exceed 32'],
    ['a stroke alone', [{ command: '/', description: 'x' }], 'command must be non-empty'],
    [
      '257 letters of words',
      [{ command: 'a', description: 'x'.repeat(257) }],
      'command description length must not exceed 256',
    ],
    [
      '101 commands',
      Array.from({ length: 101 }, (_, i) => ({ command: `c${i}`, description: 'x' })),
      'BOT_COMMANDS_TOO_MUCH',
    ],
  ])('%s is refused', async (_, commands, why) => {
    expect((await room.bot('setMyCommands', { commands })).description).toBe(`Bad Request: ${why}`)
  })
})

test('the bot has a name and a description by language, within their limits', async () => {
  await room.does('setMyDescription', { description: 'Vote for your village' })
  await room.does('setMyDescription', { description: 'Ауылың үшін дауыс бер', language_code: 'kk' })
  expect(await room.does('getMyDescription', { language_code: 'kk' })).toEqual({
    description: 'Ауылың үшін дауыс бер',
  })
  expect(await room.does('getMyDescription', { language_code: 'en' })).toEqual({
    description: 'Vote for your village',
  })
  expect((await room.control('GET', 'state')).bot.description).toBe('Vote for your village')
  expect((await room.bot('setMyShortDescription', { short_description: 'a'.repeat(121) })).ok).toBe(false)
  await room.does('setMyName', { name: 'Дауыс' })
  expect(await room.does('getMe')).toMatchObject({
    first_name: 'Дауыс',
    is_bot: true,
    supports_inline_queries: true,
  })
})

test('the menu button is kept per chat', async () => {
  await ann.says('/start')
  await room.does('setChatMenuButton', { menu_button: { type: 'commands' } })
  expect(await room.does('getChatMenuButton', { chat_id: ann.id })).toEqual({ type: 'commands' })
  expect(await room.does('getChat', { chat_id: ann.id })).toMatchObject({
    type: 'private',
    first_name: 'Ann',
  })
  expect(await room.does('getChatMember', { chat_id: ann.id, user_id: ann.id })).toMatchObject({
    status: 'member',
  })
})
