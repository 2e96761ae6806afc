// Sending, editing and deleting as the bot, and what the person sees of it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann', { language_code: 'kk' })
  await ann.says('/start')
})
afterEach(() => room.close())
const say = (text: string, more: object = {}) => room.does('sendMessage', { chat_id: ann.id, text, ...more })
const refused = async (method: string, params: object) => {
  const answer = await room.bot(method, { chat_id: ann.id, ...params })
  return `${answer.error_code} ${answer.description}`
}
const keys = (...labels: string[]) => ({
  inline_keyboard: labels.map((text) => [{ text, callback_data: text }]),
})

describe('who can be written to', () => {
  test('a person who never wrote is a stranger, whose chat is not found', async () => {
    const stranger = await room.person('Stranger')
    expect(await refused('sendMessage', { chat_id: stranger.id, text: 'hi' })).toBe(
      '400 Bad Request: chat not found',
    )
  })

  test('nobody there is "chat not found"', async () => {
    expect(await refused('sendMessage', { chat_id: 5, text: 'hi' })).toBe('400 Bad Request: chat not found')
  })

  test('a person who blocked the bot gets nothing, and the bot hears of both turns', async () => {
    await room.updates()
    await ann.act('block')
    expect(await refused('sendMessage', { text: 'hi' })).toBe('403 Forbidden: bot was blocked by the user')
    await ann.act('unblock')
    expect(await say('hi')).toMatchObject({ text: 'hi' })
    const statuses = (await room.updates()).map((u) => u.my_chat_member.new_chat_member.status)
    expect(statuses).toEqual(['kicked', 'member'])
  })

  test('a wrong token is unauthorized', async () => {
    const { url } = room.sandbox
    const wrong = await fetch(`${url}/bot1:wrong/getMe`)
    expect([wrong.status, await wrong.json()]).toEqual([
      401,
      { ok: false, error_code: 401, description: 'Unauthorized' },
    ])
  })
})

