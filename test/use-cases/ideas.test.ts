// An idea's way from its author to the list that is voted on: written, sent once, decided once, told to whom it concerns.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeEvent } from '../../src/core/audit/event.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { keepApart } from '../../src/use-cases/keep-apart.ts'
import { claimIdea, decideIdea } from '../../src/use-cases/decide-idea.ts'
import { findIdea, listOwnIdeas } from '../../src/use-cases/list-ideas.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { sendIdea, withdrawIdea } from '../../src/use-cases/send-idea.ts'
import { supportIdea } from '../../src/use-cases/support-idea.ts'
import { beginIdea, readOwnIdea, writeIdea } from '../../src/use-cases/write-idea.ts'
import { projectsOf } from '../../src/store/projects.ts'
import { upsertAccount } from '../../src/store/accounts.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { unguarded } from '../support/database.ts'
import { kindOf, must, type SmallCycle } from '../support/cycle.ts'
import { addPhoto, draft, ideasCycle, lamp, neighbour, sentIdea } from '../support/ideas.ts'

const [AIGUL, BOLAT, SAULE, MARAT, KLARA] = [801, 802, 803, 804, 805]
let app: TestApp
let cycle: SmallCycle
beforeAll(async () => {
  app = await testApp('ideas')
  cycle = await ideasCycle(app, 'ideas')
  const territory = cycle.villages[0] as number
  for (const account of [MARAT, KLARA])
    must(await grantRole(app, { account, role: 'moderator', territory }, 'command'))
})
afterAll(() => app.done())

const told = (account: number) =>
  app.db.sql<{ decision: string; mine: boolean }[]>`
    select facts ->> 'decision' as decision, (facts ->> 'mine')::boolean as mine from delivery
    where kind = 'idea-decided' and account = ${account} order by id`

const lastOf = async (account: number) => {
  const [row] = await app.db.sql<{ last: string | null }[]>`
    select facts ->> 'last' as last from delivery where kind = 'idea-decided' and account = ${account} order by id desc limit 1`
  return row?.last
}

const decisions = async (slug: string) => {
  const rows = await app.db.sql<{ body: Uint8Array }[]>`
    select body from leaf where kind = 'idea-decided' order by id`
  return rows
    .map(({ body }) => must(decodeEvent(body)))
    .flatMap((event) => (event.kind === 'idea-decided' && event.cycle === slug ? [event] : []))
}

describe('its author', () => {
  test('writes one draft, however often it is begun, and what is missing is named', async () => {
    await upsertAccount(app.db, AIGUL, { locale: 'kk' })
    const territory = cycle.villages[0] as number
    const begun = await Promise.all(
      Array.from({ length: 5 }, () => beginIdea(app, AIGUL, { cycle: cycle.id, territory, locale: 'kk' })),
    )
    const ids = new Set(begun.map((one) => must(one).id))
    expect(ids.size).toBe(1)
    const [id = 0] = ids
    expect(await sendIdea(app, AIGUL, id)).toEqual({
      ok: false,
      problem: { kind: 'incomplete', missing: ['category', 'title', 'text', 'place'] },
    })
    expect(await writeIdea(app, AIGUL, id, { title: ' Шам ' })).toEqual({
      ok: false,
      problem: { kind: 'too-short', field: 'title', least: 5 },
    })
    expect(await writeIdea(app, AIGUL, id, { body: 'ш'.repeat(6000) })).toEqual({
      ok: false,
      problem: { kind: 'too-long', field: 'text', most: 1500, by: 4500 },
    })
    expect(kindOf(await writeIdea(app, BOLAT, id, lamp))).toBe('not-yours')
    expect(must(await writeIdea(app, AIGUL, id, lamp))).toMatchObject({ state: 'draft', number: null })
    expect(kindOf(await withdrawIdea(app, AIGUL, id))).toBe('ok')
  })

  test('sends it once, however often Send is pressed at the same moment', async () => {
    const id = await draft(app, AIGUL, cycle)
    const sent = await Promise.all(Array.from({ length: 10 }, () => sendIdea(app, AIGUL, id)))
    expect(new Set(sent.map((one) => must(one).number)).size).toBe(1)
    expect(sent.filter((one) => must(one).already)).toHaveLength(9)
  })

  test('adds five photos of an album in any order, none of them twice, and no sixth', async () => {
    const id = await draft(app, BOLAT, cycle)
    const added = await Promise.all([3, 1, 2, 1, 5, 4, 9, 3].map((n) => addPhoto(app, BOLAT, id, n)))
    expect(added.filter((one) => one.ok && one.value === 'added')).toHaveLength(5)
    const { media } = must(await readOwnIdea(app, BOLAT, id))
    const order = media.map(({ fileId }) => Number(fileId.slice(5)))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    await withdrawIdea(app, BOLAT, id)
  })

  test('sends no fourth in a day', async () => {
    const [first, second, third] = [
      await sentIdea(app, SAULE, cycle),
      await sentIdea(app, SAULE, cycle),
      await sentIdea(app, SAULE, cycle),
    ]
    expect(new Set([first.number, second.number, third.number]).size).toBe(3)
    const fourth = await draft(app, SAULE, cycle)
    expect(await sendIdea(app, SAULE, fourth)).toEqual({
      ok: false,
      problem: { kind: 'too-many-today', most: 3 },
    })
    expect(must(await readOwnIdea(app, SAULE, fourth)).title, 'nothing is lost').toBe(lamp.title)
  })
})

