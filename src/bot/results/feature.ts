// Results: published ones only, to whoever asks.
import { type PublishedResult, readResult } from '../../use-cases/read-result.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { villageLink } from '../../words/links.ts'
import type { At } from '../at.ts'
import { resultsButton, toMenu } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import { type FeatureParts, linked } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { documentsSender } from './documents.ts'
import { pictureSender } from './picture.ts'
import * as view from './view.ts'

type Where = At & { pot: string }

/** Longer than a picture takes to be drawn and sent. */
const DRAWING_S = 10

export function resultsFeature(parts: FeatureParts) {
  const on = listener(parts)
  const sendPicture = pictureSender()
  const sendDocuments = documentsSender(parts)
  on.shows(resultsButton, result)
  on.shows(view.stepsButton, steps)
  on.shows(view.pictureButton, async (_, talk, where) => {
    const published = await read(parts, talk, where)
    if (published?.shows === 'all')
      await once(
        parts,
        talk,
        `picture:${where.territory}:${published.pot}`,
        () => sendPicture(talk, published),
        DRAWING_S,
      )
    else if (published) notYet(talk)
  })
  on.shows(view.documentsButton, async (_, talk, where) => {
    const published = await read(parts, talk, where)
    if (published)
      await once(
        parts,
        talk,
        `documents:${where.territory}:${published.pot}`,
        () => sendDocuments(talk, published),
        DRAWING_S,
      )
  })
  return { composer: on.composer } satisfies Feature
}

const notYet = ({ t, speak }: Talk): void =>
  speak.show({ text: t.html('results.not-yet'), buttons: [[toMenu(t)]] })

/** The result, or undefined once it was said why there is none. `pot` comes from a button: one that we do not know has no result. */
async function read(
  parts: FeatureParts,
  talk: Talk,
  { cycle, territory, pot }: Where,
): Promise<PublishedResult | undefined> {
  const place = await readPlace(parts.app, cycle, territory)
  // Buttons elsewhere name the general pot: a village without it begins with its first.
  const [first] = place?.pots ?? []
  const own = place?.pots.find((one) => one.pot === pot) ?? first
  const result = own && (await readResult(parts.app, cycle, territory, own.pot))
  if (result?.ok) return result.value
  if (result?.problem.kind !== 'being-checked') notYet(talk)
  else {
    const { fault } = result.problem
    parts.log.error('a stored result is not what the log published', { cycle, territory, fault: fault.kind })
    parts.metrics.brokenResults.inc({ fault: fault.kind })
    talk.speak.show(view.checkedScreen(talk.t, talk.who.roles.length > 0 ? fault.kind : undefined))
  }
  return undefined
}

async function result(parts: FeatureParts, talk: Talk, where: Where): Promise<void> {
  const published = await read(parts, talk, where)
  if (published)
    talk.speak.show(view.resultScreen(talk.t, published, villageLink(linked(parts), published.place)))
}

async function steps(parts: FeatureParts, talk: Talk, where: Where & { page: number }): Promise<void> {
  const published = await read(parts, talk, where)
  if (published) talk.speak.show(view.stepsScreen(talk.t, published, where.page))
}
