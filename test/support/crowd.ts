// A crowd for a measurement or a long story: verified people, their opened ballots and their votes, put in many at a time with their leaves.
import { encodeEvent, type Event } from '../../src/core/audit/event.ts'
import { claimHash, leafMac } from '../../src/core/audit/mac.ts'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { toHex } from '../../src/core/bytes.ts'
import { uuidOf } from '../../src/core/ids.ts'
import { clock } from '../../src/store/clock.ts'
import type { Tx } from '../../src/store/db.ts'
import type { App } from '../../src/use-cases/app.ts'
import { castBallot } from '../../src/use-cases/cast-ballot.ts'
import { logOrigin } from '../../src/use-cases/log-origin.ts'
import type { Voter } from './cycle.ts'
import { cycleOf, enterPeople, handThemOver } from './people.ts'

const AT_ONCE = 2_000
const CASTS_AT_ONCE = 60

/** So many verified people of a village who have chosen language and home; accounts `first`, `first` + 1, … */
export async function crowd(
  app: App,
  { cycle, territory }: { cycle: number; territory: number },
  count: number,
  first: number,
): Promise<Voter[]> {
  const stored = await cycleOf(app, cycle)
  const voters: Voter[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const hashes = Array.from({ length: Math.min(AT_ONCE, count - from) }, () => app.random(32))
    const entered = await enterPeople(app, stored, territory, hashes)
    await handThemOver(app, stored, territory, entered)
    const claims = entered.map(({ rollRow, serial }, at) => {
      const [account, nonce] = [first + from + at, app.random(32)]
      return {
        account,
        rollRow,
        serial,
        nonce: toHex(nonce),
        claim: claimHash(nonce, rollRow, String(account)),
      }
    })
    await app.db.begin(async (tx) => {
      const rows = JSON.stringify(
        claims.map(({ account: a, rollRow: r, serial: s, nonce: n }) => ({ a, r, s, n })),
      )
      await tx.sql`
        insert into claim (cycle, roll_row, account, nonce, method, serial)
        select ${cycle}::int, x.r, x.a, decode(x.n, 'hex'), ${stored.method}::text, x.s
        from jsonb_to_recordset(${rows}::text::jsonb) x(a bigint, r int, s int, n text)`
      await tx.sql`
        insert into account (id, locale, home_cycle, home_territory)
        select x.a, 'kk', ${cycle}::int, ${territory}::int from jsonb_to_recordset(${rows}::text::jsonb) x(a bigint)
        on conflict (id) do nothing`
      const said = {
        at: await clock(tx),
        cycle: stored.slug,
        village: String(territory),
        method: stored.method,
      }
      await appendLeaves(
        app,
        tx,
        cycle,
        claims.map(({ claim }): Event => ({ kind: 'claimed', ...said, claim })),
      )
    })
    voters.push(...claims.map(({ account, rollRow }) => ({ account, rollRow, territory })))
  }
  return voters
}

/** As `appendLeaf` does, in one statement. */
async function appendLeaves(app: App, tx: Tx, log: number, events: readonly Event[]): Promise<void> {
  const origin = await logOrigin(app, log)
  const leaves = events.map((event) => {
    const body = encodeEvent(event)
    return {
      k: event.kind,
      b: toHex(body),
      h: toHex(leafHash(body)),
      m: toHex(leafMac(app.secrets.leafKey, origin, body)),
    }
  })
  await tx.sql`
    insert into leaf (log, kind, body, hash, mac)
    select ${log}::int, x.k, decode(x.b, 'hex'), decode(x.h, 'hex'), decode(x.m, 'hex')
    from jsonb_to_recordset(${JSON.stringify(leaves)}::text::jsonb) x(k text, b text, h text, m text)`
}

export interface OpenedByOne extends Voter {
  ballot: string
}

/** Everyone opens a ballot. */
export async function openAll(app: App, cycle: number, voters: readonly Voter[]): Promise<OpenedByOne[]> {
  const opened = voters.map((voter) => ({ ...voter, ballot: uuidOf(app.random(16)) }))
  for (let from = 0; from < opened.length; from += AT_ONCE) {
    const part = opened.slice(from, from + AT_ONCE)
    await app.db.sql`
      insert into opened_ballot (id, cycle, roll_row, account)
      select x.ballot::uuid, ${cycle}::int, x.r, x.a
      from jsonb_to_recordset(${JSON.stringify(part.map(({ ballot, rollRow: r, account: a }) => ({ ballot, r, a })))}::text::jsonb)
        x(ballot text, r int, a bigint)`
  }
  return opened
}

/** Each is cast by the program's own act, many at once; nobody is shown a receipt. */
export async function castAll(
  app: App,
  cycle: number,
  opened: readonly OpenedByOne[],
  marks: readonly string[],
): Promise<string[]> {
  const receipts: string[] = []
  let next = 0
  const worker = async () => {
    for (let one = opened[next++]; one; one = opened[next++]) {
      const cast = await castBallot(app, { ...one, cycle, marks })
      if (!cast.ok) throw new Error(`a ballot was not cast: ${cast.problem.kind}`)
      receipts.push(cast.value.number)
    }
  }
  await Promise.all(Array.from({ length: CASTS_AT_ONCE }, worker))
  return receipts
}
