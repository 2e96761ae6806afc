// Groups and channels: made by people, joined and left, administered, and upgraded to supergroups.
import { tellBot } from './hearing.ts'
import {
  isAdmin,
  isPresent,
  may,
  memberOf,
  nobody,
  plainMember,
  rightsOf,
  setMember,
  userOf,
} from './members.ts'
import { addMessage, emptyRoom, touch, viewerOf } from './rooms.ts'
import type { ChatInfo, Member, Message, Person, Room, User, World } from './state.ts'

export type GroupType = 'group' | 'supergroup' | 'channel'

function newRoom(w: World, type: GroupType, title: string): Room {
  const number = ++w.ids.room
  const id = type === 'group' ? -number : -1_000_000_000_000 - number
  const room = emptyRoom({
    id,
    type,
    title,
    ...(type === 'group' ? { all_members_are_administrators: true } : {}),
  })
  w.rooms.set(id, room)
  return room
}

/** Says in the room what happened there; the bot hears of it by its own rules. */
export function announce(w: World, room: Room, by: User, content: Record<string, unknown>): Message {
  const message = addMessage(w, room, by, content)
  tellBot(w, room, message)
  return message
}

function changed(w: World, room: Room): void {
  for (const listener of w.listeners) listener({ type: 'room', room: room.info.id, version: room.version })
  touch(w, room)
}

/** A person makes a group, a supergroup or a channel. */
export function createGroup(w: World, type: GroupType, title: string, creator: Person): Room {
  const room = newRoom(w, type, title)
  room.members.set(creator.user.id, { status: 'creator', rights: [], anonymous: false })
  viewerOf(room, creator)
  const made = {
    group: 'group_chat_created',
    supergroup: 'supergroup_chat_created',
    channel: 'channel_chat_created',
  }
  announce(w, room, creator.user, { [made[type]]: true })
  changed(w, room)
  return room
}

/** Brings somebody in, by `actor`'s hand (their own: they joined); nothing when they are there already. */
export function addTo(w: World, room: Room, actor: User, user: User, as: Member = plainMember): void {
  if (isPresent(memberOf(room, user.id))) return
  setMember(w, room, actor, user, as)
  const person = w.people.get(user.id)
  if (person) viewerOf(room, person)
  if (room.info.type !== 'channel') {
    const joined = { new_chat_participant: user, new_chat_member: user, new_chat_members: [user] }
    announce(w, room, actor, joined)
  }
  changed(w, room)
}

/** Takes somebody out: they leave when it is their own hand, else they are thrown out and cannot come back by themselves. */
export function removeFrom(w: World, room: Room, actor: User, user: User): void {
  if (!isPresent(memberOf(room, user.id))) return
  const kicked = actor.id !== user.id
  // In a basic group nobody is banned; the bot alone is told that it was kicked.
  const banned = kicked && (room.info.type !== 'group' || user.id === w.bot.id)
  setMember(w, room, actor, user, banned ? { ...nobody, status: 'kicked' } : nobody)
  if (room.info.type !== 'channel') {
    const left = { left_chat_participant: user, left_chat_member: user }
    announce(w, room, actor, left)
  }
  changed(w, room)
}

/** Makes somebody in the room an administrator with these rights (all it has for `true`), or a plain member again for `false`. */
export function promote(
  w: World,
  room: Room,
  actor: User,
  user: User,
  rights: boolean | readonly string[],
  anonymous = false,
): number | undefined {
  const known = rightsOf(room)
  const held = rights === true ? known.filter((name) => name !== 'can_promote_members') : rights
  const next: Member =
    held === false
      ? plainMember
      : {
          status: 'administrator',
          rights: known.filter((name) => name === 'can_manage_chat' || held.includes(name)),
          anonymous,
        }
  const update = setMember(w, room, actor, user, next)
  changed(w, room)
  return update
}

/** Changes the title or switches topics on or off. */
export function changeGroup(
  w: World,
  room: Room,
  actor: User,
  title: string | undefined,
  forum: boolean | undefined,
): void {
  const info: ChatInfo = { ...room.info, ...(title === undefined ? {} : { title }) }
  if (forum === true) info.is_forum = true
  if (forum === false) delete info.is_forum
  room.info = info
  if (title !== undefined) announce(w, room, actor, { new_chat_title: title })
  changed(w, room)
}

/** Turns a group into a supergroup: a new room with a new id and message ids of its own; the old one only says where it went. */
export function upgrade(w: World, old: Room, actor: User): Room {
  const room = newRoom(w, 'supergroup', old.info.title ?? '')
  for (const [id, member] of old.members) {
    const rights =
      member.status === 'administrator' ? rightsOf(room).filter((r) => r !== 'can_promote_members') : []
    room.members.set(id, { ...member, rights })
    const person = w.people.get(id)
    if (person) viewerOf(room, person)
  }
  old.migratedTo = room.info.id
  announce(w, old, actor, { migrate_to_chat_id: room.info.id })
  const arrival = addMessage(w, room, actor, { migrate_from_chat_id: old.info.id }, true)
  tellBot(w, room, arrival)
  changed(w, old)
  changed(w, room)
  return room
}

/** Whether this person may add and promote others here. */
export const mayManage = (room: Room, id: number): boolean => {
  const member = memberOf(room, id)
  return member.status === 'creator' || (isAdmin(member) && may(member, 'can_promote_members'))
}

/** The people and the bot in the room, with their statuses. */
export const presentIn = (w: World, room: Room): { user: User; member: Member }[] =>
  [...room.members]
    .filter(([, member]) => isPresent(member))
    .flatMap(([id, member]) => {
      const user = userOf(w, id)
      return user ? [{ user, member }] : []
    })
