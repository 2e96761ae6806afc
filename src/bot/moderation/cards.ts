// Draws the cards of ideas in moderators' groups, one at a time: album and voice note first, then the card as their reply.
import { type Api, GrammyError } from 'grammy'
import type { Texts } from '../../i18n.ts'
import { errorFacts, type Log } from '../../log.ts'
import type { App } from '../../use-cases/app.ts'
import { loseRoom, moveRoom } from '../../use-cases/bind-room.ts'
import type { Idea } from '../../use-cases/decide-idea.ts'
import {
  type CardMedia,
  dropCard,
  type DueCard,
  keepCard,
  keepTopic,
  leaveCard,
  loseTopic,
  takeCard,
  topicOf,
} from '../../use-cases/idea-cards.ts'
import { renewIdeaFile } from '../../use-cases/renew-file.ts'
import { sendFiles } from '../kept-files.ts'
import type { MediaStore } from '../../use-cases/copy-idea-media.ts'
import { inline } from '../message.ts'
import { cardFacts } from './card-facts.ts'
import { groupScreen } from './group-view.ts'

export interface CardsParts {
  app: App
  /** The client's for replies: a refusal pauses that group alone. */
  api: Api
  textsOf: Texts
  log: Log
  /** Where copies of what people sent lie, for the ids of another bot. */
  copies?: MediaStore
}

/** How long a card waits whose topic somebody else makes, which Telegram refused for an unknown reason, or that had no answer. Seconds. */
const TOPIC_S = 1
const REFUSED_S = 600
const LOST_S = 5

/** Every replica may run it at once: cards are claimed one by one. A round draws one; false: none was due. */
export function createCards(parts: CardsParts): { round(): Promise<boolean> } {
  return {
    async round() {
      const taken = await takeCard(parts.app)
      if (!taken) return false
      const { card, idea, now } = taken
      let topic: Topic | undefined
      try {
        if (!idea) await takeAway(parts, card)
        else if (card.message !== null) await edit(parts, card, idea, now)
        else {
          topic = await placeOf(parts, card, idea)
          if (topic.wait) await leaveCard(parts.app, card, TOPIC_S)
          else await send(parts, card, idea, now, topic.thread)
        }
      } catch (error) {
        await settle(parts, card, error, topic)
      }
      return true
    },
  }
}

interface Topic {
  /** Absent in a group without topics. */
  id?: number
  thread?: number
  /** It is being made elsewhere. */
  wait?: true
}

/** The topic in which the card belongs, made where there is none. Without the right to make one, the card stands in the open. */
async function placeOf({ app, api, textsOf }: CardsParts, card: DueCard, idea: Idea): Promise<Topic> {
  const chat = await api.getChat(card.chat)
  if (!('is_forum' in chat && chat.is_forum)) return {}
  const taken = await topicOf(app, card.room, idea.id)
  if (!taken) return { wait: true }
  if ('thread' in taken) return { id: taken.id, thread: taken.thread }
  try {
    const name = textsOf(card.locale).of(taken.name)
    const made = await api.createForumTopic(card.chat, name)
    await keepTopic(app, taken.id, made.message_thread_id)
    return { id: taken.id, thread: made.message_thread_id }
  } catch (error) {
    await loseTopic(app, taken.id, null)
    if (error instanceof GrammyError && /not enough rights to create a topic/.test(error.description))
      return {}
    throw error
  }
}

async function send(
  parts: CardsParts,
  card: DueCard,
  idea: Idea,
  now: string,
  thread: number | undefined,
): Promise<void> {
  const { app, api } = parts
  const there = thread === undefined ? {} : { message_thread_id: thread }
  const media = await sendMedia(parts, card, idea, there)
  const { text, ...form } = await inlineCard(parts, card, idea, now)
  const first = media[0]?.message
  const reply =
    first === undefined ? {} : { reply_parameters: { message_id: first, allow_sending_without_reply: true } }
  const { message_id } = await api.sendMessage(card.chat, text, { ...form, ...there, ...reply })
  await keepCard(app, card, { message: message_id, shown: card.wanted })
  await leaveCard(app, card)
}

