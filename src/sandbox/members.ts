// Who belongs to a room: statuses and rights as Telegram shows them, and the updates a change brings.
import type { Member, MemberStatus, Room, User, World } from './state.ts'
import { emit } from './updates.ts'

const everywhere = ['can_manage_chat', 'can_change_info', 'can_delete_messages', 'can_invite_users']
const rights = {
  group: [...everywhere, 'can_restrict_members', 'can_pin_messages', 'can_promote_members'],
  supergroup: [
    ...everywhere,
    'can_restrict_members',
    'can_pin_messages',
    'can_manage_topics',
    'can_promote_members',
  ],
  channel: [
    ...everywhere,
    'can_post_messages',
    'can_edit_messages',
    'can_restrict_members',
    'can_promote_members',
  ],
  private: [],
}
const stories = ['can_manage_video_chats', 'can_post_stories', 'can_edit_stories', 'can_delete_stories']

/** The rights an administrator of this room can have. */
export const rightsOf = (room: Room): readonly string[] =>
  room.info.type === 'private' ? [] : [...rights[room.info.type], ...stories]

export const nobody: Member = { status: 'left', rights: [], anonymous: false }
export const plainMember: Member = { status: 'member', rights: [], anonymous: false }

export const memberOf = (room: Room, id: number): Member => room.members.get(id) ?? nobody

const present: Record<MemberStatus, boolean> = {
  creator: true,
  administrator: true,
  member: true,
  left: false,
  kicked: false,
}
/** Whether somebody of this status is in the room. */
export const isPresent = ({ status }: Member): boolean => present[status]

/** Whether this is an administrator or the one who made the room. */
export const isAdmin = ({ status }: Member): boolean => status === 'creator' || status === 'administrator'

/** Whether this member may do what the right names; the creator may do all. A plain member may pin and make topics of a group only when made administrator. */
export const may = (member: Member, right: string): boolean =>
  member.status === 'creator' || (member.status === 'administrator' && member.rights.includes(right))

/** A member as getChatMember and the updates show them. */
export function memberJson(room: Room, user: User, member: Member): Record<string, unknown> {
  const shown = { user, status: member.status }
  switch (member.status) {
    case 'creator':
      return { ...shown, is_anonymous: member.anonymous }
    case 'administrator': {
      const held = Object.fromEntries(rightsOf(room).map((name) => [name, member.rights.includes(name)]))
      return {
        ...shown,
        can_be_edited: false,
        ...held,
        is_anonymous: member.anonymous,
        can_manage_voice_chats: member.rights.includes('can_manage_video_chats'),
      }
    }
    case 'kicked':
      return { ...shown, until_date: 0 }
    case 'member':
    case 'left':
      return shown
  }
}

/**
 * Makes `next` the status of `user`, by `actor`'s hand. The bot hears of itself (`my_chat_member`), and of others
 * (`chat_member`) where it is an administrator and asks for it.
 */
export function setMember(w: World, room: Room, actor: User, user: User, next: Member): number | undefined {
  const before = memberOf(room, user.id)
  room.members.set(user.id, next)
  if (user.id !== w.bot.id && isPresent(memberOf(room, w.bot.id))) meet(w, user.id)
  if (user.id === w.bot.id && isPresent(next)) for (const id of room.members.keys()) meet(w, id)
  const change = {
    chat: room.info,
    from: actor,
    date: w.clock.seconds(),
    old_chat_member: memberJson(room, user, before),
    new_chat_member: memberJson(room, user, next),
  }
  if (user.id === w.bot.id) return emit(w, 'my_chat_member', change, room.info.id)
  if (isAdmin(memberOf(room, w.bot.id))) return emit(w, 'chat_member', change, room.info.id)
  return undefined
}

function meet(w: World, id: number): void {
  const person = w.people.get(id)
  if (person) person.met = true
}

/** The user with this id: a person, or the bot. */
export const userOf = (w: World, id: number): User | undefined =>
  id === w.bot.id ? w.bot : w.people.get(id)?.user