describe('what a message may be', () => {
  test.each([
    [{}, 'message text is empty'],
    [{ text: ' \n ' }, 'text must be non-empty'],
    [{ text: 'a'.repeat(4097) }, 'message is too long'],
    [
      { text: '<b>x', parse_mode: 'HTML' },
      `can't parse entities: Can't find end tag corresponding to start tag "b"`,
    ],
    [{ text: 'x', parse_mode: 'BBCode' }, 'unsupported parse_mode'],
    [{ text: 'x', reply_parameters: { message_id: 999 } }, 'message to be replied not found'],
    [{ text: 'x', reply_markup: '{' }, "can't parse reply keyboard markup JSON object"],
  ])('%j is refused: %s', async (params, why) => {
    expect(await refused('sendMessage', params)).toBe(`400 Bad Request: ${why}`)
  })

  test('a button carries 64 bytes, and a Kazakh letter is two of them', async () => {
    const button = (data: string) => ({ inline_keyboard: [[{ text: 'x', callback_data: data }]] })
    await say('x', { reply_markup: button('қ'.repeat(32)) })
    expect(await refused('sendMessage', { text: 'x', reply_markup: button(`${'қ'.repeat(32)}a`) })).toBe(
      '400 Bad Request: BUTTON_DATA_INVALID',
    )
    expect(await refused('sendMessage', { text: 'x', reply_markup: button('') })).toBe(
      "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    )
  })

  test('the thirteenth button of a row and what stands behind the 300th key are left out without a word', async () => {
    const row = (n: number) => Array.from({ length: n }, (_, i) => ({ text: `${i}`, callback_data: 'x' }))
    const { reply_markup } = await say('x', { reply_markup: { inline_keyboard: [row(14), row(2)] } })
    expect(reply_markup.inline_keyboard.map((r: unknown[]) => r.length)).toEqual([12, 2])
    await say('x', { reply_markup: { keyboard: Array.from({ length: 160 }, () => ['a', 'b']) } })
    expect((await ann.sees()).keyboard).toHaveLength(150)
  })

  test.each([
    [
      { web_app: { url: 'http://a.kz/' } },
      "Web App URL 'http://a.kz/' is invalid: Only HTTPS links are allowed",
    ],
    [{ url: 'ftp://a.kz' }, "URL 'ftp://a.kz' is invalid: Unsupported URL protocol"],
    [{ url: 'akimat' }, "URL 'akimat' is invalid: Wrong HTTP URL"],
  ])('a button of %j has no address to follow', async (button, why) => {
    const reply_markup = { inline_keyboard: [[{ text: 'A', ...button }]] }
    expect((await room.bot('sendMessage', { chat_id: ann.id, text: 'x', reply_markup })).description).toBe(
      `Bad Request: inline keyboard button ${why}`,
    )
  })

  test('a keyboard has at most 100 buttons', async () => {
    const labels = Array.from({ length: 101 }, (_, i) => `b${i}`)
    await say('x', { reply_markup: keys(...labels.slice(1)) })
    expect(await refused('sendMessage', { text: 'x', reply_markup: keys(...labels) })).toBe(
      '400 Bad Request: reply markup is too long',
    )
  })

  test('a copy button copies 1 to 256 characters', async () => {
    const copy = (text: string) => ({ inline_keyboard: [[{ text: 'Copy', copy_text: { text } }]] })
    await say('code', { reply_markup: copy('A1B2') })
    expect(await ann.presses('Copy')).toMatchObject({ kind: 'copy', copy: 'A1B2' })
    expect(await refused('sendMessage', { text: 'x', reply_markup: copy('a'.repeat(257)) })).toBe(
      '400 Bad Request: BUTTON_COPY_TEXT_INVALID',
    )
  })
})

describe('what the person sees', () => {
  test('text with its HTML, buttons with kind and style, and the reply it answers', async () => {
    const asked = await say('<b>Vote</b> for &lt;one&gt;', {
      parse_mode: 'HTML',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Yes', callback_data: 'y', style: 'success' },
            { text: 'Page', url: 'https://dauys.kz/open' },
          ],
          [{ text: 'Share', switch_inline_query: 'p1' }],
        ],
      },
    })
    await say('answer', { reply_parameters: { message_id: asked.message_id } })
    const { messages } = await ann.sees('?last=2')
    expect(messages[0]).toMatchObject({
      from: 'bot',
      text: 'Vote for <one>',
      html: '<b>Vote</b> for &lt;one&gt;',
      buttons: [
        [
          { text: 'Yes', kind: 'callback', style: 'success' },
          { text: 'Page', kind: 'url', url: 'https://dauys.kz/open' },
        ],
        [{ text: 'Share', kind: 'inline' }],
      ],
    })
    expect(messages[1].reply_to).toEqual({ message_id: asked.message_id, text: 'Vote for <one>' })
  })

  test('"typing" shows until the message comes', async () => {
    await room.does('sendChatAction', { chat_id: ann.id, action: 'typing' })
    expect((await ann.sees()).typing).toBe(true)
    await say('here')
    expect((await ann.sees()).typing).toBeUndefined()
  })
})

