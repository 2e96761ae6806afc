// Leaves of a long log, as the program would have written them.
import { encodeEvent } from '../../src/core/audit/event.ts'
import { leafMac } from '../../src/core/audit/mac.ts'
import { leafHash } from '../../src/core/audit/merkle.ts'
import { toHex } from '../../src/core/bytes.ts'
import type { App } from '../../src/use-cases/app.ts'

/** So many exports, other ones for another `from`; they have no number yet. */
export async function fill(app: App, log: number, slug: string, count: number, from = 0): Promise<void> {
  const leaves = Array.from({ length: count }, (_, n) => {
    const what = `list-${from + n}`
    const body = encodeEvent({
      kind: 'exported',
      at: '2026-03-05T13:00:00Z',
      cycle: slug,
      what,
      by: 'command',
    })
    const mac = leafMac(app.secrets.leafKey, `${app.origin}/${slug}`, body)
    return { body: toHex(body), hash: toHex(leafHash(body)), mac: toHex(mac) }
  })
  await app.db.sql`
    insert into leaf (log, kind, body, hash, mac)
    select ${log}::int, 'exported', decode(x.body, 'hex'), decode(x.hash, 'hex'), decode(x.mac, 'hex')
    from jsonb_to_recordset(${JSON.stringify(leaves)}::text::jsonb) x(body text, hash text, mac text)`
}
