// Reads the rows of VOTES. A plain row is read straight from its bytes; whatever is unusual about one is left to its text.
// This folder is for files of a million ballots; its one door is ../read.ts. It is not the house style: elsewhere rows are read as text.
import { ByteStrings } from './byte-strings.ts'
import type { PabulibProject } from '../file.ts'
import type { Cell, Reader } from '../cells.ts'
import type { BallotLimits } from '../meta.ts'
import type { Row, Table } from '../table.ts'
import { PabulibVotes } from '../votes.ts'

const columns = new Set(['voter_id', 'vote', 'points'])
const [SPACE, COMMA, MINUS, ZERO, NINE, SEMICOLON, DELETE] = [32, 44, 45, 48, 57, 59, 127]
/** So many digits are exact in a double. */
const DIGITS = 15

export class VoteReader {
  readonly votes: PabulibVotes
  readonly #reader: Reader
  readonly #projects: ByteStrings
  readonly #pointed: boolean
  readonly #limits: BallotLimits
  /** Of each project, in the order of the list. */
  readonly #costs: readonly number[]
  /** Columns of the three cells that count; -1 where there is none. */
  readonly #at: { voter: number; vote: number; points: number }
  readonly #width: number
  readonly #keepMore: boolean
  /** A row may be read from its bytes: nothing but the three cells is kept of it. */
  readonly #plain: boolean
  /** The projects and points of the row at hand, and the last row that named each project. */
  readonly #places: Uint32Array
  readonly #points: Float64Array
  readonly #namedBy: Uint32Array
  #row = 0

