// People: making and renaming them; each has a private room with the bot.
import { emptyRoom, viewerOf } from './rooms.ts'
import type { ChatInfo, Person, User, World } from './state.ts'

export interface PersonFields {
  id?: number | undefined
  first_name: string
  last_name?: string | undefined
  username?: string | undefined
  language_code?: string | undefined
  phone_number?: string | undefined
  /** Another bot: somebody to be a member or an administrator, no more. */
  is_bot?: boolean
}

const stranger = () => ({
  envelope: [],
  started: false,
  blocked: false,
  met: false,
  deactivated: false,
  forbidsVoice: false,
})

/** Makes a person, or renames the one who has this id; their chat with the bot stays. */
export function putPerson(w: World, fields: PersonFields): Person {
  let id = fields.id
  if (id === undefined) {
    do id = ++w.ids.person
    while (w.people.has(id))
  }
  const names = {
    first_name: fields.first_name,
    ...(fields.last_name ? { last_name: fields.last_name } : {}),
    ...(fields.username ? { username: fields.username } : {}),
  }
  const user: User = {
    id,
    is_bot: fields.is_bot ?? false,
    ...names,
    ...(fields.language_code ? { language_code: fields.language_code } : {}),
  }
  const info: ChatInfo = { id, type: 'private', ...names }
  const person: Person = w.people.get(id) ?? { user, ...stranger() }
  person.user = user
  if (fields.phone_number) person.phone_number = fields.phone_number
  w.people.set(id, person)
  const room = w.rooms.get(id) ?? emptyRoom(info)
  room.info = info
  w.rooms.set(id, room)
  viewerOf(room, person)
  for (const listener of w.listeners) listener({ type: 'person', person: id, version: room.version })
  w.saved()
  return person
}
