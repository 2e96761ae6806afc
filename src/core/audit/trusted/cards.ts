// Cards handed over, returned, destroyed and replaced, and claims of rights: each counts only with its leaf.
import { toHex } from '../../bytes.ts'
import { serialsHash } from '../../serials.ts'
import { claimHash, rowBond, sameMac } from '../mac.ts'
import type { Vote } from './ballots.ts'
import type { Faults } from './fault.ts'
import type { Hear } from './tree.ts'

export type CardTerms = {
  origin: string
  macKey: Uint8Array | undefined
  /** Rights are claimed by card. */
  byCard: boolean
  trial: boolean
  /** The serials that the database ascribes to each leaf about cards, by the leaf's number. */
  lists: ReadonlyMap<number, readonly number[]>
}

export type CardRow = {
  village: string
  serial: number
  right: number
  state: string
  /** The stored hash of its code. */
  code: Uint8Array
  bond: Uint8Array | null
}

/** `account`: Telegram id in digits; it and the nonce are null once erased. `serial` null where no card was shown. */
export type ClaimRow = {
  right: number
  village: string
  account: string | null
  nonce: Uint8Array | null
  serial: number | null
}

const STATES = {
  'cards-handed-over': 'handed_over',
  'cards-reissued': 'dead',
  'cards-returned': 'returned',
  'cards-destroyed': 'destroyed',
} as const

export interface CardReader {
  hear: Hear
  /** After the last leaf, before the claims. */
  cards(rows: readonly CardRow[]): void
  claims(rows: readonly ClaimRow[]): void
  end(): void
}

/** Keeps a few words a card and a right. */
export function readCards(terms: CardTerms, votes: ReadonlyMap<number, Vote>, faults: Faults): CardReader {
  const { macKey, origin } = terms
  const logged = new Map<string, string>()
  const handed = new Map<string, number>()
  const rightOf = new Map<string, number>()
  const claims = new Map<string, string>()
  const erased = new Map<string, number>()
  const claimed = new Set<number>()
  const enter = (
    seq: number,
    act: keyof typeof STATES,
    village: string,
    said: { serials: number; list: string },
  ) => {
    const serials = new Set(terms.lists.get(seq))
    if (serials.size !== said.serials || serialsHash([...serials]) !== said.list)
      return faults.add({ kind: 'card-list', seq })
    for (const serial of serials) {
      const key = `${village} ${serial}`
      if (act === 'cards-handed-over' && !logged.has(key)) handed.set(village, (handed.get(village) ?? 0) + 1)
      logged.set(key, STATES[act])
    }
  }
  return {
    hear: (event, { seq }) => {
      if (event.kind === 'claimed') claims.set(event.claim, event.village)
      if (event.kind === 'claim-released' && !claims.delete(event.claim))
        faults.add({ kind: 'claim-moved', seq })
      if (event.kind === 'card-moved') {
        if (event.second === event.by) faults.add({ kind: 'one-official', seq })
        if (!claims.delete(event.was)) faults.add({ kind: 'claim-moved', seq })
        claims.set(event.claim, event.village)
      }
      if (isOfCards(event)) enter(seq, event.kind, event.village, event)
    },
    cards: (rows) => {
      for (const { village, serial, right, state, code, bond } of rows) {
        const key = `${village} ${serial}`
        rightOf.set(key, right)
        const said = logged.get(key) ?? 'printed'
        // A trial prints its unused cards anew without a ceremony.
        const tolerated = terms.trial && state === 'dead' && !['returned', 'destroyed'].includes(said)
        if (state !== said && !tolerated)
          faults.add({ kind: 'card-state', village, serial, stored: state, logged: said })
        if (!macKey) continue
        const made = rowBond(macKey, origin, { kind: 'card', village, serial, right, code: toHex(code) })
        if (!sameMac(bond, made)) faults.add({ kind: 'card-row', village, serial })
      }
    },
    claims: (rows) => {
      for (const { right, village, account, nonce, serial } of rows) {
        claimed.add(right)
        if (serial !== null && rightOf.get(`${village} ${serial}`) !== right)
          faults.add({ kind: 'claim-card', right })
        if (terms.byCard && serial === null) faults.add({ kind: 'claim-card', right })
        if (account === null || nonce === null) {
          erased.set(village, (erased.get(village) ?? 0) + 1)
          continue
        }
        const hash = nonce.length === 32 ? claimHash(nonce, right, account) : ''
        if (claims.get(hash) !== village) faults.add({ kind: 'claim-unlogged', right })
        else claims.delete(hash)
      }
    },
    end: () => {
      compareClaims([...claims.values()], erased, faults)
      const online = new Map<string, number>()
      for (const [right, { village, channel }] of votes) {
        if (channel !== 'online') continue
        online.set(village, (online.get(village) ?? 0) + 1)
        if (!claimed.has(right)) faults.add({ kind: 'right-unclaimed', right })
      }
      if (!terms.byCard) return
      for (const [village, ballots] of online) {
        const most = handed.get(village) ?? 0
        if (ballots > most) faults.add({ kind: 'cards-fewer', village, ballots, handed: most })
      }
    },
  }
}

type CardAct = { kind: keyof typeof STATES; village: string; serials: number; list: string }
const isOfCards = (event: { kind: string }): event is CardAct => event.kind in STATES

/** A claim in the log whose row is gone without a leaf was taken away; an erased account leaves its row behind. */
function compareClaims(left: readonly string[], erased: ReadonlyMap<string, number>, faults: Faults): void {
  const logged = new Map<string, number>()
  for (const village of left) logged.set(village, (logged.get(village) ?? 0) + 1)
  for (const village of new Set([...logged.keys(), ...erased.keys()])) {
    const facts = { logged: logged.get(village) ?? 0, erased: erased.get(village) ?? 0 }
    if (facts.logged !== facts.erased) faults.add({ kind: 'claims', village, ...facts })
  }
}
