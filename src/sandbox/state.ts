// The sandbox's world: the bot, the people, the rooms where they meet it, and what is under way.
import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'
import { startClock } from './clock.ts'
import type { Entity } from './entities.ts'
import type { Fault } from './faults.ts'
import type { FileStore } from './files.ts'
import { fileStore } from './files.ts'
import type { Pace } from './pace.ts'
import { createPace } from './pace.ts'
import type { Params } from './params.ts'
import type { UpdateQueue } from './updates.ts'
import { updateQueue } from './updates.ts'

export interface User {
  id: number
  is_bot: boolean
  first_name: string
  last_name?: string
  username?: string
  language_code?: string
}
export interface Person {
  user: User
  phone_number?: string
  /** What the person holds on paper; only the page shows it. */
  envelope: string[]
  /** Whether the person ever wrote: before that a bot cannot start the talk. */
  started: boolean
  blocked: boolean
  /** Whether the bot ever met the person, in a group too: a stranger's chat is not found at all. */
  met: boolean
  /** Telegram's "deleted account". */
  deactivated: boolean
  /** Telegram Premium lets people refuse voice messages and round videos. */
  forbidsVoice: boolean
}
/** A chat as the Bot API shows it in messages. */
export interface ChatInfo {
  id: number
  type: 'private' | 'group' | 'supergroup' | 'channel'
  first_name?: string
  last_name?: string
  username?: string
  title?: string
  is_forum?: true
  all_members_are_administrators?: boolean
}
export type MemberStatus = 'creator' | 'administrator' | 'member' | 'left' | 'kicked'
export interface Member {
  status: MemberStatus
  /** Of an administrator, as `can_…` names. */
  rights: readonly string[]
  /** An administrator who writes in the name of the group. */
  anonymous: boolean
}
export interface Topic {
  /** The id of the message that made it. */
  id: number
  name: string
  icon_color: number
  icon_custom_emoji_id?: string
  closed: boolean
  /** The general topic alone can be hidden. */
  hidden?: boolean
  /** Who made it may edit and close it. */
  creator: number
}
export type Button = Params & { text: string }
export interface Message {
  message_id: number
  /** Absent in channels. */
  from?: User
  /** The group or channel in whose name it was written. */
  sender_chat?: ChatInfo
  chat: ChatInfo
  /** Unix seconds. */
  date: number
  edit_date?: number
  text?: string
  entities?: Entity[]
  caption?: string
  caption_entities?: Entity[]
  reply_markup?: { inline_keyboard: Button[][] }
  [field: string]: unknown
}
export interface Keyboard {
  rows: Button[][]
  oneTime: boolean
  persistent: boolean
  placeholder?: string
  /** The message that brought it. */
  message: number
}
export interface Alert {
  id: string
  text: string
  show_alert: boolean
  date: number
}
/** Where messages stand, and who may look at them. */
export interface Room {
  info: ChatInfo
  /** Rising message ids. Messages are never changed in place: an edit puts a new object. */
  messages: Message[]
  version: number
  /** By the person's id. */
  readonly viewers: Map<number, Viewer>
  /** Clock milliseconds until which "typing…" shows. */
  typingUntil: number
  waiters: Set<() => void>
  /** People and the bot, by their ids; nobody in a private room. */
  readonly members: Map<number, Member>
  /** Forum topics by their ids; the general one has the id 1. */
  readonly topics: Map<number, Topic>
  /** Pinned messages, oldest first. */
  pinned: number[]
  /** Messages sent with a reply keyboard, its removal or a forced reply: Telegram lets nobody edit those. */
  readonly locked: Set<number>
  /** Who wrote what does not tell it: posts of channels, anonymous administrators. */
  readonly authors: Map<number, number>
  /** The last message id of a supergroup or channel; the other rooms share one counter. */
  lastMessage: number
  description?: string
  /** The supergroup that a group became. */
  migratedTo?: number
}
/** One person before one room: what is theirs alone there. */
export interface Viewer {
  readonly person: Person
  readonly room: Room
  keyboard?: Keyboard
  forceReply?: number
  alerts: Alert[]
  /** The link that the last answer to a press opened. */
  opened?: string
  openCallbacks: number
}
export interface OpenCallback {
  viewer: Viewer
  /** Clock milliseconds. */
  at: number
}
export interface OpenInline {
  viewer: Viewer
  at: number
  answered: boolean
  results: Params[]
  button?: unknown
  waiter?: () => void
}
export interface CallRecord {
  n: number
  at: number
  method: string
  params: Params
  ok: boolean
  error_code?: number
  description?: string
  fault?: string
  /** Parameters that Telegram does not know. */
  unknown?: string[]
  /** It came as the answer to a webhook. */
  webhook_answer?: true
}
export interface World {
  readonly token: string
  readonly bot: User & { username: string }
  /** Whether the bot reads in groups only what is meant for it, unless it is an administrator. */
  privacy: boolean
  readonly clock: Clock
  readonly people: Map<number, Person>
  /** By the chat's id: that of a private room is its person's. */
  readonly rooms: Map<number, Room>
  readonly files: FileStore
  readonly updates: UpdateQueue
  readonly callbacks: Map<string, OpenCallback>
  readonly inlines: Map<string, OpenInline>
  /** `name`, `description`, `short_description` by language code ('' is the default). */
  readonly texts: Record<'name' | 'description' | 'short_description', Map<string, string>>
  /** Command lists by `scope/language`. */
  readonly commands: Map<string, { command: string; description: string }[]>
  readonly menus: Map<number, unknown>
  /** The webhook that is set; kept over a restart. */
  webhook?: WebhookSetting
  readonly faults: Fault[]
  readonly pace: Pace
  readonly rules: {
    /** Telegram passes over what it does not know; here it is a mistake of the bot unless told otherwise. */
    unknown_parameters: 'refuse' | 'ignore'
  }
  readonly delivery: { duplicate: number; parallel: boolean; reorder: boolean; hold: boolean }
  readonly calls: {
    total: number
    recent: CallRecord[]
    byMethod: Record<string, number>
    /** How often a parameter came that Telegram does not know, by `method.parameter`. */
    unknown: Record<string, number>
    bytesIn: number
    bytesOut: number
  }
  readonly ids: { message: number; person: number; room: number; query: bigint }
  readonly listeners: Set<(event: WorldEvent) => void>
  /** Told of every change worth keeping on disk. */
  saved: () => void
}

