// What an official's spreadsheet saves as "text": tells the encoding of a file and decodes it.

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'kz-1048'

export type DecodedText = { text: string; encoding: TextEncoding }

/**
 * Decodes a text file and says which encoding it was; the byte order mark is not part of the text. In this order: a mark; zero
 * bytes on one side of the pairs (UTF-16 without a mark: separators, digits and line ends have one); valid UTF-8; else the
 * one-byte page of Windows. Every file decodes to something: a file that is no text at all is told by `looksLikeSpreadsheet`.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) {
    const text = strictUtf8(bytes.subarray(3))
    if (text !== undefined) return { text, encoding: 'utf-8-bom' }
  }
  if (startsWith(bytes, [0xff, 0xfe])) return utf16(bytes.subarray(2), 'utf-16le')
  if (startsWith(bytes, [0xfe, 0xff])) return utf16(bytes.subarray(2), 'utf-16be')
  const pairs = zeroSide(bytes)
  if (pairs !== undefined) return utf16(bytes, pairs)
  const text = strictUtf8(bytes)
  return text === undefined ? oneByte(bytes) : { text, encoding: 'utf-8' }
}

/** Tells a workbook (.xlsx, .ods, .xls) from a text file by its first bytes: the official must save it as CSV first. */
export function looksLikeSpreadsheet(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])
}

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte)

const utf16 = (bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText => ({
  text: new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes),
  encoding,
})

function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** At least a tenth of the pairs have a zero byte, and nearly all of the zeros stand on one side. */
function zeroSide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes.length < 2 || bytes.length % 2 !== 0) return undefined
  let first = 0
  let second = 0
  for (let at = 0; at < bytes.length; at += 2) {
    if (bytes[at] === 0) first++
    if (bytes[at + 1] === 0) second++
  }
  const enough = bytes.length / 20
  if (second >= enough && second > first * 10) return 'utf-16le'
  if (first >= enough && first > second * 10) return 'utf-16be'
  return undefined
}

// KZ-1048, the Kazakh page, is windows-1251 with sixteen letters exchanged; the letters that windows-1251 has in these places
// (Macedonian, Serbian, Belarusian, Ukrainian) stand in no Kazakh or Russian text, so that one of them settles it.
const THEIRS = 'ЌЋќћЎўЈҐЄЇґєјЅѕї'
const OURS = 'ҚҺқһҰұӘӨҒҮөғәҢңү'

function oneByte(bytes: Uint8Array): DecodedText {
  const text = new TextDecoder('windows-1251').decode(bytes)
  const kazakh = new RegExp(`[${THEIRS}]`, 'gu')
  if (!kazakh.test(text)) return { text, encoding: 'windows-1251' }
  return { text: text.replace(kazakh, (letter) => OURS.charAt(THEIRS.indexOf(letter))), encoding: 'kz-1048' }
}
