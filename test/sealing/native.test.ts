// libsodium compiled for the machine and in WebAssembly are one library: what the one makes the other takes, byte for byte.
import { expect, test } from 'vitest'
import { natively } from '../../src/sealing/native.ts'
import { boxKeys, open, seal } from '../../src/sealing/sealed-box.ts'
import { sign, signKeys, verify } from '../../src/sealing/sign.ts'
import { loadSodium } from '../../src/sealing/sodium.ts'

const wrapped = await loadSodium()
const native = await natively(wrapped)
/** It is optional: a machine that it was not compiled for votes without it. */
const story = test.runIf(native !== wrapped)
const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + length) % 256)

story.each([
  [native, wrapped],
  [wrapped, native],
])('what one of them seals, pads and signs, the other opens and checks', (one, other) => {
  const [keys, signing] = [boxKeys(one), signKeys(other)]
  for (const length of [0, 1, 32, 255, 256, 511]) {
    const content = bytes(length)
    const box = seal(one, keys.publicKey, content, 512)
    expect(box).toHaveLength(512 + 48)
    expect(open(other, keys, box, 512)).toEqual({ ok: true, value: content })
    const signature = sign(one, content, signing.privateKey)
    expect(signature).toEqual(sign(other, content, signing.privateKey))
    expect(verify(other, content, signature, signing.publicKey)).toBe(true)
  }
  for (const length of [0, 15, 16, 17])
    expect(one.pad(bytes(length), 16)).toEqual(other.pad(bytes(length), 16))
})

story.each([[native], [wrapped]])('what was altered is refused by both', (sodium) => {
  const [keys, signing] = [boxKeys(sodium), signKeys(sodium)]
  const box = seal(sodium, keys.publicKey, bytes(40), 256)
  expect(open(sodium, boxKeys(sodium), box, 256)).toEqual({ ok: false, problem: 'not-openable' })
  expect(open(sodium, keys, box.subarray(0, 40))).toEqual({ ok: false, problem: 'not-openable' })
  const signature = sign(sodium, bytes(9), signing.privateKey)
  expect(verify(sodium, bytes(10), signature, signing.publicKey)).toBe(false)
})
