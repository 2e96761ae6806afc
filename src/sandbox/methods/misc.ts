// The bot about itself and its chats: getMe, getChat, the menu button.
import { bad, done } from '../answer.ts'
import { int, isObject, json, text } from '../params.ts'
import { messageOf } from '../rooms.ts'
import type { Call, Method } from './call.ts'
import { roomOf } from './call.ts'

function getMe({ world }: Call) {
  return done({
    ...world.bot,
    can_join_groups: true,
    can_read_all_group_messages: !world.privacy,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
  })
}

const allPermissions = Object.fromEntries(
  'send_messages send_audios send_documents send_photos send_videos send_video_notes send_voice_notes send_polls send_other_messages add_web_page_previews change_info invite_users pin_messages manage_topics'
    .split(' ')
    .map((name) => [`can_${name}`, true]),
)

function getChat({ world, params }: Call) {
  const room = roomOf(world, params)
  if (!room.ok) return room
  const { info, pinned, description } = room.value
  const pin = messageOf(room.value, pinned.at(-1))
  return done({
    ...info,
    ...(description ? { description } : {}),
    ...(info.type === 'group' || info.type === 'supergroup' ? { permissions: allPermissions } : {}),
    ...(info.type === 'private' && world.people.get(info.id)?.forbidsVoice
      ? { has_restricted_voice_and_video_messages: true }
      : {}),
    ...(pin ? { pinned_message: pin } : {}),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {},
  })
}

// 0 keeps the button of all private chats.
function setChatMenuButton({ world, params }: Call) {
  const button = json(params, 'menu_button')
  if (button !== undefined && !isObject(button)) return bad("can't parse menu button JSON object")
  const type = (button && text(button, 'type')) ?? 'default'
  if (!['default', 'commands', 'web_app'].includes(type))
    return bad("can't parse menu button: MenuButton has unsupported type")
  const id = int(params, 'chat_id')
  if (id !== undefined && !world.rooms.has(id)) return bad('chat not found')
  world.menus.set(id ?? 0, button ?? { type: 'default' })
  return done(true)
}

function getChatMenuButton({ world, params }: Call) {
  const id = int(params, 'chat_id')
  if (id !== undefined && !world.rooms.has(id)) return bad('chat not found')
  return done(
    (id === undefined ? undefined : world.menus.get(id)) ?? world.menus.get(0) ?? { type: 'commands' },
  )
}

function getUserProfilePhotos() {
  return done({ total_count: 0, photos: [] })
}

export const miscMethods: Record<string, Method> = {
  getme: getMe,
  getchat: getChat,
  setchatmenubutton: setChatMenuButton,
  getchatmenubutton: getChatMenuButton,
  getuserprofilephotos: getUserProfilePhotos,
}