export interface WebhookSetting {
  url: string
  secret: string
  max: number
}
/** What a watcher hears of; `person` for a private room, `room` for any other. */
export type WorldEvent = { type: 'chat' | 'person' | 'room'; person?: number; room?: number; version: number }

/** A token shaped like Telegram's, for the bot with this id. */
export const newToken = (id: number): string =>
  `${id}:AA${randomBytes(24).toString('base64url').slice(0, 33)}`

/** An empty world with one bot. The bot's id is the number before the colon of `token`. */
export function createWorld(token: string, botName: string, username: string): World {
  const clock = startClock()
  return {
    token,
    bot: { id: Number(token.split(':')[0]), is_bot: true, first_name: botName, username },
    privacy: true,
    clock,
    people: new Map(),
    rooms: new Map(),
    files: fileStore(),
    updates: updateQueue(clock),
    callbacks: new Map(),
    inlines: new Map(),
    texts: { name: new Map(), description: new Map(), short_description: new Map() },
    commands: new Map(),
    menus: new Map(),
    faults: [],
    pace: createPace(),
    rules: { unknown_parameters: 'refuse' },
    delivery: { duplicate: 0, parallel: false, reorder: false, hold: false },
    calls: { total: 0, recent: [], byMethod: {}, unknown: {}, bytesIn: 0, bytesOut: 0 },
    ids: { message: 0, person: 1000, room: 4_000_000_000, query: BigInt(Date.now()) << 20n },
    listeners: new Set(),
    saved: () => {},
  }
}

/** The next id of a callback or inline query: a long number in a string, as Telegram gives them. */
export function nextQueryId(w: World): string {
  w.ids.query += 1n
  return String(w.ids.query)
}
