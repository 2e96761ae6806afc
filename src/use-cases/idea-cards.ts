// What the loop that draws cards of ideas in moderators' groups asks of the database, and what a press under one does.
import { clock } from '../store/clock.ts'
import {
  type CardMedia,
  type Claimed,
  claimCard,
  deleteCard,
  type DueCard,
  dropTopic,
  freeCard,
  ideaOfMessage,
  insertMissingCards,
  noteCard,
  noteTopic,
  takeTopic,
  topicPlace,
  touchCards,
} from '../store/idea-cards.ts'
import { type Idea, ideaById } from '../store/ideas.ts'
import type { App } from './app.ts'

export type { CardMedia, DueCard }

/** A card that is the caller's to draw for half a minute, with its idea as it stands; undefined while all show what they should. */
export async function takeCard(
  app: App,
): Promise<{ card: DueCard; idea: Idea | undefined; now: string } | undefined> {
  await insertMissingCards(app.db)
  const card = await claimCard(app.db)
  if (!card) return undefined
  const idea = card.idea === null ? undefined : await ideaById(app.db, card.idea)
  return { card, idea, now: await clock(app.db) }
}

/** Notes what is known of its messages; they are in the chat already. */
export const keepCard = (app: App, card: Claimed, change: Parameters<typeof noteCard>[2]): Promise<void> =>
  noteCard(app.db, card, change)

/** Lets it go: to be drawn again after so many seconds where it does not show what it should. */
export const leaveCard = (app: App, card: Claimed, seconds = 0): Promise<void> =>
  freeCard(app.db, card, seconds)

/** Its idea and its messages are gone. */
export const dropCard = (app: App, id: number): Promise<void> => deleteCard(app.db, id)

/** The topic of an idea in a group that has topics: see `takeTopic`; with the name that it gets. */
export async function topicOf(app: App, room: number, idea: number) {
  const { territory, name } = await topicPlace(app.db, idea)
  const taken = await takeTopic(app.db, room, territory)
  return taken && { ...taken, name }
}

export const keepTopic = (app: App, id: number, thread: number): Promise<void> =>
  noteTopic(app.db, id, thread)

export const loseTopic = (app: App, id: number, thread: number | null): Promise<void> =>
  dropTopic(app.db, id, thread)

/** The idea whose card in a bound group this message is. */
export const ideaUnder = (app: App, chat: number, message: number): Promise<number | undefined> =>
  ideaOfMessage(app.db, chat, message)

/** The idea's cards are drawn anew, with the reasons of a refusal under them where a version is told. */
export const touchIdea = (app: App, idea: number, reasonsAt: number | null = null): Promise<void> =>
  touchCards(app.db, idea, reasonsAt)
