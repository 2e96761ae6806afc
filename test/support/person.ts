// A person in front of the chat: writes, taps what is visible, and looks at what came of it. Nobody sleeps: the chat has a version.
import { setTimeout as wait } from 'node:timers/promises'
import { PATIENCE_MS } from './patience.ts'

export interface ChatButton {
  text: string
  kind: string
  style?: string
  url?: string
}
export interface ChatMessage {
  message_id: number
  from: 'bot' | 'person'
  text?: string
  html?: string
  caption?: string
  photo?: object
  voice?: object
  location?: { latitude: number; longitude: number }
  via_bot?: boolean
  reply_to?: { message_id: number; text: string; quote?: string }
  edit_date?: number
  buttons?: ChatButton[][]
}
export interface Chat {
  version: number
  messages: ChatMessage[]
  keyboard?: ChatButton[][]
  alerts: { id: string; text: string; show_alert?: boolean }[]
  open_callbacks: number
  commands: { command: string; description: string }[]
}
export interface Pressed {
  kind: 'callback' | 'message' | 'url' | 'copy' | 'inline'
  url?: string
  copy?: string
  query?: string
}
export interface Screen {
  id: number
  text: string
  /** Labels, row by row. */
  buttons: string[][]
}

/** What a person needs of the bot under test. */
export interface Surroundings {
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>>
  /** Resolves when the bot has done with an update and with all it says because of it. */
  settled(update: number): Promise<void>
}

/** A PNG of one pixel. */
export const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** So many of the same, or these. */
const picturesOf = (photos: number | readonly string[]): readonly string[] =>
  typeof photos === 'number' ? Array.from({ length: photos }, () => PIXEL) : photos

export type Person = Awaited<ReturnType<typeof putPerson>>