const inlineCard = async ({ app, textsOf }: CardsParts, card: DueCard, idea: Idea, now: string) => {
  const screen = groupScreen(textsOf(card.locale), await cardFacts(app, idea, now), card.reasons)
  return { text: screen.text, ...inline(screen) }
}

/** What was sent of it before is not sent again; what Telegram has no more goes as our copy, or is passed over. */
async function sendMedia(
  { app, api, log, copies: store }: CardsParts,
  card: DueCard,
  { media: files }: Idea,
  there: { message_thread_id?: number },
): Promise<CardMedia[]> {
  if (card.mediaSent > 0 || files.length === 0) return card.media
  const renew = (file: Idea['media'][number], fileId: string) => renewIdeaFile(app, file, fileId)
  const sent = await sendFiles(api, card.chat, files, { store, renew, there })
  if (sent.length < files.length) log.warn('a file of an idea is gone', { card: card.id })
  const media = [...card.media, ...sent]
  await keepCard(app, card, { media, mediaSent: files.length })
  return media
}

/** The one message that changes. Photos and voice notes that the idea has no more are taken out of the group. */
async function edit(parts: CardsParts, card: DueCard, idea: Idea, now: string): Promise<void> {
  const { app, api } = parts
  const kept = card.media.filter(({ fileId }) => idea.media.some((file) => file.fileId === fileId))
  if (kept.length < card.media.length) {
    await removeAll(
      api,
      card.chat,
      card.media.filter((one) => !kept.includes(one)).map(({ message }) => message),
    )
    await keepCard(app, card, { media: kept })
  }
  const { text, ...form } = await inlineCard(parts, card, idea, now)
  try {
    await api.editMessageText(card.chat, card.message ?? 0, text, form)
  } catch (error) {
    if (!(error instanceof GrammyError && /message is not modified/.test(error.description))) throw error
  }
  await keepCard(app, card, { shown: card.wanted })
  await leaveCard(app, card)
}

/** The idea was erased, and so is what stood of it here. */
async function takeAway({ app, api }: CardsParts, card: DueCard): Promise<void> {
  const messages = card.media.map(({ message }) => message)
  await removeAll(api, card.chat, card.message === null ? messages : [...messages, card.message])
  await dropCard(app, card.id)
}

/** What is gone already, or too old to be taken away, is left. */
async function removeAll(api: Api, chat: number, messages: readonly number[]): Promise<void> {
  for (const message of messages)
    await api.deleteMessage(chat, message).catch((error: unknown) => {
      if (
        !(
          error instanceof GrammyError &&
          /message (?:to delete not found|can't be deleted)/.test(error.description)
        )
      )
        throw error
    })
}

/** What Telegram's refusal means for the card, its topic or the whole group. */
async function settle(
  { app, api, log }: CardsParts,
  card: DueCard,
  error: unknown,
  topic: Topic | undefined,
): Promise<void> {
  if (!(error instanceof GrammyError)) {
    log.warn('a card is drawn later', { card: card.id, ...errorFacts(error) })
    return leaveCard(app, card, LOST_S)
  }
  const { error_code: code, description: said, parameters } = error
  if (parameters.migrate_to_chat_id !== undefined)
    await moveRoom(app, card.chat, parameters.migrate_to_chat_id)
  else if (code === 429 || code >= 500) return leaveCard(app, card, parameters.retry_after ?? LOST_S)
  else if (/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/.test(said)) {
    // Whoever took the card away may have taken its album too: both are sent again, and none of them stands twice.
    await removeAll(
      api,
      card.chat,
      card.media.map(({ message }) => message),
    ).catch(() => undefined)
    await keepCard(app, card, { message: null, media: [], mediaSent: 0 })
  } else if (
    /message thread not found|TOPIC_(?:DELETED|CLOSED|ID_INVALID)/.test(said) &&
    topic?.id !== undefined
  ) {
    await loseTopic(app, topic.id, topic.thread ?? null)
    await keepCard(app, card, { media: [], mediaSent: 0 })
  } else if (code === 403 || /chat not found|rights to send|CHAT_WRITE_FORBIDDEN/.test(said))
    return loseRoom(app, card.chat, 'clock')
  else {
    log.error('a card was refused', { card: card.id, code })
    return leaveCard(app, card, REFUSED_S)
  }
  await leaveCard(app, card)
}
