// What the leaf of an answered question is bound to: the words that everybody may read of the answer.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import { sha256 } from '../sha256.ts'

/** SHA-256 of `dauys-reply-v1` and the canonical JSON of the answers by language, or of why there is none, in hex. */
export const replyHash = (answers: Partial<Record<string, string>>, reason: string | null): string =>
  toHex(
    sha256(
      utf8(canonicalJson(['dauys-reply-v1', { answers: { ...answers } as Record<string, string>, reason }])),
    ),
  )
