// SHA-256 has one door and two makers: a browser's and the machine's own make the same bytes.
import { createHmac } from 'node:crypto'
import { sha256 as portable } from '@noble/hashes/sha2.js'
import { afterEach, expect, test } from 'vitest'
import { leafMac } from '../../src/core/audit/mac.ts'
import { leafHash, nodeHash } from '../../src/core/audit/merkle.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { hashBy, sha256 } from '../../src/core/sha256.ts'
import { hashNatively, nodeSha256 } from '../../src/program/native-hash.ts'

afterEach(() => hashBy(portable))

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 31 + length) % 256)
const LENGTHS = [...Array(130).keys(), 255, 256, 257, 1_000, 65_536]

test('the machine’s own SHA-256 and the portable one make the same bytes, of a part of a buffer too', () => {
  for (const length of LENGTHS) {
    const content = bytes(length)
    expect(nodeSha256(content)).toEqual(portable(content))
    expect(nodeSha256(bytes(length + 9).subarray(4, length + 4))).toEqual(
      portable(bytes(length + 9).slice(4, length + 4)),
    )
  }
})

test('leaves, nodes and MACs are the same by whichever they are made', () => {
  const made = () =>
    LENGTHS.map((length) => [
      leafHash(bytes(length)),
      nodeHash(sha256(bytes(length)), bytes(32)),
      leafMac(bytes(32), `log ${length}`, bytes(length)),
    ])
  const before = made()
  hashNatively()
  expect(made()).toEqual(before)
})

test('a MAC is HMAC-SHA256 for content of any length', () => {
  for (const length of LENGTHS) {
    const head = Buffer.from([...utf8('dauys-leaf-v1'), 0, 0, 0, 3, ...utf8('log')])
    const wanted = createHmac('sha256', bytes(32)).update(head).update(bytes(length)).digest()
    expect(Buffer.from(leafMac(bytes(32), 'log', bytes(length)))).toEqual(wanted)
  }
})

test('a hash is the caller’s own: the next one leaves it as it is', () => {
  hashNatively()
  const [first, wanted] = [sha256(bytes(7)), portable(bytes(7))]
  sha256(bytes(8))
  expect(first).toEqual(wanted)
  expect(first.buffer.byteLength).toBe(32)
})

test('what makes other hashes is not taken', () => {
  expect(() => hashBy((content) => portable(portable(content)))).toThrow('another hash')
  expect(sha256(bytes(3))).toEqual(portable(bytes(3)))
})
