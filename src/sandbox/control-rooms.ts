// The control API's part about groups and channels: making them, who comes and goes, who administers, topics, the upgrade.
import { sendAs } from './acts.ts'
import type { GroupType } from './groups.ts'
import {
  addTo,
  changeGroup,
  createGroup,
  mayManage,
  presentIn,
  promote,
  removeFrom,
  upgrade,
} from './groups.ts'
import { isPresent, memberJson, memberOf, rightsOf, userOf } from './members.ts'
import { closeTopic, createTopic, deleteTopic } from './methods/topics.ts'
import type { Params } from './params.ts'
import { flag, int, text } from './params.ts'
import { viewerOf } from './rooms.ts'
import type { Person, Room, User, Viewer, World } from './state.ts'
import type { Told } from './told.ts'
import { cannot, told } from './told.ts'

/** The groups and channels, in the order they were made. */
export const groupsOf = (w: World): Room[] =>
  [...w.rooms.values()].filter(({ info }) => info.type !== 'private')

/** A group or channel as the control API shows it. */
export function roomView(w: World, room: Room): Record<string, unknown> {
  return {
    ...room.info,
    version: room.version,
    members: presentIn(w, room).map(({ user, member }) => memberJson(room, user, member)),
    topics: [...room.topics.values()],
    ...(room.migratedTo === undefined ? {} : { migrated_to: room.migratedTo }),
  }
}

const types: readonly GroupType[] = ['group', 'supergroup', 'channel']

/** `"bot"` or a person's id. */
function whoIs(w: World, p: Params, name: string): Told<User> {
  const user = p[name] === 'bot' ? w.bot : userOf(w, int(p, name) ?? 0)
  return user ? told(user) : cannot(404, `${name} is "bot" or the id of a person`)
}

/** The rights of `p`: true for all, false for none, or a list of `can_…` names. */
const rightsIn = (p: Params): boolean | string[] =>
  Array.isArray(p.rights) ? p.rights.map(String) : p.rights === undefined || flag(p, 'rights')

function create(w: World, p: Params): Told<unknown> {
  const type = types.find((known) => known === text(p, 'type'))
  const title = text(p, 'title')
  const creator = w.people.get(int(p, 'creator') ?? 0)
  if (!type) return cannot(400, 'type is group, supergroup or channel')
  if (!title) return cannot(400, 'title is needed')
  if (!creator) return cannot(404, 'creator is the id of a person')
  if (flag(p, 'is_forum') && type !== 'supergroup') return cannot(400, 'only a supergroup has topics')
  const members = Array.isArray(p.members) ? p.members : []
  const users = members.map((id) => whoIs(w, { id }, 'id'))
  const missing = users.find((user) => !user.ok)
  if (missing) return missing
  const room = createGroup(w, type, title, creator)
  if (flag(p, 'is_forum')) changeGroup(w, room, creator.user, undefined, true)
  const username = text(p, 'username')
  if (username && type !== 'group') room.info = { ...room.info, username }
  for (const user of users) if (user.ok) addTo(w, room, creator.user, user.value)
  return told(roomView(w, room))
}

/** The room, who acts in it (its creator unless told), and on whom. */
interface Act {
  w: World
  room: Room
  by: User
  p: Params
}

function add({ w, room, by, p }: Act): Told<unknown> {
  const who = whoIs(w, p, 'who')
  if (!who.ok) return who
  if (isPresent(memberOf(room, who.value.id))) return cannot(409, 'already in the room')
  const own = by.id === who.value.id
  if (own && memberOf(room, by.id).status === 'kicked') return cannot(409, 'this person was thrown out')
  addTo(w, room, by, who.value)
  if (p.rights !== undefined) promote(w, room, by, who.value, rightsIn(p), flag(p, 'anonymous'))
  return told(roomView(w, room))
}

function remove({ w, room, by, p }: Act): Told<unknown> {
  const who = whoIs(w, p, 'who')
  if (!who.ok) return who
  if (!isPresent(memberOf(room, who.value.id))) return cannot(409, 'not in the room')
  if (who.value.id !== by.id && !mayManage(room, by.id)) return cannot(409, 'this person may not do that')
  removeFrom(w, room, by, who.value)
  return told(roomView(w, room))
}

function promotion({ w, room, by, p }: Act): Told<unknown> {
  const who = whoIs(w, p, 'who')
  if (!who.ok) return who
  if (!isPresent(memberOf(room, who.value.id))) return cannot(409, 'not in the room')
  if (!mayManage(room, by.id)) return cannot(409, 'this person may not do that')
  const rights = rightsIn(p)
  const unknown = Array.isArray(rights) && rights.find((name) => !rightsOf(room).includes(name))
  if (unknown) return cannot(400, `there is no right ${unknown} in a ${room.info.type}`)
  const update_id = promote(w, room, by, who.value, rights, flag(p, 'anonymous'))
  return told({ ...roomView(w, room), ...(update_id === undefined ? {} : { update_id }) })
}

