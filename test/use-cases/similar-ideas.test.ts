// What is already proposed in the village: found while an idea is written, and never what nobody may support.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { sendIdea, withdrawIdea } from '../../src/use-cases/send-idea.ts'
import {
  fillFoundBy,
  markCompared,
  similarIdeas,
  similarProjects,
} from '../../src/use-cases/similar-ideas.ts'
import { supportIdea } from '../../src/use-cases/support-idea.ts'
import { beginIdea, readOwnIdea, type Written, writeIdea } from '../../src/use-cases/write-idea.ts'
import { upsertAccount } from '../../src/store/accounts.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { draft, ideasCycle, neighbour, sentIdea } from '../support/ideas.ts'

const MODERATOR = 990
let app: TestApp
let cycle: SmallCycle
let people = 1000
beforeAll(async () => {
  app = await testApp('similar')
  cycle = await ideasCycle(app, 'similar')
  const territory = cycle.villages[0] as number
  must(await grantRole(app, { account: MODERATOR, role: 'moderator', territory }, 'command'))
})
afterAll(() => app.done())

/** Each story asks for something of its own, so that none finds what another left. */
const wanted = (title: string, more: Written = {}): Written => ({
  category: 'other',
  title,
  body: 'Бұл бәрімізге қажет болады.',
  landmark: 'ауыл ортасы',
  ...more,
})
const sends = (title: string, more: Written = {}) => sentIdea(app, people++, cycle, wanted(title, more))
const writes = (title: string, more: Written = {}) => draft(app, people++, cycle, wanted(title, more))
const found = async (id: number, notBy?: number) =>
  (await similarIdeas(app, id, notBy)).map(({ idea }) => idea.number)

test('a Russian draft finds the Kazakh idea about the same thing, with the way between them', async () => {
  const { number } = await sends('Моншаны жөндеу', { lat: 49.95, lon: 82.61, landmark: null })
  const id = await writes('Отремонтировать баню', { lat: 49.951, lon: 82.61, landmark: null })
  const similar = await similarIdeas(app, id)
  expect(similar.map(({ idea, metres }) => [idea.number, metres])).toEqual([[number, 111]])
})

test('at most three, the most alike first', async () => {
  const same = 'Саябаққа субұрқақ'
  const other = await sends('Мектеп жанындағы саябақшаға үлкен субұрқақ пен гүлзар')
  const three = [await sends(same), await sends(same), await sends(same)]
  expect(await found(await writes(same))).toEqual(three.map(({ number }) => number))
  expect(other.number).toBeLessThan(three[0]?.number ?? 0)
})

test('no draft, nothing refused, withdrawn or merged, nothing of another village, and never itself', async () => {
  const title = 'Зиратты қоршау'
  await writes(title)
  const withdrawn = people
  await withdrawIdea(app, withdrawn, (await sends(title)).id)
  const refused = await sends(title)
  must(await decideIdea(app, refused.id, { kind: 'reject', reason: 'unclear' }, { by: MODERATOR }))
  const stays = await sends(title)
  const merged = await sends(title)
  must(await decideIdea(app, merged.id, { kind: 'merge', into: stays.number }, { by: MODERATOR }))
  const [, elsewhere = 0] = cycle.villages
  const stranger = people++
  await upsertAccount(app.db, stranger, {})
  const far = must(await beginIdea(app, stranger, { cycle: cycle.id, territory: elsewhere, locale: 'kk' }))
  must(await writeIdea(app, stranger, far.id, wanted(title)))
  must(await sendIdea(app, stranger, far.id))
  const next = await ideasCycle(app, 'similar-next')
  await sentIdea(app, people++, next, wanted(title))
  expect(await found(stays.id)).toEqual([])
  expect(await found(await writes(title))).toEqual([stays.number])
  for (const kind of ['approve', 'feasible'] as const) {
    const decision = kind === 'approve' ? { kind } : { kind, cost: 1_000_000, onList: true }
    must(await decideIdea(app, stays.id, decision, { by: MODERATOR }))
    expect(await found(await writes(title)), kind).toEqual([stays.number])
  }
})

