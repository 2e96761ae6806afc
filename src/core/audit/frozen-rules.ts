// The fingerprint of a cycle's rules, frozen when voting opens.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { sha256 } from '../sha256.ts'

/** SHA-256 of the canonical JSON of the rules, in hex. Money in whole tenge, times as UTC ISO strings. */
export const frozenRulesHash = (rules: Json): string => toHex(sha256(utf8(canonicalJson(rules))))
