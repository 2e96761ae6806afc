// Texts as UTF-8 bytes, each once and numbered as they came: ids are looked up where they stand in a file, without a string.
import { Growing } from '../../../growing.ts'
import { HashIndex } from '../../../hash-index.ts'

const utf8 = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** A hash table (FNV-1a) over one run of bytes. */
export class ByteStrings {
  readonly #bytes = Growing.bytes()
  /** Text n stands at [ends[n - 1], ends[n]). */
  readonly #ends = Growing.counts()
  readonly #index = new HashIndex((at) => this.#isSought(at))
  readonly #seed: number
  /** The text that is looked for. */
  #sought: { bytes: Uint8Array; from: number; to: number } = { bytes: new Uint8Array(0), from: 0, to: 0 }

  /** `seed`: below 2^32; with one that nobody foresees no file can be made so that its ids collide. */
  constructor(seed = 0) {
    this.#seed = seed
  }

  get length(): number {
    return this.#index.length
  }

  /** The number of the text at [from, to), or -1. */
  find(bytes: Uint8Array, from: number, to: number): number {
    return this.#find(bytes, from, to, hashOf(this.#seed, bytes, from, to))
  }

  /** Adds the text at [from, to) and returns true; false when it is there already. */
  add(bytes: Uint8Array, from: number, to: number): boolean {
    const hash = hashOf(this.#seed, bytes, from, to)
    if (this.#find(bytes, from, to, hash) >= 0) return false
    const own = this.#bytes
    own.room(to - from)
    for (let at = from; at < to; at += 1) own.values[own.length++] = bytes[at] as number
    this.#ends.push(own.length)
    this.#index.add(hash)
    return true
  }

  findText(text: string): number {
    const bytes = utf8.encode(text)
    return this.find(bytes, 0, bytes.length)
  }

  addText(text: string): boolean {
    const bytes = utf8.encode(text)
    return this.add(bytes, 0, bytes.length)
  }

  text(at: number): string {
    return decoder.decode(this.#bytes.values.subarray(this.#start(at), this.#ends.values[at]))
  }

  #start(at: number): number {
    return at === 0 ? 0 : (this.#ends.values[at - 1] as number)
  }

  #find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const sought = this.#sought
    sought.bytes = bytes
    sought.from = from
    sought.to = to
    return this.#index.find(hash)
  }

  #isSought(at: number): boolean {
    const { bytes, from, to } = this.#sought
    const own = this.#bytes.values
    const start = this.#start(at)
    if ((this.#ends.values[at] as number) - start !== to - from) return false
    for (let next = from; next < to; next += 1) if (own[start + next - from] !== bytes[next]) return false
    return true
  }
}

/** FNV-1a, its high bits folded onto the low ones that choose the slot. */
export function hashOf(seed: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5 ^ seed
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
