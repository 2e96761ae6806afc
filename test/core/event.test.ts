// What the log records: one spelling, read back whole, nothing outside the list.
import { describe, expect, test } from 'vitest'
import { decodeEvent, encodeEvent, type Event } from '../../src/core/audit/event.ts'
import { fromUtf8, utf8 } from '../../src/core/bytes.ts'
import { canonicalJson, type Json } from '../../src/core/canonical-json.ts'
import { a, at, b, cycle, everyEvent as one, village } from '../support/every-event.ts'

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
