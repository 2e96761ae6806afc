// Whether the program wrote a leaf, as it stands there; and whether two officials have set aside one that it did not.
import { decodeEvent } from '../core/audit/event.ts'
import { leafMac, sameMac } from '../core/audit/mac.ts'
import { leafHash } from '../core/audit/merkle.ts'
import { equal, toHex } from '../core/bytes.ts'
import type { Tx } from '../store/db.ts'
import { type NewLeaf, leavesOfKind } from '../store/log.ts'
import type { App } from './app.ts'

/** A leaf that the program did not write, or not as it stands there. `leaf`: its stored hash, hex. */
export interface LeafFault {
  kind: 'leaf-mac' | 'leaf-hash'
  leaf: string
}

type Kept = Pick<NewLeaf, 'body' | 'hash' | 'mac'>

export function leafFault(app: App, origin: string, { body, hash, mac }: Kept): LeafFault | undefined {
  if (!equal(leafHash(body), hash)) return { kind: 'leaf-hash', leaf: toHex(hash) }
  const made = leafMac(app.secrets.leafKey, origin, body)
  return sameMac(mac, made) ? undefined : { kind: 'leaf-mac', leaf: toHex(hash) }
}

/** Set aside by a leaf of the program's own that names two officials. */
export async function setAsideBefore(
  app: App,
  tx: Tx,
  origin: string,
  log: number,
  fault: LeafFault,
): Promise<boolean> {
  for (const act of await leavesOfKind(tx, log, 'leaf-set-aside')) {
    const event = decodeEvent(act.body)
    if (!event.ok || event.value.kind !== 'leaf-set-aside' || leafFault(app, origin, act)) continue
    const { leaf, by, second } = event.value
    if (leaf === fault.leaf && by !== second) return true
  }
  return false
}