describe('a moderator', () => {
  test('of two who decide in the same moment one is first, the other is told who and what', async () => {
    const { id } = await sentIdea(app, 811, cycle)
    const { version } = must(await claimIdea(app, id, MARAT))
    expect(await decideIdea(app, id, { kind: 'approve' }, { by: KLARA, version })).toMatchObject({
      ok: false,
      problem: { kind: 'claimed', by: MARAT },
    })
    await app.db.sql`update idea set claimed_until = clock_timestamp() - interval '1 second' where id = ${id}`
    const both = await Promise.all([
      decideIdea(app, id, { kind: 'approve' }, { by: MARAT, version }),
      decideIdea(app, id, { kind: 'reject', reason: 'unclear' }, { by: KLARA, version }),
    ])
    expect(both.map(kindOf).sort()).toEqual(['ok', 'overtaken'])
    const winner = both[0].ok ? MARAT : KLARA
    const late = both.find((one) => !one.ok)
    expect(late).toMatchObject({ problem: { by: winner } })
    expect((await told(811)).map(({ decision }) => decision)).toEqual([both[0].ok ? 'approve' : 'reject'])
  })

  test('decides nothing of their own, nothing elsewhere, nothing without the role', async () => {
    const { id } = await sentIdea(app, MARAT, cycle)
    expect(kindOf(await decideIdea(app, id, { kind: 'approve' }, { by: MARAT }))).toBe('own-idea')
    expect(kindOf(await decideIdea(app, id, { kind: 'approve' }, { by: BOLAT }))).toBe('not-allowed')
    must(
      await grantRole(
        app,
        { account: 806, role: 'moderator', territory: cycle.villages[1] as number },
        'command',
      ),
    )
    expect(kindOf(await decideIdea(app, id, { kind: 'approve' }, { by: 806 }))).toBe('not-allowed')
    expect(kindOf(await decideIdea(app, id, { kind: 'approve' }, { by: KLARA }))).toBe('ok')
  })

  test('asks, is answered, refuses; an appeal goes to somebody else; the cost makes it a candidate; each step has its leaf', async () => {
    const { id, number } = await sentIdea(app, 812, cycle)
    const by = { by: MARAT }
    must(await decideIdea(app, id, { kind: 'return', question: 'Қай көше?' }, by))
    must(await writeIdea(app, 812, id, { landmark: 'Абай көшесі, 5' }))
    must(await sendIdea(app, 812, id))
    must(await decideIdea(app, id, { kind: 'reject', reason: 'already-planned', note: '2027' }, by))
    expect(await lastOf(812)).toBeNull()
    must(await sendIdea(app, 812, id, true))
    must(await decideIdea(app, id, { kind: 'return', question: 'Қай жақта?' }, { by: KLARA }))
    expect(await lastOf(812), 'there is no second appeal').toBe('true')
    must(await sendIdea(app, 812, id))
    expect(kindOf(await decideIdea(app, id, { kind: 'approve' }, by))).toBe('same-person')
    must(await decideIdea(app, id, { kind: 'approve' }, { by: KLARA }))
    expect(kindOf(await sendIdea(app, 812, id, true))).toBe('not-yours')
    must(await decideIdea(app, id, { kind: 'edit', titles: { ru: 'Фонари у школы' }, texts: {} }, by))
    const dear = { kind: 'feasible', cost: 5_000_001, onList: true } as const
    expect(await decideIdea(app, id, dear, by)).toEqual({
      ok: false,
      problem: { kind: 'too-dear', ceiling: 5_000_000 },
    })
    const feasible = must(await decideIdea(app, id, { kind: 'feasible', cost: 4_500_000, onList: true }, by))
    expect(feasible).toMatchObject({
      number,
      state: 'feasible',
      cost: 4_500_000,
      titles: { kk: lamp.title, ru: 'Фонари у школы' },
      title: lamp.title,
    })
    const steps = (await decisions('ideas')).filter((event) => event.idea === number)
    expect(steps.map(({ from, decision, to }) => [from, decision, to])).toEqual([
      ['sent', 'return', 'returned'],
      ['sent', 'reject', 'rejected'],
      ['sent', 'return', 'returned'],
      ['sent', 'approve', 'approved'],
      ['approved', 'edit', 'approved'],
      ['approved', 'feasible', 'feasible'],
    ])
    expect(steps.at(-1)).toMatchObject({ cost: 4_500_000 })
    for (const [at, step] of steps.entries())
      if (step.decision === 'edit') expect(step.before, `step ${at}`).not.toBe(step.after)
    expect((await told(812)).map(({ decision }) => decision)).toEqual(steps.map(({ decision }) => decision))
  })

  test('puts no phone of an author before everybody: the words of the list cover it, the author’s own are kept', async () => {
    const body = 'Қыста балалар қараңғыда жүреді, маған хабарласыңыз: 8 701 123 45 67'
    const { id } = await sentIdea(app, 817, cycle, { ...lamp, body })
    const approved = must(await decideIdea(app, id, { kind: 'approve' }, { by: MARAT }))
    expect(approved).toMatchObject({ body, flags: ['phone'] })
    expect(approved.texts.kk).toBe('Қыста балалар қараңғыда жүреді, маған хабарласыңыз: ▒▒▒')
  })

  test('merges one into another: its supporters and its author move along and are told', async () => {
    const [from, into] = [await sentIdea(app, 813, cycle), await sentIdea(app, 814, cycle)]
    for (const account of [815, 816]) await neighbour(app, account, cycle)
    must(await supportIdea(app, 815, from.id))
    must(await supportIdea(app, 816, into.id))
    must(await supportIdea(app, 816, from.id))
    expect(kindOf(await supportIdea(app, 813, from.id))).toBe('own-idea')
    expect(kindOf(await decideIdea(app, from.id, { kind: 'merge', into: from.number }, { by: MARAT }))).toBe(
      'no-target',
    )
    must(await decideIdea(app, from.id, { kind: 'merge', into: into.number }, { by: MARAT }))
    expect(await findIdea(app, cycle.id, into.number)).toMatchObject({ supporters: 3 })
    expect(await told(815)).toEqual([{ decision: 'merge', mine: false }])
    expect(await told(813)).toEqual([{ decision: 'merge', mine: true }])
  })
})

