// Buttons that more than one feature shows.
import type { T } from '../i18n.ts'
import { AT } from './at.ts'
import { button } from './callback.ts'
import { type Button, press } from './message.ts'

export const menuButton = button('mn', {})
export const placeButton = button('pl', AT)
export const listButton = button('dl', { ...AT, page: 'int', category: 'int' })
/** `page`, `category` and `words` (of a search): the list that the card was opened from. */
export const cardButton = button('dk', {
  ...AT,
  number: 'int',
  page: 'int',
  category: 'int',
  words: 'text',
})
export const voteButton = button('vt', AT)
/** Sends a marked ballot: the one press that no written word stands for. */
export const sendButton = button('bs', { ballot: 'uuid', cycle: 'int', territory: 'int', rollRow: 'int' })
/** The person who is helped says yes to what is marked on a facilitator's phone. */
export const assistSendButton = button('xy', { ballot: 'uuid' })
export const arrivedButton = button('ra', AT)
/** The whole receipt of a cast ballot, as a text of its own. */
export const copyReceiptButton = button('rc', { ballot: 'uuid' })
export const resultsButton = button('rs', { ...AT, pot: 'word' })
/** The two answers of a second official to an act that the first proposed. */
export const confirmActButton = button('cy', { proposal: 'uuid' })
export const refuseActButton = button('cn', { proposal: 'uuid' })
/** A moderator opens an idea. */
export const moderatedButton = button('mi', { idea: 'int' })
/** Votes of villages under review, for auditors and officials. */
export const reviewsButton = button('ya', { cycle: 'int', page: 'int' })
/** One of them. */
export const reviewedButton = button('yb', AT)
/** An official opens a vote that they run. */
export const courseButton = button('oc', { cycle: 'int' })
/** An official draws up a cycle. */
export const newCycleButton = button('cw', {})
/** An official sees where a group of moderators may be bound. */
export const roomsButton = button('mp', {})
/** What the village needs: the question while it is asked, the result afterwards. */
export const needsButton = button('nd', AT)
/** What an official and a counter see of the needs of a village. */
export const needsDeskButton = button('hp', AT)
/** What whoever hands out papers sees of a village. */
export const paperDeskButton = button('pd', AT)
/** Ideas of a village, for everybody. */
export const ideasButton = button('vi', { ...AT, page: 'int' })
/** One of them, by its number in the cycle. `page`: of the list that it was opened from. */
export const ideaCardButton = button('vj', { ...AT, number: 'int', page: 'int' })
/** Asks a question about a project. */
export const questionButton = button('qa', { ...AT, number: 'int' })
/** Questions about a project that were answered. */
export const answersButton = button('qp', { ...AT, number: 'int', page: 'int' })
/** The same about an idea. */
export const ideaQuestionButton = button('qb', { ...AT, number: 'int' })
export const ideaAnswersButton = button('qc', { ...AT, number: 'int', page: 'int' })
/** An official opens a question. */
export const openQuestionButton = button('qi', { question: 'int' })
/** What is built in a village. */
export const worksButton = button('wl', { ...AT, page: 'int' })
/** One work, by the number of its project. */
export const workButton = button('wo', { ...AT, number: 'int' })
/** An official opens the works they keep, and one of them. */
export const keptWorksButton = button('wk', { page: 'int' })
export const keepWorkButton = button('wp', { ...AT, number: 'int' })
/** Under an announcement; an official's own screens are opened by the other. */
export const announcedButton = button('ao', { announcement: 'int' })
export const showAnnouncementButton = button('as', { announcement: 'int' })
export const announcementButton = button('an', { announcement: 'int' })
/** Anybody reports pressure or votes that are bought. */
export const pressureButton = button('zq', AT)
/** An auditor reads such reports of a vote. */
export const reportsButton = button('zr', { cycle: 'int', page: 'int' })
export const privacyButton = button('py', {})
/** What is written about, and what is not. */
export const noticesButton = button('nt', {})
export const easyButton = button('ea', {})
export const deskButton = button('hd', AT)

/** "Tell me when one starts": which question is open, and what was answered so far. */
export const followButton = button('fw', {
  step: 'word',
  district: 'int',
  territory: 'int',
  kinds: 'int',
  page: 'int',
})
export const FOLLOW = { step: 'district', district: 0, territory: 0, kinds: 7, page: 0 }

export const toMenu = (t: T): Button => press(t('common.menu.button'), menuButton.pack({}))

/** Under a receipt: its number and its whole text, to be kept. No button replaces a message that holds these. */
export const receiptCopies = (t: T, ballot: string, number: string): Button[][] => [
  [{ text: t('receipt.copy-number.button'), copy_text: { text: number } }],
  [press(t('receipt.copy.button'), copyReceiptButton.pack({ ballot }))],
]

/** An idea that is written: the question that is open, whose idea, and what was chosen (or `only`: back to the preview afterwards). */
export const ideaButton = button('ix', { step: 'word', idea: 'int', value: 'word' })
export const IDEA = { step: 'begin', idea: 0, value: '' }
/** What a village may support, in its phase. */
export const supportsButton = button('sp', { ...AT, page: 'int' })
export const ownIdeasButton = button('im', { page: 'int' })
/** One of a person's own, by its number in the cycle. */
export const ownIdeaButton = button('io', { cycle: 'int', number: 'int' })
/** The channels that an official bound. */
export const channelsButton = button('hn', {})
