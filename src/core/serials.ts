// The serials that a desk writes: "1–120 without 7", «1-120 кроме 7, 9», «1–120, 7-ден басқа».
import { toHex, utf8 } from './bytes.ts'
import { fail, ok, type Result } from './result.ts'
import { sha256 } from './sha256.ts'
import { foldDigits } from './text.ts'

/** `piece`: the part of the text that is meant, as it was written; the whole text where nothing narrower is wrong. */
export type SerialsProblem =
  | { kind: 'empty'; piece: string }
  | { kind: 'not-understood'; piece: string }
  | { kind: 'backwards'; piece: string }
  | { kind: 'too-many'; piece: string }
  | { kind: 'not-in-list'; piece: string }
  | { kind: 'listed-twice'; piece: string }

/** As many serials as one text may name. */
export const MOST_SERIALS = 100_000

const LARGEST_SERIAL = 9_999_999

/** A number or range as written; `taken`: it carries a Kazakh ending that takes it out of the list (-сыз, or -дан басқа). */
type Piece = { from: number; to: number; text: string; without: boolean }

type Token =
  | { kind: 'numbers'; from: number; to: number; ending: 'none' | 'without' | 'from'; text: string }
  | { kind: 'except'; text: string }

/**
 * Reads a list of serials: numbers, ranges (- – — ..), between them spaces, commas, semicolons or «и», "and", «және», and what
 * is left out: after "without", "except", «без», «кроме», «басқа» everything that follows; by a Kazakh ending the number that
 * carries it («7-сіз», «7-ден басқа») and the numbers just before it that the list already has («1–120, 7, 9-дан басқа»).
 * Leaving out what was not listed is a slip, and a problem; so is listing a number again where others are left out («1–120 7-сіз,
 * 9» may mean either): a serial read wrongly would wake a card that nobody holds.
 * @returns the serials, ascending, each once
 */
export function parseSerials(text: string): Result<number[], SerialsProblem> {
  const tokens = tokensOf(text)
  if (!tokens.ok) return tokens
  const pieces = piecesOf(tokens.value)
  if (!pieces.ok) return pieces
  const listed = pieces.value.filter((piece) => !piece.without)
  const count = listed.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  if (listed.length === 0) return fail({ kind: 'empty', piece: text.trim() })
  const largest = listed.reduce((a, b) => (b.to - b.from > a.to - a.from ? b : a))
  if (count > MOST_SERIALS) return fail({ kind: 'too-many', piece: largest.text })
  const again = pieces.value.find((piece, at) => !piece.without && isListed(piece, pieces.value.slice(0, at)))
  if (again && listed.length < pieces.value.length) return fail({ kind: 'listed-twice', piece: again.text })
  const serials = new Set<number>()
  for (const { from, to } of listed) for (let serial = from; serial <= to; serial++) serials.add(serial)
  const all = new Set(serials)
  for (const { from, to, text: piece, without } of pieces.value) {
    if (!without) continue
    for (let serial = from; serial <= to; serial++) {
      if (!all.has(serial)) return fail({ kind: 'not-in-list', piece })
      serials.delete(serial)
    }
  }
  return serials.size === 0
    ? fail({ kind: 'empty', piece: text.trim() })
    : ok([...serials].sort((a, b) => a - b))
}

const DASH = '(?:[-\u2010-\u2015\u2212]|\\.{2,3}|\u2026)'
const WITHOUT_ENDING = '(?:сыз|с[іи]з)'
const FROM_ENDING = '[днт][ае]н'
const NUMBERS = new RegExp(
  `^(?:№\\s*)?(\\d+)(?:\\s*${DASH}\\s*(\\d+))?(?:\\s*[-\u2010-\u2015]?\\s*(?:(${WITHOUT_ENDING})|(${FROM_ENDING}))(?!\\p{L}))?`,
  'iu',
)
const EXCEPT =
  /^(?:without|except(?:\s+for)?|but\s+not|без|кроме|исключая|за\s+исключением|бас[қк]а)(?!\p{L})\s*:?/iu
const BETWEEN = /^(?:[\s,;\u00a0]+|(?:и|and|және|мен|бен|пен)(?!\p{L}))/iu
const UNKNOWN = /^[^\s,;]+/u

function tokensOf(text: string): Result<Token[], SerialsProblem> {
  const tokens: Token[] = []
  let rest = foldDigits(text.normalize('NFC'))
  while (rest !== '') {
    const between = BETWEEN.exec(rest)
    const except = between ? null : EXCEPT.exec(rest)
    const numbers = between || except ? null : NUMBERS.exec(rest)
    const found = between ?? except ?? numbers
    const unknown = (): Result<Token[], SerialsProblem> =>
      fail({ kind: 'not-understood', piece: UNKNOWN.exec(rest)?.[0] ?? rest })
    if (!found) return unknown()
    const after = rest.slice(found[0].length)
    if (except) tokens.push({ kind: 'except', text: except[0] })
    if (numbers) {
      if (after !== '' && !/^[\s,;]/.test(after)) return unknown()
      const token = numbersOf(numbers)
      if (!token.ok) return token
      tokens.push(token.value)
    }
    rest = after
  }
  return ok(tokens)
}

function numbersOf([text, first = '', last, without, from]: RegExpExecArray): Result<Token, SerialsProblem> {
  const low = Number(first)
  const high = last === undefined ? low : Number(last)
  if (low < 1 || low > LARGEST_SERIAL) return fail({ kind: 'not-understood', piece: text })
  if (high < low) return fail({ kind: 'backwards', piece: text })
  if (high > LARGEST_SERIAL)
    return fail({ kind: last === undefined ? 'not-understood' : 'too-many', piece: text })
  return ok({
    kind: 'numbers',
    from: low,
    to: high,
    ending: without ? 'without' : from ? 'from' : 'none',
    text,
  })
}

/** Settles for each piece whether it is listed or left out. */
function piecesOf(tokens: readonly Token[]): Result<Piece[], SerialsProblem> {
  const pieces: Piece[] = []
  let leavingOut = false
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'numbers') {
      const { from, to, text, ending } = token
      const next = tokens[at + 1]
      if (ending === 'from' && next?.kind !== 'except') return fail({ kind: 'not-understood', piece: text })
      pieces.push({ from, to, text, without: leavingOut || ending !== 'none' })
      if (ending !== 'none' && !leavingOut) takeOutBefore(pieces)
      continue
    }
    const before = tokens[at - 1]
    if (before?.kind === 'numbers' && before.ending === 'from') continue
    if (at === tokens.length - 1) return fail({ kind: 'not-understood', piece: token.text })
    leavingOut = true
  }
  return ok(pieces)
}

/** «1–120, 7, 9-сыз»: 7 is in the list already, so naming it again can only mean that it is left out as 9 is. */
function takeOutBefore(pieces: Piece[]): void {
  for (let at = pieces.length - 2; at > 0; at--) {
    const piece = pieces[at] as Piece
    if (piece.without || !isListed(piece, pieces.slice(0, at))) return
    piece.without = true
  }
}

const isListed = (piece: Piece, before: readonly Piece[]): boolean =>
  before.some((range) => !range.without && range.from <= piece.from && piece.to <= range.to)

/** What a leaf says of a list of cards: SHA-256 of the serials in ascending order, joined by commas, hex. */
export const serialsHash = (serials: readonly number[]): string =>
  toHex(sha256(utf8(serials.toSorted((a, b) => a - b).join(','))))
