// Text as people type it: letter and digit folding, cutting without breaking a letter; lengths in UTF-16 units, as Telegram counts.

const kazakh = 'әғқңөұүһіё'
const plain = 'агкноуухие'

// Latin letters that look Cyrillic, by case: a capital H is Н, a small h is һ. Schwa and barred o come from old fonts.
const latinLetters = 'ABCEHIKMOPTXYƏƟËacehikopxyəɵë'
const theirDoubles = 'АВСЕНІКМОРТХУӘӨЁасеһікорхуәөё'

// A word with a Cyrillic letter whose Latin letters all have a Cyrillic double was meant to be Cyrillic.
function meantCyrillic(word: string): string {
  if (!/\p{Script=Cyrillic}/u.test(word)) return word
  const latin = word.match(/\p{Script=Latin}/gu) ?? []
  if (!latin.every((letter) => latinLetters.includes(letter))) return word
  return word.replace(/\p{Script=Latin}/gu, (letter) => theirDoubles.charAt(latinLetters.indexOf(letter)))
}

/**
 * Folds a text for search, so that Kazakh typed on a Russian keyboard finds Kazakh: lower case, ә-а, ғ-г, қ-к, ң-н,
 * ө-о, ұ/ү-у, һ-х, і-и, ё-е, and Latin look-alikes inside Cyrillic words. Purely Latin words are only lower-cased.
 */
export const foldLetters = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{L}+/gu, meantCyrillic)
    .toLowerCase()
    .replace(/[әғқңөұүһіё]/g, (letter) => plain.charAt(kazakh.indexOf(letter)))

/** Latin, Cyrillic and their punctuation without combining marks: each UTF-16 unit is a grapheme of its own. */
const plainLetters = /^[\u0020-\u007e\u00a0-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u20b8\u2116]*$/

/**
 * Cuts a text to at most `maxUtf16` units, the closing … included, between graphemes: no half emoji, no letter without
 * its accent. A text that fits stays as it is; a limit of 0 gives an empty text.
 */
export function graphemeCut(text: string, maxUtf16: number): string {
  if (text.length <= maxUtf16) return text
  if (maxUtf16 < 1) return ''
  // One unit more than is kept: what follows could belong to the last letter.
  if (plainLetters.test(text.slice(0, maxUtf16))) return `${text.slice(0, maxUtf16 - 1).trimEnd()}…`
  let end = 0
  for (const { index, segment } of new Intl.Segmenter('kk', { granularity: 'grapheme' }).segment(text)) {
    if (index + segment.length > maxUtf16 - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end).trimEnd()}…`
}

/**
 * A text of others as a terminal may show it: nothing in it moves a cursor, sets a colour or turns the direction of writing.
 * Line ends and tabs stay; any other control sign becomes `\\u{1b}`.
 */
export const printable = (text: string): string =>
  text.replace(
    /[^\P{C}\n\t\u00ad\u200c\u200d]|[\u2028\u2029]/gu,
    (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  )

/** Digits of any script as 0–9: `١٢` and `１２` are 12. In Unicode each script's digits stand in tens, from its zero on. */
export const foldDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, valueOf)

function valueOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  let zero = code
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String((code - zero) % 10)
}
