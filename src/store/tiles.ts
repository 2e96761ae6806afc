// The stored subtree hashes of the logs: written where leaves are numbered, read a handful at a time.
import type { FilledTile, ReadTile, Span, Tile } from '../core/audit/tiles.ts'
import type { Tx } from './db.ts'

/** Reads these tiles in one query. One that is not stored has no hashes. */
export async function tilesOf(tx: Tx, log: number, tiles: readonly Tile[]): Promise<ReadTile> {
  const rows = await tx.sql<{ level: number; index: number; hashes: Uint8Array }[]>`
    select t.level, t.index, t.hashes
    from unnest(${tiles.map(({ level }) => level)}::int[], ${tiles.map(({ index }) => index)}::bigint[]) x(level, index)
    join tile t on t.log = ${log} and t.level = x.level and t.index = x.index`
  const stored = new Map(rows.map(({ level, index, hashes }) => [`${level} ${index}`, hashes]))
  return ({ level, index }) => stored.get(`${level} ${index}`) ?? new Uint8Array(0)
}

/** The root over each span, folded where it lies: what travels is 32 bytes. Undefined where a tile is missing or too short. */
export async function foldedSpans(
  tx: Tx,
  log: number,
  spans: readonly Span[],
): Promise<(Uint8Array | undefined)[]> {
  const of = (key: keyof Span) => spans.map((span) => span[key])
  const rows = await tx.sql<{ at: number; hash: Uint8Array }[]>`
    select x.at, folded(substr(t.hashes, x.first * 32 + 1, x.count * 32)) as hash
    from unnest(${of('level')}::int[], ${of('index')}::bigint[], ${of('first')}::int[], ${of('count')}::int[])
      with ordinality x(level, index, first, count, at)
    join tile t on t.log = ${log} and t.level = x.level and t.index = x.index and t.width >= x.first + x.count`
  const found: (Uint8Array | undefined)[] = spans.map(() => undefined)
  for (const { at, hash } of rows) found[at - 1] = hash
  return found
}

/** Stores what is new, and wider tiles in place of narrower ones: a tile never shrinks. */
export async function storeTiles(tx: Tx, log: number, tiles: readonly FilledTile[]): Promise<void> {
  const part = JSON.stringify(
    tiles.map(({ hashes, ...tile }) => ({ ...tile, hashes: Buffer.from(hashes).toString('hex') })),
  )
  await tx.sql`
    insert into tile as t (log, level, index, width, hashes)
    select ${log}::int, x.level, x.index, x.width, decode(x.hashes, 'hex')
    from jsonb_to_recordset(${part}::text::jsonb) x(level int, index bigint, width int, hashes text)
    on conflict (log, level, index) do update set width = excluded.width, hashes = excluded.hashes
    where t.width < excluded.width`
}

/** Until the transaction ends nobody else stores a tile, so no log grows: what is signed and what is stored are of one size. */
export async function holdTiles(tx: Tx): Promise<void> {
  await tx.sql`lock table tile in exclusive mode`
}

/** Takes all tiles of a log away, to be made anew from its leaves. */
export async function deleteTiles(tx: Tx, log: number): Promise<void> {
  await tx.sql`delete from tile where log = ${log}`
}
