// What a decision about an idea is bound to: its words and its cost, before and after.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { Words } from '../idea.ts'
import type { Marks } from '../marks.ts'
import type { Pot } from '../pot.ts'
import { sha256 } from '../sha256.ts'

/** What everybody may read of an idea. Costs in whole tenge. */
export interface PublicIdea {
  title: string | null
  body: string | null
  titles: Words
  texts: Words
  category: string | null
  cost: number | null
  onList: boolean | null
  /** As a moderator said; null: as its category says. */
  pot: Pot | null
  marks: Marks | null
}

/** SHA-256 of `dauys-idea-v1` and the canonical JSON of what everybody may read, in hex. */
export function ideaHash({ titles, texts, pot, marks, ...idea }: PublicIdea): string {
  const { title, body, category, cost, onList } = idea
  const said = { title, body, titles: given(titles), texts: given(texts), category, cost, onList }
  // An idea that nobody filed otherwise has the fingerprint that it had before anybody could.
  const filed = { ...(pot !== null && { pot }), ...(marks !== null && { marks: { ...marks } }) }
  return toHex(sha256(utf8(canonicalJson(['dauys-idea-v1', { ...said, ...filed }]))))
}

const given = (words: Words): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([locale, text]) => (text === undefined ? [] : [[locale, text]])),
  )
