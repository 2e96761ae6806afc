// Arrays of numbers that grow by doubling: a million ballots as numbers, not as objects.

/** A typed array with room to spare. `values` is replaced when it grows: do not keep it across a call of `room`. */
export class Growing<A extends Uint8Array | Uint32Array | Float64Array> {
  values: A
  length = 0
  readonly #make: (length: number) => A

  private constructor(make: (length: number) => A) {
    this.#make = make
    this.values = make(64)
  }

  static bytes(): Growing<Uint8Array<ArrayBuffer>> {
    return new Growing((length) => new Uint8Array(length))
  }

  /** Whole numbers below 2^32. */
  static counts(): Growing<Uint32Array<ArrayBuffer>> {
    return new Growing((length) => new Uint32Array(length))
  }

  static numbers(): Growing<Float64Array<ArrayBuffer>> {
    return new Growing((length) => new Float64Array(length))
  }

  /** Makes room for `more` further values. */
  room(more: number): void {
    if (this.length + more <= this.values.length) return
    const grown = this.#make(Math.max(this.values.length * 2, this.length + more))
    grown.set(this.values)
    this.values = grown
  }

  push(value: number): void {
    if (this.length === this.values.length) this.room(1)
    this.values[this.length++] = value
  }

  /** What was pushed, in an array of that length. */
  done(): A {
    return this.values.subarray(0, this.length) as A
  }
}
