// Voice notes: to whom forbids them goes the text instead; and that of "How it works", a file that the installation brings.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Api, GrammyError, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { z } from 'zod'
import type { Locale } from '../core/localised.ts'
import type { Session } from '../session/session.ts'
import { anew, type Screen } from './message.ts'

/**
 * Sends a voice note. Who forbids voice messages in Telegram (https://core.telegram.org/bots/api#chatfullinfo,
 * `has_restricted_voice_and_video_messages`) is sent `instead`. Returns the voice message that was sent.
 */
export async function sendVoiceOr(
  instead: Screen,
  api: Api,
  chat: number,
  voice: string | InputFile,
  caption: string,
): Promise<Message.VoiceMessage | undefined> {
  try {
    return await api.sendVoice(chat, voice, { caption })
  } catch (error) {
    if (!isVoiceForbidden(error)) throw error
    await api.sendMessage(chat, instead.text, anew(instead))
    return undefined
  }
}

/** Its reader takes no voice notes. */
export const isVoiceForbidden = (error: unknown): boolean => isRefused(error, /VOICE_MESSAGES_FORBIDDEN/)

const isRefused = (error: unknown, why: RegExp): boolean =>
  error instanceof GrammyError && error.error_code === 400 && why.test(error.description)

export interface HowVoice {
  path: string
  /** Of its bytes: another recording has another one. */
  mark: string
}
/** By language; one that has none is missing. */
export type HowVoices = ReadonlyMap<Locale, HowVoice>

/** Reads `how-kk.ogg` and its like from the folder of VOICE_DIR. Throws with the name of a file that is no Ogg. */
export async function readHowVoices(
  folder: string | undefined,
  languages: readonly { locale: Locale }[],
): Promise<HowVoices> {
  const voices = new Map<Locale, HowVoice>()
  for (const { locale } of folder === undefined ? [] : languages) {
    const path = join(folder ?? '', `how-${locale}.ogg`)
    const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
    })
    if (!bytes) continue
    if (bytes.toString('latin1', 0, 4) !== 'OggS')
      throw new Error(`VOICE_DIR: ${basename(path)} is no Ogg file (OGG with Opus is what Telegram plays)`)
    voices.set(locale, { path, mark: createHash('sha256').update(bytes).digest('base64url').slice(0, 16) })
  }
  return voices
}

const MONTH = 30 * 24 * 3600
const keptSchema = z.object({ file: z.string() })

/**
 * Sends it: the file once, then by the id that Telegram gave this bot. The id is kept in the session store, which is one of each bot; lost
 * or refused, the file goes again.
 */
export async function sendHowVoice(
  session: Session,
  { path, mark }: HowVoice,
  instead: Screen,
  api: Api,
  chat: number,
  caption: string,
): Promise<void> {
  const note = `how-voice:${mark}`
  const kept = keptSchema.safeParse(await session.note(note).catch(() => undefined)).data
  const anewSent = async () => {
    const sent = await sendVoiceOr(instead, api, chat, new InputFile(path), caption)
    if (sent) await session.setNote(note, { file: sent.voice.file_id }, MONTH).catch(() => undefined)
  }
  if (!kept) return anewSent()
  try {
    await sendVoiceOr(instead, api, chat, kept.file, caption)
  } catch (error) {
    if (!isRefused(error, /wrong (?:remote )?file/i)) throw error
    await anewSent()
  }
}
