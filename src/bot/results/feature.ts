// Results: published ones only, to whoever asks.
import { isPot } from '../../core/pot.ts'
import { type PublishedResult, readResult } from '../../use-cases/read-result.ts'
import type { At } from '../at.ts'
import { resultsButton, toMenu } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { pictureSender } from './picture.ts'
import * as view from './view.ts'

type Where = At & { pot: string }

export function resultsFeature(parts: FeatureParts) {
  const on = listener(parts)
  const sendPicture = pictureSender()
  on.button(resultsButton, result)
  on.button(view.stepsButton, steps)
  on.button(view.pictureButton, async (_, talk, where) => {
    const published = await read(parts, where)
    if (published?.shows !== 'all') return notYet(talk)
    sendPicture(talk, published)
  })
  return { composer: on.composer } satisfies Feature
}

const notYet = ({ t, speak }: Talk): void =>
  speak.show({ text: t.html('results.not-yet'), buttons: [[toMenu(t)]] })

/** `pot` comes from a button: one that we do not know has no result. */
const read = async (
  { app }: FeatureParts,
  { cycle, territory, pot }: Where,
): Promise<PublishedResult | undefined> => (isPot(pot) ? readResult(app, cycle, territory, pot) : undefined)

async function result(parts: FeatureParts, talk: Talk, where: Where): Promise<void> {
  const published = await read(parts, where)
  if (!published) return notYet(talk)
  talk.speak.show(view.resultScreen(talk.t, published))
}

async function steps(parts: FeatureParts, talk: Talk, where: Where & { page: number }): Promise<void> {
  const published = await read(parts, where)
  if (!published) return notYet(talk)
  talk.speak.show(view.stepsScreen(talk.t, published, where.page))
}
