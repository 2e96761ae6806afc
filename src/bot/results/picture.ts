// The picture of a published result: drawn when first asked for, afterwards sent by the id that Telegram gave it.
import { type Api, InputFile } from 'grammy'
import { createPainter } from '../../documents/painter.ts'
import { resultPicture } from '../../documents/result-files.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'
import { placeName } from '../../words/place.ts'
import { withPot } from '../../words/pot.ts'
import { escapeHtml } from '../../i18n.ts'
import { underReview } from '../../words/review.ts'
import { trialNotes } from '../../words/trial.ts'
import { changedLines } from '../../words/work.ts'
import type { Talk } from '../talk.ts'
import { changedKey, keepFileIds } from './file-ids.ts'

/** Votes stand in the picture: there is none where few voted. */
export type WholeResult = PublishedResult & { shows: 'all' }

/** Sends the picture to the chat. Until it is changed, a picture is drawn once for each language. */
export function pictureSender(): (talk: Talk, published: WholeResult) => void {
  const painter = createPainter()
  const known = keepFileIds()

  return ({ t, speak }, published) => {
    const { cycle, territory } = published.place
    const village = withPot(t, placeName(t, published.place), published.place, published.pot)
    const caption = t('results.picture', { village })
    const send = async (api: Api, chat: number, photo: string | InputFile): Promise<string> => {
      const message = await api.sendPhoto(chat, photo, {
        caption: [
          ...[...trialNotes(t, published.place), caption].map(escapeHtml),
          ...underReview(t, published).map((said) => t.html(...said)),
          ...changedLines(t, published.changed, cycle.currency),
        ].join('\n'),
        parse_mode: 'HTML',
      })
      return message.photo.at(-1)?.file_id ?? ''
    }
    const drawn = async () =>
      new InputFile(await painter.png(resultPicture(t, published, caption)), 'result.png')
    speak.also((api, chat) =>
      known(
        `${cycle.id}:${territory}:${published.pot}:${t.locale}:${changedKey(published)}`,
        async () => send(api, chat, await drawn()),
        (id) => send(api, chat, id),
      ),
    )
  }
}
