// What nobody should have to read about another person: phones, ИИН, cards and links inside a text of a resident.
import { foldLetters } from './text.ts'
import { isIin } from './typed-number.ts'

/** Why a moderator should look twice. Nothing is refused by a machine. */
export type Flag = 'phone' | 'iin' | 'link' | 'number' | 'word'

const LINK =
  /(?:https?:\/\/|www\.|t\.me\/|wa\.me\/)\S+|(?<![\p{L}\p{N}_.@-])@[A-Za-z]\w{3,}|(?<![\p{L}\p{N}@-])[\w-]+\.(?:kz|ru|com|net|org|info|me|shop)(?![\p{L}\p{N}])\S*/giu
const DIGITS = /\+?\p{Nd}(?:[\s().\-–]{0,2}\p{Nd}){8,}/gu

const MASK = '▒▒▒'

/** Whether the text has one of these words, or a form of it, in any spelling: the cycle's own list of insults. */
export function hasWord(text: string, words: readonly string[]): boolean {
  const said = foldLetters(text).match(/\p{L}+/gu) ?? []
  const wanted = words.map((word) => foldLetters(word.trim())).filter((word) => word !== '')
  return said.some((one) => wanted.some((word) => one.startsWith(word)))
}

/** The text with phones, ИИН, other long numbers and links covered, and what was found. */
export function masked(text: string): { text: string; flags: Flag[] } {
  const flags = new Set<Flag>()
  const found = (flag: Flag): string => {
    flags.add(flag)
    return MASK
  }
  const covered = text
    .replace(LINK, () => found('link'))
    .replace(DIGITS, (number) => {
      if (A_SUM.test(number)) return number
      const digits = number.replace(/\P{Nd}/gu, '')
      if (isIin(digits)) return found('iin')
      return found(isPhone(number, digits) ? 'phone' : 'number')
    })
  return { text: covered, flags: [...flags] }
}

/** As phones are written in Kazakhstan: 10 digits after 7, 8 or nothing; of other countries with a plus. */
const isPhone = (number: string, digits: string): boolean =>
  number.startsWith('+') || /^[78]?7\d{9}$/.test(digits)

/** Groups of three: money. */
const A_SUM = /^[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+$/
