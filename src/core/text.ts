// Text as people type it: letter folding for search, cutting without breaking a letter; lengths in UTF-16 units, as Telegram counts.

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
