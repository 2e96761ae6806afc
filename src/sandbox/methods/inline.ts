// Inline mode: the person's query, the bot's results, the result the person chooses.
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import { captionText, messageText } from '../formatted.ts'
import { tellBot } from '../hearing.ts'
import { readInlineMarkup } from '../markup.ts'
import type { Params } from '../params.ts'
import { isObject, json, text } from '../params.ts'
import { addMessage } from '../rooms.ts'
import type { Message, OpenInline, Viewer, World } from '../state.ts'
import { nextQueryId } from '../state.ts'
import { emit } from '../updates.ts'
import type { Call, Method } from './call.ts'
import { fileById, fileFields, placeOf } from './media.ts'
import { textFields } from './messages.ts'

const lifeMs = 30_000
const keepMs = 600_000

/** Sends the person's inline query to the bot. */
export function askInline(w: World, viewer: Viewer, query: string): { id: string; open: OpenInline } {
  for (const [id, old] of w.inlines) {
    if (old.at >= w.clock.now() - keepMs) break
    w.inlines.delete(id)
  }
  const id = nextQueryId(w)
  const open: OpenInline = { viewer, at: w.clock.now(), answered: false, results: [] }
  w.inlines.set(id, open)
  const from = viewer.person.user
  const { type } = viewer.room.info
  const chat_type = type === 'private' ? 'sender' : type
  emit(w, 'inline_query', { id, from, chat_type, query, offset: '' }, from.id)
  return { id, open }
}

/** The message a result turns into when it is chosen. */
function contentOf(w: World, result: Params): Checked<Record<string, unknown>> {
  const content = result.input_message_content
  if (isObject(content)) {
    if (content.message_text !== undefined) {
      const read = messageText({ ...content, text: content.message_text }, 'MESSAGE_TOO_LONG')
      return read.ok ? done(textFields(read.value)) : read
    }
    const place = placeOf(content)
    if (!place.ok) return place
    const { title, address } = content
    return done(
      title
        ? { venue: { location: place.value, title, address }, location: place.value }
        : { location: place.value },
    )
  }
  const type = text(result, 'type') ?? ''
  if (type === 'location' || type === 'venue') {
    const place = placeOf(result)
    return place.ok ? done({ location: place.value }) : place
  }
  const id = text(result, `${type}_file_id`)
  const file = id === undefined ? undefined : fileById(w, id)
  if (id !== undefined && !file) return bad('wrong file identifier/HTTP URL specified')
  const caption = captionText(result)
  if (!caption.ok) return caption
  if (file) return done({ ...fileFields(file), ...textFields(caption.value, 'caption') })
  if (type === 'photo' && text(result, 'photo_url')) return done(textFields(caption.value, 'caption'))
  return bad('MESSAGE_EMPTY')
}

function checkResult(w: World, raw: unknown): Checked<Params> {
  if (!isObject(raw)) return bad('inline query result must be an object')
  const id = text(raw, 'id') ?? ''
  if (Buffer.byteLength(id) < 1 || Buffer.byteLength(id) > 64) return bad('RESULT_ID_INVALID')
  if (text(raw, 'type') === undefined)
    return bad('can\'t parse inline query result: Can\'t find field "type"')
  if (raw.type === 'article' && !text(raw, 'title'))
    return bad('can\'t parse inline query result: Can\'t find field "title"')
  if (raw.type === 'article' && !isObject(raw.input_message_content))
    return bad('input message content is not specified')
  const content = contentOf(w, raw)
  if (!content.ok) return content
  const rows = readInlineMarkup(raw)
  return rows.ok ? done({ ...raw, id }) : rows
}

function answerInlineQuery({ world, params }: Call) {
  const open = world.inlines.get(text(params, 'inline_query_id') ?? '')
  const raw = json(params, 'results')
  if (!Array.isArray(raw)) return bad('expected an Array of inline query results')
  if (raw.length > 50) return bad('too many inline query results specified')
  if (Buffer.byteLength(text(params, 'next_offset') ?? '') > 64) return bad('NEXT_OFFSET_INVALID')
  const results: Params[] = []
  const seen = new Set<unknown>()
  for (const one of raw as unknown[]) {
    const checked = checkResult(world, one)
    if (!checked.ok) return checked
    if (seen.has(checked.value.id)) return bad('RESULT_ID_DUPLICATE')
    seen.add(checked.value.id)
    results.push(checked.value)
  }
  const button = json(params, 'button')
  const start = isObject(button) ? text(button, 'start_parameter') : undefined
  if (start !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(start)) return bad('START_PARAM_INVALID')
  if (!open || open.answered || world.clock.now() - open.at > lifeMs)
    return bad('query is too old and response timeout expired or query ID is invalid')
  open.answered = true
  open.results = results
  if (button) open.button = button
  open.waiter?.()
  return done(true)
}

/** Puts the chosen result into the person's chat as a message of theirs sent via the bot. */
export function chooseResult(
  w: World,
  open: OpenInline,
  queryText: string,
  id: string,
): Checked<{ message: Message; update_id: number | undefined }> {
  const result = open.results.find((one) => one.id === id)
  if (!result) return bad('no such result')
  const content = contentOf(w, result)
  if (!content.ok) return content
  const rows = readInlineMarkup(result)
  if (!rows.ok) return rows
  const { person, room } = open.viewer
  if (room.info.type === 'private') person.started = person.met = true
  const message = addMessage(w, room, person.user, {
    via_bot: w.bot,
    ...content.value,
    ...(rows.value ? { reply_markup: { inline_keyboard: rows.value } } : {}),
  })
  emit(w, 'chosen_inline_result', { result_id: id, from: person.user, query: queryText }, person.user.id)
  return done({ message, update_id: tellBot(w, room, message) })
}

export const inlineMethods: Record<string, Method> = { answerinlinequery: answerInlineQuery }