test('after the time for ideas nothing new is sent, and an answer to a question still is', async () => {
  const late = await ideasCycle(app, 'late-ideas')
  must(
    await grantRole(
      app,
      { account: MARAT, role: 'moderator', territory: late.villages[0] as number },
      'command',
    ),
  )
  const { id } = await sentIdea(app, 821, late)
  must(await decideIdea(app, id, { kind: 'return', question: 'Қай көше?' }, { by: MARAT }))
  const unsent = await draft(app, 822, late)
  await app.db
    .sql`update phase_start set starts_at = now() - interval '1 hour' where cycle = ${late.id} and phase = 'review'`
  must(await movePhase(app, late.id, { by: 'clock' }))
  expect(kindOf(await sendIdea(app, 822, unsent))).toBe('not-collecting')
  expect(kindOf(await sendIdea(app, 821, id))).toBe('ok')
})

test('who is erased leaves no idea that nobody approved, and no name on one that is on its way', async () => {
  const { id: open } = await sentIdea(app, 831, cycle)
  const { id: approved } = await sentIdea(app, 831, cycle)
  must(await decideIdea(app, approved, { kind: 'approve' }, { by: MARAT }))
  await eraseAccount(app, 831)
  expect(await listOwnIdeas(app, 831)).toEqual([])
  const rows = await app.db.sql`select id, author, state from idea where id in (${open}, ${approved})`
  expect([...rows]).toEqual([{ id: approved, author: null, state: 'approved' }])
})