describe('editing', () => {
  test('an edit changes text and takes the keyboard away unless it is given again', async () => {
    const { message_id } = await say('one', { reply_markup: keys('A') })
    await room.does('editMessageText', { chat_id: ann.id, message_id, text: 'two' })
    const seen = (await ann.sees('?last=1')).messages[0]
    expect(seen).toMatchObject({ message_id, text: 'two', edit_date: expect.any(Number) })
    expect(seen.buttons).toBeUndefined()
  })

  test('an edit that changes nothing is refused, one that changes a button is not', async () => {
    const { message_id } = await say('one', { reply_markup: keys('A') })
    const same = { message_id, text: 'one', reply_markup: keys('A') }
    expect(await refused('editMessageText', same)).toBe(
      '400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    )
    expect(
      (await room.bot('editMessageText', { chat_id: ann.id, ...same, reply_markup: keys('B') })).ok,
    ).toBe(true)
    expect(await refused('editMessageReplyMarkup', { message_id, reply_markup: keys('B') })).toContain(
      'not modified',
    )
  })

  test.each([
    [{ message_id: 999, text: 'x' }, 'message to edit not found'],
    [{ message_id: 1, text: 'x' }, "message can't be edited"],
    [{ message_id: 1, text: 'a'.repeat(4097) }, 'MESSAGE_TOO_LONG'],
  ])('%j: %s', async (params, why) => {
    expect(await refused('editMessageText', params)).toBe(`400 Bad Request: ${why}`)
  })

  test('a message that brought a reply keyboard cannot be edited', async () => {
    const { message_id } = await say('menu', { reply_markup: { keyboard: [['Map']] } })
    expect(await refused('editMessageText', { message_id, text: 'x' })).toBe(
      "400 Bad Request: message can't be edited",
    )
  })
})

describe('deleting', () => {
  test('a message of 48 hours can no longer be deleted', async () => {
    const { message_id } = await say('old')
    await room.control('POST', 'clock', { advance_ms: 48 * 3_600_000 + 2000 })
    expect(await refused('deleteMessage', { message_id })).toBe(
      "400 Bad Request: message can't be deleted for everyone",
    )
  })

  test('a deleted message is gone for the person and cannot be deleted twice', async () => {
    const { message_id } = await say('x')
    expect(await room.does('deleteMessage', { chat_id: ann.id, message_id })).toBe(true)
    expect((await ann.sees()).messages.map((m: { text: string }) => m.text)).toEqual(['/start'])
    expect(await refused('deleteMessage', { message_id })).toBe(
      '400 Bad Request: message to delete not found',
    )
    expect(await room.does('deleteMessages', { chat_id: ann.id, message_ids: [1, message_id] })).toBe(true)
    expect((await ann.sees()).messages).toEqual([])
  })
})

test('a copy carries the content without its sender, a protected message is not copied', async () => {
  const { message_id } = await say('announcement')
  const from = { chat_id: ann.id, from_chat_id: ann.id }
  expect(await room.does('copyMessage', { ...from, message_id })).toEqual({ message_id: message_id + 1 })
  expect(await room.does('forwardMessage', { ...from, message_id })).toMatchObject({
    text: 'announcement',
    forward_origin: { type: 'user' },
  })
  const secret = await say('receipt', { protect_content: true })
  expect(await refused('copyMessage', { ...from, message_id: secret.message_id })).toContain(
    "can't be copied",
  )
})

test('a reaction is one of the known ones, and one at most', async () => {
  const { message_id } = await say('x')
  const react = (...emoji: string[]) =>
    room.bot('setMessageReaction', {
      chat_id: ann.id,
      message_id,
      reaction: emoji.map((one) => ({ type: 'emoji', emoji: one })),
    })
  expect((await react('👍')).ok).toBe(true)
  expect((await react()).ok).toBe(true)
  expect((await react('🥕')).description).toBe('Bad Request: REACTION_INVALID')
  expect((await react('👍', '🔥')).description).toBe('Bad Request: REACTIONS_TOO_MANY')
})

test('an answer to a press opens the link that starts this bot and no other', async () => {
  await say('x', { reply_markup: { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] } })
  const { callback_query_id } = await ann.presses('A')
  const answer = (url: string) => room.bot('answerCallbackQuery', { callback_query_id, url })
  expect((await answer('https://dauys.kz')).description).toBe('Bad Request: URL_INVALID')
  expect((await answer('https://t.me/dauys_sandbox_bot?start=v_1')).ok).toBe(true)
})

test('a link stands in the options of its preview, unless another is asked for or previews are off', async () => {
  const options = async (text: string, link_preview_options?: object) =>
    (await say(text, { link_preview_options, parse_mode: 'HTML' })).link_preview_options
  expect(await options('see dauys.kz')).toEqual({ url: 'http://dauys.kz/' })
  expect(await options('<a href="https://a.kz/x">here</a>', { prefer_small_media: true })).toEqual({
    url: 'https://a.kz/x',
    prefer_small_media: true,
  })
  expect(await options('https://a.kz', { url: 'https://b.kz' })).toEqual({ url: 'https://b.kz' })
  expect(await options('https://a.kz', { is_disabled: true })).toEqual({ is_disabled: true })
  expect(await options('no link')).toBeUndefined()
})
