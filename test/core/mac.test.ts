// Keyed hashes over leaves and rows: what somebody who owns the database and lacks the key cannot write.
import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { claimHash, leafMac, rowBond, sameMac } from '../../src/core/audit/mac.ts'
import { toHex, utf8 } from '../../src/core/bytes.ts'

const key = new Uint8Array(32).fill(3)
const body = utf8('["dauys-event-v1",{"cycle":"c1","kind":"closed"}]')

test('a MAC of a leaf is HMAC-SHA256 over tag, counted origin and body', () => {
  const made = createHmac('sha256', key)
    .update('dauys-leaf-v1')
    .update(Uint8Array.of(0, 0, 0, 4))
    .update('d/c1')
  expect(toHex(leafMac(key, 'd/c1', body))).toBe(made.update(body).digest('hex'))
})

test('it changes with the key, the log and the body, and no origin can eat into the body', () => {
  const made = toHex(leafMac(key, 'd/c1', body))
  expect(toHex(leafMac(new Uint8Array(32), 'd/c1', body))).not.toBe(made)
  expect(toHex(leafMac(key, 'd/c2', body))).not.toBe(made)
  expect(toHex(leafMac(key, 'd/c1', body.slice(1)))).not.toBe(made)
  expect(toHex(leafMac(key, 'd/c', utf8('1x')))).not.toBe(toHex(leafMac(key, 'd/c1', utf8('x'))))
})

test('the bond of a row changes with each of its facts, and a leaf’s MAC is no bond', () => {
  const rows = [
    rowBond(key, 'o', { kind: 'ballot', leaf: 'ab', right: 7 }),
    rowBond(key, 'o', { kind: 'ballot', leaf: 'ac', right: 7 }),
    rowBond(key, 'o', { kind: 'ballot', leaf: 'ab', right: 8 }),
    rowBond(key, 'p', { kind: 'ballot', leaf: 'ab', right: 7 }),
    rowBond(key, 'o', { kind: 'way', right: 7 }),
    rowBond(key, 'o', { kind: 'card', village: '1', serial: 1, right: 7, code: 'ab' }),
    rowBond(key, 'o', { kind: 'card', village: '1', serial: 1, right: 8, code: 'ab' }),
    leafMac(key, 'o', utf8('{"kind":"way","right":7}')),
  ]
  expect(new Set(rows.map(toHex)).size).toBe(rows.length)
})

test('a claim is told by nonce, row and account together', () => {
  const nonce = new Uint8Array(32).fill(5)
  const hash = createHash('sha256').update('dauys-claim-v1').update(nonce).update('[7,"900"]').digest('hex')
  expect(claimHash(nonce, 7, '900')).toBe(hash)
  expect(claimHash(nonce, 70, '900')).not.toBe(hash)
  expect(claimHash(nonce, 7, '901')).not.toBe(hash)
})

test('a stored MAC that is missing, shorter or one bit off is not the same', () => {
  const made = leafMac(key, 'o', body)
  expect(sameMac(made.slice(), made)).toBe(true)
  expect(sameMac(null, made)).toBe(false)
  expect(sameMac(made.slice(1), made)).toBe(false)
  expect(sameMac(made.with(31, (made[31] as number) ^ 1), made)).toBe(false)
})

test('a key, a nonce of another length is a bug', () => {
  expect(() => leafMac(key.slice(1), 'o', body)).toThrow(RangeError)
  expect(() => rowBond(key.slice(1), 'o', { kind: 'way', right: 1 })).toThrow(RangeError)
  expect(() => claimHash(key.slice(1), 1, '1')).toThrow(RangeError)
})
