// Sealed ballots and signatures: only the key opens, the size tells nothing, a changed byte shows.
import fc from 'fast-check'
import { randomFillSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readSignedNote, readVerifierKey } from '../../src/core/audit/checkpoint.ts'
import { fromHex, toHex, utf8 } from '../../src/core/bytes.ts'
import { boxSize, openBallot, sealBallot } from '../../src/sealing/ballot-box.ts'
import { boxKeys, boxKeysOf, boxOverhead, open, seal } from '../../src/sealing/sealed-box.ts'
import { sign, signKeys, verify } from '../../src/sealing/sign.ts'
import { loadSodium, randomWords } from '../../src/sealing/sodium.ts'

const sodium = await loadSodium()
const keys = boxKeys(sodium)
const nonce = new Uint8Array(32).fill(5)

describe('randomness', () => {
  test('every random word is given once, in order, and does not stay in memory', () => {
    let drawn = 0
    let block = new Uint32Array()
    const word = randomWords((words) => {
      block = words
      words.forEach((_, at) => (words[at] = ++drawn))
    })
    const given = Array.from({ length: 1000 }, () => word())
    expect(given).toEqual(Array.from({ length: 1000 }, (_, at) => at + 1))
    expect(block.filter((one) => one !== 0 && one <= 1000)).toHaveLength(0)
  })

  test('a source that fails gives no word, then or later', () => {
    let working = false
    const word = randomWords((words) => {
      if (!working) throw new Error('no randomness')
      words.fill(7)
    })
    expect(word).toThrow('no randomness')
    expect(word).toThrow('no randomness')
    working = true
    expect(word()).toBe(7)
    for (let n = 1; n < 256; n++) word()
    working = false
    expect(word).toThrow('no randomness')
  })

  test('libsodium draws all of it from the given source, and no box is like another', async () => {
    let blocks = 0
    const drawing = await loadSodium((words) => {
      blocks += 1
      randomFillSync(words)
    })
    const boxes = Array.from({ length: 100 }, () => toHex(seal(drawing, keys.publicKey, utf8('v:1'), 256)))
    // A key of 32 bytes a box, a word for each byte, 256 words a block.
    expect(blocks).toBe(13)
    expect(new Set(boxes.map((box) => box.slice(0, 64))).size).toBe(100)
  })

  test('a source that fails seals nothing', async () => {
    const failing = await loadSodium(() => {
      throw new Error('no randomness')
    })
    expect(() => seal(failing, keys.publicKey, utf8('v:1'), 256)).toThrow('no randomness')
    await loadSodium(randomFillSync)
    expect(seal(failing, keys.publicKey, utf8('v:1'), 256)).toHaveLength(304)
  })
})

describe('boxes', () => {
  test('what is sealed is opened with the private key, with and without padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (content) => {
        expect(open(sodium, keys, seal(sodium, keys.publicKey, content))).toEqual({
          ok: true,
          value: content,
        })
        const padded = seal(sodium, keys.publicKey, content, 256)
        expect(padded.length).toBe(256 + boxOverhead)
        expect(open(sodium, keys, padded, 256)).toEqual({ ok: true, value: content })
      }),
    )
  })

  test('content that leaves no room for padding does not fit', () => {
    expect(seal(sodium, keys.publicKey, new Uint8Array(255), 256).length).toBe(304)
    expect(() => seal(sodium, keys.publicKey, new Uint8Array(256), 256)).toThrow(RangeError)
  })

  test('another key, a changed byte, a cut box and another size do not open', () => {
    const box = seal(sodium, keys.publicKey, utf8('v:1'), 256)
    const refused = { ok: false, problem: 'not-openable' }
    expect(open(sodium, boxKeys(sodium), box, 256)).toEqual(refused)
    for (let at = 0; at < box.length; at++) {
      expect(
        open(
          sodium,
          keys,
          Uint8Array.from(box, (byte, n) => (n === at ? byte ^ 1 : byte)),
          256,
        ),
      ).toEqual(refused)
    }
    expect(open(sodium, keys, box.slice(1), 256)).toEqual(refused)
    expect(open(sodium, keys, box, 512)).toEqual(refused)
    expect(open(sodium, keys, new Uint8Array(0))).toEqual(refused)
    const neverPadded = seal(sodium, keys.publicKey, new Uint8Array(256))
    expect(open(sodium, keys, neverPadded, 256)).toEqual(refused)
  })

  test('the private key alone gives both keys back', () => {
    expect(boxKeysOf(sodium, keys.privateKey)).toEqual(keys)
    expect(() => boxKeysOf(sodium, keys.privateKey.slice(1))).toThrow(RangeError)
  })
})

