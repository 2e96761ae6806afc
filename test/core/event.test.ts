// What the log records: one spelling, read back whole, nothing outside the list. 300+: an event of each kind.
import { describe, expect, test } from 'vitest'
import { decodeEvent, encodeEvent, type Event, type EventKind } from '../../src/core/audit/event.ts'
import { fromUtf8, utf8 } from '../../src/core/bytes.ts'
import { canonicalJson, type Json } from '../../src/core/canonical-json.ts'

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
  'cards-printed': { kind: 'cards-printed', at, cycle, village, serials: 119, list: a, by: b },
  'cards-handed-over': { kind: 'cards-handed-over', at, cycle, village, serials: 119, list: a, by: b },
  'cards-reissued': { kind: 'cards-reissued', at, cycle, village, serials: 1, list: b, by: b, second: a },
  'telegram-away': { kind: 'telegram-away', at, cycle, from: at, until: at, closes_at: at },
  'sample-dice': { kind: 'sample-dice', at, cycle, dice: '1234561234', by: a },
  'sample-drawn': { kind: 'sample-drawn', at, cycle, dice: '1234561234', leaves: [3, 17] },
  'pressure-reported': { kind: 'pressure-reported', cycle, village, number: 3 },
  forgotten: { kind: 'forgotten', at, cycle, by: a, second: b },
  suspended: { kind: 'suspended', at, cycle, reason: a, by: a, second: b },
  resumed: { kind: 'resumed', at, cycle, closes_at: at, by: a, second: b },
  voided: { kind: 'voided', at, cycle, reason: b, by: a, second: b },
  'roll-imported': {
    kind: 'roll-imported',
    at,
    cycle,
    rows: { [village]: 412, '103230200': 0 },
    file: a,
    by: 'command',
  },
  'roll-approved': { kind: 'roll-approved', at, cycle, rows: { [village]: 10 }, file: a, by: b, second: a },
  'cards-returned': { kind: 'cards-returned', at, cycle, village, serials: 3, list: a, by: b },
  'cards-destroyed': { kind: 'cards-destroyed', at, cycle, village, serials: 3, list: a, by: b },
  claimed: { kind: 'claimed', at, cycle, village, method: 'card', claim: a },
  'person-checked': { kind: 'person-checked', at, cycle, village, row: b, by: a },
  'facilitator-named': {
    kind: 'facilitator-named',
    at,
    cycle,
    village,
    account: a,
    until: at,
    by: b,
    second: a,
  },
  'facilitator-ended': { kind: 'facilitator-ended', at, cycle, village, account: a, by: b },
  'assist-opened': { kind: 'assist-opened', at, cycle, village, method: 'card', row: b, by: a },
  'tests-sealed': { kind: 'tests-sealed', at, cycle, tests: 2, list: a, by: b },
  'tests-opened': {
    kind: 'tests-opened',
    at,
    cycle,
    list: a,
    salt: b,
    tests: [[village, 4, 4]],
    ballots: [7],
    by: 'command',
  },
  'claim-released': { kind: 'claim-released', at, cycle, village, claim: a },
  'paper-entered': {
    kind: 'paper-entered',
    at,
    cycle,
    village,
    ballots: 11,
    spoiled: 1,
    returned: 2,
    marks: 14,
    commitment: a,
    box: b,
    by: a,
    second: b,
  },
  'paper-explained': { kind: 'paper-explained', at, cycle, village, note: b, by: a },
  'own-vote-told': { kind: 'own-vote-told', at, cycle, village, by: a },
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
    shown: b,
    seed: a,
    by: a,
  },
  published: { kind: 'published', at, cycle, result: a, by: 'command' },
  exported: { kind: 'exported', at, cycle, what: 'bundle', by: a },
  'idea-decided': {
    kind: 'idea-decided',
    at,
    cycle,
    village,
    idea: 12,
    decision: 'feasible',
    from: 'approved',
    to: 'feasible',
    before: a,
    after: b,
    cost: 4_500_000,
    by: a,
  },
  'ideas-apart': { kind: 'ideas-apart', at, cycle, village, first: 3, second: 5, by: a },
  'author-muted': { kind: 'author-muted', at, cycle, village, idea: 3, until: at, by: a },
  'author-unmuted': { kind: 'author-unmuted', at, cycle, village, idea: 3, by: a },
  'room-bound': { kind: 'room-bound', at, cycle, territory: village, by: a },
  'room-released': { kind: 'room-released', at, cycle, by: 'clock' },
  'channel-bound': { kind: 'channel-bound', at, cycle, territory: village, channel: '-1001234567890', by: a },
  'channel-released': { kind: 'channel-released', at, cycle, channel: '-1001234567890', by: 'clock' },
  announced: {
    kind: 'announced',
    at,
    cycle,
    announcement: 3,
    content: a,
    starts: at,
    by: a,
    second: b,
  },
  'announcement-moved': { kind: 'announcement-moved', at, cycle, announcement: 3, to: 'paused', by: a },
  'question-settled': {
    kind: 'question-settled',
    at,
    cycle,
    village,
    question: 4,
    project: 3,
    to: 'answered',
    reply: a,
    by: b,
  },
  'meeting-cancelled': { kind: 'meeting-cancelled', at, cycle, village, meets: at, by: b },
  'meeting-set': { kind: 'meeting-set', at, cycle, village, meets: at, place: a, by: b },
  'hands-counted': { kind: 'hands-counted', at, cycle, village, hands: b, by: a, second: b },
  'projects-imported': { kind: 'projects-imported', at, cycle, projects: { [village]: 12 }, list: a, by: b },
  'needs-published': { kind: 'needs-published', at, cycle, village, result: a, by: 'command' },
  'milestone-kept': {
    kind: 'milestone-kept',
    at,
    cycle,
    village,
    project: 3,
    milestone: 1,
    facts: a,
    by: b,
  },
  'work-photo-added': { kind: 'work-photo-added', at, cycle, village, project: 3, milestone: 1, by: b },
  'work-built': { kind: 'work-built', at, cycle, village, project: 3, round: 2, reply: a, by: b },
  'result-changed': {
    kind: 'result-changed',
    at,
    cycle,
    village,
    project: 3,
    change: 'cheaper',
    cost: 900_000,
    reason: a,
    by: a,
    second: b,
  },
  'keys-brought': { kind: 'keys-brought', at, cycle, key: a, seed: b, by: a },
  'keys-rehearsed': { kind: 'keys-rehearsed', at, cycle, key: a, by: 'command' },
  'dice-thrown': { kind: 'dice-thrown', at, cycle, dice: '1234561234', by: a },
  'witness-added': { kind: 'witness-added', cycle, name: 'witness.example/w1', key: a, by: 'command' },
  cosigned: { kind: 'cosigned', cycle, size: 12, key: a, time: 1_679_315_147, signature: a + b },
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

