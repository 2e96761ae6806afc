// What the log is bound to of a consultation: a meeting's place, its show of hands, what was published.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { sha256 } from '../sha256.ts'

/** SHA-256 of `dauys-needs-v1`, what it is, and the canonical JSON of it, hex. */
export const needsHash = (what: 'place' | 'hands' | 'result', value: unknown): string =>
  toHex(sha256(utf8(canonicalJson(['dauys-needs-v1', what, JSON.parse(JSON.stringify(value)) as Json]))))
