// Photos and the voice note of an idea, as messages of their own.
import type { T } from '../i18n.ts'
import { renewIdeaFile } from '../use-cases/renew-file.ts'
import type { Idea } from '../use-cases/list-ideas.ts'
import { sendFiles } from './kept-files.ts'
import type { FeatureParts } from './parts.ts'
import type { Speaker } from './speaker.ts'
import { isVoiceForbidden } from './voice.ts'

/** One album, or one photo, then the voice. Where nothing of it is to be had any more, or the reader takes no voice notes, that is said. */
export function sendIdeaMedia(
  { app, copies: store }: Pick<FeatureParts, 'app' | 'copies'>,
  { t, speak }: { t: T; speak: Speaker },
  media: Idea['media'],
): void {
  const renew = (file: Idea['media'][number], fileId: string) => renewIdeaFile(app, file, fileId)
  speak.also(async (api, chat) => {
    try {
      const sent = await sendFiles(api, chat, media, { store, renew })
      if (sent.length === 0) await api.sendMessage(chat, t('common.media-gone'))
    } catch (error) {
      if (!isVoiceForbidden(error)) throw error
      await api.sendMessage(chat, t('common.voice-not-sent'))
    }
  })
}
