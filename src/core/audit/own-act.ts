// An act as it lies in a log, read only where the program itself wrote it.
import { equal } from '../bytes.ts'
import { decodeEvent, type Event } from './event.ts'
import { leafMac, sameMac } from './mac.ts'
import { leafHash } from './merkle.ts'
import type { LogLeaf } from './trusted/tree.ts'

/** A leaf as it is stored. */
export type ActLeaf = Pick<LogLeaf, 'body' | 'hash' | 'mac'>

/** Undefined for a leaf whose hash or MAC is not that of its body in the log of this `origin`, and for what is no act of the closed list. */
export function ownAct(macKey: Uint8Array, origin: string, { body, hash, mac }: ActLeaf): Event | undefined {
  if (!equal(leafHash(body), hash) || !sameMac(mac, leafMac(macKey, origin, body))) return undefined
  const event = decodeEvent(body)
  return event.ok ? event.value : undefined
}
