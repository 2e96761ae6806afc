// Ways in which somebody alters a bundle: bytes by chance, and by the owner of the server, who signs anew what was forged.
import {
  checkpointText,
  noteKeyId,
  readCheckpointText,
  readSignedNote,
  signedNote,
} from '../../src/core/audit/checkpoint.ts'
import { decodeEvent, encodeEvent, type Event } from '../../src/core/audit/event.ts'
import { leafHash, rootOf } from '../../src/core/audit/merkle.ts'
import { publishedHash, resultHash } from '../../src/core/audit/result-hash.ts'
import { type Bundle, listName, type ShownLeaf } from '../../src/core/bundle/bundle.ts'
import { isShown, shownHash } from '../../src/core/bundle/shown-pot.ts'
import { utf8 } from '../../src/core/bytes.ts'
import type { Pot } from '../../src/core/pot.ts'
import { sign } from '../../src/sealing/sign.ts'
import type { TestApp } from './app.ts'

/** Whether a bundle shows ballots of a village, in its log or in its lists. */
export const isResultShown = ({ leaves, lists }: Bundle, village: string): boolean =>
  leaves.some((leaf) => {
    const event = eventOf(leaf)
    return event?.kind === 'ballot' && event.village === village
  }) || [...lists.keys()].some((name) => name.includes(`/${village}-`))

export function eventOf(leaf: ShownLeaf): Event | undefined {
  const event = 'body' in leaf ? decodeEvent(leaf.body) : undefined
  return event?.ok ? event.value : undefined
}

/** A copy that may be altered. */
export type Draft = {
  -readonly [K in keyof Bundle]: Bundle[K] extends readonly (infer T)[]
    ? T[]
    : Bundle[K] extends ReadonlyMap<infer A, infer B>
      ? Map<A, B>
      : Bundle[K]
}

export const draftOf = (bundle: Bundle): Draft =>
  structuredClone({ ...bundle, lists: new Map(bundle.lists), cards: new Map(bundle.cards) }) as Draft

/** The leaf of an event. */
export const leafOf = (event: Event): ShownLeaf => ({ body: encodeEvent(event) })

/** Where the first leaf of a kind stands. */
export const placeOf = ({ leaves }: Pick<Draft, 'leaves'>, kind: Event['kind']): number =>
  leaves.findIndex((leaf) => eventOf(leaf)?.kind === kind)

/** Makes the leaves of count and publication say what the results say by now. */
export function claimResults(draft: Draft): void {
  const { rules, results, lists } = draft
  const hashes: { village: string; pot: Pot; hash: string }[] = []
  draft.leaves = draft.leaves.map((leaf) => {
    const event = eventOf(leaf)
    if (event?.kind === 'published') return leafOf({ ...event, result: publishedHash(hashes) })
    if (event?.kind !== 'counted') return leaf
    const pot = results.pots.find(({ village }) => village === event.village)
    if (!pot) return leaf
    const where = { village: event.village, pot: event.pot as Pot }
    const result =
      'count' in pot
        ? resultHash(rules.cycle, where, pot.ballots.counted, pot.count, pot.salt ?? '')
        : event.result
    hashes.push({ ...where, hash: result })
    const shown = shownHash(rules.cycle, pot, isShown(pot.ballots) ? lists.get(listName(pot)) : undefined)
    return leafOf({ ...event, result, ballots: pot.ballots, shown, seed: results.seed })
  })
}

/** Signs the checkpoints anew, as only who has the server's key can: at CLOSE, in between as before, and at the end. */
export function signAnew(app: TestApp, draft: Draft): void {
  const close = placeOf(draft, 'closed') + 1
  const sizes = draft.checkpoints.map((note) => {
    const read = readSignedNote(note)
    const head = read.ok ? readCheckpointText(read.value.text) : read
    return head.ok ? head.value.size : 0
  })
  const kept = sizes.slice(0, -2).filter((size) => size < close)
  const hashes = draft.leaves.map((leaf) => ('body' in leaf ? leafHash(leaf.body) : leaf.hash))
  const { publicKey, privateKey } = app.secrets.logKeys
  const origin = `${app.origin}/${draft.rules.cycle}`
  draft.checkpoints = [...kept, close, hashes.length].map((size) => {
    const text = checkpointText({ origin, size, root: rootOf(hashes.slice(0, size)) })
    return signedNote(text, origin, noteKeyId(origin, publicKey), sign(app.sodium, utf8(text), privateKey))
  })
}
