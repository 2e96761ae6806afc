// The files between key holders and server, and the code of a rehearsal, as people save and type them.
import { expect, test } from 'vitest'
import {
  foldCode,
  heldText,
  isCode,
  isHoldersOwn,
  readHeld,
  rehearsalText,
} from '../../src/core/formats/held-keys.ts'

const held = { cycle: 'a-vote', key: 'a'.repeat(64), seed: 'b'.repeat(64) }
const text = heldText(held)
const fault = (of: string) => {
  const read = readHeld(of)
  return read.ok ? undefined : read.problem
}

test('holders.json is read as it was made, also with the mark that editors put before it', () => {
  expect(readHeld(text)).toEqual({ ok: true, value: held })
  expect(readHeld(`\uFEFF${text}`)).toEqual({ ok: true, value: held })
})

test('what is no holders.json is told apart: cut off at any place, the other file, and anything else', () => {
  const whole = text.trimEnd()
  for (let length = 0; length < whole.length; length++) expect(fault(whole.slice(0, length))).toBe('not-json')
  expect(fault(rehearsalText('a-vote', held.key, new Uint8Array(4)))).toBe('test-file')
  for (const other of [
    '{}',
    'null',
    '[1]',
    heldText({ ...held, key: 'A'.repeat(64) }),
    heldText({ ...held, seed: '' }),
    heldText({ ...held, cycle: 'x'.repeat(49) }),
    heldText({ ...held, cycle: '<b>vote</b>' }),
    text.replace('v1', 'v2'),
    text.replace('{', '{"more":1,'),
  ])
    expect(fault(other), other).toBe('not-a-key-file')
})

test('a code is the same however it is spaced, in capitals, or with letters of another keyboard', () => {
  const code = '1a2b3c4d5e6f7a8b9c0d'
  for (const typed of [
    '1a2b 3c4d 5e6f 7a8b 9c0d',
    ' 1A2B-3C4D–5E6F\n7A8B\u00a09C0D ',
    '1а2В 3с4d 5е6f 7А8b 9С0d',
    '١a٢b3c4d5e6f7a8b9c0d',
  ]) {
    expect(foldCode(typed)).toBe(code)
    expect(isCode(foldCode(typed))).toBe(true)
  }
  for (const none of ['', code.slice(1), `${code}0`, 'g'.repeat(20)])
    expect(isCode(foldCode(none))).toBe(false)
})

test('a share and the digits that open one are known, and neither public file nor code is taken for them', () => {
  for (const secret of [
    `dauys-share-v1 a-vote 1 ${held.key} AAAA`,
    'age-encryption.org/v1\n-> scrypt',
    '-----BEGIN AGE ENCRYPTED FILE-----',
    '1234 5678 9012 3456 7890 1234',
  ])
    expect(isHoldersOwn(secret), secret).toBe(true)
  for (const open of [text, rehearsalText('a', held.key, new Uint8Array(4)), '1'.repeat(20), ''])
    expect(isHoldersOwn(open), open).toBe(false)
})
