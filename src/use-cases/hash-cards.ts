// Card codes into what is stored of them: hashes under the cycle's pepper, a few at a time so that the machine stays usable.
import type { HashedCard } from '../store/cards.ts'
import { cardHash } from '../verification/card.ts'

export interface PlainCard {
  territory: number
  registerNo: number
  serial: number
  code: string
}

const AT_ONCE = 16

/** About 10 ms of processor time a card. */
export async function hashCards(cards: readonly PlainCard[], pepper: Uint8Array): Promise<HashedCard[]> {
  const hashed: HashedCard[] = []
  for (let start = 0; start < cards.length; start += AT_ONCE) {
    const part = cards.slice(start, start + AT_ONCE).map(async ({ code, ...card }) => ({
      ...card,
      codeHash: await cardHash(code, pepper),
    }))
    hashed.push(...(await Promise.all(part)))
  }
  return hashed
}
