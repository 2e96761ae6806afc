// Cuts bytes that come in pieces into lines: LF, CR LF or CR, a byte order mark dropped. No line is copied twice.
import { Growing } from '../../../growing.ts'

const LF = 10
const CR = 13
const QUOTE = 34

/** A line stands at [from, to) of `bytes`, until the call returns. `quoted`: there is a `"` in it. */
export type OnLine = (bytes: Uint8Array, from: number, to: number, quoted: boolean) => void

export class LineCutter {
  readonly #onLine: OnLine
  /** The start of a line whose end has not come. */
  readonly #begun = Growing.bytes()
  #begunQuoted = false
  #first = true
  /** The last piece ended with CR: an LF that follows belongs to it. */
  #afterCr = false

  constructor(onLine: OnLine) {
    this.#onLine = onLine
  }

  push(piece: Uint8Array): void {
    let from = this.#afterCr && piece[0] === LF ? 1 : 0
    if (piece.length > 0) this.#afterCr = piece.at(-1) === CR
    let quoted = false
    for (let at = from; at < piece.length; at += 1) {
      const byte = piece[at]
      if (byte === QUOTE) quoted = true
      if (byte !== LF && byte !== CR) continue
      this.#line(piece, from, at, quoted)
      if (byte === CR && piece[at + 1] === LF) at += 1
      from = at + 1
      quoted = false
    }
    this.#keep(piece, from, piece.length)
    this.#begunQuoted ||= quoted
  }

  /** The last line, whether or not a line end closed it. */
  end(): void {
    this.#line(new Uint8Array(0), 0, 0, false)
  }

  #keep(piece: Uint8Array, from: number, to: number): void {
    const begun = this.#begun
    begun.room(to - from)
    begun.values.set(piece.subarray(from, to), begun.length)
    begun.length += to - from
  }

  #line(piece: Uint8Array, from: number, to: number, quoted: boolean): void {
    if (this.#begun.length === 0) {
      this.#give(piece, from, to, quoted)
      return
    }
    this.#keep(piece, from, to)
    const { values, length } = this.#begun
    this.#begun.length = 0
    this.#give(values, 0, length, quoted || this.#begunQuoted)
    this.#begunQuoted = false
  }

  #give(bytes: Uint8Array, from: number, to: number, quoted: boolean): void {
    const marked = this.#first && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf
    this.#first = false
    this.#onLine(bytes, marked ? from + 3 : from, to, quoted)
  }
}
