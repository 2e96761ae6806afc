// What the owner of the database, or the program's role, does to a real cycle, and where it is named. 300+: one table of acts.
import { generateKeyPairSync, sign } from 'node:crypto'
import type postgres from 'postgres'
import { noteKeyId, readSignedNote, signedNote } from '../../src/core/audit/checkpoint.ts'
import { append, type Edge, edgeRoot, emptyEdge } from '../../src/core/audit/merkle.ts'
import { toHex } from '../../src/core/bytes.ts'

/** When it is done: after the close, after the count, after the publication. */
export type Stage = 'closed' | 'counted' | 'published'
export type Where = 'count' | 'publication' | 'display' | 'start' | 'receipt'
type Sql = postgres.TransactionSql

export interface Act {
  who: 'owner' | 'app role'
  what: string
  /** One statement a line; `$1` is the cycle. Or what takes several. */
  how: string | ((sql: Sql, cycle: number) => Promise<unknown>)
  stage: Stage
  by: Where
  /** A fault that is among those named. */
  named: string
}

/** Root and edge of the last head made anew over the leaves as they are; the note stays: nobody has the log's key. */
export async function rebuild(sql: Sql, log: number): Promise<void> {
  const leaves = await sql<{ hash: Uint8Array }[]>`
    select l.hash from entry e join leaf l on l.id = e.leaf where e.log = ${log} order by e.seq`
  const edge = leaves.reduce((grown: Edge, { hash }) => append(grown, hash), emptyEdge())
  await sql`update head set size = ${edge.size}, root = ${edgeRoot(edge)}, edge = ${JSON.stringify(edge.hashes.map(toHex))}::text::jsonb
    where log = ${log} and size = (select max(size) from head where log = ${log})`
}

const owner = (stage: Stage, by: Where, acts: [what: string, how: Act['how'], named: string][]): Act[] =>
  acts.map(([what, how, named]) => ({ who: 'owner', what, how, stage, by, named }))
const appRole = (stage: Stage, by: Where, acts: [what: string, how: Act['how'], named: string][]): Act[] =>
  acts.map(([what, how, named]) => ({ who: 'app role', what, how, stage, by, named }))

/** The owner of a table takes its constraints away as well. */
const renumber = (how: string) => async (sql: Sql, log: number) => {
  await sql`alter table entry drop constraint entry_leaf_unique`
  await sql.unsafe(how, [log])
}

/** The last head signed anew, over the same text, by a key that is not the log's. `called`: what its signature says whose it is. */
const signedByAnother = (called: 'as its own' | 'as the log’s') => async (sql: Sql, log: number) => {
  const [head] = await sql<{ note: string }[]>`
    select note from head where log = ${log} order by size desc limit 1`
  const note = readSignedNote(head?.note ?? '')
  const [ours] = note.ok ? note.value.signatures : []
  if (!note.ok || !ours) throw new Error('no note')
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32)
  const id = called === 'as its own' ? noteKeyId(ours.name, raw) : ours.keyId
  const made = signedNote(
    note.value.text,
    ours.name,
    id,
    sign(null, Buffer.from(note.value.text), privateKey),
  )
  await sql`update head set note = ${made} where log = ${log} and size = (select max(size) from head where log = ${log})`
}

const LAST = '(select max(roll_row) from ballot where cycle = $1)'
const VOTE = `(select leaf from ballot where cycle = $1 and roll_row = ${LAST} and s = 2)`
const EVERY_HASH = `encode(sha256('x'), 'hex')`
const TIP = 'log = $1 and size = (select max(size) from head where log = $1)'
const closed = (kind: string) => `(select id from leaf where log = $1 and kind = '${kind}' limit 1)`

