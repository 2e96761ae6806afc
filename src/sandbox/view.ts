// What a person sees of a chat: the messages, the keyboard, the menu; also what the page and the tests read.
import type { Entity } from './entities.ts'
import { serviceOf } from './hearing.ts'
import { botText, commandsFor, languageOfPerson } from './methods/commands.ts'
import { isObject } from './params.ts'
import { authorOf } from './rooms.ts'
import { toSafeHtml } from './safe-html.ts'
import type { Button, Message, Room, Viewer, World } from './state.ts'

export type ButtonKind = 'callback' | 'url' | 'copy' | 'inline' | 'web_app' | 'disabled' | 'other'
export type KeyKind = 'text' | 'contact' | 'location' | 'users' | 'other'

/** What an inline button does when it is pressed. */
export function buttonKind(button: Button): ButtonKind {
  if (button.callback_data !== undefined) return 'callback'
  if (button.url !== undefined) return 'url'
  if (button.copy_text !== undefined) return 'copy'
  if (button.web_app !== undefined) return 'web_app'
  if (button.disabled !== undefined) return 'disabled'
  return Object.keys(button).some((name) => name.startsWith('switch_inline_query')) ? 'inline' : 'other'
}

/** What a button of the reply keyboard sends. */
export function keyKind(button: Button): KeyKind {
  if (button.request_contact) return 'contact'
  if (button.request_location) return 'location'
  if (button.request_users) return 'users'
  const plain = Object.keys(button).every((name) => ['text', 'style', 'icon_custom_emoji_id'].includes(name))
  return plain ? 'text' : 'other'
}

const buttonView = (button: Button) => ({
  text: button.text,
  kind: buttonKind(button),
  ...(button.style ? { style: button.style } : {}),
  ...(button.url ? { url: button.url } : {}),
})

/** The address under which the page shows a file; the token stays out of it. */
export const fileUrl = (id: string): string => `/control/files/${encodeURIComponent(id)}`

function fileView(value: unknown): Record<string, unknown> | undefined {
  return isObject(value) && typeof value.file_id === 'string'
    ? { ...value, url: fileUrl(value.file_id) }
    : undefined
}

const carried = [
  'text',
  'entities',
  'caption',
  'caption_entities',
  'edit_date',
  'location',
  'venue',
  'contact',
  'forward_origin',
  'media_group_id',
  'has_protected_content',
  'effect_id',
  'link_preview_options',
  'message_thread_id',
  'poll',
  'dice',
] as const

/** Who a group or channel shows as the writer. */
function senderOf({ from, sender_chat: chat }: Message): { id: number; name: string } {
  if (chat) return { id: chat.id, name: chat.title ?? '' }
  return { id: from?.id ?? 0, name: [from?.first_name, from?.last_name].filter(Boolean).join(' ') }
}

function viewMessage(w: World, room: Room, message: Message): Record<string, unknown> {
  const view: Record<string, unknown> = {
    message_id: message.message_id,
    from: authorOf(room, message) === w.bot.id ? 'bot' : 'person',
    ...(room.info.type === 'private' ? {} : { sender: senderOf(message) }),
    date: message.date,
  }
  for (const name of carried) if (message[name] !== undefined) view[name] = message[name]
  const words = message.text ?? message.caption
  if (words !== undefined) {
    const entities: Entity[] | undefined =
      message.text === undefined ? message.caption_entities : message.entities
    view.html = toSafeHtml(words, entities)
  }
  if (Array.isArray(message.photo)) view.photo = fileView(message.photo.at(-1))
  for (const name of ['voice', 'document', 'sticker', 'video', 'audio', 'animation', 'video_note'] as const) {
    const file = fileView(message[name])
    if (file) view[name] = file
  }
  const service = serviceOf(message)
  if (service) view.service = { [service]: message[service] }
  if (message.via_bot) view.via_bot = true
  const reply = message.reply_to_message as Message | undefined
  if (reply) {
    const quote = isObject(message.quote) ? { quote: message.quote.text } : {}
    view.reply_to = { message_id: reply.message_id, text: reply.text ?? reply.caption ?? '', ...quote }
  }
  if (message.reply_markup)
    view.buttons = message.reply_markup.inline_keyboard.map((row) => row.map(buttonView))
  return view
}

/** Makes the chat view; views of messages are kept, as messages never change in place. */
export function chatViewer(w: World): (viewer: Viewer, last: number | undefined) => Record<string, unknown> {
  const views = new WeakMap<Message, Record<string, unknown>>()
  const viewOf = (room: Room, message: Message) => {
    const known = views.get(message)
    if (known) return known
    const view = viewMessage(w, room, message)
    views.set(message, view)
    return view
  }
  return (viewer, last) => {
    const { room, keyboard } = viewer
    const messages = last === undefined ? room.messages : last > 0 ? room.messages.slice(-last) : []
    return {
      version: room.version,
      messages: messages.map((message) => viewOf(room, message)),
      ...(keyboard
        ? {
            keyboard: keyboard.rows.map((row) => row.map((b) => ({ text: b.text, kind: keyKind(b) }))),
            ...(keyboard.placeholder ? { placeholder: keyboard.placeholder } : {}),
          }
        : {}),
      ...(viewer.forceReply === undefined ? {} : { force_reply: viewer.forceReply }),
      alerts: viewer.alerts,
      ...(viewer.opened === undefined ? {} : { opened: viewer.opened }),
      ...(room.typingUntil > w.clock.now() ? { typing: true } : {}),
      open_callbacks: viewer.openCallbacks,
      commands: commandsFor(w, viewer),
      description: botText(w, 'description', languageOfPerson(viewer)),
      ...(room.pinned.length > 0 ? { pinned: room.pinned } : {}),
      ...(room.topics.size > 0 ? { topics: [...room.topics.values()] } : {}),
    }
  }
}
