// Button presses: opening a callback query and the bot's answer to it.
import { bad, done } from '../answer.ts'
import { flag, text } from '../params.ts'
import { touch } from '../rooms.ts'
import type { Message, Viewer, World } from '../state.ts'
import { nextQueryId } from '../state.ts'
import { emit } from '../updates.ts'
import type { Call, Method } from './call.ts'

const lifeMs = 150_000
const keptAlerts = 20

/** Drops the presses whose 150 seconds are over. */
export function forgetOld(w: World): void {
  const oldest = w.clock.now() - lifeMs
  for (const [id, open] of w.callbacks) {
    if (open.at >= oldest) break
    w.callbacks.delete(id)
    open.viewer.openCallbacks--
    touch(w, open.viewer.room)
  }
}

/** Has the person press a button with `data` under `message`; the bot gets the message as it stands, or its ghost when it is gone. */
export function pressCallback(
  w: World,
  viewer: Viewer,
  message: Message | { message_id: number },
  data: string,
): { callback_query_id: string; update_id: number | undefined } {
  forgetOld(w)
  const id = nextQueryId(w)
  const from = viewer.person.user
  const known =
    'date' in message ? message : { chat: viewer.room.info, message_id: message.message_id, date: 0 }
  const instance = String(BigInt(viewer.room.info.id) * 4_294_967_311n - 7_046_029_254_386_353_087n)
  w.callbacks.set(id, { viewer, at: w.clock.now() })
  viewer.openCallbacks++
  touch(w, viewer.room)
  const update_id = emit(
    w,
    'callback_query',
    { id, from, message: known, chat_instance: instance, data },
    from.id,
  )
  return { callback_query_id: id, update_id }
}

function answerCallbackQuery({ world, params }: Call) {
  forgetOld(world)
  const id = text(params, 'callback_query_id') ?? ''
  const open = world.callbacks.get(id)
  if (!open) return bad('query is too old and response timeout expired or query ID is invalid')
  const words = text(params, 'text') ?? ''
  if (words.length > 200) return bad('MESSAGE_TOO_LONG')
  // There are no games here: only the link that starts this bot may be opened.
  const url = text(params, 'url') ?? ''
  const own = new RegExp(
    `^(?:https?://)?(?:t|telegram)\\.me/${world.bot.username}\\?start=[\\w-]{1,64}$`,
    'i',
  )
  if (url !== '' && !own.test(url)) return bad('URL_INVALID')
  world.callbacks.delete(id)
  const { viewer } = open
  viewer.openCallbacks--
  if (url !== '') viewer.opened = url
  if (words) {
    viewer.alerts.push({
      id,
      text: words,
      show_alert: flag(params, 'show_alert'),
      date: world.clock.seconds(),
    })
    if (viewer.alerts.length > keptAlerts) viewer.alerts.shift()
  }
  touch(world, viewer.room)
  return done(true)
}

export const callbackMethods: Record<string, Method> = { answercallbackquery: answerCallbackQuery }
