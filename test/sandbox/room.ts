// The tests' own way into a sandbox: people through the control API, the bot through plain fetch.
import type { Sandbox, SandboxOptions } from '../../src/sandbox/start.ts'
import { startSandbox } from '../../src/sandbox/start.ts'

// Answers are read as JSON of any shape.
type Any = ReturnType<typeof JSON.parse>

export interface Room {
  sandbox: Sandbox
  /** A call of the Bot API; the whole answer, refusals included. */
  bot(method: string, params?: object): Promise<Any>
  /** A call of the Bot API that must work; its result. */
  does(method: string, params?: object): Promise<Any>
  control(method: string, path: string, body?: object): Promise<Any>
  person(first_name: string, more?: object): Promise<Someone>
  /** Makes a group of `type`, by `creator`'s hand; its acts by name, and what a member of it says there. */
  group(creator: Someone, what: object): Promise<Group>
  /** Takes and acknowledges all updates that wait. */
  updates(): Promise<Any[]>
  close(): Promise<void>
}
export interface Someone {
  id: number
  sends(what: object): Promise<Any>
  says(text: string): Promise<Any>
  presses(text: string, more?: object): Promise<Any>
  act(name: string, body?: object): Promise<Any>
  sees(query?: string): Promise<Any>
}
export interface Group {
  id: number
  /** `add`, `remove`, `promote`, `upgrade`, `topics`: what the control API answers. */
  act(name: string, body?: object): Promise<Any>
  says(someone: Someone, text: string, more?: object): Promise<Any>
  seenBy(someone: Someone): Promise<Any>
}

/** A sandbox on a free port of this machine. */
export async function openRoom(options: Partial<SandboxOptions> = {}): Promise<Room> {
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1', ...options })
  const send = async (method: string, url: string, body?: object): Promise<Any> => {
    const sent = await fetch(url, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return sent.json()
  }
  const bot = (method: string, params: object = {}) =>
    send('POST', `${sandbox.url}/bot${sandbox.token}/${method}`, params)
  const control = (method: string, path: string, body?: object) =>
    send(method, `${sandbox.url}/control/${path}`, body)
  const does = async (method: string, params?: object) => {
    const answer = await bot(method, params)
    if (!answer.ok) throw new Error(`${method}: ${answer.description}`)
    return answer.result
  }
  let offset = 0
  return {
    sandbox,
    bot,
    does,
    control,
    async person(first_name, more = {}) {
      const { id } = await control('POST', 'people', { first_name, ...more })
      const act = (name: string, body: object = {}) => control('POST', `people/${id}/${name}`, body)
      return {
        id,
        act,
        sends: (what) => act('send', what),
        says: (text) => act('send', { text }),
        presses: (text, more = {}) => act('press', { text, ...more }),
        sees: (query = '') => control('GET', `people/${id}/chat${query}`),
      }
    },
    async group(creator, what) {
      const made = { type: 'supergroup', title: 'Moderators', creator: creator.id, ...what }
      const { id } = await control('POST', 'rooms', made)
      return {
        id,
        act: (name, body = {}) => control('POST', `rooms/${id}/${name}`, body),
        says: (someone, text, more = {}) => someone.act('send', { room: id, text, ...more }),
        seenBy: (someone) => someone.sees(`?room=${id}`),
      }
    },
    async updates() {
      const got = await does('getUpdates', { offset })
      if (got.length > 0) {
        offset = Math.max(...got.map((u: Any) => u.update_id)) + 1
        await does('getUpdates', { offset, limit: 1 })
      }
      return got
    },
    close: () => sandbox.close(),
  }
}