function topics({ w, room, by, p }: Act): Told<unknown> {
  if (!room.info.is_forum) return cannot(409, 'this room has no topics')
  const id = int(p, 'topic')
  if (id === undefined) {
    const name = text(p, 'name')
    return name
      ? told(createTopic(w, room, by, { name, icon_color: 7_322_096 }))
      : cannot(400, 'a topic needs a name')
  }
  const topic = room.topics.get(id)
  if (!topic) return cannot(404, 'no such topic')
  if (p.closed !== undefined) closeTopic(w, room, by, topic, flag(p, 'closed'))
  else if (flag(p, 'deleted')) deleteTopic(w, room, topic)
  return told(roomView(w, room))
}

function change({ w, room, by, p }: Act): Told<unknown> {
  const forum = p.is_forum === undefined ? undefined : flag(p, 'is_forum')
  if (forum && room.info.type !== 'supergroup') return cannot(409, 'only a supergroup has topics')
  changeGroup(w, room, by, text(p, 'title'), forum)
  return told(roomView(w, room))
}

/** Makes the handler of /control/rooms…; `path` is what follows that. `by` acts: the creator unless told. */
export function roomControl(w: World) {
  return (method: string, path: readonly string[], p: Params): Told<unknown> => {
    const [id, act] = path
    if (id === undefined) {
      if (method === 'POST') return create(w, p)
      return method === 'GET'
        ? told(groupsOf(w).map((room) => roomView(w, room)))
        : cannot(405, 'GET or POST')
    }
    const room = w.rooms.get(Number(id))
    if (!room || room.info.type === 'private') return cannot(404, 'no such room')
    const creator = [...room.members].find(([, member]) => member.status === 'creator')?.[0]
    const by = p.by === undefined ? userOf(w, creator ?? 0) : userOf(w, int(p, 'by') ?? 0)
    if (!by) return cannot(404, 'by is the id of a person')
    const doing = { w, room, by, p }
    switch (`${method} ${act ?? ''}`) {
      case 'GET ':
        return told(roomView(w, room))
      case 'PUT ':
        return change(doing)
      case 'POST add':
        return add(doing)
      case 'POST remove':
        return remove(doing)
      case 'POST promote':
        return promotion(doing)
      case 'POST topics':
        return topics(doing)
      case 'POST upgrade':
        if (room.info.type !== 'group') return cannot(409, 'only a group becomes a supergroup')
        if (room.migratedTo !== undefined) return cannot(409, 'this group is a supergroup already')
        return told(roomView(w, upgrade(w, room, by)))
    }
    return cannot(404, 'no such act')
  }
}

/** What `t.me/<bot>?startgroup=…&admin=…` asks for, or `?startchannel&admin=…`, which carries nothing; undefined when it is no such link. */
function readLink(
  w: World,
  link: string,
  channel: boolean,
): { payload: string; admin: string[] } | undefined {
  const url = URL.canParse(link) ? new URL(link) : undefined
  if (url?.pathname.slice(1).toLowerCase() !== w.bot.username.toLowerCase()) return undefined
  const named = url.searchParams.get(channel ? 'startchannel' : 'startgroup')
  if (named === null) return undefined
  const payload = channel ? '' : named
  const admin = (url.searchParams.get('admin') ?? '').split(/[+ ]/).filter(Boolean)
  return { payload, admin: admin.map((name) => `can_${name}`) }
}

/** The person opens the link and chooses `room`: the bot comes in, with the rights asked for, and gets the command with its payload. */
export function startInGroup(w: World, { person, room }: Viewer, p: Params): Told<unknown> {
  const link = readLink(w, text(p, 'link') ?? '', room.info.type === 'channel')
  if (!link)
    return cannot(400, 'link is https://t.me/<bot>?startgroup=… or, of a channel, ?startchannel&admin=…')
  if (room.info.type === 'private') return cannot(400, 'room is the group where the link leads')
  const wantsRights = link.admin.length > 0
  if (wantsRights && !mayManage(room, person.user.id))
    return cannot(409, 'this person may not add administrators')
  const rights = rightsOf(room).filter((name) => name === 'can_manage_chat' || link.admin.includes(name))
  const as = { status: 'administrator' as const, rights, anonymous: false }
  if (!isPresent(memberOf(room, w.bot.id))) addTo(w, room, person.user, w.bot, wantsRights ? as : undefined)
  else if (wantsRights) promote(w, room, person.user, w.bot, rights)
  return startWith(w, person, room, link.payload)
}

const startWith = (w: World, person: Person, room: Room, payload: string): Told<unknown> =>
  payload === ''
    ? told({})
    : sendAs(w, viewerOf(room, person), { text: `/start@${w.bot.username} ${payload}` })
