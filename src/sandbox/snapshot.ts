// Keeps the world in a folder: one JSON snapshot written whole, and the files beside it.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { StoredFile } from './files.ts'
import { restoreFile } from './files.ts'
import { isObject } from './params.ts'
import { emptyRoom, viewerOf } from './rooms.ts'
import type { Member, Message, Person, Room, Topic, Viewer, WebhookSetting, World } from './state.ts'
import type { Update } from './updates.ts'

const quietMs = 1000

type SavedViewer = { person: number } & Pick<Viewer, 'alerts'> &
  Partial<Pick<Viewer, 'keyboard' | 'forceReply'>>
type SavedRoom = Pick<
  Room,
  'info' | 'messages' | 'version' | 'pinned' | 'lastMessage' | 'migratedTo' | 'description'
> & {
  viewers: SavedViewer[]
  members: [number, Member][]
  topics: Topic[]
  locked: number[]
  authors: [number, number][]
}
/** Raised when what is kept changes its shape. */
const format = 2
interface Saved {
  version: typeof format
  token: string
  privacy: boolean
  webhook?: WebhookSetting
  /** What the bot asks for; absent: Telegram's default. */
  allowed?: readonly string[]
  ids: { message: number; person: number; room: number; update: number; file: number; query: string }
  people: Person[]
  rooms: SavedRoom[]
  files: (Omit<StoredFile, 'data'> & { data?: undefined })[]
  updates: Update[]
  texts: Record<'name' | 'description' | 'short_description', [string, string][]>
  commands: [string, { command: string; description: string }[]][]
}

const snapshotPath = (dir: string) => join(dir, 'sandbox.json')
const filePath = (dir: string, file: Pick<StoredFile, 'path'>) => join(dir, 'files', basename(file.path))

/** What the folder keeps; undefined when it keeps nothing. Throws with the file's path and a way out when it cannot be read. */
function read(dir: string): Saved | undefined {
  const path = snapshotPath(dir)
  if (!existsSync(path)) return undefined
  const refuse = (why: string) =>
    new Error(`the sandbox kept in ${path} ${why}: delete this file to start an empty one`)
  let saved: unknown
  try {
    saved = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refuse('is cut short or spoilt')
  }
  const found = isObject(saved) ? saved.version : undefined
  if (found === format) return saved as Saved
  throw refuse(
    typeof found === 'number'
      ? `is of version ${found}, and this program reads version ${format}`
      : 'is no snapshot of a sandbox',
  )
}

/** The token of an earlier run in this folder, so that the bot stays the same bot. */
export const savedToken = (dir: string): string | undefined => read(dir)?.token

/** Fills an empty world from the folder. */
export function restore(w: World, dir: string): void {
  const saved = read(dir)
  if (!saved) return
  w.privacy = saved.privacy
  if (saved.webhook) w.webhook = saved.webhook
  w.updates.allowed = saved.allowed
  w.ids.message = saved.ids.message
  w.ids.person = saved.ids.person
  w.ids.room = saved.ids.room
  const query = BigInt(saved.ids.query)
  if (query > w.ids.query) w.ids.query = query
  w.updates.next = saved.ids.update
  w.files.next = saved.ids.file
  for (const file of saved.files)
    if (existsSync(filePath(dir, file)))
      restoreFile(w.files, { ...file, data: readFileSync(filePath(dir, file)) })
  for (const person of saved.people) w.people.set(person.user.id, person)
  for (const room of saved.rooms) w.rooms.set(room.info.id, roomFrom(w, room))
  for (const update of saved.updates) w.updates.pending.set(update.id, update)
  for (const name of ['name', 'description', 'short_description'] as const)
    for (const [language, value] of saved.texts[name]) w.texts[name].set(language, value)
  w.bot.first_name = w.texts.name.get('') ?? w.bot.first_name
  for (const [key, list] of saved.commands) w.commands.set(key, list)
}

function roomFrom(w: World, saved: SavedRoom): Room {
  // What the bot wrote is told from what people wrote by the sender object itself.
  const messages = saved.messages.map((m): Message => (m.from?.id === w.bot.id ? { ...m, from: w.bot } : m))
  const { info, version, pinned, lastMessage, migratedTo, description } = saved
  const room: Room = {
    ...emptyRoom(info),
    messages,
    version,
    pinned,
    lastMessage,
    ...(migratedTo === undefined ? {} : { migratedTo }),
    ...(description ? { description } : {}),
    members: new Map(saved.members),
    topics: new Map(saved.topics.map((topic) => [topic.id, topic])),
    locked: new Set(saved.locked),
    authors: new Map(saved.authors),
  }
  for (const { person: id, ...viewer } of saved.viewers) {
    const person = w.people.get(id)
    if (person) Object.assign(viewerOf(room, person), viewer)
  }
  return room
}

const savedViewer = ({ person, alerts, keyboard, forceReply }: Viewer): SavedViewer => ({
  person: person.user.id,
  alerts,
  ...(keyboard ? { keyboard } : {}),
  ...(forceReply === undefined ? {} : { forceReply }),
})

function savedRoom(room: Room): SavedRoom {
  const { info, messages, version, pinned, lastMessage, migratedTo, description } = room
  return {
    info,
    messages,
    version,
    pinned,
    lastMessage,
    ...(migratedTo === undefined ? {} : { migratedTo }),
    ...(description ? { description } : {}),
    viewers: [...room.viewers.values()].map(savedViewer),
    members: [...room.members],
    topics: [...room.topics.values()],
    locked: [...room.locked],
    authors: [...room.authors],
  }
}

function snapshotOf(w: World): Saved {
  return {
    version: format,
    token: w.token,
    privacy: w.privacy,
    ...(w.webhook ? { webhook: w.webhook } : {}),
    ...(w.updates.allowed ? { allowed: w.updates.allowed } : {}),
    ids: {
      message: w.ids.message,
      person: w.ids.person,
      room: w.ids.room,
      update: w.updates.next,
      file: w.files.next,
      query: String(w.ids.query),
    },
    people: [...w.people.values()],
    rooms: [...w.rooms.values()].map(savedRoom),
    files: [...w.files.byId.values()].map((file) => ({ ...file, data: undefined })),
    updates: [...w.updates.pending.values()],
    texts: {
      name: [...w.texts.name],
      description: [...w.texts.description],
      short_description: [...w.texts.short_description],
    },
    commands: [...w.commands],
  }
}

/** Writes the world to the folder a moment after each change, and on `flush`. */
export function keep(w: World, dir: string): { flush: () => void } {
  mkdirSync(join(dir, 'files'), { recursive: true })
  const written = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let lastTook = 0
  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const started = Date.now()
    for (const file of w.files.byId.values()) {
      if (written.has(file.file_id)) continue
      if (!existsSync(filePath(dir, file))) writeFileSync(filePath(dir, file), file.data)
      written.add(file.file_id)
    }
    const temporary = `${snapshotPath(dir)}.new`
    writeFileSync(temporary, JSON.stringify(snapshotOf(w)), { mode: 0o600 })
    renameSync(temporary, snapshotPath(dir))
    lastTook = Date.now() - started
  }
  // A large world is written less often, so that writing never takes more than a twentieth of the time.
  w.saved = () => {
    timer ??= setTimeout(flush, Math.max(quietMs, lastTook * 20))
    timer.unref()
  }
  return { flush }
}
