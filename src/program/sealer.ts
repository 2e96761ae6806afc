// Seals ballots in a thread of its own while several people cast at once, so that the program goes on with what only it can do.
import { availableParallelism } from 'node:os'
import type { SealedCast } from '../store/casts.ts'
import {
  type CastTerms,
  sealCast,
  type SealCast,
  type SealingKeys,
  type SealTools,
} from '../use-cases/seal-cast.ts'
import { piecesOf } from './block.ts'
import { BYTES, type SealedPage } from './sealer-thread.ts'
import { startThread, type Thread } from './thread.ts'

/** Fewer in one turn of the event loop are sealed where they are: the thread takes thirty megabytes, and a village never needs it. */
const FROM = 8
const LIMITS = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 }

export interface Sealer {
  seal: SealCast
  end: () => Promise<unknown>
}

interface Waiting {
  terms: CastTerms
  done: (sealed: SealedCast) => void
  fail: (error: unknown) => void
}

/**
 * `path`: the built file of the thread, which starts when first several cast at once. What it cannot do is done here, from
 * then on all of it. `from`: so many at once are sealed there.
 */
export function openSealer(
  path: string,
  tools: SealTools,
  { from = FROM, threads = availableParallelism() } = {},
): Sealer {
  const { leafKey, privateKey } = tools
  let thread: Thread<CastTerms[], SealedPage> | undefined
  let ready = false
  let underWay = 0
  let waiting: Waiting[] = []

  function here(all: readonly Waiting[]): void {
    for (const { terms, done, fail } of all)
      try {
        done(sealCast(tools, terms))
      } catch (error) {
        fail(error)
      }
  }

  /** Nobody waits while it loads what it needs: it is ready once it has sealed nothing. */
  function started(): Thread<CastTerms[], SealedPage> {
    const begun = startThread<SealingKeys, CastTerms[], SealedPage>(path, { leafKey, privateKey }, LIMITS)
    const now = () => {
      ready = true
    }
    begun.ask({ what: [], over: [] }).then(now, now)
    return begun
  }

  async function there(all: readonly Waiting[]): Promise<void> {
    thread ??= started()
    if (!ready) return here(all)
    underWay += 1
    try {
      const page = await thread.ask({ what: all.map(({ terms }) => terms), over: [] })
      for (const [at, sealed] of sealedOf(page, all).entries()) all[at]?.done(sealed)
    } catch {
      here(all)
    } finally {
      underWay -= 1
    }
  }

  /** All that came in one turn of the event loop. */
  function sealAll(): void {
    const all = waiting
    waiting = []
    if (threads < 2 || (all.length < from && underWay === 0)) here(all)
    else void there(all)
  }

  return {
    seal: (terms) =>
      new Promise((done, fail) => {
        if (waiting.push({ terms, done, fail }) === 1) setImmediate(sealAll)
      }),
    end: async () => thread?.end(),
  }
}

function sealedOf({ bytes, receipts }: SealedPage, asked: readonly Waiting[]): SealedCast[] {
  const pieces = piecesOf(bytes)
  return asked.map(({ terms }, at) => {
    const of = (name: (typeof BYTES)[number]) =>
      pieces[at * BYTES.length + BYTES.indexOf(name)] ?? new Uint8Array(0)
    return {
      box: of('box'),
      body: of('body'),
      hash: of('hash'),
      mac: of('mac'),
      bond: of('bond'),
      signature: of('signature'),
      receipt: receipts[at] ?? '',
      signedAt: terms.at,
    }
  })
}
