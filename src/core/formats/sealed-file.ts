// The armoured text file in which a sealed roll travels: a few header lines and base64, so that a mail or a USB stick cannot hurt it.
import { fromBase64, toBase64, toHex } from '../bytes.ts'
import { fail, ok, type Result } from '../result.ts'
import { sha256 } from '../sha256.ts'

/** `format`: what is inside, as its own JSON says. `keyId`: which key opens it. `sha256`: of the box, in hexadecimal. */
export type SealedFile = { format: string; cycle: string; keyId: string; sha256: string; box: Uint8Array }

export type SealedFileProblem =
  | { kind: 'not-a-sealed-file' }
  | { kind: 'cut-off' }
  | { kind: 'missing-header'; header: string }
  | { kind: 'damaged' }

const BEGIN = '-----BEGIN DAUYS SEALED FILE-----'
const END = '-----END DAUYS SEALED FILE-----'
const HEADERS = { format: 'Format', cycle: 'Cycle', keyId: 'Key', sha256: 'SHA-256' } as const

/** First 8 hexadecimal digits of the SHA-256 of a public key: tells keys apart, proves nothing. */
export const keyId = (publicKey: Uint8Array): string => toHex(sha256(publicKey)).slice(0, 8)

/**
 * Writes the file. `box`: bytes sealed to `publicKey`; the SHA-256 is of the box, not of what is in it (a roll can be guessed).
 * RangeError when format or cycle do not fit on one line.
 */
export function writeSealedFile(file: {
  format: string
  cycle: string
  publicKey: Uint8Array
  box: Uint8Array
}): string {
  const { format, cycle, publicKey, box } = file
  for (const value of [format, cycle]) {
    if (!/^\S(?:.*\S)?$/u.test(value)) throw new RangeError('sealed file: a header is one line of text')
  }
  const lines = toBase64(box).match(/.{1,64}/g) ?? []
  return [
    BEGIN,
    `${HEADERS.format}: ${format}`,
    `${HEADERS.cycle}: ${cycle}`,
    `${HEADERS.keyId}: ${keyId(publicKey)}`,
    `${HEADERS.sha256}: ${toHex(sha256(box))}`,
    '',
    ...lines,
    END,
    '',
  ].join('\n')
}

/** Reads the file; line ends, blanks around lines and text before or after (a mail) do not matter. */
export function readSealedFile(text: string): Result<SealedFile, SealedFileProblem> {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace('\uFEFF', '').trim())
  const begin = lines.indexOf(BEGIN)
  if (begin < 0) return fail({ kind: 'not-a-sealed-file' })
  const end = lines.indexOf(END, begin)
  if (end < 0) return fail({ kind: 'cut-off' })
  const inside = lines.slice(begin + 1, end)
  const blank = inside.indexOf('')
  const headers = new Map(
    inside.slice(0, blank < 0 ? undefined : blank).flatMap((line) => {
      const [, name, value] = /^([A-Za-z0-9-]+): +(.+)$/u.exec(line) ?? []
      return name !== undefined && value !== undefined ? [[name, value] as const] : []
    }),
  )
  const missing = Object.values(HEADERS).find((header) => !headers.has(header))
  if (missing !== undefined) return fail({ kind: 'missing-header', header: missing })
  const header = (name: keyof typeof HEADERS): string => headers.get(HEADERS[name]) ?? ''
  const box = fromBase64(inside.slice(blank < 0 ? inside.length : blank + 1).join(''))
  if (!box || box.length === 0 || toHex(sha256(box)) !== header('sha256')) return fail({ kind: 'damaged' })
  return ok({
    format: header('format'),
    cycle: header('cycle'),
    keyId: header('keyId'),
    sha256: header('sha256'),
    box,
  })
}
