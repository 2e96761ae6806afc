// Ballots as the rules see them: flat arrays, equal ballots grouped. A million different ones take megabytes, not a gigabyte.
import { Growing } from '../growing.ts'
import { HashIndex } from '../hash-index.ts'

/**
 * Group g holds `times[g]` equal ballots; each names the projects `places[starts[g]]` … `places[starts[g + 1] - 1]` (rows
 * of the election's list, rising), worth `worths` to it (whole numbers). Without `worths` each is worth 1.
 */
export type Ballots = {
  readonly times: Uint32Array
  readonly starts: Uint32Array
  readonly places: Uint32Array
  readonly worths?: Float64Array
}

/** `times` equal ballots: what each project they name is worth to each of them (whole numbers). */
export type BallotGroup = { readonly times: number; readonly utilities: ReadonlyMap<string, number> }

/** Puts ballots into groups of equal ones. The order of the marks leaves no trace. */
export class BallotGrouper {
  readonly #times = Growing.counts()
  readonly #starts = Growing.counts()
  readonly #places = Growing.counts()
  /** From the first worth other than 1 on. */
  #worths: Growing<Float64Array> | undefined
  /** Ballots that are worth 1 to all they name: the group of each in the index. */
  readonly #plain = Growing.counts()
  readonly #index = new HashIndex((at) => this.#isSought(this.#plain.values[at] as number))
  readonly #seed: number
  /** The others, by their text: there are fewer of them, and a worth may be any number. */
  readonly #weighed = new Map<string, number>()
  /** The ballot at hand. */
  readonly #ballot: { places: Uint32Array; length: number } = { places: new Uint32Array(0), length: 0 }

  /** `seed`: below 2^32; with one that nobody foresees no file can be made so that its ballots collide. */
  constructor(seed = 0) {
    this.#seed = seed
    this.#starts.push(0)
  }

  /** `places`, each once, in any order, up to `length`; `worths` beside them, or 1 each. Both are sorted in place. */
  add(places: Uint32Array, worths: Float64Array | undefined, length: number): void {
    sort(places, worths, length)
    const group =
      worths && !allOnes(worths, length)
        ? this.#ofWeighed(places, worths, length)
        : this.#ofPlain(places, length)
    if (group < this.#times.length) {
      this.#times.values[group] = (this.#times.values[group] as number) + 1
      return
    }
    for (let at = 0; at < length; at += 1) {
      this.#places.push(places[at] as number)
      this.#worths?.push(worths?.[at] ?? 1)
    }
    this.#starts.push(this.#places.length)
    this.#times.push(1)
  }

  /** The group of such a ballot; the next one when there is none yet. */
  #ofPlain(places: Uint32Array, length: number): number {
    const ballot = this.#ballot
    ballot.places = places
    ballot.length = length
    const hash = hashOf(this.#seed, places, length)
    const at = this.#index.find(hash)
    if (at >= 0) return this.#plain.values[at] as number
    this.#index.add(hash)
    this.#plain.push(this.#times.length)
    return this.#times.length
  }

  #ofWeighed(places: Uint32Array, worths: Float64Array, length: number): number {
    if (!this.#worths) this.#weigh()
    const text = `${places.subarray(0, length).join()}=${worths.subarray(0, length).join()}`
    const group = this.#weighed.get(text)
    if (group !== undefined) return group
    this.#weighed.set(text, this.#times.length)
    return this.#times.length
  }

  done(): Ballots {
    const worths = this.#worths?.done()
    return {
      times: this.#times.done(),
      starts: this.#starts.done(),
      places: this.#places.done(),
      ...(worths && { worths }),
    }
  }

  #isSought(group: number): boolean {
    const { places, length } = this.#ballot
    const start = this.#starts.values[group] as number
    if ((this.#starts.values[group + 1] as number) - start !== length) return false
    for (let at = 0; at < length; at += 1) if (this.#places.values[start + at] !== places[at]) return false
    return true
  }

  #weigh(): void {
    this.#worths = Growing.numbers()
    for (let at = 0; at < this.#places.length; at += 1) this.#worths.push(1)
  }
}

/** By place: by insertion, as ballots are short and mostly in order; long ones by the library. */
function sort(places: Uint32Array, worths: Float64Array | undefined, length: number): void {
  if (length > 32) {
    const pairs = Array.from({ length }, (_, at) => [places[at] as number, worths?.[at] ?? 1] as const)
    pairs
      .sort(([a], [b]) => a - b)
      .forEach(([place, worth], at) => {
        places[at] = place
        if (worths) worths[at] = worth
      })
    return
  }
  for (let at = 1; at < length; at += 1) {
    const place = places[at] as number
    const worth = worths?.[at] ?? 1
    let to = at
    for (; to > 0 && (places[to - 1] as number) > place; to -= 1) {
      places[to] = places[to - 1] as number
      if (worths) worths[to] = worths[to - 1] as number
    }
    places[to] = place
    if (worths) worths[to] = worth
  }
}

function allOnes(worths: Float64Array, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (worths[at] !== 1) return false
  return true
}

function hashOf(seed: number, places: Uint32Array, length: number): number {
  let hash = seed ^ length
  for (let at = 0; at < length; at += 1) {
    hash = Math.imul(hash ^ (places[at] as number), 0x9e3779b1)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The groups one by one, with the ids of `projects`. For explanations; a count goes over the arrays. */
export function* groupsOf(
  { times, starts, places, worths }: Ballots,
  projects: readonly { readonly id: string }[],
): Generator<BallotGroup> {
  for (let group = 0; group < times.length; group += 1) {
    const utilities = new Map<string, number>()
    for (let at = starts[group] as number; at < (starts[group + 1] as number); at += 1)
      utilities.set(projects[places[at] as number]?.id ?? '', worths?.[at] ?? 1)
    yield { times: times[group] as number, utilities }
  }
}

/** The same ballots and `times` more that name only the project in row `place`. */
export function withMore(ballots: Ballots, times: number, place: number, worth: number): Ballots {
  const longer = (values: Uint32Array, last: number) => {
    const all = new Uint32Array(values.length + 1)
    all.set(values)
    all[values.length] = last
    return all
  }
  const worths = new Float64Array(ballots.places.length + 1).fill(1)
  if (ballots.worths) worths.set(ballots.worths)
  worths[ballots.places.length] = worth
  const places = longer(ballots.places, place)
  return {
    times: longer(ballots.times, times),
    starts: longer(ballots.starts, places.length),
    places,
    ...((ballots.worths || worth !== 1) && { worths }),
  }
}
