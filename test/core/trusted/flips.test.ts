// Any bit of anything stored, flipped: the trusted reading names a fault and never throws.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHead } from '../../../src/core/audit/trusted/notes.ts'
import { readInstallation } from '../../../src/core/audit/trusted/read-trusted.ts'
import { goodLog, headOf, hex, leafOf, LOG_KEY, ORIGIN, read, type Story, verifyEd25519 } from './good-log.ts'

/** Every byte string of the story, as it lies in the database. */
function places(story: Story): Uint8Array[] {
  const { leaves, cards, claims, terms } = story
  const ballots = leaves.flatMap((leaf) => leaf.ballots)
  return [
    ...leaves.flatMap(({ body, hash, mac }) => [body, hash, mac]),
    ...ballots.flatMap(({ box, bond }) => [box, bond]),
    ...cards.flatMap(({ code, bond }) => [code, bond]),
    ...claims.map(({ nonce }) => nonce),
    ...terms.heads.map(({ root }) => root),
    ...terms.signed.map(({ root }) => root),
  ].filter((bytes) => bytes !== null)
}

test('a bit of any byte string', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(7), (place, byte, bit) => {
      const story = goodLog()
      // Bytes that rows share are copied, so that one place alone is altered.
      for (const leaf of story.leaves) {
        leaf.hash = leaf.hash.slice()
        leaf.ballots = leaf.ballots.map((row) => ({ ...row, box: row.box?.slice() ?? null }))
      }
      const all = places(story)
      const bytes = all[place % all.length] as Uint8Array
      const at = byte % bytes.length
      bytes[at] = (bytes[at] as number) ^ (1 << bit)
      expect(read(story).ok).toBe(false)
    }),
    { numRuns: 300 },
  )
})

test('a letter of any note', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.constantFrom('A', '0', '\n', '+', '— ', ''), (nth, place, letter) => {
      const [head] = [headOf(goodLog().leaves.slice(0, 1 + (nth % 20)))]
      const at = place % head.note.length
      const note = head.note.slice(0, at) + letter + head.note.slice(at + 1)
      const key = { origin: ORIGIN, publicKey: LOG_KEY.publicKey, verify: verifyEd25519 }
      expect(readHead({ ...head, note }, key).ok).toBe(note === head.note)
    }),
    { numRuns: 500 },
  )
})

test('a witness’s line is passed over, a second signature in our name must hold', () => {
  const head = headOf(goodLog().leaves)
  const key = { origin: ORIGIN, publicKey: LOG_KEY.publicKey, verify: verifyEd25519 }
  const line = head.note.slice(head.note.indexOf('— '))
  expect(readHead({ ...head, note: head.note + line.replace(ORIGIN, 'witness.example') }, key).ok).toBe(true)
  const forged = headOf(goodLog().leaves.slice(1)).note
  const other = forged.slice(forged.indexOf('— '))
  expect(readHead({ ...head, note: head.note + other }, key)).toEqual({
    ok: false,
    problem: { kind: 'note-forged', size: head.size },
  })
})

test('a role counts only with its leaf, and a leaf with its role', () => {
  const at = '2026-03-01T04:00:00.000Z'
  const grant = { at, account: hex(1), role: 'official', by: 'command' } as const
  const leaves = [
    leafOf(0, { kind: 'granted', ...grant }),
    leafOf(1, { kind: 'granted', ...grant, account: hex(2), territory: '11' }),
    leafOf(2, { kind: 'revoked', ...grant }),
  ]
  const role = (byte: number, territory?: string) => ({
    until: undefined,
    account: hex(byte),
    role: 'official',
    territory,
  })
  const outcome = (...grants: ReturnType<typeof role>[]) => {
    const head = headOf(leaves)
    const { publicKey } = LOG_KEY
    const terms = {
      origin: ORIGIN,
      publicKey,
      verify: verifyEd25519,
      heads: [head],
      signed: [],
      cycle: undefined,
    }
    const reading = readInstallation({ ...terms, macKey: new Uint8Array(32).fill(77), grants, now: at })
    reading.leaves(leaves)
    const read = reading.end()
    return read.ok ? [] : read.problem.map(({ kind }) => kind)
  }
  expect(outcome(role(2, '11'))).toEqual([])
  expect(outcome(role(2, '11'), role(1))).toEqual(['grant-unlogged'])
  expect(outcome(role(2))).toEqual(['grant-unlogged', 'grant-missing'])
  expect(outcome()).toEqual(['grant-missing'])
})

test('of a fault that is everywhere fifty are listed and the others counted', () => {
  const story = goodLog()
  story.rights = Array.from({ length: 60 }, (_, n) => ({
    right: 20 + n,
    village: '11',
    register: 20 + n,
    way: 'desk',
  }))
  const reading = read(story)
  if (reading.ok) throw new Error('it cannot hold')
  expect(reading.problem.filter(({ kind }) => kind === 'way').length).toBe(50)
  expect(reading.problem).toContainEqual({ kind: 'more', of: 'way', count: 10 })
})
