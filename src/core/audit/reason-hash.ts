// Why a vote was suspended or declared void, as its leaf has it.
import { toHex, utf8 } from '../bytes.ts'
import { canonicalJson } from '../canonical-json.ts'
import type { Localised } from '../localised.ts'
import { sha256 } from '../sha256.ts'

/** SHA-256 of the reason in its languages, hex. */
export const reasonHash = (reason: Localised): string => toHex(sha256(utf8(canonicalJson(reason))))
