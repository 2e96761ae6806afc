// Chance that is the same in every run: SHA-256 of a seed and a counter.
import { createHash } from 'node:crypto'

/** A source of bytes as `drawCards` wants it. */
export function chance(seed: number): (count: number) => Uint8Array {
  let pool: number[] = []
  let block = 0
  return (count) => {
    while (pool.length < count) pool.push(...createHash('sha256').update(`${seed} ${block++}`).digest())
    const bytes = pool.slice(0, count)
    pool = pool.slice(count)
    return Uint8Array.from(bytes)
  }
}
