// Edits of the bot's own messages: text, caption, keyboard, media.
import { isDeepStrictEqual } from 'node:util'
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import { captionText, messageText } from '../formatted.ts'
import { serviceOf } from '../hearing.ts'
import { readInlineMarkup } from '../markup.ts'
import { may, memberOf } from '../members.ts'
import { flag, isObject, json, text } from '../params.ts'
import { authorOf, replaceMessage } from '../rooms.ts'
import type { Button, Message, Room, World } from '../state.ts'
import type { Call, Method } from './call.ts'
import { messageAt } from './call.ts'
import { mediaContent } from './media.ts'
import { textFields } from './messages.ts'
import { previewField } from './previews.ts'

const unchanged =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

const contents = [
  'text',
  'entities',
  'caption',
  'caption_entities',
  'show_caption_above_media',
  'has_media_spoiler',
  'photo',
  'document',
  'voice',
  'reply_markup',
]

const ofMedia = ['caption', 'caption_entities', 'show_caption_above_media', 'has_media_spoiler'] as const
const mediaFields = ['photo', 'document', 'voice'] as const
const hasMedia = (message: Message) => mediaFields.some((name) => message[name] !== undefined)

/** The bot edits what it wrote; in a channel with the right to, any post. */
function isEditable(w: World, room: Room, message: Message): boolean {
  if (message.via_bot || room.locked.has(message.message_id) || serviceOf(message)) return false
  const own = authorOf(room, message) === w.bot.id
  if (room.info.type !== 'channel') return own
  const bot = memberOf(room, w.bot.id)
  return may(bot, 'can_edit_messages') || (own && may(bot, 'can_post_messages'))
}

/** Puts `fields` and the keyboard in place of what `dropped` names; refuses an edit that changes nothing. */
function edit(
  call: Call,
  check: (message: Message) => Checked<Record<string, unknown>>,
  dropped: readonly string[],
): Checked<Message> {
  const { world, params } = call
  if (text(params, 'inline_message_id')) return bad('MESSAGE_ID_INVALID')
  const found = messageAt(world, params, 'message to edit')
  if (!found.ok) return found
  const { room, message } = found.value
  if (!isEditable(world, room, message)) return bad("message can't be edited")
  const fields = check(message)
  if (!fields.ok) return fields
  const rows = readInlineMarkup(params)
  if (!rows.ok) return rows
  const kept: Record<string, unknown> = { ...message }
  for (const name of dropped) delete kept[name]
  delete kept.reply_markup
  const edited = {
    ...kept,
    edit_date: world.clock.seconds(),
    ...fields.value,
    ...(rows.value ? { reply_markup: { inline_keyboard: rows.value satisfies Button[][] } } : {}),
  } as Message
  if (contents.every((name) => isDeepStrictEqual(edited[name], message[name]))) return bad(unchanged)
  replaceMessage(world, room, edited)
  return done(edited)
}

function editMessageText(call: Call) {
  const read = messageText(call.params, 'MESSAGE_TOO_LONG')
  if (!read.ok) return read
  const preview = previewField(read.value, call.params)
  if (!preview.ok) return preview
  const check = (message: Message) =>
    message.text === undefined
      ? bad('there is no text in the message to edit')
      : done({ ...textFields(read.value), ...preview.value })
  return edit(call, check, ['text', 'entities', 'link_preview_options'])
}

function editMessageCaption(call: Call) {
  const check = (message: Message) => {
    if (!hasMedia(message)) return bad('there is no caption in the message to edit')
    const read = captionText(call.params)
    const above = flag(call.params, 'show_caption_above_media') ? { show_caption_above_media: true } : {}
    return read.ok ? done({ ...textFields(read.value, 'caption'), ...above }) : read
  }
  return edit(call, check, ['caption', 'caption_entities', 'show_caption_above_media'])
}

function editMessageReplyMarkup(call: Call) {
  return edit(call, () => done({}), [])
}

function editMessageMedia(call: Call) {
  const media = json(call.params, 'media')
  if (!isObject(media)) return bad("can't parse input media JSON object")
  const check = (message: Message): Checked<Record<string, unknown>> => {
    if (message.text === undefined && !hasMedia(message)) return bad("message can't be edited")
    return mediaContent(call, media)
  }
  return edit(call, check, ['text', 'entities', ...ofMedia, ...mediaFields])
}

export const editMethods: Record<string, Method> = {
  editmessagetext: editMessageText,
  editmessagecaption: editMessageCaption,
  editmessagereplymarkup: editMessageReplyMarkup,
  editmessagemedia: editMessageMedia,
}