  /** `more`: keep the other columns of each ballot as well, which takes more memory by far. */
  constructor(
    reader: Reader,
    table: Table,
    projects: readonly PabulibProject[],
    { pointed, more, seed, limits }: { pointed: boolean; more: boolean; seed: number; limits: BallotLimits },
  ) {
    const { header } = table
    this.#reader = reader
    this.#pointed = pointed
    this.#limits = limits
    this.#costs = projects.map(({ cost }) => cost)
    this.votes = new PabulibVotes(projects, pointed, seed)
    this.#projects = new ByteStrings(seed)
    for (const { id } of projects) this.#projects.addText(id)
    this.#at = {
      voter: header.indexOf('voter_id'),
      vote: header.indexOf('vote'),
      points: pointed ? header.indexOf('points') : -1,
    }
    this.#width = header.length
    this.#keepMore = more
    this.#plain = !more || header.every((name) => name === '' || columns.has(name))
    this.#places = new Uint32Array(projects.length)
    this.#points = new Float64Array(projects.length)
    this.#namedBy = new Uint32Array(projects.length)
  }

  /** Reads the row at [from, to) if nothing about it is unusual; false leaves everything as it was. */
  readBytes(bytes: Uint8Array, from: number, to: number): boolean {
    if (!this.#plain) return false
    this.#row += 1
    let [column, named, given] = [0, -1, -1]
    let [voterFrom, voterTo] = [0, 0]
    for (let start = from; start <= to; column += 1) {
      let end = start
      for (; end < to && bytes[end] !== SEMICOLON; end += 1)
        if ((bytes[end] as number) < SPACE || (bytes[end] as number) >= DELETE) return false
      const first = afterSpaces(bytes, start, end)
      const last = beforeSpaces(bytes, first, end)
      if (column === this.#at.voter) [voterFrom, voterTo] = [first, last]
      else if (column === this.#at.vote) named = this.#readProjects(bytes, first, last)
      else if (column === this.#at.points) given = this.#readPoints(bytes, first, last)
      else if (column >= this.#width && last > first) return false
      start = end + 1
    }
    if (named < 1 || voterFrom === voterTo || (this.#pointed && given !== named)) return false
    if (this.#beyond(this.#places, named)) return false
    if (!this.votes.voters.add(bytes, voterFrom, voterTo)) return false
    this.votes.add(this.#places, this.#points, named)
    return true
  }

  /** Whether the first `named` of these places are more or less than the file says that a ballot may name. */
  #beyond(places: ArrayLike<number>, named: number): boolean {
    const { least, most, mostCost } = this.#limits
    if (named > most || named < least) return true
    if (mostCost === Number.POSITIVE_INFINITY) return false
    let cost = 0
    for (let at = 0; at < named; at += 1) cost += this.#costs[places[at] as number] ?? 0
    return cost > mostCost
  }

  /** How many projects the comma list names; -1 where one is unknown or named twice. */
  #readProjects(bytes: Uint8Array, from: number, to: number): number {
    let named = 0
    for (let start = from; start <= to; named += 1) {
      let end = start
      while (end < to && bytes[end] !== COMMA) end += 1
      const first = afterSpaces(bytes, start, end)
      const last = beforeSpaces(bytes, first, end)
      const place = this.#projects.find(bytes, first, last)
      if (place < 0 || this.#namedBy[place] === this.#row) return -1
      this.#namedBy[place] = this.#row
      this.#places[named] = place
      start = end + 1
    }
    return named
  }

  /** How many points the comma list gives; -1 where one is not simply a whole number. */
  #readPoints(bytes: Uint8Array, from: number, to: number): number {
    let given = 0
    for (let at = from; at <= to; given += 1) {
      const negative = bytes[at] === MINUS && at < to
      if (negative) at += 1
      const first = at
      let value = 0
      for (; at < to && bytes[at] !== COMMA; at += 1) {
        const byte = bytes[at] as number
        if (byte < ZERO || byte > NINE) return -1
        value = value * 10 + byte - ZERO
      }
      if (at === first || at - first > DIGITS || given === this.#points.length) return -1
      this.#points[given] = negative && value !== 0 ? -value : value
      at += 1
    }
    return given
  }

  /** Reads any row; what is wrong or unusual about it is noted with its place. */
  readRow(row: Row): void {
    const reader = this.#reader
    reader.overrun(row)
    const voter = reader.needed(row, 'voter_id')
    const cell = reader.cell(row, 'vote')
    const named = list(cell.text)
    if (named.length === 0) reader.note('empty-ballot', cell, voter.text)
    const places = named.map((id) => this.#projects.findText(id))
    places.forEach((place, at) => {
      if (place < 0) reader.problem('unknown-project', cell, named[at])
    })
    const points = this.#pointed ? this.#pointsOf(row, named.length) : undefined
    const sums = new Map<number, number>()
    // Points for a project that is named twice are added up: the voter gave them to that project.
    places.forEach((place, at) => sums.set(place, (sums.get(place) ?? 0) + (points?.[at] ?? 0)))
    if (sums.size < places.length) reader.note('named-twice', cell, voter.text)
    if (sums.size > 0 && this.#beyond([...sums.keys()], sums.size))
      reader.note('beyond-limit', cell, voter.text)
    if (!this.votes.voters.addText(voter.text)) reader.problem('voter-twice', voter)
    const more = this.#keepMore ? reader.others(row, columns) : undefined
    this.votes.add([...sums.keys()], [...sums.values()], sums.size, more)
  }

  #pointsOf(row: Row, named: number): number[] {
    const cell: Cell = this.#reader.cell(row, 'points')
    const given = list(cell.text).map((part) => this.#reader.points({ ...cell, text: part }))
    if (given.length !== named) this.#reader.problem('points-differ', cell)
    return given
  }
}

/** Where the text of [from, to) begins, spaces aside. */
function afterSpaces(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] === SPACE) at += 1
  return at
}

/** Where it ends. */
function beforeSpaces(bytes: Uint8Array, from: number, to: number): number {
  let at = to
  while (at > from && bytes[at - 1] === SPACE) at -= 1
  return at
}

/** The ids of a `vote` cell, or the points of a `points` cell. */
const list = (text: string): string[] => (text === '' ? [] : text.split(',').map((part) => part.trim()))
