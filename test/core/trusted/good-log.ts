// A small cycle as its database would hold it, closed, counted and published, with nothing wrong: to be altered by tests.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { sha256 } from '@noble/hashes/sha2.js'
import { checkpointText, noteKeyId, signedNote } from '../../../src/core/audit/checkpoint.ts'
import { encodeEvent, type Event } from '../../../src/core/audit/event.ts'
import { frozenRulesHash } from '../../../src/core/audit/frozen-rules.ts'
import { claimHash, leafMac, resultSalt, rowBond } from '../../../src/core/audit/mac.ts'
import { append, type Edge, edgeRoot, emptyEdge, leafHash } from '../../../src/core/audit/merkle.ts'
import { receiptNumber } from '../../../src/core/audit/receipt.ts'
import { GENERAL } from '../../../src/core/pot.ts'
import { publishedHash, resultHash } from '../../../src/core/audit/result-hash.ts'
import { countedOf } from '../../../src/core/audit/tally.ts'
import { frozenRules, type Rules } from '../../../src/core/audit/rules.ts'
import { growTiles, noGrowth } from '../../../src/core/audit/tiles.ts'
import type { BallotRow, StrayBallot } from '../../../src/core/audit/trusted/ballots.ts'
import type { CardRow, ClaimRow } from '../../../src/core/audit/trusted/cards.ts'
import type { Fault } from '../../../src/core/audit/trusted/fault.ts'
import type { StoredHead, Verify } from '../../../src/core/audit/trusted/notes.ts'
import {
  type Holds,
  type LeafWithBallots,
  readTrusted,
  type Terms,
} from '../../../src/core/audit/trusted/read-trusted.ts'
import type { ResultRow } from '../../../src/core/audit/trusted/result.ts'
import type { RightRow } from '../../../src/core/audit/trusted/rights.ts'
import type { TileRow } from '../../../src/core/audit/trusted/tiles.ts'
import { toHex, utf8 } from '../../../src/core/bytes.ts'
import { PROFILES } from '../../../src/core/cycle.ts'
import { everywhere } from '../../../src/core/localised.ts'
import type { Result } from '../../../src/core/result.ts'
import { serialsHash } from '../../../src/core/serials.ts'

export const ORIGIN = 'dauys.example/aiagoz'
export const MAC_KEY = new Uint8Array(32).fill(77)
const at = '2026-03-01T04:00:00.000Z'
const cycle = 'aiagoz'
export const hex = (n: number): string => n.toString(16).padStart(2, '0').repeat(32)

/** An Ed25519 key of a byte. */
export function signer(byte: number) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicKey = Uint8Array.from(spki.subarray(-32))
  return { publicKey, sign: (bytes: Uint8Array) => Uint8Array.from(sign(null, bytes, privateKey)) }
}
export const LOG_KEY = signer(1)

export const verifyEd25519: Verify = (bytes, signature, publicKey) => {
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
  return verify(null, bytes, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature)
}

/** What a test may alter: everything that a database and the files beside it hold. */
export interface Story {
  terms: Terms & { results: ResultRow[] }
  leaves: LeafWithBallots[]
  strays: StrayBallot[]
  rights: RightRow[]
  cards: CardRow[]
  claims: ClaimRow[]
  /** As stored; those of the leaves where a story does not say. */
  tiles?: TileRow[]
}

/** The signed head over the first leaves. */
export function headOf(leaves: readonly { hash: Uint8Array }[], key = LOG_KEY, origin = ORIGIN): StoredHead {
  const edge = leaves.reduce((grown: Edge, { hash }) => append(grown, hash), emptyEdge())
  const root = edgeRoot(edge)
  const text = checkpointText({ origin, size: edge.size, root })
  const note = signedNote(text, origin, noteKeyId(origin, key.publicKey), key.sign(utf8(text)))
  return { size: edge.size, root, edge: edge.hashes.map(toHex), note }
}

export const leafOf = (seq: number, event: Event): LeafWithBallots => {
  const body = encodeEvent(event)
  const mac = leafMac(MAC_KEY, ORIGIN, body)
  return { seq, kind: event.kind, body, hash: leafHash(body), mac, ballots: [] }
}

const RULES: Rules = {
  cycle,
  profile: 'advisory',
  trial: false,
  method: 'card',
  revote: 'until-close',
  people: 3,
  currency: 'KZT',
  ballot: PROFILES.advisory.ballotTerms,
  rule: PROFILES.advisory.ruleTerms,
  away: { minutes: 30, hours: 24 },
  dispute: 30,
  key: hex(0xaa),
  seed: hex(0xbb),
  villages: ['11', '12'].map((village) => ({
    village,
    pots: [
      {
        pot: GENERAL,
        budget: 10_000_000,
        projects: [
          { id: `p${village}`, number: 1, title: everywhere('a well'), cost: 4_000_000, withdrawn: false },
          { id: `q${village}`, number: 2, title: everywhere('a bridge'), cost: 5_000_000, withdrawn: false },
        ],
      },
    ],
  })),
}