test('the same act done twice is two leaves; a ballot, the close, reports of pressure and witnesses carry no time of writing', () => {
  const later = '2026-03-01T04:00:00.001Z'
  const timed = Object.values(one).filter((event) => 'at' in event)
  expect(Object.keys(one).filter((kind) => !timed.some((event) => event.kind === kind))).toEqual([
    'ballot',
    'closed',
    'pressure-reported',
    'witness-added',
    'cosigned',
  ])
  for (const event of timed) expect(encodeEvent({ ...event, at: later })).not.toEqual(encodeEvent(event))
})

describe('ballots and claims, of which a log has one for each voter', () => {
  const bodies = [one.ballot, { ...one.ballot, channel: 'paper' as const }, one.claimed].map(
    (event) => fromUtf8(encodeEvent(event)) as string,
  )
  // Whatever is read is an event of the list, and is written back to the byte.
  const isHonest = (text: string): boolean => {
    const read = decodeEvent(utf8(text))
    return !read.ok || fromUtf8(encodeEvent(read.value)) === text
  }
  const letters = [...Array.from('"\\,:{}[]\n 0aAZz-.'), '\u0000', 'ә', '\u2028']

  test('are read in their one spelling', () => {
    for (const text of bodies) expect(decodeEvent(utf8(text)).ok, text).toBe(true)
  })

  test('with a letter put in, taken out or changed they are refused, or are another event in its own spelling', () => {
    let refused = 0
    for (const text of bodies)
      for (let at = 0; at <= text.length; at++) {
        const [before, after] = [text.slice(0, at), text.slice(at)]
        const altered = [
          before + after.slice(1),
          ...letters.flatMap((x) => [before + x + after, before + x + after.slice(1)]),
        ]
        for (const one of altered) {
          expect(isHonest(one), one).toBe(true)
          if (!decodeEvent(utf8(one)).ok) refused++
        }
      }
    expect(refused).toBeGreaterThan(10_000)
  })

  test('with their fields mixed, doubled or left out they are refused', () => {
    for (const text of bodies) {
      const fields = text.slice(text.indexOf('{') + 1, -2).split(/,(?=")/)
      for (let at = 0; at < fields.length; at++) {
        const without = fields.filter((_, n) => n !== at)
        for (const made of [without, [...fields, fields[at]], [fields[at], ...without].toReversed()])
          expect(decodeEvent(utf8(`["dauys-event-v1",{${made.join(',')}}]`)).ok, made.join()).toBe(false)
      }
    }
  })
})

test('a ballot is spelled as every other act, and refused where it says anything else', () => {
  const spelled = (event: object) => canonicalJson(['dauys-event-v1', event as Json])
  for (const channel of ['online', 'assisted', 'paper'] as const) {
    const event = { ...one.ballot, channel }
    expect(fromUtf8(encodeEvent(event))).toBe(spelled(event))
  }
  const odd = [
    { ...one.ballot, cycle: 'c","kind":"closed' },
    { ...one.ballot, cycle: '' },
    { ...one.ballot, box: a.toUpperCase() },
    { ...one.ballot, channel: 'fax' },
    { ...one.ballot, village: 103230100 },
    { ...one.ballot, more: 'x' },
    { ...one.ballot, village: undefined },
  ]
  for (const event of odd)
    expect(() => encodeEvent(event as unknown as Event), JSON.stringify(event)).toThrow()
})
