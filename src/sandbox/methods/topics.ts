// Topics of a forum: making, renaming, closing and deleting them, and finding the one a message goes to.
import type { Checked } from '../answer.ts'
import { bad, done } from '../answer.ts'
import { announce } from '../groups.ts'
import { may, memberOf } from '../members.ts'
import type { Params } from '../params.ts'
import { int, text } from '../params.ts'
import { addMessage, removeMessage, touch } from '../rooms.ts'
import type { Room, Topic, User, World } from '../state.ts'
import { tellBot } from '../hearing.ts'
import type { Call, Method } from './call.ts'
import { roomOf } from './call.ts'
import { getForumTopicIconStickers } from './topic-icons.ts'

export const generalTopic = 1
const colors = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047]

const managesTopics = (w: World, room: Room): boolean => may(memberOf(room, w.bot.id), 'can_manage_topics')

/**
 * The topic a message of the bot goes to; undefined for the general one and where there are no topics (a group without
 * them takes the parameter and forgets it, as Telegram does).
 */
export function topicOf(w: World, room: Room, p: Params): Checked<Topic | undefined> {
  const id = int(p, 'message_thread_id') ?? 0
  if (room.info.type === 'private') return id === 0 ? done(undefined) : bad('message thread not found')
  if (!room.info.is_forum) return done(undefined)
  if (id === generalTopic) return bad('message thread not found')
  const topic = room.topics.get(id === 0 ? generalTopic : id)
  if (id !== 0 && !topic) return bad('message thread not found')
  if (topic?.closed && !managesTopics(w, room) && topic.creator !== w.bot.id) return bad('TOPIC_CLOSED')
  return done(id === 0 ? undefined : topic)
}

/** Makes a topic by the hand of `by`; its id is that of the message that says so. */
export function createTopic(
  w: World,
  room: Room,
  by: User,
  given: Omit<Topic, 'id' | 'closed' | 'creator'>,
): Topic {
  const { name, icon_color, icon_custom_emoji_id: icon } = given
  const about = { name, icon_color, ...(icon ? { icon_custom_emoji_id: icon } : {}) }
  const message = addMessage(w, room, by, {
    message_thread_id: room.lastMessage + 1,
    is_topic_message: true,
    forum_topic_created: about,
  })
  const topic: Topic = { ...about, id: message.message_id, closed: false, creator: by.id }
  room.topics.set(topic.id, topic)
  tellBot(w, room, message)
  return topic
}

/** Closes a topic or opens it again, and says so in it. */
export function closeTopic(w: World, room: Room, by: User, topic: Topic, closed: boolean): void {
  const { hidden, ...rest } = topic
  // Opening a topic brings it out of hiding.
  room.topics.set(topic.id, { ...rest, closed, ...(hidden && closed ? { hidden } : {}) })
  announce(w, room, by, { ...inTopic(topic), [closed ? 'forum_topic_closed' : 'forum_topic_reopened']: {} })
}

/** The fields of a message that stands in a topic; none for the general one. */
export const inTopic = (topic: Topic | undefined): Record<string, unknown> =>
  topic === undefined || topic.id === generalTopic
    ? {}
    : { message_thread_id: topic.id, is_topic_message: true }

/** Takes the topic and everything in it away. */
export function deleteTopic(w: World, room: Room, topic: Topic): void {
  room.topics.delete(topic.id)
  const gone = room.messages.filter((message) => message.message_thread_id === topic.id)
  for (const message of gone) removeMessage(w, room, message.message_id)
  touch(w, room)
}

function forum(call: Call): Checked<Room> {
  const room = roomOf(call.world, call.params, 'write')
  if (!room.ok) return room
  return room.value.info.is_forum ? room : bad('the chat is not a forum')
}

function createForumTopic(call: Call) {
  const room = forum(call)
  if (!room.ok) return room
  if (!managesTopics(call.world, room.value)) return bad('not enough rights to create a topic')
  const name = text(call.params, 'name')?.trim() ?? ''
  if (name === '') return bad('name must be non-empty')
  const color = int(call.params, 'icon_color') ?? colors[0] ?? 0
  if (!colors.includes(color)) return bad('TOPIC_ICON_COLOR_INVALID')
  const icon = text(call.params, 'icon_custom_emoji_id')
  const topic = createTopic(call.world, room.value, call.world.bot, {
    name: name.slice(0, 128),
    icon_color: color,
    ...(icon ? { icon_custom_emoji_id: icon } : {}),
  })
  const { id, closed: _, creator: __, ...about } = topic
  return done({ message_thread_id: id, ...about })
}

