// The first word of somebody who has no language yet: greeted and asked, and what was said goes along where it can be meant.
import type { Message } from 'grammy/types'
import { listPlaces } from '../../use-cases/list-places.ts'
import { isOneOf } from '../seen.ts'
import { numberIn } from '../numbers.ts'
import type { FeatureParts } from '../parts.ts'
import { namedPayload, receiptPayload } from '../payload.ts'
import { placesNamed } from './named.ts'

/** The language that a text names, in any language. */
export const languageNamed = ({ textsOf }: FeatureParts, text: string): string | undefined =>
  textsOf.languages.find(({ locale, name }) =>
    isOneOf(text, [name, locale, ...textsOf(locale)('common.language-words').split(', ')]),
  )?.locale

/** What a message is worth as the payload of a link: a village, a card, a receipt; empty for anything else. */
export async function payloadOf({ app }: FeatureParts, { text = '' }: Message): Promise<string> {
  const [, link] = /^\/?start\s+([\w-]{1,64})$/i.exec(text.trim()) ?? []
  if (link !== undefined) return link
  const number = numberIn(text)
  if (number.kind === 'card') return `c_${number.code}`
  if (number.kind === 'receipt') return receiptPayload(number.number)
  const [place, ...namesakes] = placesNamed(await listPlaces(app), text)
  return place && namesakes.length === 0 ? namedPayload(place.territory) : ''
}
