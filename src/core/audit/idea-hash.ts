// What a decision about an idea is bound to: its words and its cost, before and after.
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { Words } from '../idea.ts'

/** What everybody may read of an idea. Costs in whole tenge. */
export interface PublicIdea {
  title: string | null
  body: string | null
  titles: Words
  texts: Words
  category: string | null
  cost: number | null
  onList: boolean | null
}

/** SHA-256 of `dauys-idea-v1` and the canonical JSON of what everybody may read, in hex. */
export const ideaHash = ({ title, body, titles, texts, category, cost, onList }: PublicIdea): string =>
  toHex(
    sha256(
      utf8(
        canonicalJson([
          'dauys-idea-v1',
          { title, body, titles: given(titles), texts: given(texts), category, cost, onList },
        ]),
      ),
    ),
  )

const given = (words: Words): Record<string, string> =>
  Object.fromEntries(
    Object.entries(words).flatMap(([locale, text]) => (text === undefined ? [] : [[locale, text]])),
  )
