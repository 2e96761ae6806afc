// The stored subtree hashes of the logs: written where leaves are numbered, read a handful at a time.
import type { FilledTile, ReadTile, Tile } from '../core/audit/tiles.ts'
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

/** Takes all tiles of a log away, to be made anew from its leaves. */
export async function deleteTiles(tx: Tx, log: number): Promise<void> {
  await tx.sql`delete from tile where log = ${log}`
}
