// The shared contact: the person's own number selects the row of the roll. For advisory votes.
import { createHmac } from 'node:crypto'
import { ok } from '../core/result.ts'
import { claimByContact } from '../store/votes.ts'
import type { VerificationMethod } from './method.ts'

/** HMAC-SHA256 of the number (`77XXXXXXXXX`) under the cycle's pepper, 32 bytes. */
export const contactMac = (phone: string, pepper: Uint8Array): Uint8Array =>
  createHmac('sha256', pepper).update(phone).digest()

export const contact: VerificationMethod<string> = {
  kind: 'contact',
  facts: { manyPeople: false, needsPhones: true, usesCards: false, atDesk: false },
  async prepare({ cycle, account, pepper }, phone) {
    const mac = contactMac(phone, pepper)
    return ok((tx, nonce) => claimByContact(tx, cycle, account, mac, nonce))
  },
}
