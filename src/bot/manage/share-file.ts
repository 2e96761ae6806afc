// What key holders keep to themselves and somebody sends all the same: the message is taken away, and what follows from it is told.
import type { Document, Message } from 'grammy/types'
import { isHoldersOwn } from '../../core/formats/held-keys.ts'
import type { Talk } from '../talk.ts'
import { shareScreen } from './keys-view.ts'

/** As `dauys keys make` and the kit call them. */
const isShare = (document: Document | undefined): boolean =>
  /\.age$|^share-\d/i.test(document?.file_name ?? '')

/** By its name, or by what is written. */
export const holdsShare = ({ document, text = '' }: Message): boolean =>
  isShare(document) || isHoldersOwn(text)

/** A secret does not stay in the chat. */
export const takeAway = ({ speak }: Talk, { message_id }: Message): void =>
  speak.also((api, chat) => api.deleteMessage(chat, message_id))

/** Nobody asked for it, and whoever holds a share need not be staff. Bare digits may be anything. */
export function refuseShare(talk: Talk, message: Message): boolean {
  if (!isShare(message.document) && !(message.text ?? '').includes('dauys-share-v1')) return false
  takeAway(talk, message)
  talk.speak.send(shareScreen(talk.t))
  return true
}
