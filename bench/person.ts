// A person at the bot's chat: reads what the screen shows, writes and presses, over the sandbox's control API.
import { Pool } from 'undici'

export interface Message {
  message_id: number
  from: 'bot' | 'person'
  text?: string
  html?: string
  buttons?: { text: string; kind: string }[][]
}
export interface Chat {
  version: number
  messages: Message[]
  alerts: { id: string; text: string }[]
  open_callbacks: number
}

export interface Control {
  get<T>(path: string): Promise<T>
  /** Throws what the sandbox says when it refuses. */
  post<T>(path: string, body: object): Promise<T>
  put(path: string, body: object): Promise<unknown>
  remove(path: string): Promise<unknown>
  close(): Promise<void>
}

/** `connections`: requests at once; a person needs one. */
export function controlOf(url: string, connections: number): Control {
  const pool = new Pool(url, { connections, headersTimeout: 90_000, bodyTimeout: 90_000 })
  async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> {
    const answer = await pool.request({
      method,
      path: `/control/${path}`,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    const value = (await answer.body.json()) as T & { error?: string }
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${value.error ?? path}`)
    return value
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    remove: (path) => call('DELETE', path),
    close: () => pool.close(),
  }
}

/** The person waited and what they needed did not come; carries what they saw last, digits of codes and receipts blacked out. */
export class Stuck extends Error {
  override name = 'Stuck'
}

/** What stands on the newest message, when the bot wrote it. */
export interface Screen {
  text: string
  html: string
  labels: string[]
  message: number
}

export interface Person {
  id: number
  /** Updates the person caused. */
  acts(): number
  says(text: string): Promise<void>
  /** Waits until `look` finds something on the screen and no press is unanswered. Throws Stuck. */
  sees<V>(what: string, look: (screen: Screen) => V | undefined): Promise<V>
  /** Presses the button and waits as `sees` does; when told to slow down, waits and presses again. */
  taps<V>(label: string, what: string, look: (screen: Screen) => V | undefined): Promise<V>
  /** The whole chat. */
  chat(): Promise<Chat>
}

const PATIENCE_MS = 60_000
const SLOWER_MS = 3_000
const LONGEST_POLL_MS = 20_000
/** How long a person looks for all changes that their act should bring, before they look at what is there. */
const GLANCE_MS = 2_000
const MOST_REPEATS = 20

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** `slowDown`: what the bot says to someone who presses too fast. */
export async function arrive(
  control: Control,
  who: { id: number; first_name: string; language_code: string },
  slowDown: string,
): Promise<Person> {
  await control.post('people', who)
  const { id } = who
  let chat: Chat = { version: -1, messages: [], alerts: [], open_callbacks: 0 }
  let acts = 0
  let pressed: string | undefined

  /** `changes`: so many more than one are awaited. */
  async function look(timeout: number, changes = 0): Promise<void> {
    const after = chat.version + changes
    chat = await control.get(`people/${id}/chat?last=1&after=${after}&timeout=${timeout}`)
  }

  async function sees<V>(what: string, find: (screen: Screen) => V | undefined): Promise<V> {
    const until = Date.now() + PATIENCE_MS
    for (;;) {
      const screen = screenOf(chat)
      const found = screen && chat.open_callbacks === 0 ? find(screen) : undefined
      if (found !== undefined) return found
      const left = until - Date.now()
      if (left <= 0 || chat.alerts.some((alert) => alert.id === pressed)) throw new Stuck(shown(what, chat))
      await look(Math.min(left, LONGEST_POLL_MS))
    }
  }

  return {
    id,
    sees,
    acts: () => acts,
    async says(text) {
      acts++
      if (chat.version < 0) await look(0)
      await control.post(`people/${id}/send`, { text })
      // The person's own message, the bot's.
      await look(GLANCE_MS, 1)
    },
    async taps(label, what, find) {
      for (let turn = 0; ; turn++) {
        const { message } = await sees(`the button “${label}”`, (screen) =>
          screen.labels.includes(label) ? screen : undefined,
        )
        acts++
        const press = await control.post<{ callback_query_id?: string }>(`people/${id}/press`, {
          text: label,
          message_id: message,
        })
        pressed = press.callback_query_id
        // The press, its answer, the screen.
        await look(GLANCE_MS, 2)
        try {
          return await sees(what, find)
        } catch (error) {
          const told = chat.alerts.find((alert) => alert.id === pressed)?.text
          if (told !== slowDown || turn >= MOST_REPEATS) throw error
          pressed = undefined
          await pause(SLOWER_MS)
        }
      }
    },
    chat: () => control.get(`people/${id}/chat`),
  }
}

function screenOf(chat: Chat): Screen | undefined {
  const last = chat.messages.at(-1)
  if (last?.from !== 'bot') return undefined
  return {
    text: last.text ?? '',
    html: last.html ?? '',
    labels: (last.buttons ?? []).flat().map((button) => button.text),
    message: last.message_id,
  }
}

function shown(what: string, chat: Chat): string {
  const screen = screenOf(chat)
  const lines = [
    `waited for ${what}; the person sees:`,
    ...(screen ? [screen.text, ...screen.labels.map((label) => `[${label}]`)] : ['(no answer)']),
    ...chat.alerts.slice(-1).map((alert) => `(told: ${alert.text})`),
  ]
  return lines.join('\n').replace(/\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{2})?/g, '•••')
}
