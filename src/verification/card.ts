// The card: 16 digits from a sealed envelope. Stored only as scrypt(code, pepper), which is also the look-up key.
import { scrypt } from 'node:crypto'
import { claimByCard, waitBeforeLookUp } from '../store/votes.ts'
import { type Answer, type Asked, answerOf, type VerificationMethod } from './method.ts'

/** scrypt with N = 2¹¹, r = 8, p = 1: about 10 ms; 32 bytes. The salt is the cycle's pepper. */
export function cardHash(code: string, pepper: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    scrypt(code, pepper, 32, { N: 2048, r: 8, p: 1 }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

async function lookUp(asked: Asked, code: string, peek: boolean): Promise<Answer> {
  const seconds = await waitBeforeLookUp(asked.db, asked.cycle, asked.account)
  if (seconds > 0) return { ok: false, problem: { kind: 'wait', seconds } }
  const hash = await cardHash(code, asked.pepper)
  return answerOf(await claimByCard(asked.db, asked.cycle, asked.account, hash, peek))
}

export const card: VerificationMethod<string> = {
  kind: 'card',
  facts: { manyPeople: true, needsPhones: false, usesCards: true },
  claim: (asked, code) => lookUp(asked, code, false),
}

/** An opened link only asks "claim as a resident of …?"; it counts as a look-up like a typed code. */
export const peekAtCard = (asked: Asked, code: string): Promise<Answer> => lookUp(asked, code, true)
