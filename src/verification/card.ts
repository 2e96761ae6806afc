// The card: 16 digits from a sealed envelope. Stored only as scrypt(code, pepper), which is also the look-up key.
import { scrypt } from 'node:crypto'
import { fail, ok, type Result } from '../core/result.ts'
import { claimByCard, waitBeforeLookUp } from '../store/votes.ts'
import { type Answer, type Asked, answerOf, type VerificationMethod, type VerifyProblem } from './method.ts'

/** scrypt with N = 2¹¹, r = 8, p = 1: about 10 ms; 32 bytes. The salt is the cycle's pepper. */
export function cardHash(code: string, pepper: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(code, pepper, 32, { N: 2048, r: 8, p: 1 }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

/** The hash of a typed code; an account that must wait is told so before anything is hashed. */
async function hashOf(asked: Asked, code: string): Promise<Result<Uint8Array, VerifyProblem>> {
  const seconds = await waitBeforeLookUp(asked.db, asked.cycle, asked.account)
  if (seconds > 0) return fail({ kind: 'wait', seconds })
  return ok(await cardHash(code, asked.pepper))
}

export const card: VerificationMethod<string> = {
  kind: 'card',
  facts: { manyPeople: true, needsPhones: false, usesCards: true, atDesk: false },
  async prepare(asked, code) {
    const hash = await hashOf(asked, code)
    if (!hash.ok) return hash
    return ok((tx, nonce) => claimByCard(tx, asked.cycle, asked.account, hash.value, nonce))
  },
}

/** An opened link only asks "claim as a resident of …?"; it counts as a look-up like a typed code. */
export async function peekAtCard(asked: Asked, code: string): Promise<Answer> {
  const hash = await hashOf(asked, code)
  return hash.ok
    ? answerOf(await claimByCard(asked.db, asked.cycle, asked.account, hash.value, undefined))
    : hash
}
