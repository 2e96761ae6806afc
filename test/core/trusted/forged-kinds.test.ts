// Whoever owns the database writes leaves past the program: of every kind of the closed list it is named, and nobody hears one that waits.
import { expect, test } from 'vitest'
import { encodeEvent, type Event } from '../../../src/core/audit/event.ts'
import { leafMac } from '../../../src/core/audit/mac.ts'
import { leafHash } from '../../../src/core/audit/merkle.ts'
import { collectFaults, type Fault } from '../../../src/core/audit/trusted/fault.ts'
import { readLog } from '../../../src/core/audit/trusted/tree.ts'
import { cycle, everyEvent } from '../../support/every-event.ts'

const ORIGIN = 'dauys.example/forged'
const KEY = new Uint8Array(32).fill(7)
const ANOTHER = new Uint8Array(32).fill(8)
const KINDS = Object.values<Event>(everyEvent)

/** What a log of one leaf is found to be, and which acts were heard. */
function read(
  event: Event,
  key: Uint8Array | null,
  where: 'numbered' | 'waiting',
  called: string = event.kind,
) {
  const faults = collectFaults()
  const heard: string[] = []
  const terms = {
    origin: ORIGIN,
    publicKey: KEY,
    verify: () => false,
    heads: [],
    signed: [],
    macKey: KEY,
    cycle,
  }
  const log = readLog(terms, faults, ({ kind }) => heard.push(kind))
  const body = encodeEvent(event)
  const leaf = { kind: called, body, hash: leafHash(body), mac: key && leafMac(key, ORIGIN, body) }
  if (where === 'numbered') log.leaf({ ...leaf, seq: 0 })
  else log.waiting(leaf)
  log.end()
  const kinds = faults.list().map(({ kind }: Fault) => kind)
  return { heard, kinds: kinds.filter((kind) => kind !== 'head-missing') }
}

test.each(KINDS.map((event) => [event.kind, event] as const))('a forged leaf is named: %s', (kind, event) => {
  for (const key of [null, ANOTHER]) {
    expect(read(event, key, 'numbered').kinds).toEqual(['leaf-mac'])
    expect(read(event, key, 'waiting')).toEqual({ heard: [], kinds: ['leaf-waiting'] })
  }
  // The program's own is heard, and is named once it is called another act.
  for (const where of ['numbered', 'waiting'] as const) {
    expect(read(event, KEY, where)).toEqual({ heard: [kind], kinds: [] })
    expect(read(event, KEY, where, 'x').kinds).toEqual(['leaf-kind'])
  }
})
