// What Telegram does not know, or the sandbox does not have: nothing of it passes unseen.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Room, Someone } from './room.ts'
import { openRoom } from './room.ts'

let room: Room
let ann: Someone
beforeEach(async () => {
  room = await openRoom()
  ann = await room.person('Ann')
  await ann.says('/start')
})
afterEach(() => room.close())
const calls = () => room.control('GET', 'calls')
const stats = () => room.control('GET', 'stats')

describe('a method', () => {
  test('that Telegram does not know is not found, and is listed', async () => {
    const refusal = { ok: false, error_code: 404, description: 'Not Found: method not found' }
    expect(await room.bot('sendTelegram', { chat_id: ann.id })).toEqual(refusal)
    expect(await calls()).toMatchObject([{ method: 'sendTelegram', params: { chat_id: ann.id }, ...refusal }])
    expect((await stats()).calls).toEqual({ sendTelegram: 1 })
  })

  test('that Telegram has and the sandbox lacks is refused in plain words', async () => {
    const { error_code, description } = await room.bot('SENDINVOICE', { chat_id: ann.id })
    expect([error_code, description]).toEqual([
      400,
      'Bad Request: this sandbox does not have the method sendInvoice, which Telegram has',
    ])
    expect((await stats()).calls).toEqual({ SENDINVOICE: 1 })
  })
})

describe('a parameter that Telegram would pass over', () => {
  const typo = () => room.bot('sendMessage', { chat_id: ann.id, text: 'x', parsemode: 'HTML', reply_to: 1 })

  test('is a mistake of the bot', async () => {
    const { ok, error_code, description } = await typo()
    expect([ok, error_code]).toEqual([false, 400])
    expect(description).toContain('sendMessage has no parameter "parsemode", "reply_to"')
    expect((await ann.sees()).messages).toHaveLength(1)
    expect(await calls()).toMatchObject([{ ok: false, unknown: ['parsemode', 'reply_to'] }])
  })

  test('is passed over when that is wished, and is counted all the same', async () => {
    await room.control('PUT', 'rules', { unknown_parameters: 'ignore' })
    expect((await typo()).ok).toBe(true)
    expect((await stats()).unknown_parameters).toEqual({
      'sendMessage.parsemode': 1,
      'sendMessage.reply_to': 1,
    })
    expect((await room.control('PUT', 'rules', { unknown_parameters: 'what' })).error).toContain('ignore')
    expect(await room.control('GET', 'rules')).toEqual({ unknown_parameters: 'ignore' })
  })

  test('is none when Telegram still reads it, or it is the name of the method', async () => {
    const again = { chat_id: ann.id, text: 'x', method: 'sendMessage' }
    expect(await room.bot('sendMessage', again)).toMatchObject({ ok: true })
    expect(await room.bot('sendMessage', { ...again, method: 'sendPhoto' })).toMatchObject({ ok: false })
    const old = { reply_to_message_id: 77, allow_sending_without_reply: true, disable_web_page_preview: true }
    expect(await room.bot('sendMessage', { chat_id: ann.id, text: 'x', ...old })).toMatchObject({ ok: true })
  })
})

describe('a coded address', () => {
  const coded = (path: string) => fetch(`${room.sandbox.url}${path}`)

  test('is decoded for methods and files alike', async () => {
    const token = room.sandbox.token.replace(':', '%3A')
    expect(await (await coded(`/bot${token}/get%4De`)).json()).toMatchObject({ ok: true })
    const { message_id } = await ann.sends({ document: Buffer.from('құжат').toString('base64') })
    const [update] = (await room.updates()).slice(-1)
    expect(update.message.message_id).toBe(message_id)
    const { file_path } = await room.does('getFile', { file_id: update.message.document.file_id })
    const file = await coded(`/file/bot${token}/${file_path}`)
    expect([file.status, await file.text()]).toEqual([200, 'құжат'])
  })

  test('that is no address is refused like any other', async () => {
    expect((await coded('/bot%ff%zz/getMe')).status).toBe(401)
    expect((await coded('/file/bot%ff/x')).status).toBe(401)
  })
})
