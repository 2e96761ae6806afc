// A thread that seals ballots: the keys come with its start, then what is to be sealed, as many as came at once.
import { randomBytes, randomFillSync } from 'node:crypto'
import { sealingSodium } from '../sealing/native.ts'
import type { SealedCast } from '../store/casts.ts'
import { type CastTerms, sealCast, type SealingKeys, type SealTools } from '../use-cases/seal-cast.ts'
import { type Block, blockOf } from './block.ts'
import { hashNatively } from './native-hash.ts'
import { answerEach, termsOfThread } from './thread.ts'

/** What of a sealed ballot is bytes, in the order of a block. */
export const BYTES = [
  'box',
  'body',
  'hash',
  'mac',
  'bond',
  'signature',
] as const satisfies (keyof SealedCast)[]

/** The bytes of all ballots in one block, in the order in which they were asked for, and the number of each receipt. */
export interface SealedPage {
  bytes: Block
  receipts: string[]
}

export async function serve(): Promise<void> {
  hashNatively()
  const tools: SealTools = {
    ...termsOfThread<SealingKeys>(),
    sodium: await sealingSodium(randomFillSync),
    random: (bytes) => randomBytes(bytes),
  }
  answerEach<CastTerms[], SealedPage>((page) => {
    const sealed = page.map((terms) => sealCast(tools, terms))
    const bytes = blockOf(sealed.flatMap((one) => BYTES.map((name) => one[name])))
    return { what: { bytes, receipts: sealed.map(({ receipt }) => receipt) }, over: [bytes.bytes.buffer] }
  })
}