/** The topic of `message_thread_id`, or the general one, when the bot has `right` there or made the topic. */
function managed(call: Call, right: string, what: string, id = int(call.params, 'message_thread_id')) {
  const room = forum(call)
  if (!room.ok) return room
  const known = room.value.topics.get(id ?? 0)
  const topic = known ?? (id === generalTopic ? general() : undefined)
  if (!topic)
    return bad(id === undefined || id <= 0 ? 'invalid forum topic identifier specified' : 'TOPIC_ID_INVALID')
  const { world } = call
  if (!may(memberOf(room.value, world.bot.id), right) && topic.creator !== world.bot.id)
    return bad(`not enough rights to ${what} the topic`)
  return done({ room: room.value, topic })
}

const general = (): Topic => ({
  id: generalTopic,
  name: 'General',
  icon_color: 7322096,
  closed: false,
  creator: 0,
})

function editForumTopic(call: Call, id = int(call.params, 'message_thread_id')) {
  const found = managed(call, 'can_manage_topics', 'edit', id)
  if (!found.ok) return found
  const { room, topic } = found.value
  const name = text(call.params, 'name')?.trim() ?? ''
  const icon = text(call.params, 'icon_custom_emoji_id')
  const renamed = name !== '' && name !== topic.name
  const dressed = icon !== undefined && icon !== (topic.icon_custom_emoji_id ?? '')
  if (name === '' && icon === undefined) return done(true)
  if (!renamed && !dressed) return bad('TOPIC_NOT_MODIFIED')
  const { icon_custom_emoji_id: before, ...rest } = topic
  const worn = icon ?? before
  room.topics.set(topic.id, {
    ...rest,
    ...(renamed ? { name: name.slice(0, 128) } : {}),
    ...(worn ? { icon_custom_emoji_id: worn } : {}),
  })
  announce(call.world, room, call.world.bot, {
    ...inTopic(topic),
    forum_topic_edited: { ...(renamed ? { name } : {}), ...(dressed ? { icon_custom_emoji_id: icon } : {}) },
  })
  return done(true)
}

const setClosed =
  (closed: boolean, id?: number): Method =>
  (call) => {
    const found = managed(
      call,
      'can_manage_topics',
      'close or open',
      id ?? int(call.params, 'message_thread_id'),
    )
    if (!found.ok) return found
    const { room, topic } = found.value
    if (topic.closed === closed) return bad('TOPIC_NOT_MODIFIED')
    closeTopic(call.world, room, call.world.bot, topic, closed)
    return done(true)
  }

const setHidden =
  (hidden: boolean): Method =>
  (call) => {
    const found = managed(call, 'can_manage_topics', hidden ? 'hide' : 'show', generalTopic)
    if (!found.ok) return found
    const { room, topic } = found.value
    if ((topic.hidden ?? false) === hidden) return bad('TOPIC_NOT_MODIFIED')
    // What is hidden is closed too.
    room.topics.set(topic.id, { ...topic, hidden, closed: hidden || topic.closed })
    const said = hidden ? 'general_forum_topic_hidden' : 'general_forum_topic_unhidden'
    announce(call.world, room, call.world.bot, { [said]: {} })
    return done(true)
  }

function deleteForumTopic(call: Call) {
  const found = managed(call, 'can_delete_messages', 'delete')
  if (!found.ok) return found
  if (found.value.topic.id === generalTopic) return bad('TOPIC_ID_INVALID')
  deleteTopic(call.world, found.value.room, found.value.topic)
  return done(true)
}

function unpinAllOf(call: Call, id = int(call.params, 'message_thread_id')) {
  const found = managed(call, 'can_pin_messages', 'unpin messages of', id)
  if (!found.ok) return found
  const { room, topic } = found.value
  const wanted = topic.id === generalTopic ? undefined : topic.id
  room.pinned = room.pinned.filter(
    (pin) => room.messages.find((m) => m.message_id === pin)?.message_thread_id !== wanted,
  )
  touch(call.world, room)
  return done(true)
}

export const topicMethods: Record<string, Method> = {
  createforumtopic: createForumTopic,
  editforumtopic: (call) => editForumTopic(call),
  closeforumtopic: setClosed(true),
  reopenforumtopic: setClosed(false),
  deleteforumtopic: deleteForumTopic,
  unpinallforumtopicmessages: (call) => unpinAllOf(call),
  editgeneralforumtopic: (call) => editForumTopic(call, generalTopic),
  closegeneralforumtopic: setClosed(true, generalTopic),
  hidegeneralforumtopic: setHidden(true),
  unhidegeneralforumtopic: setHidden(false),
  getforumtopiciconstickers: getForumTopicIconStickers,
  reopengeneralforumtopic: setClosed(false, generalTopic),
  unpinallgeneralforumtopicmessages: (call) => unpinAllOf(call, generalTopic),
}
