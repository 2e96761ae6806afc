// What only the program can have written: keyed hashes over leaves and rows, under one key of the secrets.
import { concat, equal, toHex, utf8 } from '../bytes.ts'
import { canonicalJson, type Json } from '../canonical-json.ts'
import { sha256 } from '../sha256.ts'

/**
 * The MAC of a leaf: HMAC-SHA256(key, "dauys-leaf-v1" ‖ length of the origin ‖ origin ‖ body). `origin` is the log's name in
 * its checkpoints, so a leaf cannot be carried to another log or installation; its UTF-8 bytes are counted in 4 bytes before it.
 * It is stored beside the leaf and never published: whoever owns the database and lacks the key can add no act. RangeError
 * unless the key has 32 bytes.
 */
export const leafMac = (key: Uint8Array, origin: string, body: Uint8Array): Uint8Array =>
  keyed(key, 'dauys-leaf-v1', origin, body)

/** Rows that decide something and have no leaf of their own to say it in public: whose ballot, whose card, whose way, whose document was seen, who was helped, whose account is gone. */
export type BoundRow =
  | { kind: 'ballot'; leaf: string; right: number }
  | { kind: 'card'; village: string; serial: number; right: number; code: string }
  | { kind: 'way'; right: number }
  | { kind: 'checked'; right: number }
  | { kind: 'assisted'; right: number }
  | { kind: 'erased'; right: number }
  | { kind: 'proposal'; id: string; act: Json; by: string; until: string }

/**
 * The bond of a row: HMAC-SHA256(key, "dauys-row-v1" ‖ length of the origin ‖ origin ‖ canonical JSON of the row). For a ballot
 * `leaf` is its leaf's hash in hex and `right` the roll row; for a card `code` is its stored hash in hex; a proposal is
 * what one official asks another to confirm. The leaf of a changed
 * way holds the bond in place of the row, so that the log tells nobody's way. RangeError unless the key has 32 bytes.
 */
export const rowBond = (key: Uint8Array, origin: string, row: BoundRow): Uint8Array =>
  keyed(key, 'dauys-row-v1', origin, utf8(canonicalJson(row satisfies Json)))

/**
 * What the leaf of a claim says of it, hex: SHA-256("dauys-claim-v1" ‖ nonce ‖ canonical JSON [row, account]). The nonce (32
 * random bytes) stands in the claim's row only and goes with it, so that an erased account is told by nothing. `account` is
 * the Telegram id in decimal digits.
 */
export function claimHash(nonce: Uint8Array, right: number, account: string): string {
  if (nonce.length !== 32) throw new RangeError('claim: the nonce has 32 bytes')
  return toHex(sha256(concat(utf8('dauys-claim-v1'), nonce, utf8(canonicalJson([right, account])))))
}

/**
 * What is mixed into the fingerprint of a pot's result, hex: HMAC-SHA256(key, "dauys-result-v1" ‖ length of the origin ‖ origin ‖
 * canonical JSON [village, pot]). Without it whoever reads the log tries all outcomes of a village where few voted until one has the
 * published fingerprint, and has read their ballots. For villages whose votes are shown it is revealed with them; the others are
 * attested by the log, not recounted. RangeError unless the key has 32 bytes.
 */
export const resultSalt = (
  key: Uint8Array,
  origin: string,
  { village, pot }: { village: string; pot: string },
): string => toHex(keyed(key, 'dauys-result-v1', origin, utf8(canonicalJson([village, pot]))))

/**
 * A ballot of a paper box as one clerk typed it, until another agrees, hex: HMAC-SHA256(key, "dauys-typed-v1" ‖ length of the origin ‖
 * origin ‖ canonical JSON [village, list]). Two entries are told apart by it, and the database says nothing of what stands on a paper.
 */
export const typedMark = (key: Uint8Array, origin: string, village: string, list: string): string =>
  toHex(keyed(key, 'dauys-typed-v1', origin, utf8(canonicalJson([village, list]))))

/**
 * What a rehearsal of key holders must bring back, 20 hex digits: of HMAC-SHA256(key, "dauys-rehearsal-v1" ‖ length of the origin ‖ origin ‖
 * public key). Only whoever opened the box that it was sealed into knows it. RangeError unless the key has 32 bytes.
 */
export const rehearsalCode = (key: Uint8Array, origin: string, publicKey: Uint8Array): string =>
  toHex(keyed(key, 'dauys-rehearsal-v1', origin, publicKey)).slice(0, 20)

/** Whether a stored MAC or bond is this one; looks at every byte, so that the time taken tells nothing. */
export function sameMac(stored: Uint8Array | null, made: Uint8Array): boolean {
  if (stored?.length !== made.length) return false
  return stored.reduce((differs, byte, at) => differs | (byte ^ (made[at] as number)), 0) === 0
}

const BLOCK = 64

/** The two blocks that a key makes of HMAC (RFC 2104): made once a key, not for each row; so is what follows the inner one. */
interface Pads {
  key: Uint8Array
  inner: Uint8Array
  outer: Uint8Array
  /** The inner block and the head, by tag and origin: there are as many as logs. */
  begun: Map<string, Uint8Array>
}
const known = new WeakMap<Uint8Array, Pads>()

function padsOf(key: Uint8Array): Pads {
  const found = known.get(key)
  if (found && equal(found.key, key)) return found
  const block = new Uint8Array(BLOCK)
  block.set(key)
  const pads = {
    key: key.slice(),
    inner: block.map((byte) => byte ^ 0x36),
    outer: block.map((byte) => byte ^ 0x5c),
    begun: new Map(),
  }
  known.set(key, pads)
  return pads
}

function keyed(key: Uint8Array, tag: string, origin: string, content: Uint8Array): Uint8Array {
  if (key.length !== 32) throw new RangeError('mac: a key has 32 bytes')
  const pads = padsOf(key)
  return sha256(concat(pads.outer, sha256(concat(begunFor(pads, tag, origin), content))))
}

function begunFor({ inner, begun }: Pads, tag: string, origin: string): Uint8Array {
  const name = `${tag} ${origin}`
  const known = begun.get(name)
  if (known) return known
  const made = concat(inner, headOf(tag, origin))
  begun.set(name, made)
  return made
}

/** What stands before the content: the tag, and the counted origin. */
function headOf(tag: string, origin: string): Uint8Array {
  const name = utf8(origin)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, name.length)
  return concat(utf8(tag), length, name)
}
