// Signed tree heads in the form that Certificate Transparency tools read.
import { describe, expect, test } from 'vitest'
import {
  checkpointText,
  noteKeyId,
  readCheckpointText,
  readSignedNote,
  readVerifierKey,
  signedNote,
  verifierKey,
} from '../../src/core/audit/checkpoint.ts'
import { rootOf } from '../../src/core/audit/merkle.ts'
import { fromHex, toHex } from '../../src/core/bytes.ts'

// The example of the C2SP signed-note specification.
const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const example =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'
const keyHex = 'e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4'
const key = fromHex(keyHex) as Uint8Array

describe('the example of the specification', () => {
  test('its key is written and read exactly so', () => {
    expect(verifierKey('example.com/foo', key)).toBe(vkey)
    expect(toHex(noteKeyId('example.com/foo', key))).toBe('530d903a')
    expect(readVerifierKey(vkey)).toEqual({
      ok: true,
      value: { name: 'example.com/foo', keyId: fromHex('530d903a'), publicKey: key },
    })
  })

  test('its note is read, and written again from its parts', () => {
    const read = readSignedNote(example)
    if (!read.ok) throw new Error('the example is a note')
    const [line] = read.value.signatures
    expect(read.value.text).toBe('This is an example message.\n')
    expect(line?.signature.length).toBe(64)
    if (line) expect(signedNote(read.value.text, line.name, line.keyId, line.signature)).toBe(example)
  })
})

describe('checkpoints', () => {
  const text = 'dauys.example/aiagoz-2026\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n'

  test('an empty log has this text', () => {
    expect(checkpointText({ origin: 'dauys.example/aiagoz-2026', size: 0, root: rootOf([]) })).toBe(text)
    expect(readCheckpointText(text)).toEqual({
      ok: true,
      value: { origin: 'dauys.example/aiagoz-2026', size: 0, root: rootOf([]) },
    })
  })

  test('another spelling of a checkpoint is refused', () => {
    const odd = [
      '',
      text.slice(0, -1),
      text.replace('\n0\n', '\n00\n'),
      text.replace('\n0\n', '\n-1\n'),
      text.replace('\n0\n', '\n9999999999999999\n'),
      text.replace('=', ''),
      text.replace('FU=', 'FV='),
      `\n${text}`,
      `${text}more\n`,
      text.replace('\n', '\r\n'),
    ]
    for (const one of odd) expect([one, readCheckpointText(one).ok]).toEqual([one, false])
  })

  test('an origin of two lines, a short root and a fraction of a leaf are bugs', () => {
    const root = rootOf([])
    expect(() => checkpointText({ origin: 'a\nb', size: 0, root })).toThrow(RangeError)
    expect(() => checkpointText({ origin: '', size: 0, root })).toThrow(RangeError)
    expect(() => checkpointText({ origin: 'a', size: 0.5, root })).toThrow(RangeError)
    expect(() => checkpointText({ origin: 'a', size: 0, root: root.slice(1) })).toThrow(RangeError)
  })
})

describe('notes', () => {
  test('the lines of several signers are kept, and a text may itself have empty lines', () => {
    const line = example.slice(example.indexOf('— '))
    const read = readSignedNote(`a\n\nb\n\n${line}${line.replace('foo', 'witness')}`)
    if (!read.ok) throw new Error('a note')
    expect(read.value.text).toBe('a\n\nb\n')
    expect(read.value.signatures.map(({ name }) => name)).toEqual(['example.com/foo', 'example.com/witness'])
  })

  test('a damaged note is refused', () => {
    const odd = [
      '',
      'text\n',
      example.trimEnd(),
      `${example}\n`,
      `${example}junk\n`,
      example.replace('— ', '-- '),
      example.replace('foo ', 'foo  '),
      example.replace('foo', 'f+o'),
      example.replace('=\n', '\n'),
      example.replace(/Uw2QO\S+/, 'Uw2QOg=='),
      example.replace('This', 'Th\tis'),
      example.replace('.\n\n', '.\n'),
      example + example.slice(example.indexOf('— ')).repeat(100),
    ]
    for (const one of odd) expect([one, readSignedNote(one).ok]).toEqual([one, false])
  })

  test('a key that is not the one its id names is refused', () => {
    const odd = [
      '',
      vkey.replace('foo', 'fox'),
      vkey.replace('530d', '530e'),
      vkey.replace('+Ae', '+Be'),
      `${vkey}=`,
    ]
    for (const one of odd) expect([one, readVerifierKey(one).ok]).toEqual([one, false])
  })

  test('a name with a space or plus, a text without its newline and a short key are bugs', () => {
    expect(() => noteKeyId('a b', key)).toThrow(RangeError)
    expect(() => verifierKey('a+b', key)).toThrow(RangeError)
    expect(() => noteKeyId('a', key.slice(1))).toThrow(RangeError)
    expect(() => signedNote('text', 'a', key.slice(0, 4), key)).toThrow(RangeError)
    expect(() => signedNote('text\n', 'a', key, key)).toThrow(RangeError)
  })
})
