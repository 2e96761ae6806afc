// The picture of a published result: drawn when first asked for, afterwards sent by the id that Telegram gave it.
import { type Api, InputFile } from 'grammy'
import { countPictureSvg } from '../../documents/count-picture.ts'
import { createPainter } from '../../documents/painter.ts'
import type { T } from '../../i18n.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'
import { namedOf } from '../../words/count-steps.ts'
import { placeName } from '../../words/place.ts'
import { trialNotes } from '../../words/trial.ts'
import type { Talk } from '../talk.ts'

/** Votes stand in the picture: there is none where few voted. */
export type WholeResult = PublishedResult & { shows: 'all' }

/** Pictures kept by id; a cycle has a few hundred territories in three languages. */
const KEPT = 3000

/** Sends the picture to the chat. A published result never changes, so a picture is drawn once for each language. */
export function pictureSender(): (talk: Talk, published: WholeResult) => void {
  const painter = createPainter()
  const sent = new Map<string, Promise<string>>()

  async function known(key: string, make: () => Promise<string>, again: (id: string) => Promise<unknown>) {
    const id = await sent.get(key)?.catch(() => undefined)
    if (id) return again(id)
    const first = make()
    sent.set(key, first)
    const [oldest] = sent.keys()
    if (sent.size > KEPT && oldest !== undefined) sent.delete(oldest)
    return first.catch((error: unknown) => {
      sent.delete(key)
      throw error
    })
  }

  return ({ t, speak }, published) => {
    const { cycle, territory } = published.place
    const caption = t('results.picture', { village: placeName(t, published.place) })
    const send = async (api: Api, chat: number, photo: string | InputFile): Promise<string> => {
      const message = await api.sendPhoto(chat, photo, { caption })
      return message.photo.at(-1)?.file_id ?? ''
    }
    const drawn = async () =>
      new InputFile(await painter.png(countPictureSvg(t, drawing(t, published, caption))), 'result.png')
    speak.also((api, chat) =>
      known(
        `${cycle.id}:${territory}:${published.pot}:${t.locale}`,
        async () => send(api, chat, await drawn()),
        (id) => send(api, chat, id),
      ),
    )
  }
}

const drawing = (t: T, { place, budget, projects, count, ballots }: WholeResult, title: string) => ({
  title,
  notes: trialNotes(t, place),
  projects: projects.map((project) => ({ id: project.id, name: t.of(project.title), cost: project.cost })),
  points: count.votes.some(({ votes, score }) => votes !== score),
  named: namedOf(place.cycle.currency, projects),
  ballots,
  budget,
  count,
})
