// What the log records: one spelling, read back whole, nothing outside the list.
import { describe, expect, test } from 'vitest'
import { decodeEvent, encodeEvent, type Event, type EventKind } from '../../src/core/audit/event.ts'
import { fromUtf8, utf8 } from '../../src/core/bytes.ts'

const a = 'a'.repeat(64)
const b = '0123456789abcdef'.repeat(4)
const at = '2026-03-01T04:00:00.000Z'
const cycle = '0190a5c2-7f4e-7abc-8def-0123456789ab'
const village = '103230100'

const one: { [K in EventKind]: Extract<Event, { kind: K }> } = {
  ballot: { kind: 'ballot', cycle, village, channel: 'online', commitment: a, box: b },
  'cycle-created': { kind: 'cycle-created', at, cycle, by: 'command' },
  phase: { kind: 'phase', at, cycle, from: 'ideas', to: 'review', by: 'clock' },
  opened: { kind: 'opened', at, cycle, rules: a, key: b, seed: a },
  extended: { kind: 'extended', at, cycle, closes_at: '2026-03-05T13:00:00.000Z', by: a },
  closed: { kind: 'closed', cycle },
  granted: { kind: 'granted', at, role: 'facilitator', territory: village, account: a, by: b, until: at },
  revoked: { kind: 'revoked', at, role: 'official', account: a, by: 'command' },
  'cards-handed-over': { kind: 'cards-handed-over', at, cycle, village, serials: 119, list: a, by: b },
  'cards-reissued': { kind: 'cards-reissued', at, cycle, village, serials: 1, list: b, by: b },
  'roll-imported': {
    kind: 'roll-imported',
    at,
    cycle,
    rows: { [village]: 412, '103230200': 0 },
    file: a,
    by: 'command',
  },
  'roll-approved': { kind: 'roll-approved', at, cycle, file: a, by: b },
  'cards-returned': { kind: 'cards-returned', at, cycle, village, serials: 3, list: a, by: b },
  'cards-destroyed': { kind: 'cards-destroyed', at, cycle, village, serials: 3, list: a, by: b },
  'card-moved': { kind: 'card-moved', at, cycle, village, was: a, claim: b, by: a, second: b },
  claimed: { kind: 'claimed', at, cycle, village, method: 'card', claim: a },
  'claim-released': { kind: 'claim-released', at, cycle, village, claim: a },
  'way-changed': { kind: 'way-changed', at, cycle, village, way: 'paper', row: b, by: a },
  'ballot-set-aside': { kind: 'ballot-set-aside', at, cycle, seq: 7, leaf: a, by: a, second: b },
  'leaf-set-aside': { kind: 'leaf-set-aside', at, leaf: a, by: a, second: b },
  'log-rollback-accepted': {
    kind: 'log-rollback-accepted',
    at,
    signed: { size: 25, root: a },
    stored: { size: 20, root: b },
    by: a,
    second: b,
  },
  counted: {
    kind: 'counted',
    at,
    cycle,
    village,
    pot: 'general',
    result: a,
    ballots: { cast: 9, counted: 6, superseded: 1, void: 1, set_aside: 1 },
    by: a,
  },
  published: { kind: 'published', at, cycle, result: a, by: 'command' },
  exported: { kind: 'exported', at, cycle, what: 'bundle', by: a },
  'account-erased': { kind: 'account-erased', at },
}

describe('spelling', () => {
  test('a ballot is this text and no other', () => {
    expect(fromUtf8(encodeEvent(one.ballot))).toBe(
      `["dauys-event-v1",{"box":"${b}","channel":"online","commitment":"${a}","cycle":"${cycle}","kind":"ballot","village":"${village}"}]`,
    )
  })

  test.each(Object.values(one))('$kind is read back as it was written', (event) => {
    expect(decodeEvent(encodeEvent(event))).toEqual({ ok: true, value: event })
    const backwards = Object.fromEntries(Object.entries(event).toReversed()) as Event
    expect(encodeEvent(backwards)).toEqual(encodeEvent(event))
  })
})

describe('reading what others wrote', () => {
  const text = fromUtf8(encodeEvent(one.phase)) as string
  const kind = (body: string) => {
    const read = decodeEvent(utf8(body))
    return read.ok ? 'ok' : read.problem.kind
  }

  test('the same facts in another spelling are not canonical', () => {
    expect(kind(text.replace(',{', ', {'))).toBe('not-canonical')
    expect(kind(text.replace('"by"', '"b\\u0079"'))).toBe('not-canonical')
    expect(kind(`["dauys-event-v1",{"kind":"closed","cycle":"${cycle}"}]`)).toBe('not-canonical')
    expect(kind(`${text}\n`)).toBe('not-canonical')
    expect(kind(`["dauys-event-v1",{"cycle":"x","cycle":"y","kind":"closed"}]`)).toBe('not-canonical')
  })

  test('another version, an unknown kind, a missing, added or odd field and broken bytes are not events', () => {
    const odd = [
      '',
      'null',
      '[]',
      text.slice(0, -1),
      text.replace('v1', 'v2'),
      text.replace('"phase"', '"phases"'),
      text.replace('"by":"clock",', ''),
      text.replace('"by":"clock"', '"by":"nobody"'),
      text.replace('"by":"clock"', '"by":"clock","when":1'),
      text.replace(`"at":"${at}"`, '"at":"yesterday"'),
      text.replace(`"at":"${at}",`, ''),
      text.replace(']', ',1]'),
      `\uFEFF${text}`,
      text.replace('{', '{"__proto__":1,'),
    ]
    for (const body of odd) expect([body, kind(body)]).toEqual([body, 'not-an-event'])
    expect(decodeEvent(Uint8Array.of(0xff, 0xfe)).ok).toBe(false)
  })
})

test('a name, a phone with a plus, an upper-case hash or a negative count cannot be written', () => {
  const bad: Event[] = [
    { ...one.claimed, village: 'Аягөз' },
    { ...one.claimed, method: 'Асан Үсенов' },
    { ...one.claimed, method: '+77011234567' },
    { ...one.ballot, commitment: a.toUpperCase() },
    { ...one.ballot, box: a.slice(2) },
    { ...one['cards-handed-over'], serials: -1 },
    { ...one['cards-handed-over'], serials: 1.5 },
    { ...one['roll-imported'], rows: { 'Асан Үсенов': 1 } },
    { ...one.extended, closes_at: '2026-03-05 18:00' },
    { ...one.closed, phone: '77011234567' } as Event,
  ]
  for (const event of bad) expect(() => encodeEvent(event), JSON.stringify(event)).toThrow()
})

test('the same act done twice is two leaves; a ballot and the close carry no time', () => {
  const later = '2026-03-01T04:00:00.001Z'
  const timed = Object.values(one).filter((event) => 'at' in event)
  expect(Object.keys(one).filter((kind) => !timed.some((event) => event.kind === kind))).toEqual([
    'ballot',
    'closed',
  ])
  for (const event of timed) expect(encodeEvent({ ...event, at: later })).not.toEqual(encodeEvent(event))
})
