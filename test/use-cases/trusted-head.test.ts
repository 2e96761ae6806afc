// What was signed last is also remembered outside the database: a log that is behind it, beside it or forged is neither extended nor shown.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkpointText, noteKeyId, signedNote } from '../../src/core/audit/checkpoint.ts'
import { utf8 } from '../../src/core/bytes.ts'
import { sign, signKeys } from '../../src/sealing/sign.ts'
import { lastHead } from '../../src/store/log.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { lastCheckpoint } from '../../src/use-cases/last-checkpoint.ts'
import { refuseLostHistory } from '../../src/use-cases/check-history.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { readReceipt } from '../../src/use-cases/read-receipt.ts'
import { trustedHead } from '../../src/use-cases/trusted-head.ts'
import { replica, type TestApp, testApp } from '../support/app.ts'
import { kindOf, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp('heads')
})
afterAll(() => app.done())

/** A vote with one ballot, numbered and signed. */
async function begun(slug: string) {
  const cycle = await smallCycle(app, slug, [[1000]])
  await openVoting(app, cycle.id)
  const [person, other] = await voters(app, cycle.id, cycle.villages[0] as number, 2)
  if (!person || !other) throw new Error('nobody votes')
  const { number } = must(await vote(app, cycle.id, person, ['a1']))
  await numberLeaves(app)
  return { id: cycle.id, number, more: async () => must(await vote(app, cycle.id, other, ['a1'])) }
}
const kept = (log: number) => app.secrets.keptHead(log)
const noteOf = async (log: number) => (await lastHead(app.db, log))?.note

test('what is signed is remembered outside before anybody is shown it', async () => {
  const { id, more } = await begun('shown')
  expect(await kept(id)).toBe(await noteOf(id))
  // Somebody dies between the commit and the file.
  const before = (await kept(id)) as string
  await more()
  await numberLeaves(app)
  const now = await noteOf(id)
  await app.secrets.keepHead(id, before)
  expect(must(await lastCheckpoint(app, 'shown'))).toBe(now)
  expect(await kept(id)).toBe(now)
})

test('two sequencers over one folder never refuse each other, whoever dies when', async () => {
  const { id } = await begun('two')
  const other = replica(app)
  for (let round = 0; round < 6; round++) {
    const behind = await kept(id)
    const people = await voters(
      app,
      id,
      (await app.db.sql`select territory from cycle_territory where cycle = ${id}`)[0]?.territory,
      1,
    )
    must(await vote(app, id, people[0] as NonNullable<(typeof people)[0]>, ['a1']))
    const steps = await Promise.all([numberLeaves(app), numberLeaves(other)])
    expect(steps.flatMap(({ stopped }) => stopped)).toEqual([])
    if (round % 2 === 0 && behind !== undefined) await app.secrets.keepHead(id, behind)
    await refuseLostHistory(app)
  }
  await other.close()
})

const signedBy = (
  keys: { publicKey: Uint8Array; privateKey: Uint8Array },
  origin: string,
  size: number,
  root: Uint8Array,
) => {
  const text = checkpointText({ origin, size, root })
  return signedNote(
    text,
    origin,
    noteKeyId(origin, keys.publicKey),
    sign(app.sodium, utf8(text), keys.privateKey),
  )
}

test.each([
  ['an older dump', 'rolled-back'],
  ['a log that was emptied', 'rolled-back'],
  ['another history of the same length', 'forked'],
  ['another history, grown longer', 'forked'],
  ['a root without a signature', 'note-root'],
  ['a size without a signature', 'note-size'],
  ['a right edge of another tree', 'edge'],
  ['a signature by another key', 'note-foreign'],
  ['a signature that does not hold', 'note-forged'],
  ['a note of another log', 'note-foreign'],
  ['no note at all', 'note-unreadable'],
])('%s: the sequencer stops, nobody is shown a head, and a start is refused (%s)', async (what, fault) => {
  const slug = what.replaceAll(/[^a-z]+/g, '-')
  const { id, number, more } = await begun(slug)
  const head = await lastHead(app.db, id)
  const older = head?.note as string
  const origin = `${app.origin}/${slug}`
  const set = (values: Record<string, unknown>) =>
    unguarded(
      app.db,
      (sql) => sql`update head set ${sql(values)} where log = ${id} and size = ${head?.size as number}`,
    )
  const size = head?.size as number
  const root = head?.root as Uint8Array
  switch (what) {
    case 'an older dump':
      await more()
      await numberLeaves(app)
      await unguarded(app.db, async (sql) => {
        await sql`delete from entry where log = ${id} and seq >= ${size}`
        await sql`delete from head where log = ${id}`
        await sql`insert into head (log, size, root, edge, note, checkpoint)
          values (${id}, ${size}, ${root}, ${JSON.stringify(head?.edge)}::jsonb, ${older}, false)`
      })
      break
    case 'a log that was emptied':
      await unguarded(app.db, async (sql) => {
        await sql`delete from entry where log = ${id}`
        await sql`delete from head where log = ${id}`
      })
      break
    case 'another history of the same length':
      await app.secrets.keepHead(
        id,
        signedBy(
          app.secrets.logKeys,
          origin,
          size,
          root.map((byte) => byte ^ 1),
        ),
      )
      break
    case 'another history, grown longer':
      await app.secrets.keepHead(id, signedBy(app.secrets.logKeys, origin, size - 1, root))
      break
    case 'a root without a signature':
      await set({ root: root.map((byte) => byte ^ 1) })
      break
    case 'a size without a signature':
      await set({ size: size + 1 })
      break
    case 'a right edge of another tree':
      await unguarded(
        app.db,
        (sql) =>
          sql`update head set edge = jsonb_set(edge, '{0}', to_jsonb(repeat('0', 64))) where log = ${id}`,
      )
      break
    case 'a signature by another key':
      await set({ note: signedBy(signKeys(app.sodium), origin, size, root) })
      break
    case 'a signature that does not hold': {
      const forged = signedBy(
        app.secrets.logKeys,
        origin,
        size,
        root.map((byte) => byte ^ 1),
      )
      await set({ note: older.replace(/— .*/, /— .*/.exec(forged)?.[0] ?? '') })
      break
    }
    case 'a note of another log':
      await set({ note: signedBy(app.secrets.logKeys, `${app.origin}/elsewhere`, size, root) })
      break
    case 'no note at all':
      await set({ note: 'x' })
      break
    default:
      throw new Error(what)
  }
  const remembered = await kept(id)
  await app.db.begin((tx) =>
    appendLeaf(app, tx, id, {
      kind: 'exported',
      at: '2026-03-05T13:00:00Z',
      cycle: slug,
      what: 'list',
      by: 'command',
    }),
  )
  const { stopped } = await numberLeaves(app)
  expect(stopped.map(({ log, fault: { kind } }) => [log, kind])).toContainEqual([id, fault])
  expect(kindOf(await trustedHead(app, id))).toBe(fault)
  expect(kindOf(await lastCheckpoint(app, slug))).toBe(fault)
  await expect(refuseLostHistory(app)).rejects.toThrow(/Restore|bring back/)
  if (what !== 'a log that was emptied')
    expect(await readReceipt(app, number)).toEqual({ ok: false, problem: { kind: 'log-stopped', fault } })
  expect(await kept(id)).toBe(remembered)
  // The next story begins with a history that holds.
  await unguarded(app.db, async (sql) => {
    await sql`delete from entry where log = ${id}`
    await sql`delete from head where log = ${id}`
    await sql`delete from ballot where cycle = ${id}`
    await sql`delete from leaf where log = ${id}`
  })
  await app.forgetHead(id)
})
