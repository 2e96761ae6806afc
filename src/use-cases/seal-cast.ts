// What is made of a ballot's choices before the database is asked: the sealed box, its leaf, MAC and bond, and the signed receipt.
import { encodeEvent } from '../core/audit/event.ts'
import { leafMac, rowBond } from '../core/audit/mac.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { commitment, receiptNumber, receiptStatement } from '../core/audit/receipt.ts'
import { fromHex, toHex } from '../core/bytes.ts'
import { drawUnlikeBankCard } from '../core/luhn.ts'
import { sha256 } from '../core/sha256.ts'
import { sealBallot } from '../sealing/ballot-box.ts'
import type { Secrets } from '../sealing/secrets.ts'
import { sign } from '../sealing/sign.ts'
import type { SealingSodium } from '../sealing/sodium.ts'
import type { SealedCast } from '../store/casts.ts'

/** `privateKey`: of the log. */
export interface SealingKeys {
  leafKey: Uint8Array
  privateKey: Uint8Array
}

export const sealingKeys = ({ leafKey, logKeys }: Secrets): SealingKeys => ({
  leafKey,
  privateKey: logKeys.privateKey,
})

/** What a ballot is sealed and signed with. */
export interface SealTools extends SealingKeys {
  sodium: SealingSodium
  random: (bytes: number) => Uint8Array
}

/** A ballot to be cast: nothing in it tells whose it is but `right`, the roll row. */
export interface CastTerms {
  /** The short name of the cycle; `origin`: of its log. */
  cycle: string
  origin: string
  village: number
  channel: 'online' | 'assisted'
  /** The cycle's key, hex, and the one padded size of its boxes, in bytes. */
  publicKey: string
  boxSize: number
  /** Text of `canonicalChoices`. */
  choices: string
  right: number
  /** UTC ISO, in milliseconds: the time that the receipt tells. */
  at: string
}

/** Here, or in a thread while many cast. */
export type SealCast = (terms: CastTerms) => Promise<SealedCast>

/** Seals with a fresh nonce; one whose receipt number looks like a bank card is drawn again. */
export function sealCast(tools: SealTools, terms: CastTerms): SealedCast {
  const sealed = drawUnlikeBankCard(
    () => sealOnce(tools, terms),
    ({ receipt }) => receipt,
  )
  const { cycle, origin, right, at } = terms
  const { body, hash } = sealed
  return {
    ...sealed,
    mac: leafMac(tools.leafKey, origin, body),
    bond: rowBond(tools.leafKey, origin, { kind: 'ballot', leaf: toHex(hash), right }),
    signedAt: at,
    signature: signReceipt(tools, { cycle, leaf: hash, at }),
  }
}

/** The signature of a receipt; see `receiptStatement`. */
export const signReceipt = (
  { sodium, privateKey }: Pick<SealTools, 'sodium' | 'privateKey'>,
  receipt: { cycle: string; leaf: Uint8Array; at: string },
): Uint8Array => sign(sodium, receiptStatement(receipt), privateKey)

/** The receipt number follows from the leaf, so from the nonce. */
function sealOnce(
  { sodium, random }: SealTools,
  { cycle, village, channel, publicKey, boxSize, choices }: CastTerms,
): Pick<SealedCast, 'box' | 'body' | 'hash' | 'receipt'> {
  const key = fromHex(publicKey, 32)
  if (!key) throw new Error('the cycle has no ballot key: it was never opened')
  const nonce = random(32)
  const box = sealBallot(sodium, key, { nonce, choices }, boxSize)
  const body = encodeEvent({
    kind: 'ballot',
    cycle,
    village: String(village),
    channel,
    commitment: toHex(commitment(cycle, nonce, choices)),
    box: toHex(sha256(box)),
  })
  const hash = leafHash(body)
  return { box, body, hash, receipt: receiptNumber(hash) }
}
