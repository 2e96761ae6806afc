// A screen as a new message: its text, a photo or a voice note with the text as caption, or a photo and then the text.
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Api, GrammyError, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { anew, type Screen } from './message.ts'

/** Telegram's limit of a caption, in UTF-16 units of what is read. */
const LONGEST_CAPTION = 1024
/** The text behind a photo that is there already waits for Telegram so often, and so long each time. */
const WAITS = 3
const LONGEST_WAIT_S = 60

/** A photo's text did not follow: the message is there in part, so it must not be sent again. */
export class HalfSent extends Error {
  override name = 'HalfSent'
}

/** The file of a photo cannot be read: nothing was sent. */
export class NoPhoto extends Error {
  override name = 'NoPhoto'
}

/**
 * Sends it and returns the message that carries the text. Words that are quoted and stand in their message no more are left out. Throws
 * what Telegram refuses, HalfSent and NoPhoto.
 */
export async function sendNew(api: Api, chat: number, screen: Screen): Promise<Message> {
  const { reply } = screen
  if (reply?.quote === undefined) return sendWhole(api, chat, screen)
  try {
    return await sendWhole(api, chat, screen)
  } catch (error) {
    if (!(error instanceof GrammyError && /QUOTE_TEXT_INVALID|quote not found/i.test(error.description)))
      throw error
    return sendWhole(api, chat, { ...screen, reply: { message: reply.message } })
  }
}

async function sendWhole(api: Api, chat: number, screen: Screen): Promise<Message> {
  const { text, photo, voice } = screen
  const send = () => api.sendMessage(chat, text, anew(screen))
  if (voice !== undefined) return voiceOr(() => api.sendVoice(chat, voice, captioned(screen)), send)
  if (!photo) return send()
  const image = await imageOf(photo)
  if (readLength(text) <= LONGEST_CAPTION) return api.sendPhoto(chat, image, captioned(screen))
  await api.sendPhoto(chat, image)
  return patiently(send)
}

/** A person may forbid voice notes: then nothing was sent, and the text goes alone. */
async function voiceOr(voice: () => Promise<Message>, text: () => Promise<Message>): Promise<Message> {
  try {
    return await voice()
  } catch (error) {
    if (error instanceof GrammyError && forbidsVoices(error.description)) return text()
    throw error
  }
}

/** https://core.telegram.org/bots/api#chatfullinfo, `has_restricted_voice_and_video_messages`. */
export const forbidsVoices = (description: string): boolean => /VOICE_MESSAGES_FORBIDDEN/.test(description)

const captioned = (screen: Screen) => {
  const { link_preview_options: _, ...form } = anew(screen)
  return { ...form, caption: screen.text }
}

async function imageOf(photo: NonNullable<Screen['photo']>): Promise<string | InputFile> {
  if ('id' in photo) return photo.id
  const bytes = await readFile(photo.path).catch((cause: unknown) => {
    throw new NoPhoto('the photo cannot be read', { cause })
  })
  return new InputFile(bytes, basename(photo.path))
}

/** How long Telegram's HTML is once it is read: without tags, an entity being one character. */
export const readLength = (html: string): number =>
  html.replace(/<[^>]*>/g, '').replace(/&(?:[a-z]+|#\d+|#x[0-9a-f]+);/gi, '_').length

async function patiently<T>(send: () => Promise<T>): Promise<T> {
  for (let waited = 0; ; waited++) {
    try {
      return await send()
    } catch (error) {
      const wait = error instanceof GrammyError ? error.parameters.retry_after : undefined
      if (wait === undefined || wait > LONGEST_WAIT_S || waited === WAITS)
        throw new HalfSent('only the photo was sent', { cause: error })
      await sleep(wait * 1000)
    }
  }
}