/** Makes a person; `fields` as the sandbox takes them. */
export async function putPerson(around: Surroundings, fields: object) {
  const made = await around.control('POST', 'people', { first_name: 'Айгүл', language_code: 'kk', ...fields })
  const id = Number(made.id)
  let now: Chat = { version: 0, messages: [], alerts: [], open_callbacks: 0, commands: [] }
  /** The messages as they were before the last act: what differs is fresh. */
  let before = new Map<number, string>()
  let pressedMessage: number | undefined
  let alertsBefore = 0

  const fetchChat = async (after = -1, timeout = 0): Promise<Chat> => {
    const query = `?after=${after}&timeout=${timeout}`
    now = (await around.control('GET', `people/${id}/chat${query}`)) as unknown as Chat
    return now
  }
  const signature = (message: ChatMessage) => JSON.stringify(message)
  const fresh = (): ChatMessage[] => {
    const changed = now.messages.filter(
      (one) => one.from === 'bot' && before.get(one.message_id) !== signature(one),
    )
    if (changed.length > 0 || pressedMessage === undefined) return changed
    return now.messages.filter((one) => one.message_id === pressedMessage)
  }
  /** Does something to the bot and waits until it is done with it. */
  async function act(path: string, body: object): Promise<Pressed> {
    before = new Map(now.messages.map((one) => [one.message_id, signature(one)]))
    alertsBefore = now.alerts.length === 20 ? -1 : now.alerts.length
    pressedMessage = undefined
    const answer = await around.control('POST', `people/${id}/${path}`, body)
    if (answer.error !== undefined) throw new Error(`${path}: ${JSON.stringify(answer.error)}`)
    if (typeof answer.update_id === 'number') await around.settled(answer.update_id)
    if (answer.kind === 'callback') pressedMessage = Number(answer.message_id)
    await fetchChat()
    if (now.open_callbacks > 0) throw new Error(`a press was never answered\n${onScreen()}`)
    return answer as unknown as Pressed
  }
  const sends = (body: object) => act('send', body)

  const find = (label: string | RegExp): { label: string; message?: number } | undefined => {
    const matches = (text: string) => (typeof label === 'string' ? text === label : label.test(text))
    for (const message of now.messages.toReversed()) {
      const button = message.buttons?.flat().find(({ text }) => matches(text))
      if (button) return { label: button.text, message: message.message_id }
    }
    const key = now.keyboard?.flat().find(({ text }) => matches(text))
    return key && { label: key.text }
  }
  /** As it is read: what holds a number and its noun together looks like any space. */
  const textOf = (message: ChatMessage) =>
    (message.text ?? message.caption ?? '').replace(/(\d)\u00a0(?=\p{L})/gu, '$1 ')
  const onScreen = (): string =>
    now.messages
      .slice(-4)
      .map(
        (one) =>
          `${one.from} ${one.message_id}: ${textOf(one)}\n${(one.buttons ?? [])
            .map((row) => `  [${row.map(({ text }) => text).join('] [')}]`)
            .join('\n')}`,
      )
      .concat(now.keyboard ? [`keyboard: ${JSON.stringify(now.keyboard)}`] : [])
      .concat(now.alerts.slice(-1).map(({ text }) => `alert: ${text}`))
      .join('\n')

  return {
    id,
    says: (text: string) => sends({ text }),
    /** Anything, as the sandbox takes it. */
    sends,
    sharesContact: (contact: object = { contact: 'own' }) => sends(contact),
    sharesLocation: (latitude: number, longitude: number) => sends({ location: { latitude, longitude } }),
    sendsPhoto: (more: object = {}) => sends({ photo: PIXEL, ...more }),
    /** Several photos in one act, as Telegram delivers an album: a message each. */
    sendsAlbum: (photos: number | readonly string[]) =>
      sends({ album: picturesOf(photos).map((photo) => ({ photo })) }),
    sendsVoice: () => sends({ voice: Buffer.from('OggS voice').toString('base64'), duration: 3 }),
    sendsDocument: () => sends({ document: Buffer.from('%PDF').toString('base64'), file_name: 'a.pdf' }),
    sendsSticker: () => sends({ sticker: '👍' }),
    edits: (message_id: number, text: string) => act('edit', { message_id, text }),
    deletes: (message_id: number) => act('delete', { message_id }),
    blocks: () => act('block', {}),
    unblocks: () => act('unblock', {}),
    /** Callback data that no button carries; under the newest message of the bot unless told. */
    pressesRaw: (data: string, message_id = screen().id) => act('press-raw', { data, message_id }),
    /** Presses a visible button, waiting for it if it is not there yet. `more`: `message_id`, `phone_number`, `location`. */
    async taps(label: string | RegExp, more: { message_id?: number; [field: string]: unknown } = {}) {
      const deadline = Date.now() + PATIENCE_MS
      for (let found = find(label); ; found = find(label)) {
        if (found) {
          const message_id = more.message_id ?? found.message
          return act('press', { ...more, text: found.label, ...(message_id ? { message_id } : {}) })
        }
        if (Date.now() >= deadline) throw new Error(`no button ${String(label)} in sight:\n${onScreen()}`)
        await fetchChat(now.version, deadline - Date.now())
      }
    },
    /** Waits until what the bot said or changed since the last act matches; returns that message. */
    async sees(pattern: string | RegExp): Promise<Screen> {
      const deadline = Date.now() + PATIENCE_MS
      const matches = (text: string) =>
        typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)
      for (;;) {
        const found = fresh().findLast((one) => matches(textOf(one)))
        if (found) return screenOf(found)
        if (Date.now() >= deadline) throw new Error(`not seen: ${String(pattern)}\n${onScreen()}`)
        await fetchChat(now.version, deadline - Date.now())
      }
    },
    /** Whether a button with this label is to be seen anywhere in the chat. */
    hasButton: (label: string | RegExp): boolean => find(label) !== undefined,
    screen,
    onScreen,
    /** What the bot said or changed since the last act. */
    heard: (): Screen[] => fresh().map(screenOf),
    /** How many new messages there are, of either side; edits are none. */
    messages: (): number => now.messages.length,
    chat: (): Chat => now,
    refresh: () => fetchChat(),
    /** The alert that the last press was answered with. */
    alert: (): string | undefined => (now.alerts.length > alertsBefore ? now.alerts.at(-1)?.text : undefined),
    /** Asks inline and puts the first result into the chat. */
    async inline(query: string) {
      return around.control('POST', `people/${id}/inline`, { query })
    },
    chooses: (query_id: string, result_id: string) => act('choose', { query_id, result_id }),
  }

  /** The message the last act brought up, else the bot's newest. */
  function screen(): Screen {
    const last = fresh().at(-1) ?? now.messages.findLast((one) => one.from === 'bot')
    return last ? screenOf(last) : { id: 0, text: '', buttons: [] }
  }
  function screenOf(message: ChatMessage): Screen {
    const buttons = (message.buttons ?? []).map((row) => row.map(({ text }) => text))
    return { id: message.message_id, text: textOf(message), buttons }
  }
}

/** Until it is so; for what happens apart from anybody's act. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await so())) {
    if (Date.now() > deadline) throw new Error('it never came to be so')
    await wait(10)
  }
}
