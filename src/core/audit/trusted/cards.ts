// Cards handed over, returned, destroyed and replaced, and claims of rights: each counts only with its leaf, and of a card that
// was in somebody's hands nobody takes the place by one official. Who prints does not hand out.
import { toHex } from '../../bytes.ts'
import { serialsHash } from '../../serials.ts'
import { claimHash, rowBond, sameMac } from '../mac.ts'
import type { Vote } from './ballots.ts'
import type { ForgottenReader } from './forgotten.ts'
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
  /** The stored hash of its code; null once it was forgotten. */
  code: Uint8Array | null
  bond: Uint8Array | null
}

/** `account`: Telegram id in digits; it and the nonce are null once erased. `serial` null where no card was shown. */
export type ClaimRow = {
  right: number
  village: string
  account: string | null
  nonce: Uint8Array | null
  /** Its bond, where the program erased the account. */
  erased: Uint8Array | null
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
  /** Cards in somebody's hands by village, as the log has it so far. */
  handed(): Map<string, number>
  /** The numbers of the leaves about cards. */
  listed(): ReadonlySet<number>
}

/** Keeps a few words a card and a right. */
export function readCards(
  terms: CardTerms,
  votes: ReadonlyMap<number, Vote>,
  faults: Faults,
  forgetting?: Pick<ForgottenReader, 'forgotten' | 'found'>,
): CardReader {
  const { macKey, origin } = terms
  const logged = new Map<string, string>()
  const printers = new Map<string, string>()
  const rightOf = new Map<string, number>()
  const claims = new Map<string, string>()
  const erased = new Map<string, number>()
  const claimed = new Set<number>()
  const listed = new Set<number>()
  const handed = () => {
    const cards = new Map<string, number>()
    for (const [card, state] of logged) {
      const [village = ''] = card.split(' ')
      if (state === 'handed_over') cards.set(village, (cards.get(village) ?? 0) + 1)
    }
    return cards
  }
  const enter = (seq: number, said: CardAct) => {
    listed.add(seq)
    const { kind: act, village, by } = said
    const serials = new Set(terms.lists.get(seq))
    if (serials.size !== said.serials || serialsHash([...serials]) !== said.list)
      return faults.add({ kind: 'card-list', seq })
    for (const serial of serials) {
      const key = `${village} ${serial}`
      if (act === 'cards-printed') {
        printers.set(key, by)
        continue
      }
      if (act === 'cards-handed-over' && printers.get(key) === by && !said.alone)
        faults.add({ kind: 'cards-by-printer', seq })
      if (act === 'cards-reissued' && logged.get(key) === 'handed_over' && !said.second && !terms.trial)
        faults.add({ kind: 'one-official', seq })
      logged.set(key, STATES[act])
    }
  }
  return {
    handed,
    listed: () => listed,
    hear: (event, { seq }) => {
      if (event.kind === 'claimed') claims.set(event.claim, event.village)
      if (event.kind === 'claim-released' && !claims.delete(event.claim))
        faults.add({ kind: 'claim-released', seq })
      if (event.kind === 'cards-reissued' && event.second === event.by)
        faults.add({ kind: 'one-official', seq })
      if (isOfCards(event)) enter(seq, event)
    },
    cards: (rows) => {
      for (const { village, serial, right, state, code, bond } of rows) {
        const key = `${village} ${serial}`
        rightOf.set(key, right)
        const said = logged.get(key) ?? 'printed'
        if (state !== said) faults.add({ kind: 'card-state', village, serial, stored: state, logged: said })
        if (code !== null) forgetting?.found()
        if (code === null && forgetting?.forgotten()) continue
        if (!macKey) continue
        const made = rowBond(macKey, origin, {
          kind: 'card',
          village,
          serial,
          right,
          code: code ? toHex(code) : '',
        })
        if (!sameMac(bond, made)) faults.add({ kind: 'card-row', village, serial })
      }
    },
    claims: (rows) => {
      for (const { right, village, account, nonce, serial, erased: gone } of rows) {
        claimed.add(right)
        forgetting?.found()
        const card = `${village} ${serial}`
        if (serial !== null && (rightOf.get(card) !== right || logged.get(card) !== 'handed_over'))
          faults.add({ kind: 'claim-card', right })
        if (terms.byCard && serial === null) faults.add({ kind: 'claim-card', right })
        if (account === null || nonce === null) {
          if (macKey && !sameMac(gone, rowBond(macKey, origin, { kind: 'erased', right })))
            faults.add({ kind: 'claim-erased', right })
          erased.set(village, (erased.get(village) ?? 0) + 1)
          continue
        }
        const hash = nonce.length === 32 ? claimHash(nonce, right, account) : ''
        if (claims.get(hash) !== village) faults.add({ kind: 'claim-unlogged', right })
        else claims.delete(hash)
      }
    },
    end: () => {
      const gone = forgetting?.forgotten() === true
      if (!gone) compareClaims([...claims.values()], erased, faults)
      const voted = new Map<string, number>()
      for (const [right, { village, channel }] of votes) {
        voted.set(village, (voted.get(village) ?? 0) + 1)
        // Who is helped shows the card to a facilitator, and claims nothing.
        if (channel === 'online' && !claimed.has(right) && !gone)
          faults.add({ kind: 'right-unclaimed', right })
      }
      if (!terms.byCard) return
      const inHands = handed()
      for (const [village, ballots] of voted) {
        const most = inHands.get(village) ?? 0
        if (ballots > most) faults.add({ kind: 'cards-fewer', village, ballots, handed: most })
      }
    },
  }
}

type CardAct = {
  kind: keyof typeof STATES | 'cards-printed'
  village: string
  serials: number
  list: string
  by: string
  second?: string
  alone?: true
}
const isOfCards = (event: { kind: string }): event is CardAct =>
  event.kind in STATES || event.kind === 'cards-printed'

/** A claim in the log whose row is gone without a leaf was taken away; an erased account leaves its row behind. */
function compareClaims(left: readonly string[], erased: ReadonlyMap<string, number>, faults: Faults): void {
  const logged = new Map<string, number>()
  for (const village of left) logged.set(village, (logged.get(village) ?? 0) + 1)
  for (const village of new Set([...logged.keys(), ...erased.keys()])) {
    const facts = { logged: logged.get(village) ?? 0, erased: erased.get(village) ?? 0 }
    if (facts.logged !== facts.erased) faults.add({ kind: 'claims', village, ...facts })
  }
}