describe('ballots', () => {
  test('a sealed ballot gives back its nonce and choices', () => {
    const size = boxSize(100)
    const choices = 'ауыл:p1,p2\naudan:'
    const box = sealBallot(sodium, keys.publicKey, { nonce, choices }, size)
    expect(openBallot(sodium, keys, box, size)).toEqual({ ok: true, value: { nonce, choices } })
  })

  test('an empty and the longest ballot of a cycle are boxes of one size, and no two boxes are alike', () => {
    const size = boxSize(600)
    const sealed = (choices: string) => sealBallot(sodium, keys.publicKey, { nonce, choices }, size)
    expect(sealed('').length).toBe(sealed('x'.repeat(600)).length)
    expect(toHex(sealed('v:1'))).not.toBe(toHex(sealed('v:1')))
  })

  test('sizes are steps of 256, with room for nonce and padding', () => {
    expect([0, 223, 224, 479, 480].map(boxSize)).toEqual([256, 256, 512, 512, 768])
    expect(() => sealBallot(sodium, keys.publicKey, { nonce, choices: 'x'.repeat(224) }, 256)).toThrow(
      RangeError,
    )
    expect(() => sealBallot(sodium, keys.publicKey, { nonce: nonce.slice(1), choices: '' }, 256)).toThrow(
      RangeError,
    )
  })

  test('a box with something other than a ballot is not opened', () => {
    const short = seal(sodium, keys.publicKey, utf8('v:1'), 256)
    const broken = seal(sodium, keys.publicKey, new Uint8Array(40).fill(0xff), 256)
    for (const box of [short, broken]) expect(openBallot(sodium, keys, box, 256).ok).toBe(false)
  })
})

describe('signatures', () => {
  test('the second test vector of RFC 8032', () => {
    const seed = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')
    const signer = signKeys(sodium, seed)
    expect(toHex(signer.publicKey)).toBe('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c')
    expect(toHex(sign(sodium, Uint8Array.of(0x72), signer.privateKey))).toBe(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    )
  })

  test('a changed word, signature or key shows, and odd lengths are false, not errors', () => {
    const signer = signKeys(sodium)
    const words = utf8('dauys-receipt-v1\n')
    const signature = sign(sodium, words, signer.privateKey)
    expect(verify(sodium, words, signature, signer.publicKey)).toBe(true)
    expect(verify(sodium, utf8('dauys-receipt-v2\n'), signature, signer.publicKey)).toBe(false)
    expect(verify(sodium, words, signature.with(0, (signature[0] ?? 0) ^ 1), signer.publicKey)).toBe(false)
    expect(verify(sodium, words, signature, signKeys(sodium).publicKey)).toBe(false)
    expect(verify(sodium, words, signature.slice(1), signer.publicKey)).toBe(false)
    expect(verify(sodium, words, signature, signer.publicKey.slice(1))).toBe(false)
    expect(() => signKeys(sodium, new Uint8Array(31))).toThrow(RangeError)
  })

  test('the signature of the example of the signed-note specification holds', () => {
    const key = readVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k')
    const note = readSignedNote(
      'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
    )
    if (!key.ok || !note.ok) throw new Error('the example is a note and a key')
    const [line] = note.value.signatures
    expect(line && verify(sodium, utf8(note.value.text), line.signature, key.value.publicKey)).toBe(true)
  })
})
