// Where a cycle asks for supporters: residents say in the chat which ideas should be voted on; what has too few is not, and its author hears why.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Phase } from '../../src/core/cycle.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { supportIdea } from '../../src/use-cases/support-idea.ts'
import { giveSupportButton } from '../../src/bot/ideas/supports.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { day, kindOf, must, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { lamp, neighbour, sentIdea } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'support phase', loops: true })
})
afterAll(() => bot.stop())

const NEEDED = 10

async function asking(slug: string, shown: boolean, trial = false): Promise<SmallCycle> {
  const cycle = await smallCycle(bot.app, slug, [[1_000_000], [1_000_000]], {
    trial,
    ideaTerms: { support: { needed: NEEDED, shown } },
    timeline: {
      announced: day(-3),
      ideas: day(-2),
      review: day(5),
      support: day(10),
      voting: day(20),
      counting: day(30),
    },
  })
  must(await movePhase(bot.app, cycle.id, { by: 'command' }))
  await begins(cycle, 'ideas')
  return cycle
}

async function begins({ id }: SmallCycle, phase: Phase): Promise<void> {
  await unguarded(
    bot.app.db,
    (sql) =>
      sql`update phase_start set starts_at = clock_timestamp() where cycle = ${id} and phase = ${phase}`,
  )
  const moved = await movePhase(bot.app, id, { by: 'clock' })
  if (!moved.ok && moved.problem.kind !== 'not-due') throw new Error(moved.problem.kind)
}

/** Sent, approved, translated and costed. Returns its id. */
async function feasible(cycle: SmallCycle, author: number, title: string, at: number): Promise<number> {
  const { id } = await sentIdea(bot.app, author, cycle, {
    ...lamp,
    title,
    lat: 48 + at,
    lon: 80,
    landmark: null,
  })
  const by = { by: 'command' } as const
  must(await decideIdea(bot.app, id, { kind: 'approve' }, by))
  must(
    await decideIdea(
      bot.app,
      id,
      { kind: 'edit', titles: { ru: `${title} (ru)` }, texts: { ru: 'Зачем' } },
      by,
    ),
  )
  must(await decideIdea(bot.app, id, { kind: 'feasible', cost: 900_000, onList: true }, by))
  return id
}

async function resident(cycle: SmallCycle, language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.person({ language_code: language })
  await person.says(`/start v_${cycle.villages[0]}`)
  await person.taps(language === 'kk' ? 'Қазақша' : 'Русский')
  return person
}

let crowd = 20_000
async function supporters(cycle: SmallCycle, id: number, count: number): Promise<void> {
  const accounts = Array.from({ length: count }, () => crowd++)
  for (const account of accounts) await neighbour(bot.app, account, cycle)
  await Promise.all(accounts.map(async (account) => must(await supportIdea(bot.app, account, id))))
}

const told = async (kind: string, cycle: SmallCycle) =>
  (
    await bot.app.db.sql<{ account: number }[]>`
      select account from delivery where kind = ${kind} and facts ->> 'cycle' = ${String(cycle.id)} order by account`
  ).map(({ account }) => Number(account))
const leaves = async ({ id }: SmallCycle, decision: string) =>
  (
    await bot.app.db.sql`
      select 1 from leaf where log = ${id} and kind = 'idea-decided' and convert_from(body, 'UTF8')::jsonb -> 1 ->> 'decision' = ${decision}`
  ).length

