// Ballots cast: who waits shares one call and one commit. Nobody waits for another's row: see cast_ballots in the migrations.
import { type CastAnswer, readCastAnswer } from './answers.ts'
import type { Db, Tx } from './db.ts'
import type { BatchWork } from './in-batches.ts'

export interface SealedCast {
  box: Uint8Array
  body: Uint8Array
  hash: Uint8Array
  mac: Uint8Array
  /** `rowBond` of leaf and right. */
  bond: Uint8Array
  receipt: string
  /** UTC ISO, in milliseconds: the time in the signed receipt. */
  signedAt: string
  signature: Uint8Array
}

/** `sealed` undefined: the marks are gone. */
interface Cast {
  ballot: string
  account: number
  cycle: number
  territory: number
  rollRow: number
  sealed: SealedCast | undefined
}

type Answer = CastAnswer | 'busy'

/** The oid of bytea[]: of a list of bytes the driver takes it for bytea. */
const BYTES = 1001

/**
 * Appends a sealed ballot and its leaf in one round trip, or says why not. The cycle, territory and right it was made for must be
 * those of the opened ballot. One whose row or cycle somebody holds waits alone, and so does each of a batch that failed: what its
 * call did after all is answered then, for one opened ballot is one ballot.
 */
export async function castSealed(db: Db, channel: 'online' | 'assisted', cast: Cast): Promise<CastAnswer> {
  const together: BatchWork<Cast, Answer> = {
    name: `cast ${channel}`,
    apart: ({ rollRow }) => rollRow,
    work: (casts) => castMany(db, channel, casts, false),
  }
  const answer = await db.inBatches(together, cast).catch((): Answer => 'busy')
  if (answer !== 'busy') return answer
  // On a connection of its own, for as long as it waits: the driver sends what comes next behind a statement that hangs.
  const [alone] = await db.begin((tx) => castMany(tx, channel, [cast], true))
  if (alone === undefined || alone === 'busy') throw new Error('a ballot cast alone got no answer')
  return alone
}

/** `wait`: for whoever holds the row or closes the cycle; then for one cast alone. */
async function castMany(tx: Tx, channel: string, casts: readonly Cast[], wait: boolean): Promise<Answer[]> {
  const of = <V>(value: (cast: Cast) => V): V[] => casts.map(value)
  const bytes = (value: (sealed: SealedCast) => Uint8Array) =>
    tx.sql.typed(
      of(({ sealed }) => (sealed ? value(sealed) : null)),
      BYTES,
    )
  const rows = await tx.sql<Record<string, unknown>[]>`
    select outcome, receipt, at, cycle, roll_row as "rollRow", person, shown
    from cast_ballots(${wait}, ${channel}, ${of(({ ballot }) => ballot)}::uuid[], ${of(({ account }) => account)}::bigint[],
      ${of(({ cycle }) => cycle)}::int[], ${of(({ territory }) => territory)}::int[], ${of(({ rollRow }) => rollRow)}::int[],
      ${bytes(({ box }) => box)}, ${bytes(({ body }) => body)},
      ${bytes(({ hash }) => hash)}, ${of(({ sealed }) => sealed?.receipt ?? null)}::text[],
      ${bytes(({ mac }) => mac)}, ${bytes(({ bond }) => bond)},
      ${of(({ sealed }) => sealed?.signedAt ?? null)}::text[]::timestamptz[],
      ${bytes(({ signature }) => signature)})
    order by n`
  return rows.map((row) => (row.outcome === 'busy' ? 'busy' : readCastAnswer(row)))
}
