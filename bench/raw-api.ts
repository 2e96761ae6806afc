// HTTP and the Bot API as rawly as a bench needs them: requests taken off a socket, answers that are always the same.

const ME = { id: 1, is_bot: true, first_name: 'Stub', username: 'stub_bot', can_join_groups: true }
const CHAT = { id: 100, type: 'private', first_name: 'Voter' }
const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: '

let lastMessage = 1_000

/** The whole answer to a call of this method. */
export function rawAnswer(method: string): string {
  const body = JSON.stringify({ ok: true, result: resultOf(method) })
  return `${HEAD}${Buffer.byteLength(body)}\r\n\r\n${body}`
}

function resultOf(method: string): unknown {
  switch (method) {
    case 'getMe':
      return ME
    case 'sendMessage':
      return { message_id: ++lastMessage, date: 1_700_000_000, chat: CHAT, from: ME, text: 'a message' }
    case 'editMessageText':
      return { message_id: 77, date: 1_700_000_000, chat: CHAT, from: ME, text: 'a message' }
    default:
      return true
  }
}

/** Takes the first request off what was received; undefined while it is not whole. */
export function takeRequest(received: string): { method: string; body: string; rest: string } | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = received.slice(0, end)
  const method = /^\S+ [^ ]*\/(\w+)/.exec(head)?.[1] ?? ''
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length !== undefined) {
    const whole = end + 4 + Number(length)
    if (received.length < whole) return undefined
    return { method, body: received.slice(end + 4, whole), rest: received.slice(whole) }
  }
  if (!/^transfer-encoding: *chunked/im.test(head)) return { method, body: '', rest: received.slice(end + 4) }
  const last = received.indexOf('0\r\n\r\n', end + 2)
  if (last < 0) return undefined
  return { method, body: received.slice(end + 4, last), rest: received.slice(last + 5) }
}

/** Whether an answer to a post is whole. */
export function isWhole(received: string): boolean {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /^content-length: *(\d+)/im.exec(received.slice(0, end))?.[1]
  if (length !== undefined) return received.length >= end + 4 + Number(length)
  return received.endsWith('0\r\n\r\n')
}

/** What stands before the length of an update that is posted to a webhook. */
export const postHead = (secret: string): string =>
  `POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
  `X-Telegram-Bot-Api-Secret-Token: ${secret}\r\nContent-Length: `
