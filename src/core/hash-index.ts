// An index of things numbered as they come, found by what they are: for millions of them, where a Map of strings is too much.
import { Growing } from './growing.ts'

/** An open hash table with linear probing, at most half full. What the things are only its owner knows. */
export class HashIndex {
  readonly #isSought: (at: number) => boolean
  readonly #hashes = Growing.counts()
  /** Number of the thing + 1; 0 is free. A power of two of them. */
  #slots = new Uint32Array(64)

  /** `isSought`: whether thing `at` is the one that its owner is looking for at the moment. */
  constructor(isSought: (at: number) => boolean) {
    this.#isSought = isSought
  }

  get length(): number {
    return this.#hashes.length
  }

  /** The number of the thing sought, or -1. `hash` below 2^32. */
  find(hash: number): number {
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = (this.#slots[slot] as number) - 1
      if (at < 0 || (this.#hashes.values[at] === hash && this.#isSought(at))) return at
    }
  }

  /** Gives the next number to a thing that `find` did not find. */
  add(hash: number): void {
    this.#hashes.push(hash)
    if (this.length * 2 > this.#slots.length) this.#grow()
    else this.#put(this.length - 1)
  }

  #put(at: number): void {
    const mask = this.#slots.length - 1
    let slot = (this.#hashes.values[at] as number) & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = at + 1
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let at = 0; at < this.length; at += 1) this.#put(at)
  }
}
