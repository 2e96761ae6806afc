// The control API's part about people: who there is, what they do, what they see.
import type { ServerResponse } from 'node:http'
import { deleteAs, editAs, sendAs, setBlocked } from './acts.ts'
import { startInGroup } from './control-rooms.ts'
import { isPresent, memberOf } from './members.ts'
import { askInline, chooseResult } from './methods/inline.ts'
import type { Params } from './params.ts'
import { flag, int, text } from './params.ts'
import { putPerson } from './people.ts'
import { press, pressRaw } from './press.ts'
import { privateViewer, touch, viewerOf } from './rooms.ts'
import type { Person, Room, Viewer, World } from './state.ts'
import type { Told } from './told.ts'
import { cannot, told } from './told.ts'
import { chatViewer } from './view.ts'

const answerWithinMs = 30_000
const longestPollMs = 60_000

/** A person as the control API shows them. */
export function personView(person: Person): Record<string, unknown> {
  const { is_bot: _, ...user } = person.user
  return {
    ...user,
    ...(person.phone_number ? { phone_number: person.phone_number } : {}),
    envelope: person.envelope,
    started: person.started,
    blocked: person.blocked,
    ...(person.deactivated ? { deactivated: true } : {}),
    ...(person.forbidsVoice ? { forbids_voice: true } : {}),
  }
}

function create(w: World, p: Params): Told<unknown> {
  const first_name = text(p, 'first_name')
  if (!first_name) return cannot(400, 'first_name is needed')
  const id = int(p, 'id')
  if (p.id !== undefined && (id === undefined || id <= 0 || !Number.isSafeInteger(id)))
    return cannot(400, 'id is a positive whole number')
  const fields = { id, first_name, last_name: text(p, 'last_name'), username: text(p, 'username') }
  const more = { language_code: text(p, 'language_code'), phone_number: text(p, 'phone_number') }
  const person = putPerson(w, { ...fields, ...more, is_bot: flag(p, 'is_bot') })
  if (p.forbids_voice !== undefined) person.forbidsVoice = flag(p, 'forbids_voice')
  if (p.deactivated !== undefined) person.deactivated = flag(p, 'deactivated')
  return told(personView(person))
}

async function inline(
  w: World,
  viewer: Viewer,
  p: Params,
  onClose: (f: () => void) => void,
): Promise<Told<unknown>> {
  const { id, open } = askInline(w, viewer, text(p, 'query') ?? '')
  if (!open.answered)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, answerWithinMs)
      open.waiter = () => {
        clearTimeout(timer)
        resolve()
      }
      onClose(open.waiter)
    })
  if (!open.answered) return cannot(504, 'the bot did not answer the inline query')
  return told({ query_id: id, results: open.results, ...(open.button ? { button: open.button } : {}) })
}

function choose(w: World, p: Params): Told<unknown> {
  const open = w.inlines.get(text(p, 'query_id') ?? '')
  if (!open?.answered) return cannot(404, 'no such inline query with an answer')
  const chosen = chooseResult(w, open, text(p, 'query') ?? '', text(p, 'result_id') ?? '')
  if (!chosen.ok) return cannot(404, chosen.description)
  const { message, update_id } = chosen.value
  return told({ message_id: message.message_id, ...(update_id === undefined ? {} : { update_id }) })
}

function envelope(w: World, { person, room }: Viewer, p: Params): Told<unknown> {
  if (!Array.isArray(p.lines) || p.lines.some((line) => typeof line !== 'string'))
    return cannot(400, 'lines is a list of texts')
  person.envelope = [...(p.lines as string[])]
  touch(w, room)
  return told(personView(person))
}

/** Waits until the room's version is above `after`, or the time is over. */
function changed(room: Room, after: number, ms: number, onClose: (f: () => void) => void): Promise<void> {
  if (room.version > after || ms <= 0) return Promise.resolve()
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      room.waiters.delete(wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.min(ms, longestPollMs))
    room.waiters.add(wake)
    onClose(wake)
  })
}

/** The person before the room that `room` names: their own chat with the bot unless told. */
function viewerIn(w: World, person: Person, p: Params): Told<Viewer> {
  const id = int(p, 'room')
  if (id === undefined || id === person.user.id) return told(privateViewer(w, person))
  const room = w.rooms.get(id)
  if (!room || room.info.type === 'private') return cannot(404, 'no such room')
  if (!isPresent(memberOf(room, person.user.id))) return cannot(403, 'this person is not in the room')
  return told(viewerOf(room, person))
}

/** Makes the handler of /control/people…; `path` is what follows that. */
export function peopleControl(w: World) {
  const view = chatViewer(w)
  return async (
    method: string,
    path: readonly string[],
    p: Params,
    response: ServerResponse,
  ): Promise<Told<unknown>> => {
    const onClose = (listener: () => void) => void response.on('close', listener)
    const [id, act] = path
    if (id === undefined) {
      if (method === 'POST') return create(w, p)
      if (method === 'GET') return told([...w.people.values()].map(personView))
      return cannot(405, 'GET or POST')
    }
    const person = w.people.get(Number(id))
    if (!person) return cannot(404, 'no such person')
    const before = viewerIn(w, person, p)
    if (!before.ok) return before
    const viewer = before.value
    switch (`${method} ${act ?? ''}`) {
      case 'GET ':
        return told(personView(person))
      case 'GET chat':
        await changed(viewer.room, int(p, 'after') ?? -1, int(p, 'timeout') ?? 0, onClose)
        return told(view(viewer, int(p, 'last')))
      case 'PUT envelope':
        return envelope(w, privateViewer(w, person), p)
      case 'POST send':
        return sendAs(w, viewer, p)
      case 'POST press':
        return press(w, viewer, p)
      case 'POST press-raw':
        return pressRaw(w, viewer, p)
      case 'POST edit':
        return editAs(w, viewer, p)
      case 'POST delete':
        return deleteAs(w, viewer, p)
      case 'POST startgroup':
        return startInGroup(w, viewer, p)
      case 'POST block':
        return told(setBlocked(w, privateViewer(w, person), true))
      case 'POST unblock':
        return told(setBlocked(w, privateViewer(w, person), false))
      case 'POST inline':
        return inline(w, viewer, p, onClose)
      case 'POST choose':
        return choose(w, p)
    }
    return cannot(404, 'no such act')
  }
}
