// The bot's command lists and texts: per scope and language, resolved as Telegram resolves them.
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import { isAdmin, memberOf } from '../members.ts'
import type { Params } from '../params.ts'
import { isObject, json, text } from '../params.ts'
import { touch } from '../rooms.ts'
import type { Viewer, World } from '../state.ts'
import type { Call, Method } from './call.ts'
import { roomOf } from './call.ts'

type Commands = { command: string; description: string }[]
const scopes = [
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
]

function keyOf(w: World, p: Params): Checked<string> {
  const scope = json(p, 'scope')
  if (scope !== undefined && !isObject(scope)) return bad("can't parse BotCommandScope JSON object")
  const type = scope ? text(scope, 'type') : 'default'
  if (!type || !scopes.includes(type)) return bad("can't parse BotCommandScope: Unsupported type specified")
  let key = type
  if (scope && type.startsWith('chat')) {
    const room = roomOf(w, scope)
    if (!room.ok) return room
    const { id, type: kind } = room.value.info
    if (kind === 'private' && type !== 'chat') return bad("can't use specified scope in private chats")
    if (kind === 'channel') return bad("can't change commands in channel chats")
    key += `:${id}`
    if (type === 'chat_member') key += `:${text(scope, 'user_id') ?? ''}`
  }
  const language = languageOf(p)
  return language.ok ? done(`${key}/${language.value}`) : language
}

function languageOf(p: Params): Checked<string> {
  const language = text(p, 'language_code') ?? ''
  return /^([a-z]{2})?$/.test(language) ? done(language) : bad('invalid language code specified')
}

function readCommands(p: Params): Checked<Commands> {
  const list = json(p, 'commands')
  if (list === null) return bad("can't parse commands JSON object")
  if (list !== undefined && !Array.isArray(list)) return bad('expected an Array of BotCommand')
  const commands: Commands = []
  for (const raw of (list ?? []) as unknown[]) {
    if (!isObject(raw)) return bad("can't parse BotCommand: expected an Object")
    const { command, description } = raw
    if (typeof command !== 'string') return bad('can\'t parse BotCommand: Can\'t find field "command"')
    if (typeof description !== 'string')
      return bad('can\'t parse BotCommand: Can\'t find field "description"')
    const name = command.trim().replace(/^\//, '')
    const words = description.trim()
    if (name === '') return bad('command must be non-empty')
    if (Array.from(name).length > 32) return bad('command length must not exceed 32')
    if (words === '') return bad('command description must be non-empty')
    if (Array.from(words).length > 256) return bad('command description length must not exceed 256')
    if (!/^[a-z0-9_]+$/.test(name)) return bad('BOT_COMMAND_INVALID')
    commands.push({ command: name, description: words })
  }
  return commands.length > 100 ? bad('BOT_COMMANDS_TOO_MUCH') : done(commands)
}

function setMyCommands({ world, params }: Call) {
  const key = keyOf(world, params)
  if (!key.ok) return key
  const commands = readCommands(params)
  if (!commands.ok) return commands
  if (commands.value.length === 0) world.commands.delete(key.value)
  else world.commands.set(key.value, commands.value)
  for (const room of world.rooms.values()) if (room.waiters.size > 0) touch(world, room)
  world.saved()
  return done(true)
}

function deleteMyCommands({ world, params }: Call) {
  const key = keyOf(world, params)
  if (!key.ok) return key
  world.commands.delete(key.value)
  world.saved()
  return done(true)
}

function getMyCommands({ world, params }: Call) {
  const key = keyOf(world, params)
  return key.ok ? done(world.commands.get(key.value) ?? []) : key
}

/** The scopes whose commands this person may see here, the narrowest first, as Telegram looks through them. */
function scopesFor({ person, room }: Viewer): string[] {
  const { id, type } = room.info
  if (type === 'private') return [`chat:${id}`, 'all_private_chats', 'default']
  if (type === 'channel') return []
  const admin = isAdmin(memberOf(room, person.user.id))
  return [
    `chat_member:${id}:${person.user.id}`,
    ...(admin ? [`chat_administrators:${id}`] : []),
    `chat:${id}`,
    ...(admin ? ['all_chat_administrators'] : []),
    'all_group_chats',
    'default',
  ]
}

/** The menu this person sees in this room: the first of its scopes that has commands, each in their language first. */
/** Two letters, as Telegram compares them; none for a person whose app says none. */
export const languageOfPerson = ({ person }: Viewer): string =>
  person.user.language_code?.slice(0, 2).toLowerCase() ?? ''

export function commandsFor(w: World, viewer: Viewer): Commands {
  if (w.commands.size === 0) return []
  const language = languageOfPerson(viewer)
  for (const scope of scopesFor(viewer)) {
    const found = w.commands.get(`${scope}/${language}`) ?? w.commands.get(`${scope}/`)
    if (found) return found
  }
  return []
}

type TextName = 'name' | 'description' | 'short_description'
const longest: Record<TextName, number> = { name: 64, description: 512, short_description: 120 }
const tooLong: Record<TextName, string> = {
  name: 'BOT_TITLE_INVALID',
  description: 'BOT_DESCRIPTION_TOO_LONG',
  short_description: 'ABOUT_TOO_LONG',
}

const setText =
  (name: TextName): Method =>
  ({ world, params }) => {
    const language = languageOf(params)
    if (!language.ok) return language
    const value = text(params, name) ?? ''
    if (value.length > longest[name]) return bad(tooLong[name])
    if (value) world.texts[name].set(language.value, value)
    else world.texts[name].delete(language.value)
    if (name === 'name' && value && !language.value) world.bot.first_name = value
    world.saved()
    return done(true)
  }

/** A text of the bot in a language, or its default. */
export const botText = (w: World, name: TextName, language: string): string =>
  w.texts[name].get(language) ?? w.texts[name].get('') ?? (name === 'name' ? w.bot.first_name : '')

const getText =
  (name: TextName): Method =>
  ({ world, params }) => {
    const language = languageOf(params)
    return language.ok ? done({ [name]: botText(world, name, language.value) }) : language
  }

export const commandMethods: Record<string, Method> = {
  setmycommands: setMyCommands,
  deletemycommands: deleteMyCommands,
  getmycommands: getMyCommands,
  setmyname: setText('name'),
  getmyname: getText('name'),
  setmydescription: setText('description'),
  getmydescription: getText('description'),
  setmyshortdescription: setText('short_description'),
  getmyshortdescription: getText('short_description'),
}