export const ACTS: readonly Act[] = [
  ...owner('closed', 'count', [
    // Leaves.
    [
      'a vote’s leaf says another commitment',
      `update leaf set body = set_byte(body, 120, 48 + (get_byte(body, 120) + 1) % 10) where id = ${VOTE}`,
      'leaf-hash',
    ],
    ['a vote’s leaf has another hash', `update leaf set hash = sha256(hash) where id = ${VOTE}`, 'root'],
    ['a leaf without its MAC', `update leaf set mac = sha256(mac) where id = ${VOTE}`, 'leaf-mac'],
    ['a leaf called another act', `update leaf set kind = 'extended' where id = ${VOTE}`, 'leaf-kind'],
    [
      'the opening called another act',
      `update leaf set kind = 'phase' where id = ${closed('opened')}`,
      'leaf-kind',
    ],
    [
      'the close called another act',
      `update leaf set kind = 'phase' where id = ${closed('closed')}`,
      'leaf-kind',
    ],
    [
      'another body of the opening',
      `update leaf set body = body || 'x' where id = ${closed('opened')}`,
      'leaf-form',
    ],
    [
      'another signature of a witness',
      `update leaf set body = set_byte(body, position('"signature":"'::bytea in body) + 12,
        48 + (get_byte(body, position('"signature":"'::bytea in body) + 12) + 1) % 10) where id = ${closed('cosigned')}`,
      'cosignature',
    ],
    ['a signature of a witness taken out', `delete from entry where leaf = ${closed('cosigned')}`, 'gap'],
    ['a witness taken out', `delete from entry where leaf = ${closed('witness-added')}`, 'cosignature'],
    ['a number taken out', `delete from entry where leaf = ${VOTE}`, 'gap'],
    [
      'two numbers that changed places',
      renumber(
        `update entry e set leaf = x.leaf from entry x where e.log = $1 and x.log = $1 and (e.seq, x.seq) in ((5, 6), (6, 5))`,
      ),
      'root',
    ],
    [
      'a leaf entered again in place of another',
      renumber(
        `update entry e set leaf = x.leaf from entry x where e.log = $1 and e.seq = 5 and x.log = $1 and x.seq = 6`,
      ),
      'leaf-twice',
    ],
    [
      'a leaf of the installation entered here',
      renumber(`update entry set leaf = (select max(id) from leaf where log = 0) where log = $1 and seq = 5`),
      'leaf-mac',
    ],
    [
      'a leaf behind what was signed',
      `with l as (insert into leaf (log, kind, body, hash, mac) values ($1, 'extended', 'x', sha256('x'), 'x') returning id)
      insert into entry (log, seq, leaf) select $1, (select max(seq) + 1 from entry where log = $1), id from l`,
      'leaf-unsigned',
    ],
    [
      'a leaf that waits for its number',
      `insert into leaf (log, kind, body, hash, mac) values ($1, 'extended', 'x', sha256('x'), 'x')`,
      'leaf-waiting',
    ],
    [
      'a leaf inserted, the tree rebuilt',
      async (sql, log) => {
        await sql.unsafe(
          `with l as (insert into leaf (log, kind, body, hash, mac) values ($1, 'extended', 'x', sha256('x'), 'x') returning id)
        insert into entry (log, seq, leaf) select $1, (select max(seq) + 1 from entry where log = $1), id from l`,
          [log],
        )
        await rebuild(sql, log)
      },
      'note-size',
    ],
    [
      'a vote rewritten, the tree rebuilt',
      async (sql, log) => {
        await sql.unsafe(
          `update leaf set body = set_byte(body, 120, 49), hash = sha256('\\x00' || set_byte(body, 120, 49)) where id = ${VOTE}`,
          [log],
        )
        await rebuild(sql, log)
      },
      'note-root',
    ],
    // Notes, edges, heads.
    [
      'an older genuine note at the tip',
      `update head set note = (select note from head where log = $1 order by size limit 1) where ${TIP}`,
      'note-size',
    ],
    [
      'a note of another log',
      `update head set note = (select note from head where log = 0 limit 1) where ${TIP}`,
      'note-foreign',
    ],
    [
      'a note with a changed signature',
      `update head set note = overlay(note placing case substr(note, length(note) - 20, 1) when 'A' then 'B' else 'A' end
        from length(note) - 20 for 1) where ${TIP}`,
      'note-forged',
    ],
    ['a note by another key under the name of this log', signedByAnother('as its own'), 'note-foreign'],
    ['a note by another key that passes for the log’s', signedByAnother('as the log’s'), 'note-forged'],
    ['a note that is no note', `update head set note = 'x' where ${TIP}`, 'note-unreadable'],
    ['another root beside the note', `update head set root = sha256(root) where ${TIP}`, 'note-root'],
    ['another edge beside the note', `update head set edge = '[]' where ${TIP}`, 'edge'],
    ['another size beside the note', `update head set size = size + 1 where ${TIP}`, 'note-size'],
    [
      'the head of the close removed',
      `delete from head where log = $1 and size = (select seq + 1 from entry where leaf = ${closed('closed')})`,
      'close-unsigned',
    ],
    ['the last head removed', `delete from head where ${TIP}`, 'rolled-back'],
    ['all heads removed', 'delete from head where log = $1', 'rolled-back'],
    // Tiles.
    [
      'a tile with another hash in it',
      'update tile set hashes = sha256(hashes) || substr(hashes, 33) where log = $1 and level = 0',
      'tile',
    ],
    ['a tile removed', 'delete from tile where log = $1', 'tile-missing'],
    [
      'a tile cut short',
      'update tile set width = width - 1, hashes = substr(hashes, 33) where log = $1 and level = 0',
      'tile',
    ],
    [
      'a tile of another log, at a place that this one has not',
      'insert into tile (log, level, index, width, hashes) select $1, level, 5, width, hashes from tile where log = 0',
      'tile',
    ],
    // Ballots and versions.
    [
      'a sealed box deleted without a leaf',
      `update ballot set box = null where leaf = ${VOTE}`,
      'ballot-box',
    ],
    ['a ballot removed', `delete from ballot where cycle = $1 and leaf = ${VOTE}`, 'ballot-missing'],
    [
      'all ballots of a right removed',
      `delete from ballot where cycle = $1 and roll_row = ${LAST}`,
      'ballot-missing',
    ],
    [
      'a ballot lent to another cycle',
      `update ballot set cycle = 0 where cycle = $1 and leaf = ${VOTE}`,
      'ballot-missing',
    ],
    [
      'another order of versions',
      `update ballot set s = 3 where cycle = $1 and roll_row = ${LAST} and s = 1`,
      'ballot-version',
    ],
    [
      'a ballot given to another right',
      `update ballot set roll_row = (select min(roll_row) from ballot where cycle = $1), s = 2 where leaf = ${VOTE}`,
      'ballot-right',
    ],
    [
      'a box with a flipped bit',
      `update ballot set box = set_byte(box, 60, get_byte(box, 60) # 1) where leaf = ${VOTE}`,
      'ballot-box',
    ],
    [
      'the box of somebody else',
      `update ballot set box = (select box from ballot where cycle = $1 order by leaf limit 1) where leaf = ${VOTE}`,
      'ballot-box',
    ],
    [
      'another receipt number',
      `update ballot set receipt = '12345678901234' where leaf = ${VOTE}`,
      'ballot-receipt',
    ],
    ['another channel', `update ballot set channel = 'paper' where leaf = ${VOTE}`, 'ballot-channel'],
    ['another bond', `update ballot set bond = sha256(bond) where leaf = ${VOTE}`, 'ballot-right'],
    [
      'a ballot hung on another leaf',
      `update ballot set leaf = ${closed('opened')} where leaf = ${VOTE}`,
      'ballot-leaf',
    ],
    // Rules, lists, keys, times.
    ['another budget', 'update pot set budget = 1 where cycle = $1', 'frozen'],
    ['another cost', `update project set cost = 1 where cycle = $1 and id = 'a2'`, 'frozen'],
    [
      'another title',
      `update project set title = jsonb_set(title, '{kk}', '"x"') where cycle = $1 and id = 'a1'`,
      'frozen',
    ],
    ['projects numbered anew', 'update project set number = number + 5 where cycle = $1', 'frozen'],
    ['marks of a project taken away', 'update project set marks = null where cycle = $1', 'frozen'],
    [
      'another mark of a project',
      `update project set marks = '{"marks":["climate"],"sdgs":[]}' where cycle = $1 and id = 'a1'`,
      'frozen',
    ],
    ['a project withdrawn', `update project set withdrawn = true where cycle = $1 and id = 'a1'`, 'frozen'],
    ['a project removed', `delete from project where cycle = $1 and id = 'a1'`, 'frozen'],
    [
      'another rule',
      `update cycle set rule_terms = jsonb_set(rule_terms, '{x}', '1') where id = $1`,
      'frozen',
    ],
    [
      'another kind of ballot',
      `update cycle set ballot_terms = jsonb_set(ballot_terms, '{x}', '1') where id = $1`,
      'frozen',
    ],
    ['votes that may not be changed', `update cycle set revote = 'none' where id = $1`, 'frozen'],
    ['a trial made of it', 'update cycle set trial = true where id = $1', 'frozen'],
    ['another currency', `update cycle set currency = 'USD' where id = $1`, 'frozen'],
    ['another key', `update cycle set public_key = repeat('0', 64) where id = $1`, 'frozen'],
    ['another seed commitment', `update cycle set seed_commitment = repeat('0', 64) where id = $1`, 'frozen'],
    ['another fingerprint', `update cycle set frozen_rules = repeat('0', 64) where id = $1`, 'frozen'],
    // Ways and villages of rights.
    ['votes said to be on paper', `update roll_row set way = 'paper' where cycle = $1`, 'way'],
    ['a vote said to be at the desk', `update roll_row set way = 'desk' where id = ${LAST}`, 'way'],
    [
      'a right moved to another village',
      `update roll_row set territory = territory + 1 where id = ${LAST}`,
      'ballot-village',
    ],
    ['a right taken off the roll', `delete from roll_row where id = ${LAST}`, 'right-unknown'],
  ]),
  ...appRole('closed', 'count', [
    [
      'a leaf of no program',
      `insert into leaf (log, kind, body, hash, mac) values ($1, 'phase', 'x', sha256('x'), 'x')`,
      'leaf-waiting',
    ],
    [
      'a longer head of no key',
      `insert into head (log, size, root, edge, note) select log, size + 1, root, edge, note from head where ${TIP}`,
      'note-size',
    ],
  ]),
  ...appRole('counted', 'publication', [
    [
      'other winners in a counted row',
      `update result set count = replace(count::text, 'a2', 'a1')::jsonb where cycle = $1`,
      'result-hash',
    ],
    ['another number of ballots', 'update result set ballots = ballots + 1 where cycle = $1', 'result-hash'],
    ['another hash', `update result set hash = ${EVERY_HASH} where cycle = $1`, 'result-unlogged'],
    [
      'a row called published',
      `update result set state = 'published' where cycle = $1`,
      'published-unlogged',
    ],
  ]),
  // When the vote stood still.
  ...owner('closed', 'count', [
    [
      'a suspension with another beginning',
      `update halt set at = at - interval '1 day' where cycle = $1`,
      'halts',
    ],
    [
      'a suspension with another reason',
      `update halt set reason = '{"kk":"x","ru":"x"}' where cycle = $1`,
      'halts',
    ],
    ['a suspension forgotten', 'delete from halt where cycle = $1', 'halts'],
    [
      'a suspension that nobody declared',
      `insert into halt (cycle, n, kind, at, reason, until) values ($1, 2, 'suspended', now(), '{"kk":"x","ru":"x"}', now())`,
      'halts',
    ],
    [
      'an outage of Telegram that nobody measured',
      `insert into telegram_away values ($1, now() - interval '1 hour', now(), null)`,
      'aways',
    ],
    [
      'a report of pressure that nobody sent',
      `insert into pressure_report (cycle, territory, text, day, slot)
        select $1, min(territory), 'x', now()::date, 1 from cycle_territory where cycle = $1`,
      'report-row',
    ],
    ['the leaf of a suspension removed', `delete from leaf where id = ${closed('suspended')}`, 'gap'],
  ]),
  ...owner('counted', 'publication', [
    ['a counted row removed', 'delete from result where cycle = $1', 'not-counted'],
    ['a ballot removed after the count', `delete from ballot where leaf = ${VOTE}`, 'ballot-missing'],
    ['another budget after the count', 'update pot set budget = 1 where cycle = $1', 'frozen'],
    [
      'the leaf of the count rewritten',
      `update leaf set body = set_byte(body, 60, 48) where id = ${closed('counted')}`,
      'leaf-mac',
    ],
  ]),
  ...owner('published', 'display', [
    [
      'other winners in a published row',
      `update result set count = replace(count::text, 'a2', 'a1')::jsonb where cycle = $1`,
      'result-hash',
    ],
    [
      'another hash of a published row',
      `update result set hash = ${EVERY_HASH} where cycle = $1`,
      'published-hash',
    ],
    ['a published row removed', 'delete from result where cycle = $1', 'result-missing'],
    [
      'the leaf of the publication removed',
      `delete from leaf where id = ${closed('published')}`,
      'published-missing',
    ],
    [
      'the leaf of the publication rewritten',
      `update leaf set mac = sha256(mac) where id = ${closed('published')}`,
      'published-missing',
    ],
  ]),
  // What a result is shown with was frozen at the opening.
  ...owner('published', 'display', [
    [
      'another title after the publication',
      `update project set title = jsonb_set(title, '{kk}', '"x"') where cycle = $1 and id = 'a1'`,
      'frozen',
    ],
    [
      'another cost after the publication',
      `update project set cost = 1 where cycle = $1 and id = 'a2'`,
      'frozen',
    ],
    ['another budget after the publication', 'update pot set budget = 1 where cycle = $1', 'frozen'],
    [
      'projects numbered anew after the publication',
      'update project set number = number + 5 where cycle = $1',
      'frozen',
    ],
    ['another currency after the publication', `update cycle set currency = 'USD' where id = $1`, 'frozen'],
    [
      'the leaf of the opening removed after the publication',
      `delete from leaf where id = ${closed('opened')}`,
      'opening-missing',
    ],
    [
      'the leaf of the opening rewritten with the table',
      async (sql, log) => {
        await sql.unsafe(`update project set cost = 1 where cycle = $1 and id = 'a2'`, [log])
        await sql.unsafe(
          `update leaf set body = set_byte(body, 60, 48), hash = sha256('\\x00' || set_byte(body, 60, 48)) where id = ${closed('opened')}`,
          [log],
        )
      },
      'opening-missing',
    ],
  ]),
  ...owner('published', 'start', [
    [
      'another title, seen at a start',
      `update project set title = jsonb_set(title, '{ru}', '"x"') where cycle = $1 and id = 'a1'`,
      'frozen',
    ],
    [
      'other winners, seen at a start',
      `update result set count = replace(count::text, 'a2', 'a1')::jsonb where cycle = $1`,
      'result-hash',
    ],
    [
      'the publication removed, seen at a start',
      `delete from leaf where id = ${closed('published')}`,
      'published-missing',
    ],
    [
      'a role given to somebody else',
      'update role_grant set account = 666 where id = (select min(id) from role_grant) and $1 > 0',
      'grant-unlogged',
    ],
    ['a role made larger', `update role_grant set role = 'admin' where $1 > 0`, 'grant-unlogged'],
    [
      'a role that lasts longer',
      `update role_grant set until = now() + interval '9 years' where until is not null and $1 > 0`,
      'grant-unlogged',
    ],
    ['a role brought back', 'update role_grant set revoked_at = null where $1 > 0', 'grant-unlogged'],
    ['a role removed', 'delete from role_grant where $1 > 0', 'grant-missing'],
    [
      'the leaf of a role rewritten',
      `update leaf set mac = sha256(mac) where log = 0 and kind = 'granted' and $1 > 0`,
      'leaf-mac',
    ],
    [
      'the leaf of a role taken away hidden',
      `update leaf set kind = 'phase' where log = 0 and kind = 'revoked' and $1 > 0`,
      'leaf-kind',
    ],
  ]),
  ...appRole('published', 'start', [
    [
      'a role of no leaf',
      `insert into role_grant (account, role, granted_by) select 666, 'admin', 'command' where $1 > 0`,
      'grant-unlogged',
    ],
  ]),
]
