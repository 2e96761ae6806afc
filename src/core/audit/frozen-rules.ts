// The fingerprint of a cycle's rules, frozen when voting opens.
import { sha256 } from '@noble/hashes/sha2.js'
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'

/** SHA-256 of the canonical JSON of the rules, in hex. Money in whole tenge, times as UTC ISO strings. */
export const frozenRulesHash = (rules: Json): string => toHex(sha256(utf8(canonicalJson(rules))))
