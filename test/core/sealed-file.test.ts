// The file in which a sealed roll travels on a stick or by mail.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyId, readSealedFile, writeSealedFile } from '../../src/core/formats/sealed-file.ts'

const publicKey = Uint8Array.from({ length: 32 }, (_, at) => at)
const box = Uint8Array.from({ length: 300 }, (_, at) => (at * 7) % 256)
const file = writeSealedFile({ format: 'dauys-roll-v1', cycle: 'abai-2026', publicKey, box })

test('what was written is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 500 }), (bytes) => {
      const text = writeSealedFile({ format: 'dauys-roll-v1', cycle: 'abai-2026', publicKey, box: bytes })
      const read = readSealedFile(text)
      expect(read.ok && read.value.box).toEqual(bytes)
      expect(read.ok && read.value).toMatchObject({
        format: 'dauys-roll-v1',
        cycle: 'abai-2026',
        keyId: keyId(publicKey),
      })
    }),
  )
})

test('the key is named by the first eight digits of its SHA-256', () => {
  expect(keyId(publicKey)).toBe('630dcd29')
})

test('a mail around it, other line ends and blanks at the ends of lines do no harm', () => {
  const mailed = `\uFEFFСәлем!\r\n${file.replaceAll('\n', '  \r\n')}\r\n-- \r\nАқжол`
  expect(readSealedFile(mailed)).toEqual(readSealedFile(file))
})

test('what is broken is named', () => {
  expect(readSealedFile('село;номер\n')).toEqual({ ok: false, problem: { kind: 'not-a-sealed-file' } })
  expect(readSealedFile(file.slice(0, 300))).toEqual({ ok: false, problem: { kind: 'cut-off' } })
  expect(readSealedFile(file.replace(/^Key: .*\n/m, ''))).toEqual({
    ok: false,
    problem: { kind: 'missing-header', header: 'Key' },
  })
  const lines = file.split('\n')
  expect(readSealedFile(lines.filter((_, at) => at !== 7).join('\n'))).toEqual({
    ok: false,
    problem: { kind: 'damaged' },
  })
})

test('no single changed letter of the content passes', () => {
  const start = file.indexOf('\n\n') + 2
  for (let at = start; file[at] !== '-'; at += 5) {
    if (file[at] === '\n') continue
    const changed = `${file.slice(0, at)}${file[at] === 'A' ? 'B' : 'A'}${file.slice(at + 1)}`
    expect(readSealedFile(changed)).toEqual({ ok: false, problem: { kind: 'damaged' } })
  }
})

test('a name that would forge a header line is a bug, not a file', () => {
  expect(() => writeSealedFile({ format: 'x', cycle: 'a\nKey: 0', publicKey, box })).toThrow(RangeError)
})