test('what an older program sent is found once the fingerprints are filled in, and keeps its version', async () => {
  const { id, number } = await sends('Көшеге отырғыш қою')
  const like = await writes('Көшеге отырғыштар орнату')
  await app.db.sql`update idea set found_by = null where id = ${id}`
  expect(await found(like)).toEqual([])
  const version = (await findIdea(app, cycle.id, number))?.version
  expect(await fillFoundBy(app)).toBe(1)
  expect(await fillFoundBy(app)).toBe(0)
  expect(await found(like)).toEqual([number])
  expect((await findIdea(app, cycle.id, number))?.version).toBe(version)
})

test('a project that officials put on the list is compared too, unless it was withdrawn', async () => {
  const [territory = 0] = cycle.villages
  const id = await writes('Футбол алаңына жасанды төсем')
  const idea = async () => must(await readOwnIdea(app, people - 1, id))
  expect(await similarProjects(app, await idea())).toEqual([])
  const title = { kk: 'Футбол алаңының төсемі', ru: 'Покрытие футбольного поля' }
  await app.db.sql`
    insert into project (cycle, id, territory, pot, number, title, category, cost)
    values (${cycle.id}, 'imported', ${territory}, 'general', 7, ${JSON.stringify(title)}::text::jsonb, 'other', 900000)`
  expect(await similarProjects(app, await idea())).toEqual([{ cycle: cycle.id, territory, number: 7, title }])
  await unguarded(app.db, (sql) => sql`update project set withdrawn = true where id = 'imported'`)
  expect(await similarProjects(app, await idea())).toEqual([])
})

test("nobody is shown their own; a moderator sees every author's", async () => {
  const author = people
  const { number } = await sends('Дауыс күшейткіш аппаратура')
  const id = await draft(app, author, cycle, wanted('Дыбыс аппаратурасы'))
  expect(await found(id)).toEqual([number])
  expect(await found(id, author)).toEqual([])
})

test('an idea is found by what a moderator made of its words', async () => {
  const { id, number } = await sends('Көмектесіңіздерші бізге')
  const lost = await writes('Ветпункт ашу')
  expect(await found(lost)).toEqual([])
  const edit = { kind: 'edit', titles: { kk: 'Ветеринария пунктін ашу' }, texts: {} } as const
  must(await decideIdea(app, id, edit, { by: MODERATOR }))
  expect(await found(lost)).toEqual([number])
})

test('where its author only spoke nothing is found, and it finds nothing', async () => {
  const author = people++
  const id = await draft(app, author, cycle, { category: 'water', landmark: 'ауыл' })
  expect(await found(id)).toEqual([])
})

test('its author is asked once: whoever said that theirs is different is remembered, and nobody else may say it', async () => {
  const author = people
  const id = await writes('Шахмат үстелдері')
  expect(must(await readOwnIdea(app, author, id)).compared).toBe(false)
  expect(await markCompared(app, author + 1, id)).toBe(false)
  expect(await markCompared(app, author, id)).toBe(true)
  expect(must(await readOwnIdea(app, author, id)).compared).toBe(true)
})

test('ten presses of Support at once are one support', async () => {
  const { id, number } = await sends('Бассейн салу')
  const fan = people++
  await neighbour(app, fan, cycle)
  await Promise.all(Array.from({ length: 10 }, () => supportIdea(app, fan, id)))
  expect((await findIdea(app, cycle.id, number))?.supporters).toBe(1)
})

test('an insult is shown to nobody before a moderator has read it, in any spelling', async () => {
  const title = 'Көпірге жарық орнату'
  const { id, number } = await sends(title, { body: 'Ол әкім деген АҚМАҚТЫҢ өзі ғой.' })
  const like = await writes(title)
  expect(await found(like)).toEqual([])
  must(await decideIdea(app, id, { kind: 'approve' }, { by: MODERATOR }))
  expect(await found(like)).toEqual([number])
})
