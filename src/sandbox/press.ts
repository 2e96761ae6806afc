// Pressing what a person sees: inline buttons and the keys of the reply keyboard, by their labels.
import type { Sent } from './acts.ts'
import { sendAs } from './acts.ts'
import { phoneOf } from './contents.ts'
import { messageOf, touch } from './rooms.ts'
import { pressCallback } from './methods/callbacks.ts'
import type { Params } from './params.ts'
import { int, isObject, text } from './params.ts'
import type { Button, Message, Room, Viewer, World } from './state.ts'
import type { Told } from './told.ts'
import { cannot, told } from './told.ts'
import { buttonKind, keyKind } from './view.ts'

export type Pressed =
  | { kind: 'callback'; message_id: number; callback_query_id: string; update_id?: number }
  | ({ kind: 'message' } & Sent)
  | { kind: 'url'; message_id: number; url: string }
  | { kind: 'copy'; message_id: number; copy: string }
  | { kind: 'inline'; message_id: number; query: string }

const labelled = (rows: Button[][] | undefined, label: string) => rows?.flat().find((b) => b.text === label)

/** The newest message with an inline button of this label, or the given message's button. */
function inlineButton(
  room: Room,
  label: string,
  id: number | undefined,
  at: { row: number | undefined; column: number | undefined },
): { message: Message; button: Button } | undefined {
  if (id !== undefined) {
    const message = messageOf(room, id)
    const rows = message?.reply_markup?.inline_keyboard
    // Buttons of one message may share a label: then the place says which one.
    const placed = at.row === undefined || at.column === undefined ? undefined : rows?.[at.row]?.[at.column]
    const button = placed?.text === label ? placed : labelled(rows, label)
    return message && button && { message, button }
  }
  for (let i = room.messages.length - 1; i >= 0; i--) {
    const message = room.messages[i] as Message
    const button = labelled(message.reply_markup?.inline_keyboard, label)
    if (button) return { message, button }
  }
  return undefined
}

function queryOf(button: Button): string {
  const chosen = button.switch_inline_query_chosen_chat
  const given = button.switch_inline_query_current_chat ?? button.switch_inline_query
  return typeof given === 'string' ? given : ((isObject(chosen) ? text(chosen, 'query') : undefined) ?? '')
}

function pressInline(w: World, viewer: Viewer, message: Message, button: Button): Told<Pressed> {
  const { message_id } = message
  const kind = buttonKind(button)
  switch (kind) {
    case 'callback': {
      const { update_id, ...pressed } = pressCallback(w, viewer, message, String(button.callback_data))
      return told({ kind, message_id, ...pressed, ...(update_id === undefined ? {} : { update_id }) })
    }
    case 'url':
      return told({ kind, message_id, url: String(button.url) })
    case 'web_app':
      return told({
        kind: 'url',
        message_id,
        url: (isObject(button.web_app) ? text(button.web_app, 'url') : undefined) ?? '',
      })
    case 'copy':
      return told({
        kind,
        message_id,
        copy: (isObject(button.copy_text) ? text(button.copy_text, 'text') : undefined) ?? '',
      })
    case 'inline':
      return told({ kind, message_id, query: queryOf(button) })
    case 'disabled':
      return cannot(409, 'this button is disabled')
    case 'other':
      return cannot(409, 'the sandbox cannot press a button of this kind')
  }
}

function pressKey(w: World, viewer: Viewer, key: Button, p: Params): Told<Pressed> {
  const { keyboard } = viewer
  const kind = keyKind(key)
  if (kind === 'other') return cannot(409, 'the sandbox cannot press a key of this kind')
  // Semey stands in for a place when the caller gives none.
  const place = p.location ?? { latitude: 50.4111, longitude: 80.2275 }
  const content: Params =
    kind === 'contact'
      ? { contact: 'own', phone_number: text(p, 'phone_number') ?? phoneOf(viewer.person) }
      : kind === 'location'
        ? { location: place }
        : kind === 'users'
          ? { users_shared: chosenBy(w, viewer, key, p) }
          : { text: key.text }
  const sent = sendAs(w, viewer, content, kind === 'text' ? undefined : keyboard?.message)
  if (!sent.ok) return sent
  if (keyboard?.oneTime && viewer.keyboard === keyboard) {
    delete viewer.keyboard
    touch(w, viewer.room)
  }
  return told({ kind: 'message', ...sent.value })
}

/** Whom the person chooses: `p.user_id`, else somebody else who is there. */
function chosenBy(w: World, { person }: Viewer, key: Button, p: Params): Params {
  const asked = isObject(key.request_users) ? key.request_users : {}
  const other = [...w.people.keys()].find((id) => id !== person.user.id) ?? person.user.id
  return { request_id: asked.request_id, users: [{ user_id: int(p, 'user_id') ?? other }] }
}

/** Presses what carries the label `p.text`: an inline button first, then a key of the reply keyboard. */
export function press(w: World, viewer: Viewer, p: Params): Told<Pressed> {
  const label = text(p, 'text') ?? ''
  const { person, room } = viewer
  if (person.blocked && room.info.type === 'private') return cannot(409, 'this person has blocked the bot')
  const found = inlineButton(room, label, int(p, 'message_id'), {
    row: int(p, 'row'),
    column: int(p, 'column'),
  })
  if (found) return pressInline(w, viewer, found.message, found.button)
  const key = int(p, 'message_id') === undefined ? labelled(viewer.keyboard?.rows, label) : undefined
  return key ? pressKey(w, viewer, key, p) : cannot(404, `no button "${label}" is visible`)
}

/** Sends callback data no button carries, as a changed client can. */
export function pressRaw(w: World, viewer: Viewer, p: Params): Told<Pressed> {
  const id = int(p, 'message_id')
  const data = text(p, 'data')
  if (id === undefined || data === undefined) return cannot(400, 'message_id and data are needed')
  const { update_id, ...pressed } = pressCallback(
    w,
    viewer,
    messageOf(viewer.room, id) ?? { message_id: id },
    data,
  )
  return told({
    kind: 'callback',
    message_id: id,
    ...pressed,
    ...(update_id === undefined ? {} : { update_id }),
  })
}
