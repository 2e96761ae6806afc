// In person: the desk sees the document and gives a one-time code for the row of the roll; whoever types it in claims the row.
import { createHmac } from 'node:crypto'
import { ok } from '../core/result.ts'
import { claimByDeskCode } from '../store/votes.ts'
import type { VerificationMethod } from './method.ts'

/** HMAC-SHA256 of the code under the cycle's pepper, 32 bytes; no phone has its digits, so it is never a contact's. */
export const deskCodeMac = (code: string, pepper: Uint8Array): Uint8Array =>
  createHmac('sha256', pepper).update(code).digest()

export const inPerson: VerificationMethod<string> = {
  kind: 'in-person',
  facts: { manyPeople: false, needsPhones: false, usesCards: false, atDesk: true },
  async prepare({ cycle, account, pepper }, code) {
    const mac = deskCodeMac(code, pepper)
    return ok((tx, nonce) => claimByDeskCode(tx, cycle, account, mac, nonce))
  },
}
