// How a wish to be told is called: the kinds, and the line that stands among what is kept about a person.
import { WATCHED, type Watched } from '../core/watch.ts'
import type { Key, T } from '../i18n.ts'
import type { WatchedPlace } from '../use-cases/follow-territory.ts'
import { placeName } from '../words/place.ts'

export const KIND_NAMES = {
  ideas: 'follow.ideas.button',
  voting: 'follow.voting.button',
  results: 'follow.results.button',
} satisfies Record<Watched, Key>

/** Several kinds in the middle of a sentence, in the order in which a cycle brings them, however they are stored. */
export const kindsLine = (t: T, kinds: readonly Watched[]): string =>
  WATCHED.filter((kind) => kinds.includes(kind))
    .map((kind) => t(KIND_NAMES[kind]).toLocaleLowerCase())
    .join(', ')

export const followedLine = (t: T, { kinds, ...place }: WatchedPlace): string =>
  t.html('follow.mydata', { village: placeName(t, place), kinds: kindsLine(t, kinds) })
