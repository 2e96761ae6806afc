// The ballots of a .pb file in file order, as flat arrays.
import { Growing } from '../../growing.ts'
import { ByteStrings } from './fast/byte-strings.ts'

/** Further columns of a ballot, as they stand. */
type More = Readonly<Record<string, string>>

/** `points` stand in the order of `projects`. A project named twice in the file stands here once, at its first place. */
export type PabulibVote = {
  id: string
  projects: readonly string[]
  points?: readonly number[]
  more?: More
}

/** Ballot v names the projects (rows of the file's list) `places` from `ends[v - 1]` to `ends[v]`, in the voter's order. */
export class PabulibVotes implements Iterable<PabulibVote> {
  readonly voters: ByteStrings
  /** Of the hash tables that its ids and its ballots are put into. */
  readonly seed: number
  readonly #ends = Growing.counts()
  readonly #places = Growing.counts()
  readonly #points: Growing<Float64Array> | undefined
  readonly #more = new Map<number, More>()
  readonly #projects: readonly { readonly id: string }[]

  /** `pointed`: every project named has points beside it. */
  constructor(projects: readonly { readonly id: string }[], pointed: boolean, seed = 0) {
    this.seed = seed
    this.voters = new ByteStrings(seed)
    this.#projects = projects
    this.#points = pointed ? Growing.numbers() : undefined
  }

  /** The same from ballots as objects. Throws when one names an unknown project, or a voter stands there twice. */
  static of(votes: Iterable<PabulibVote>, projects: readonly { readonly id: string }[]): PabulibVotes {
    const place = new Map(projects.map(({ id }, at) => [id, at]))
    const list = [...votes]
    const all = new PabulibVotes(
      projects,
      list.some((vote) => vote.points !== undefined),
    )
    for (const { id, projects: named, points, more } of list) {
      const places = named.map((project) => place.get(project) ?? -1)
      if (places.includes(-1)) throw new Error('a ballot names a project that is not in the election')
      if (!all.voters.addText(id)) throw new Error('a voter has two ballots')
      all.add(places, points, places.length, more)
    }
    return all
  }

  /** Number of ballots, empty ones included. */
  get length(): number {
    return this.#ends.length
  }

  /** Adds the ballot of the voter that was last added to `voters`. */
  add(places: ArrayLike<number>, points: ArrayLike<number> | undefined, length: number, more?: More): void {
    if (more) this.#more.set(this.length, more)
    for (let at = 0; at < length; at += 1) {
      this.#places.push(places[at] as number)
      this.#points?.push(points?.[at] ?? 0)
    }
    this.#ends.push(this.#places.length)
  }

  /** Goes over the ballots as arrays, which hold until the next ballot: `places` and `points` up to `length`. */
  each(see: (places: Uint32Array, points: Float64Array | undefined, length: number) => void): void {
    const places = new Uint32Array(this.#projects.length)
    const points = this.#points && new Float64Array(this.#projects.length)
    let from = 0
    for (let vote = 0; vote < this.length; vote += 1) {
      const to = this.#ends.values[vote] as number
      for (let at = from; at < to; at += 1) {
        places[at - from] = this.#places.values[at] as number
        if (points && this.#points) points[at - from] = this.#points.values[at] as number
      }
      see(places, points, to - from)
      from = to
    }
  }

  *[Symbol.iterator](): Generator<PabulibVote> {
    let from = 0
    for (let vote = 0; vote < this.length; vote += 1) {
      const to = this.#ends.values[vote] as number
      const projects = Array.from(
        this.#places.values.subarray(from, to),
        (place) => this.#projects[place]?.id ?? '',
      )
      const points = this.#points && Array.from(this.#points.values.subarray(from, to))
      const more = this.#more.get(vote)
      yield { id: this.voters.text(vote), projects, ...(points && { points }), ...(more && { more }) }
      from = to
    }
  }
}
