// The picture of a published result: drawn when first asked for, afterwards sent by the id that Telegram gave it.
import { InputFile } from 'grammy'
import { countPictureSvg } from '../../documents/count-picture.ts'
import { createPainter } from '../../documents/painter.ts'
import type { T } from '../../i18n.ts'
import type { PublishedResult } from '../../use-cases/read-result.ts'
import { namedOf } from '../../words/count-steps.ts'
import { placeName } from '../../words/place.ts'
import { trialNotes } from '../../words/trial.ts'
import { answer, safe } from '../message.ts'
import type { Ctx } from '../context.ts'

/** Votes stand in the picture: there is none where few voted. */
export type WholeResult = PublishedResult & { shows: 'all' }

/** Pictures kept by id; a cycle has a few hundred territories in three languages. */
const KEPT = 3000

/** Sends the picture to the person. A published result never changes, so a picture is drawn once for each language. */
export function pictureSender(): (ctx: Ctx, published: WholeResult) => void {
  const painter = createPainter()
  const sent = new Map<string, Promise<string>>()
  return (ctx, published) => {
    answer(ctx)
    const { t, api, who } = ctx
    const { cycle, territory } = published.place
    const key = `${cycle.id}:${territory}:${t.locale}`
    const caption = t('results.picture', { village: placeName(t, published.place) })
    const send = async (photo: string | InputFile): Promise<string> => {
      const message = await api.sendPhoto(who.id, photo, { caption })
      return message.photo.at(-1)?.file_id ?? ''
    }
    const drawn = async () =>
      new InputFile(await painter.png(countPictureSvg(t, drawing(t, published, caption))), 'result.png')
    ctx.behind.push(() =>
      safe(async () => {
        const known = await sent.get(key)?.catch(() => undefined)
        if (known) return send(known)
        const first = drawn().then(send)
        sent.set(key, first)
        const [oldest] = sent.keys()
        if (sent.size > KEPT && oldest !== undefined) sent.delete(oldest)
        return first.catch((error: unknown) => {
          sent.delete(key)
          throw error
        })
      }),
    )
  }
}

const drawing = (t: T, { place, projects, count, ballots }: WholeResult, title: string) => ({
  title,
  notes: trialNotes(t, place),
  projects: projects.map((project) => ({ id: project.id, name: t.of(project.title), cost: project.cost })),
  points: count.votes.some(({ votes, score }) => votes !== score),
  named: namedOf(place.cycle.currency, projects),
  ballots,
  budget: place.budget,
  count,
})
