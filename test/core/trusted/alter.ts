// Acts of somebody who owns the database: what tests do to a good cycle, and what its trusted reading then names.
import { decodeEvent, encodeEvent, type Event, type EventKind } from '../../../src/core/audit/event.ts'
import { leafMac } from '../../../src/core/audit/mac.ts'
import { leafHash } from '../../../src/core/audit/merkle.ts'
import { receiptNumber } from '../../../src/core/audit/receipt.ts'
import type { BallotRow } from '../../../src/core/audit/trusted/ballots.ts'
import type { Fault } from '../../../src/core/audit/trusted/fault.ts'
import type { LeafWithBallots } from '../../../src/core/audit/trusted/read-trusted.ts'
import { headOf, leafOf, ORIGIN, read, type Story } from './good-log.ts'

/** What is done, how, and all kinds of faults that are named then. */
export type Alteration = [name: string, alter: (story: Story) => void, faults: string[]]

export const kinds = (faults: readonly Fault[]): string[] =>
  [...new Set(faults.map(({ kind }) => kind))].sort()
export const found = (story: Story, piece?: number): string[] => {
  const reading = read(story, piece)
  return reading.ok ? [] : kinds(reading.problem)
}
export const leafAt = (story: Story, kind: EventKind, nth = 0): LeafWithBallots => {
  const leaf = story.leaves.filter((one) => one.kind === kind)[nth]
  if (!leaf) throw new Error(`no leaf ${kind} ${nth}`)
  return leaf
}
export const rowAt = (story: Story, nth: number): BallotRow =>
  leafAt(story, 'ballot', nth).ballots[0] as BallotRow
/** Writes another event into a leaf; with `key` as the program would. */
export function rewrite(leaf: LeafWithBallots, change: (event: never) => object, key?: Uint8Array): void {
  const event = decodeEvent(leaf.body)
  if (!event.ok) throw new Error('not an event')
  leaf.body = encodeEvent({ ...event.value, ...change(event.value as never) } as Event)
  leaf.hash = leafHash(leaf.body)
  if (key) leaf.mac = leafMac(key, ORIGIN, leaf.body)
  for (const row of leaf.ballots) row.receipt = receiptNumber(leaf.hash)
}
/** The tree rebuilt over the leaves as they are, notes left: what an owner without the log's key can do. */
export function rebuild(story: Story): void {
  story.leaves.forEach((leaf, seq) => (leaf.seq = seq))
  story.terms.heads = story.terms.heads.map((head, n, all) => {
    const size = n === all.length - 1 ? story.leaves.length : head.size
    return { ...headOf(story.leaves.slice(0, size)), note: head.note }
  })
}
/** The log grown by leaves that carry a MAC and a true signature: only the facts can be wrong then. */
export function grow(story: Story, before: EventKind | undefined, ...events: Event[]): void {
  const place = before ? story.leaves.findIndex(({ kind }) => kind === before) : story.leaves.length
  story.leaves.splice(place, 0, ...events.map((event) => leafOf(0, event)))
  sign(story)
}
/** Numbers the leaves anew and signs them with the log's own key. */
export function sign(story: Story): void {
  const lists = [...story.terms.lists.values()]
  story.leaves.forEach((leaf, seq) => (leaf.seq = seq))
  const handed = story.leaves.filter(({ kind }) => kind.startsWith('cards-')).map(({ seq }) => seq)
  story.terms.lists = new Map(handed.map((seq, n) => [seq, lists[n] ?? []]))
  const head = headOf(story.leaves)
  const close = story.leaves.findIndex(({ kind }) => kind === 'closed')
  story.terms.heads = [...(close < 0 ? [] : [headOf(story.leaves.slice(0, close + 1))]), head]
  story.terms.signed = [{ size: head.size, root: head.root }]
}
export const at = '2026-03-01T04:00:00.000Z'
export const cycle = 'aiagoz'