const villageOf = (right: number): string => (right <= 6 ? '11' : '12')
const nonceOf = (right: number) => new Uint8Array(32).fill(right)
const claimOf = (right: number) => claimHash(nonceOf(right), right, String(900 + right))
/** By right and serial; all others were handed over. */
const STATE_OF: Record<string, string> = { '10 4': 'printed', '9 3': 'dead' }
const boxOf = (n: number) => new Uint8Array(64).fill(n)
const counts = { winners: ['p11'], spent: 4_000_000 }
export const TALLIES = {
  '11': { cast: 5, counted: 2, superseded: 1, void: 1, set_aside: 1, paper: 1 },
  '12': { cast: 2, counted: 2, superseded: 0, void: 0, set_aside: 0 },
}

/**
 * Rights 1–6 in village 11, 7–10 in 12. 1 voted twice, 2 voted and erased the account, 3 went to paper afterwards, the box of 4
 * did not open, 5 claimed and gave the claim back, 7 and 8 voted, 9 lost card 3 and got card 5.
 */
export function goodLog(): Story {
  const leaves: LeafWithBallots[] = []
  const lists = new Map<number, readonly number[]>()
  const versions = new Map<number, number>()
  const enter = (event: Event) => leaves.push(leafOf(leaves.length, event)) - 1
  const ofCards = (village: string, serials: number[]) => {
    return { at, cycle, village, serials: serials.length, list: serialsHash(serials), by: hex(9) }
  }
  const hand = (village: string, serials: number[]) =>
    lists.set(enter({ kind: 'cards-handed-over', ...ofCards(village, serials) }), serials)
  const cast = (right: number, n: number) => {
    const village = villageOf(right)
    const box = toHex(sha256(boxOf(n)))
    const seq = enter({ kind: 'ballot', cycle, village, channel: 'online', commitment: hex(n), box })
    const leaf = leaves[seq] as LeafWithBallots
    const version = (versions.get(right) ?? 0) + 1
    versions.set(right, version)
    const bond = rowBond(MAC_KEY, ORIGIN, { kind: 'ballot', leaf: toHex(leaf.hash), right })
    const row: BallotRow = {
      right,
      version,
      village,
      channel: 'online',
      box: boxOf(n),
      receipt: receiptNumber(leaf.hash),
      bond,
    }
    leaf.ballots = [row]
    return leaf
  }
  enter({ kind: 'cycle-created', at, cycle, by: 'command' })
  enter({ kind: 'roll-imported', at, cycle, rows: { '11': 6, '12': 4 }, file: hex(1), by: hex(9) })
  lists.set(enter({ kind: 'cards-printed', ...ofCards('11', [1, 2]), by: hex(7) }), [1, 2])
  hand('11', [1, 2, 3, 4, 5, 6])
  hand('12', [1, 2, 3])
  enter({ kind: 'phase', at, cycle, from: 'draft', to: 'announced', by: 'command' })
  const rules = frozenRulesHash(frozenRules(RULES))
  const { key, seed } = RULES
  enter({ kind: 'opened', at, cycle, rules, key, seed, closes_at: '2026-03-10T00:00:00.000Z' })
  enter({ kind: 'phase', at, cycle, from: 'announced', to: 'voting', by: 'clock' })
  for (const right of [1, 2, 3, 4, 5, 7, 8])
    enter({ kind: 'claimed', at, cycle, village: villageOf(right), method: 'card', claim: claimOf(right) })
  enter({ kind: 'claim-released', at, cycle, village: '11', claim: claimOf(5) })
  lists.set(enter({ kind: 'cards-reissued', ...ofCards('12', [3]), second: hex(8) }), [3])
  hand('12', [5])
  cast(1, 1)
  cast(2, 2)
  cast(1, 3)
  cast(3, 4)
  const broken = cast(4, 5)
  cast(7, 6)
  const checkpoint = headOf(leaves)
  cast(8, 7)
  const row = toHex(rowBond(MAC_KEY, ORIGIN, { kind: 'way', right: 3 }))
  enter({ kind: 'way-changed', at, cycle, village: '11', way: 'paper', row, by: hex(9) })
  enter({ kind: 'extended', at, cycle, closes_at: '2026-03-12T00:00:00.000Z', by: hex(9) })
  const close = enter({ kind: 'closed', cycle })
  const closedAt = '2026-03-12T00:00:00.500Z'
  enter({ kind: 'phase', at: closedAt, cycle, from: 'voting', to: 'counting', by: 'clock' })
  const atClose = headOf(leaves.slice(0, close + 1))
  const leaf = toHex(broken.hash)
  enter({ kind: 'ballot-set-aside', at, cycle, seq: broken.seq, leaf, by: hex(9), second: hex(8) })
  const box = toHex(sha256(boxOf(20)))
  const sums = { ballots: 1, spoiled: 0, returned: 1, marks: 1 }
  const agreed = { village: '11', ...sums, commitment: hex(20), box, by: hex(9), second: hex(8) }
  enter({ kind: 'paper-entered', at, cycle, ...agreed })
  const note = hex(21)
  enter({ kind: 'paper-explained', at, cycle, village: '11', note, by: hex(9) })
  const results = (['11', '12'] as const).map((village) => {
    const ballots = countedOf(TALLIES[village])
    const salt = resultSalt(MAC_KEY, ORIGIN, { village, pot: GENERAL })
    const hash = resultHash(cycle, { village, pot: GENERAL }, ballots, counts, salt)
    const said = { village, pot: GENERAL, result: hash, ballots: TALLIES[village] }
    enter({ kind: 'counted', at, cycle, ...said, by: 'command' })
    return { village, pot: GENERAL, ballots, count: counts, hash, salt, published: true }
  })
  enter({ kind: 'published', at, cycle, result: publishedHash(results), by: 'command' })
  enter({ kind: 'phase', at, cycle, from: 'counting', to: 'results', by: 'command' })
  const head = headOf(leaves)
  const terms: Story['terms'] = {
    origin: ORIGIN,
    publicKey: LOG_KEY.publicKey,
    verify: verifyEd25519,
    heads: [checkpoint, atClose, head],
    signed: [{ size: head.size, root: head.root }],
    macKey: MAC_KEY,
    cycle,
    revote: 'until-close',
    ballotRows: 7,
    phase: 'results',
    trial: false,
    closesAt: '2026-03-12T00:00:00.000Z',
    halts: [],
    changes: [],
    rules: structuredClone(RULES),
    stored: { rules, key, seed },
    secrets: { key, seed },
    officials: 1,
    most: 2,
    atDesk: false,
    byCard: true,
    lists,
    results,
    papers: [{ village: '11', box: boxOf(20), note }],
  }
  const all = Array.from({ length: 10 }, (_, n) => n + 1)
  const serialOf = (right: number) => (right <= 6 ? right : right - 6)
  return {
    terms,
    leaves,
    strays: [],
    rights: all.map((right) => ({
      right,
      village: villageOf(right),
      register: right,
      way: right === 3 ? 'paper' : 'open',
    })),
    cards: [...all.map((right) => ({ right, serial: serialOf(right) })), { right: 9, serial: 5 }].map(
      (one) => {
        const { right, serial } = one
        const card = { village: villageOf(right), serial, right }
        const code = new Uint8Array(32).fill(100 + right + serial)
        const bond = rowBond(MAC_KEY, ORIGIN, { kind: 'card', ...card, code: toHex(code) })
        return { ...card, state: STATE_OF[`${right} ${serial}`] ?? 'handed_over', code, bond }
      },
    ),
    claims: [1, 2, 3, 4, 7, 8].map((right) => ({
      right,
      village: villageOf(right),
      account: right === 2 ? null : String(900 + right),
      nonce: right === 2 ? null : nonceOf(right),
      erased: right === 2 ? rowBond(MAC_KEY, ORIGIN, { kind: 'erased', right }) : null,
      serial: serialOf(right),
    })),
  }
}

/** Reads the story in pieces of so many. */
export function read(story: Story, piece = 3): Result<Holds, Fault[]> {
  const reading = readTrusted(story.terms)
  for (const part of pieces(story.leaves, piece)) reading.leaves(part)
  for (const part of pieces(story.tiles ?? tilesOf(story.leaves), piece)) reading.tiles(part)
  for (const part of pieces(story.strays, piece)) reading.strays(part)
  for (const part of pieces(story.rights, piece)) reading.rights(part)
  for (const part of pieces(story.cards, piece)) reading.cards(part)
  for (const part of pieces(story.claims, piece)) reading.claims(part)
  return reading.end()
}

/** The tiles that a log of these leaves has stored. */
export const tilesOf = (leaves: Story['leaves']): TileRow[] =>
  growTiles(
    noGrowth(),
    leaves.map(({ hash }) => hash),
  ).tiles

const pieces = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))
