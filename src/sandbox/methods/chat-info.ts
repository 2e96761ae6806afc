// What the bot changes of a room's own face: its title and its description.
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import { changeGroup } from '../groups.ts'
import { may, memberOf } from '../members.ts'
import { text } from '../params.ts'
import { touch } from '../rooms.ts'
import type { Room } from '../state.ts'
import type { Call, Method } from './call.ts'
import { roomOf } from './call.ts'

function changeable({ world, params }: Call, what: string, doing: string): Checked<Room> {
  const room = roomOf(world, params, 'write')
  if (!room.ok) return room
  if (room.value.info.type === 'private') return bad(`can't change private chat ${what}`)
  return may(memberOf(room.value, world.bot.id), 'can_change_info')
    ? room
    : bad(`not enough rights to ${doing} chat ${what}`)
}

function setChatTitle(call: Call) {
  const room = changeable(call, 'title', 'change')
  if (!room.ok) return room
  const title = Array.from((text(call.params, 'title') ?? '').trim())
    .slice(0, 128)
    .join('')
  if (title === '') return bad('title must be non-empty')
  if (title !== room.value.info.title) changeGroup(call.world, room.value, call.world.bot, title, undefined)
  return done(true)
}

function setChatDescription(call: Call) {
  const room = changeable(call, 'description', 'set')
  if (!room.ok) return room
  const description = (text(call.params, 'description') ?? '').trim()
  if (Array.from(description).length > 255) return bad('CHAT_ABOUT_TOO_LONG')
  if (description === (room.value.description ?? '')) return bad('chat description is not modified')
  room.value.description = description
  touch(call.world, room.value)
  return done(true)
}

export const chatInfoMethods: Record<string, Method> = {
  setchattitle: setChatTitle,
  setchatdescription: setChatDescription,
}