describe('the list that is voted on', () => {
  const place = (metres: number) => ({ lat: 48 + metres / 111_195, lon: 80 })

  test('takes what was found feasible, once nothing is in the way, with the words and the cost that the log knows', async () => {
    const own = await ideasCycle(app, 'to-the-ballot')
    const village = own.villages[0] as number
    must(await grantRole(app, { account: MARAT, role: 'moderator', territory: village }, 'command'))
    const by = { by: MARAT }
    const feasible = async (author: number, metres: number) => {
      const one = await sentIdea(app, author, own, { ...lamp, ...place(metres) })
      must(await decideIdea(app, one.id, { kind: 'approve' }, by))
      must(await decideIdea(app, one.id, { kind: 'feasible', cost: 4_000_000, onList: true }, by))
      return one
    }
    const [first, close, far] = [await feasible(841, 0), await feasible(842, 60), await feasible(843, 900)]
    const waiting = await sentIdea(app, 844, own)
    const begins = async (phase: string) => {
      await app.db.sql`
        update phase_start set starts_at = now() - interval '1 hour' where cycle = ${own.id} and phase = ${phase}`
      return movePhase(app, own.id, { by: 'clock' })
    }
    must(await begins('review'))
    const cannot = async () => {
      const moved = await begins('voting')
      return moved.ok ? undefined : moved.problem
    }
    expect(await cannot()).toEqual({
      kind: 'ideas-untranslated',
      ideas: [first.number, close.number, far.number],
    })
    for (const { id } of [first, close, far])
      must(await decideIdea(app, id, { kind: 'edit', titles: { ru: 'Фонари' }, texts: { ru: 'Темно' } }, by))
    expect(await cannot()).toEqual({ kind: 'ideas-close', pairs: [[first.number, close.number]] })
    expect(must(await keepApart(app, own.id, [close.number, first.number], MARAT))).toBe(true)
    expect(must(await keepApart(app, own.id, [first.number, close.number], MARAT))).toBe(false)

    await unguarded(app.db, (sql) => sql`update idea set cost = 1 where id = ${far.id}`)
    expect(await cannot()).toEqual({ kind: 'ideas-unlogged', ideas: [far.number] })
    await unguarded(app.db, (sql) => sql`update idea set cost = 4000000 where id = ${far.id}`)
    expect(await cannot()).toBeUndefined()

    const list = await projectsOf(app.db, own.id, village)
    expect(list.slice(1).map(({ number, title, cost, category }) => [number, title, cost, category])).toEqual(
      [2, 3, 4].map((number) => [number, { kk: lamp.title, ru: 'Фонари' }, 4_000_000, 'street_lighting']),
    )
    const late = await decideIdea(app, first.id, { kind: 'unfeasible', why: 'Передумали' }, by)
    expect(kindOf(late), 'what is voted on is decided').toBe('overtaken')
    expect((await findIdea(app, own.id, waiting.number))?.project).toBeNull()
  })
})
