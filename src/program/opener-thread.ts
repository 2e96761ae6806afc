// A thread that opens boxes: what it is told of a cycle comes with its start, then pages of boxes, each answered in turn.
import { parentPort, workerData } from 'node:worker_threads'
import type { Rules } from '../core/audit/rules.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import { natively } from '../sealing/native.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { boxOpener, type OpenedBox } from '../use-cases/open-box.ts'
import { hashNatively } from './native-hash.ts'

export interface OpenerTerms {
  keys: BoxKeys
  rules: Rules
}
/** The boxes one behind the other, and the bodies of their leaves; `ends`: where each one ends. */
export interface OpenerPage {
  boxes: Uint8Array
  boxEnds: number[]
  bodies: Uint8Array
  bodyEnds: number[]
}
/** `failed`: the thread cannot go on. */
export type OpenerAnswer = { opened: OpenedBox[] } | { failed: string }

/** Answers pages until it is ended. */
export async function serveOpener(): Promise<void> {
  hashNatively()
  const { keys, rules } = workerData as OpenerTerms
  const open = boxOpener(await natively(await loadSodium()), keys, rules)
  parentPort?.on('message', (page: OpenerPage) => {
    let answer: OpenerAnswer
    try {
      const bodies = parts(page.bodies, page.bodyEnds)
      const opened = parts(page.boxes, page.boxEnds).map((box, at) =>
        open({ box, body: bodies[at] ?? new Uint8Array(0) }),
      )
      answer = { opened }
    } catch (error) {
      answer = { failed: error instanceof Error ? error.message : 'failed' }
    }
    parentPort?.postMessage(answer)
  })
}

const parts = (bytes: Uint8Array, ends: readonly number[]): Uint8Array[] =>
  ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end))
