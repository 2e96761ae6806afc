// What a person does in a room: writes, edits, deletes, blocks. Each act becomes an update for the bot.
import type { Content } from './contents.ts'
import { albumOf, contentOf } from './contents.ts'
import { plain } from './formatted.ts'
import { tellBot } from './hearing.ts'
import { isPresent, may, memberOf } from './members.ts'
import { textFields } from './methods/messages.ts'
import { generalTopic, inTopic } from './methods/topics.ts'
import type { Params } from './params.ts'
import { flag, int, text } from './params.ts'
import { addMessage, asReplied, authorOf, messageOf, removeMessage, replaceMessage, touch } from './rooms.ts'
import type { Message, Topic, Viewer, World } from './state.ts'
import type { Told } from './told.ts'
import { cannot, told } from './told.ts'
import { emit } from './updates.ts'

export interface Sent {
  message_id: number
  update_id?: number
  /** Of an album. */
  message_ids?: number[]
}

/** Why the person cannot write here; undefined when they can. */
function silenced({ person, room }: Viewer): string | undefined {
  const { type } = room.info
  if (person.deactivated) return 'this account is deleted'
  if (type === 'private') return person.blocked ? 'this person has blocked the bot' : undefined
  if (room.migratedTo !== undefined) return `this group became the supergroup ${room.migratedTo}`
  const member = memberOf(room, person.user.id)
  if (!isPresent(member)) return 'this person is not in the room'
  return type === 'channel' && !may(member, 'can_post_messages')
    ? 'only administrators write in a channel'
    : undefined
}

/** The topic the person writes in; undefined where there is none, and for the general one. */
function topicFor({ person, room }: Viewer, p: Params): Told<Topic | undefined> {
  const id = int(p, 'topic') ?? generalTopic
  const topic = room.topics.get(id)
  if (id !== generalTopic && !topic) return cannot(404, 'no such topic')
  if (topic?.closed && !may(memberOf(room, person.user.id), 'can_manage_topics'))
    return cannot(409, 'this topic is closed')
  return told(id === generalTopic ? undefined : topic)
}

/** The person sends what `p` holds (an `album` becomes several messages); a forced reply is answered as a reply. `replyTo` is the message a keyboard came with. */
export function sendAs(w: World, viewer: Viewer, p: Params, replyTo?: number): Told<Sent> {
  const silence = silenced(viewer)
  if (silence !== undefined) return cannot(409, silence)
  const { person, room } = viewer
  const topic = topicFor(viewer, p)
  if (!topic.ok) return topic
  const contents = p.album === undefined ? one(contentOf(w, person, p)) : albumOf(w, p)
  if (!contents.ok) return contents
  const replied = messageOf(room, int(p, 'reply_to') ?? viewer.forceReply ?? replyTo ?? topic.value?.id)
  const quote = quoteOf(replied, p)
  if (!quote.ok) return quote
  if (room.info.type === 'private') person.started = person.met = true
  delete viewer.forceReply
  const at = w.clock.seconds()
  const hidden = memberOf(room, person.user.id).anonymous
  const sent = contents.value.map((content) => {
    const message = addMessage(
      w,
      room,
      person.user,
      {
        ...inTopic(topic.value),
        ...(flag(p, 'forward')
          ? { forward_origin: { type: 'hidden_user', sender_user_name: 'Someone else', date: at } }
          : {}),
        ...(flag(p, 'via_bot') ? { via_bot: w.bot } : {}),
        ...(replied ? { reply_to_message: asReplied(replied) } : {}),
        ...quote.value,
        ...content,
      },
      hidden,
    )
    return { message_id: message.message_id, update_id: tellBot(w, room, message) }
  })
  const { message_id = 0, update_id } = sent.at(-1) ?? {}
  return told({
    message_id,
    ...(update_id === undefined ? {} : { update_id }),
    ...(p.album === undefined ? {} : { message_ids: sent.map((each) => each.message_id) }),
  })
}

/** What the person marked in the message they reply to. */
function quoteOf(replied: Message | undefined, p: Params): Told<Record<string, unknown>> {
  const quote = text(p, 'quote') ?? ''
  if (quote === '') return told({})
  const position = String(replied?.text ?? replied?.caption ?? '').indexOf(quote)
  return position < 0
    ? cannot(400, 'quote must stand in the message of reply_to')
    : told({ quote: { text: quote, position, is_manual: true } })
}

const one = (content: Told<Content>): Told<Content[]> => (content.ok ? told([content.value]) : content)

/** The person changes the text (or caption) of a message of theirs. */
export function editAs(w: World, { person, room }: Viewer, p: Params): Told<Sent> {
  const message = messageOf(room, int(p, 'message_id'))
  if (!message || authorOf(room, message) !== person.user.id)
    return cannot(404, 'the person has no such message')
  const name = message.text === undefined ? 'caption' : 'text'
  const written = plain(text(p, 'text') ?? '')
  if (name === 'text' && written.text === '') return cannot(400, 'the text is empty')
  const { text: _, entities: __, caption: ___, caption_entities: ____, ...rest } = message
  const edited = { ...rest, edit_date: w.clock.seconds(), ...textFields(written, name) } as Message
  replaceMessage(w, room, edited)
  const update_id = tellBot(w, room, edited, true)
  return told({ message_id: message.message_id, ...(update_id === undefined ? {} : { update_id }) })
}

/** The person takes a message away; Telegram tells no bot of that. */
export function deleteAs(w: World, { person, room }: Viewer, p: Params): Told<object> {
  const message = messageOf(room, int(p, 'message_id'))
  if (!message) return cannot(404, 'no such message')
  const own = authorOf(room, message) === person.user.id || room.info.type === 'private'
  if (!own && !may(memberOf(room, person.user.id), 'can_delete_messages'))
    return cannot(409, 'this message is somebody else’s')
  removeMessage(w, room, message.message_id)
  return told({})
}

/** The person blocks the bot or takes it back; the bot hears of it once. */
export function setBlocked(w: World, { person, room }: Viewer, blocked: boolean): { update_id?: number } {
  if (person.blocked === blocked) return {}
  person.blocked = blocked
  touch(w, room)
  const member = { user: w.bot, status: 'member' }
  const kicked = { user: w.bot, status: 'kicked', until_date: 0 }
  const [before, after] = blocked ? [member, kicked] : [kicked, member]
  const change = {
    chat: room.info,
    from: person.user,
    date: w.clock.seconds(),
    old_chat_member: before,
    new_chat_member: after,
  }
  const update_id = emit(w, 'my_chat_member', change, person.user.id)
  return update_id === undefined ? {} : { update_id }
}
