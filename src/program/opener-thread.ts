// A thread that opens boxes: what it is told of a cycle comes with its start, then pages of boxes, each answered in turn.
import type { Rules } from '../core/audit/rules.ts'
import { natively } from '../sealing/native.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { boxOpener, type OpenedBox } from '../use-cases/open-box.ts'
import { type Block, piecesOf } from './block.ts'
import { hashNatively } from './native-hash.ts'
import { answerEach, termsOfThread } from './thread.ts'

export interface OpenerTerms {
  keys: BoxKeys
  rules: Rules
}
/** As many bodies of leaves as boxes. */
export interface OpenerPage {
  boxes: Block
  bodies: Block
}

export async function serve(): Promise<void> {
  hashNatively()
  const { keys, rules } = termsOfThread<OpenerTerms>()
  const open = boxOpener(await natively(await loadSodium()), keys, rules)
  answerEach<OpenerPage, OpenedBox[]>((page) => {
    const bodies = piecesOf(page.bodies)
    const opened = piecesOf(page.boxes).map((box, at) => open({ box, body: bodies[at] ?? new Uint8Array(0) }))
    return { what: opened, over: [] }
  })
}
