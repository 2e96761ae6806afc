// Photos and voice notes of people, by Telegram's id; where this bot's Telegram knows the id no more, as behind another bot, our copy goes once.
import { type Api, GrammyError, InputFile } from 'grammy'
import type { Message } from 'grammy/types'
import { LARGEST_FILE } from '../core/idea.ts'
import type { MediaStore } from '../use-cases/copy-idea-media.ts'

export interface KeptFile {
  kind: 'photo' | 'voice'
  /** Telegram's id; null where only we have it. */
  fileId: string | null
  /** Name of our copy; null where there is none. */
  copy: string | null
}

export interface SentFile {
  message: number
  /** As it is kept from now on. */
  fileId: string
}

export interface Sending<F extends KeptFile> {
  /** Where our copies lie; undefined: there are none. */
  store: MediaStore | undefined
  /** Keeps the id that Telegram gave a copy, and returns the one that is kept now: somebody else may have been faster. */
  renew: (file: F, fileId: string) => Promise<string>
  /** A topic of a group. */
  there?: { message_thread_id?: number }
}

/** Photos first, several as one album, then each voice note. What Telegram has no more and of which there is no copy is left out. */
export async function sendFiles<F extends KeptFile>(
  api: Api,
  chat: number,
  files: readonly F[],
  sending: Sending<F>,
): Promise<SentFile[]> {
  const photos = files.filter(({ kind }) => kind === 'photo')
  const voices = files.filter(({ kind }) => kind === 'voice')
  const sent: SentFile[] = []
  for (const group of [photos, ...voices.map((one) => [one])])
    if (group.length > 0) sent.push(...(await sendGroup(api, chat, group, sending)))
  return sent
}

async function sendGroup<F extends KeptFile>(
  api: Api,
  chat: number,
  group: readonly F[],
  { store, renew, there = {} }: Sending<F>,
): Promise<SentFile[]> {
  const messagesOf = (sent: readonly Message[]) => sent.map(({ message_id }) => message_id)
  try {
    const known = group.flatMap(({ kind, fileId }) => (fileId === null ? [] : [{ kind, media: fileId }]))
    if (known.length === group.length) {
      const sent = await sendThem(api, chat, known, there)
      return messagesOf(sent).map((message, at) => ({ message, fileId: known[at]?.media ?? '' }))
    }
  } catch (error) {
    if (!isBadFile(error)) throw error
  }
  const copied: { file: F; media: InputFile }[] = []
  for (const file of group) {
    const bytes = file.copy === null ? undefined : await store?.get(file.copy, LARGEST_FILE)
    if (bytes) copied.push({ file, media: new InputFile(bytes, file.copy ?? undefined) })
  }
  if (copied.length === 0) return []
  const sent = await sendThem(
    api,
    chat,
    copied.map(({ file, media }) => ({ kind: file.kind, media })),
    there,
  )
  const renewed: SentFile[] = []
  for (const [at, message] of sent.entries()) {
    const file = copied[at]?.file
    const fresh = message.photo?.at(-1)?.file_id ?? message.voice?.file_id
    if (file && fresh !== undefined)
      renewed.push({ message: message.message_id, fileId: await renew(file, fresh) })
  }
  return renewed
}

/** All of one kind: one photo, an album, or one voice note. */
async function sendThem(
  api: Api,
  chat: number,
  files: readonly { kind: KeptFile['kind']; media: string | InputFile }[],
  there: { message_thread_id?: number },
): Promise<Message[]> {
  const [first, ...more] = files
  if (!first) return []
  if (first.kind === 'voice') return [await api.sendVoice(chat, first.media, there)]
  if (more.length === 0) return [await api.sendPhoto(chat, first.media, there)]
  return api.sendMediaGroup(
    chat,
    files.map(({ media }) => ({ type: 'photo' as const, media })),
    there,
  )
}

/** Of another bot, or gone (https://core.telegram.org/bots/api#sending-files). */
const isBadFile = (error: unknown): boolean =>
  error instanceof GrammyError &&
  /wrong (?:remote )?file|file (?:_?id|identifier|reference)/i.test(error.description)