describe('with numbers shown', () => {
  let cycle: SmallCycle
  let aigul: Person
  let serik: Person
  let lamps: number
  let well: number
  beforeAll(async () => {
    cycle = await asking('shown', true)
    aigul = await resident(cycle, 'kk')
    serik = await resident(cycle, 'ru')
    lamps = await feasible(cycle, aigul.id, 'Мектеп көшесіне шам', 0)
    well = await feasible(cycle, serik.id, 'Құдық қазу', 1)
    await supporters(cycle, lamps, 3)
    await begins(cycle, 'review')
    await begins(cycle, 'support')
  })

  test('its authors hear that it began; the menu leads to the list; one press counts once, and the own idea takes none', async () => {
    await aigul.sees('Мұнда идеяларды қолдау басталды')
    await aigul.taps('Идеяларды қолдау')
    const list = await aigul.sees('Тізімге ену үшін керек қолдау саны: 10')
    expect(list.text).toContain('Қолдағандар: 3')
    await aigul.taps(/Құдық қазу/)
    await aigul.sees(/Құны: 900\s000/)
    await aigul.taps('Қолдау')
    expect((await aigul.sees('Қолдауыңыз есепке алынды.')).text).toContain('Қолдағандар: 1')
    expect(aigul.screen().buttons.flat()).not.toContain('Қолдау')
    const at = { cycle: cycle.id, territory: cycle.villages[0] as number, page: 0 }
    await aigul.pressesRaw(giveSupportButton.pack({ ...at, idea: well }))
    await aigul.sees('Қолдағандар: 1')
    await aigul.pressesRaw(giveSupportButton.pack({ ...at, idea: lamps }))
    await aigul.sees('Өз идеяңызды қолдай алмайсыз.')
    await serik.says('/menu')
    await serik.taps('Поддержать идеи')
    await serik.sees('Какие идеи войдут в список для голосования?')
  })

  test('the threshold is reached once, however many press in that moment', async () => {
    await supporters(cycle, lamps, 30)
    await aigul.sees('Қолдау жетті: 10. Идея дауыс беру тізіміне енеді.')
    expect(await told('idea-supported', cycle)).toEqual([aigul.id])
    expect(await leaves(cycle, 'supported')).toBe(1)
  })

  test('as voting begins the one is on the ballot and the other is not; both authors are told, and who supported them', async () => {
    await begins(cycle, 'voting')
    const listed = await aigul.sees('Сіздің идеяңыз тізімде:')
    expect(listed.text).toMatch(/№\s2\. Мектеп көшесіне шам/)
    await serik.sees('В список для голосования она не вошла. Поддержали: 1, нужно было: 10.')
    await aigul.sees('Дауыс беру тізіміне енбеді: қолдау жеткіліксіз болды.')
    const states = await bot.app.db.sql`select state, project from idea where cycle = ${cycle.id} order by id`
    expect(states.map(({ state, project }) => [state, project])).toEqual([
      ['feasible', 'idea-1'],
      ['unsupported', null],
    ])
    expect(await leaves(cycle, 'unsupported')).toBe(1)
    expect(kindOf(await supportIdea(bot.app, aigul.id, well))).toBe('no-such-idea')
    await serik.says('/ideas')
    await serik.sees('не набрала поддержки, в список не вошла')
  })
})

test('with numbers hidden no resident reads how many there are, and enough at the beginning is enough', async () => {
  const cycle = await asking('hidden', false)
  const olga = await resident(cycle, 'ru')
  const id = await feasible(cycle, olga.id, 'Мост через реку', 0)
  await supporters(cycle, id, NEEDED)
  await begins(cycle, 'review')
  await begins(cycle, 'support')
  await olga.sees('Поддержки хватило: 10')
  await olga.says('/menu')
  await olga.taps('Поддержать идеи')
  expect((await olga.sees('Мост через реку')).text).not.toContain('Поддержали:')
  await olga.says('/ideas')
  await olga.taps(/Мост через реку/)
  expect((await olga.sees(/Стоимость: 900\s000/)).text).not.toContain('Поддержали:')
  await begins(cycle, 'voting')
  expect((await findIdea(bot.app, cycle.id, 1))?.project).toBe('idea-1')
})

test('a missing translation is in the way as support begins, not first when voting does', async () => {
  const cycle = await asking('in-the-way', true, true)
  const { id } = await sentIdea(bot.app, crowd++, cycle)
  const by = { by: 'command' } as const
  must(await decideIdea(bot.app, id, { kind: 'approve' }, by))
  must(await decideIdea(bot.app, id, { kind: 'feasible', cost: 900_000, onList: true }, by))
  must(await movePhase(bot.app, cycle.id, by))
  expect(kindOf(await movePhase(bot.app, cycle.id, by))).toBe('ideas-untranslated')
})
