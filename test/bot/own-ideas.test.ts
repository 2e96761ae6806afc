// An author follows their idea: the list, the notice that opens it, an answer to a question, another look after a refusal, a withdrawal.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ideaCardButton } from '../../src/bot/buttons.ts'
import { followOf } from '../../src/store/follows.ts'
import { showName, writeName } from '../../src/use-cases/author-name.ts'
import { decideIdea } from '../../src/use-cases/decide-idea.ts'
import type { Decision } from '../../src/core/idea.ts'
import { eraseAccount } from '../../src/use-cases/erase-account.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { readOpenPlace } from '../../src/use-cases/read-open-cycle.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { everyValueWith } from '../support/catalogue.ts'
import { kindOf, must, type SmallCycle } from '../support/cycle.ts'
import { type IdeaWalk, ideaWalk, says } from '../support/idea-walk.ts'
import { ideasCycle, lamp } from '../support/ideas.ts'
import type { Person } from '../support/person.ts'

const [MARAT, KLARA] = [881, 882]
let bot: TestBot
let walk: IdeaWalk
let cycle: SmallCycle
beforeAll(async () => {
  bot = await startBot({ seed: 'own ideas', session: 'redis', loops: true })
  cycle = await ideasCycle(bot.app, 'own-ideas')
  walk = ideaWalk(bot, cycle)
  for (const account of [MARAT, KLARA])
    must(
      await grantRole(
        bot.app,
        { account, role: 'moderator', territory: cycle.villages[0] as number },
        'command',
      ),
    )
})
afterAll(() => bot.stop())

const t = () => bot.textsOf('kk')
const idea = async (ann: Person) => {
  const [one] = await walk.own(ann)
  if (!one) throw new Error('no idea')
  return one
}
async function sent(): Promise<Person> {
  const ann = await walk.reaches('preview')
  await walk.answers(ann, 'preview')
  return ann
}
/** A moderator decides, and the notice is in the chat. */
async function decides(ann: Person, decision: Decision, by = MARAT): Promise<void> {
  must(await decideIdea(bot.app, (await idea(ann)).id, decision, { by }))
  await says(
    ann,
    t()('ideas.told-mine', { idea: (await idea(ann)).number ?? 0, title: lamp.title as string }),
  )
}

test('/ideas lists what was sent with its state, and opens one', async () => {
  const ann = await walk.resident()
  await ann.says('/ideas')
  expect(ann.screen().text).toContain(t()('ideas.own-none'))
  await ann.taps(t()('common.menu.button'))
  await ann.taps(t()('ideas.submit.button'))
  await ann.taps(t()('common.yes.button'))
  for (const question of ['category', 'title', 'text', 'place', 'photos', 'cost', 'preview'] as const)
    await walk.answers(ann, question)
  await ann.taps(t()('ideas.mine.button'))
  const { number, dueAt } = await idea(ann)
  const state = t()('ideas.state-sent')
  expect(ann.screen().text).toContain(
    t()('ideas.own-line', { number: number ?? 0, title: lamp.title as string, state }),
  )
  await ann.taps(`№\u00a0${number}. ${lamp.title}`)
  for (const part of [
    lamp.title,
    lamp.body,
    lamp.landmark,
    state,
    t()('ideas.line-due', { time: t().moment(dueAt ?? '') }),
  ])
    expect(ann.screen().text).toContain(part)
})

test('a question of the moderator is answered from the notice: its author adds to the idea and sends it again', async () => {
  const ann = await sent()
  const { number } = await idea(ann)
  await decides(ann, { kind: 'return', question: 'Қай көшеде?' })
  await ann.taps(t()('ideas.open.button'))
  expect(ann.screen().text).toContain(t()('ideas.told-return', { note: 'Қай көшеде?' }))
  await ann.taps(t()('ideas.revise.button'))
  expect(ann.screen().text).toContain('Қай көшеде?')
  expect(ann.screen().text, 'nothing was cut off').not.toContain(t()('common.dialog-again'))
  await ann.taps(t()('ideas.change.button'))
  await ann.taps(t()('ideas.field-place.button'))
  await ann.says('Абай көшесі, 5')
  await ann.taps(t()('ideas.send.button'))
  expect(ann.screen().text).toContain(t()('ideas.sent', { number: number ?? 0 }))
  expect(await idea(ann)).toMatchObject({ state: 'sent', number, landmark: 'Абай көшесі, 5' })
})

test('whoever stops answering a question finds the idea as it was, and may go on from the menu', async () => {
  const ann = await sent()
  await decides(ann, { kind: 'return', question: 'Қай көшеде?' })
  await ann.taps(t()('ideas.open.button'))
  await ann.taps(t()('ideas.revise.button'))
  await ann.taps(t()('ideas.later.button'))
  await ann.says('/menu')
  await ann.taps(t()('ideas.continue.button'))
  expect(ann.screen().text).toContain('Қай көшеде?')
  await ann.taps(t()('common.cancel.button'))
  expect(ann.screen().text).toContain(t()('ideas.ask-leave'))
  await ann.taps(t()('common.yes.button'))
  expect(ann.screen().text).toContain(t()('ideas.left'))
  expect(await idea(ann)).toMatchObject({ state: 'returned', step: null })
})

test('a refusal may be appealed against once, to another moderator; then it may be revised and sent again', async () => {
  const ann = await sent()
  const refusal = { kind: 'reject', reason: 'unclear' } as const
  await decides(ann, refusal)
  await ann.taps(t()('ideas.open.button'))
  expect(ann.screen().buttons.flat()).toEqual(
    expect.arrayContaining([
      t()('ideas.resend.button'),
      t()('ideas.appeal.button'),
      t()('ideas.withdraw.button'),
    ]),
  )
  await ann.taps(t()('ideas.appeal.button'))
  await ann.taps(t()('common.no.button'))
  expect((await idea(ann)).state).toBe('rejected')
  await ann.taps(t()('ideas.appeal.button'))
  const question = ann.screen().id
  await ann.taps(t()('common.yes.button'))
  const { number, dueAt, id } = await idea(ann)
  expect(ann.screen().text).toContain(
    t()('ideas.appealed', { number: number ?? 0, time: t().moment(dueAt ?? '') }),
  )
  await ann.pressesRaw(`ia:${id.toString(36)}`, question)
  expect(ann.screen().text, 'pressed twice').toContain(
    t()('ideas.appealed', { number: number ?? 0, time: t().moment(dueAt ?? '') }),
  )
  expect(kindOf(await decideIdea(bot.app, id, refusal, { by: MARAT }))).toBe('same-person')
  await decides(ann, refusal, KLARA)
  await ann.taps(t()('ideas.open.button'))
  expect(ann.screen().buttons.flat()).not.toContain(t()('ideas.appeal.button'))
  await ann.pressesRaw(`ia:${id.toString(36)}`)
  expect(ann.screen().text).toContain(t()('ideas.appeal-once'))
  await ann.says('/ideas')
  await ann.taps(new RegExp(`^№\u00a0${number}\\.`))
  await ann.taps(t()('ideas.resend.button'))
  expect(ann.screen().text).toContain(t()('ideas.reason-unclear'))
  await ann.taps(t()('ideas.send.button'))
  expect((await idea(ann)).state).toBe('sent')
})

test('a withdrawal is asked once more; what is approved cannot be withdrawn', async () => {
  const ann = await sent()
  const { number, id } = await idea(ann)
  await ann.taps(t()('ideas.mine.button'))
  await ann.taps(new RegExp(`^№\u00a0${number}\\.`))
  await ann.taps(t()('ideas.withdraw.button'))
  expect(ann.screen().text).toContain(lamp.title)
  const question = ann.screen().id
  await ann.taps(t()('common.no.button'))
  expect((await idea(ann)).state).toBe('sent')
  await ann.taps(t()('ideas.withdraw.button'))
  await ann.taps(t()('common.yes.button'))
  expect(ann.screen().text).toContain(t()('ideas.withdrawn', { number: number ?? 0 }))
  await ann.pressesRaw(`iy:${id.toString(36)}`, question)
  expect(ann.screen().text).toContain(t()('ideas.withdrawn', { number: number ?? 0 }))

  const bob = await sent()
  await decides(bob, { kind: 'approve' })
  await bob.taps(t()('ideas.open.button'))
  expect(bob.screen().buttons.flat()).not.toContain(t()('ideas.withdraw.button'))
  await bob.pressesRaw(`iy:${(await idea(bob)).id.toString(36)}`)
  expect(bob.screen().text).toContain(t()('ideas.withdraw-late'))
})

test('nobody opens, withdraws, appeals or writes another one’s idea', async () => {
  const ann = await sent()
  const { id, number } = await idea(ann)
  const eve = await walk.resident()
  const [key, where] = [id.toString(36), cycle.id.toString(36)]
  for (const data of [
    `iw:${key}`,
    `iy:${key}`,
    `ik:${key}`,
    `ia:${key}`,
    `io:${where}:${(number ?? 0).toString(36)}`,
  ]) {
    await eve.pressesRaw(data)
    expect([eve.alert() ?? eve.screen().text, eve.screen().text.includes(lamp.title as string)]).toEqual([
      expect.stringMatching(new RegExp(`${t()('common.outdated.alert')}|${t()('ideas.not-yours')}`)),
      false,
    ])
  }
  for (const step of ['title', 'preview', 'send', 'drop', 'cancel', 'nophotos'])
    await eve.pressesRaw(`ix:${step}:${key}:`)
  expect(eve.screen().text).not.toContain(lamp.title)
  expect(await idea(ann)).toMatchObject({ state: 'sent', number })
})

test('a name is shown to neighbours only after its author asked, read it back and said yes, and goes again', async () => {
  const ann = await sent()
  const { id, number } = await idea(ann)
  const neighbour = await walk.resident('ru')
  const card = async (): Promise<string> => {
    await neighbour.pressesRaw(
      ideaCardButton.pack({
        cycle: cycle.id,
        territory: cycle.villages[0] ?? 0,
        number: number ?? 0,
        page: 0,
      }),
    )
    return neighbour.screen().text
  }
  const mydata = async (): Promise<string> => {
    await ann.says('/mydata')
    return ann.screen().text
  }
  const asks = async (name: string): Promise<void> => {
    await ann.says('/ideas')
    await ann.taps(new RegExp(`^№\u00a0${number}\\.`))
    await ann.taps('Атымды көрсету')
    await ann.says(name)
  }
  expect(await card()).toContain('Автор: житель.')
  await asks('t.me/anna')
  await ann.sees('Бұл ат емес.')
  await ann.says('Ақмақ Анна')
  await ann.sees('Бұл ат емес.')
  await ann.says('Анна  Серікқызы')
  await ann.sees('Идеяңыздың жанында бәріне көрінеді: Анна Серікқызы')
  expect(await card(), 'not before it was read back').toContain('Автор: житель.')
  await ann.taps(t()('common.yes.button'))
  await ann.sees('Атыңыз бәріне көрінеді: Анна Серікқызы')
  expect(await card()).toContain('Автор: Анна Серікқызы')
  expect(await mydata()).toContain('Идеялардың жанындағы атыңыз: Анна Серікқызы')
  expect(kindOf(await showName(bot.app, neighbour.id, id))).toBe('not-yours')
  expect(kindOf(await writeName(bot.app, neighbour.id, id, null))).toBe('not-yours')
  await ann.says('/ideas')
  await ann.taps(new RegExp(`^№\u00a0${number}\\.`))
  await ann.taps('Атымды көрсетпеу')
  expect(await card()).toContain('Автор: житель.')
  expect(await mydata()).not.toContain('Анна')
  expect(await everyValueWith(bot.app.db, 'Серікқызы')).toEqual([])
})

test('whose name stood beside a project that was their idea is nobody once the account is erased', async () => {
  const ann = await sent()
  const { id } = await idea(ann)
  const { db } = bot.app
  must(await writeName(bot.app, ann.id, id, 'Анна Серікқызы'))
  must(await showName(bot.app, ann.id, id))
  const territory = cycle.villages[0] ?? 0
  const [project] = await db.sql<{ id: string; number: number }[]>`
    select id, number from project where cycle = ${cycle.id} and territory = ${territory} order by number limit 1`
  if (!project) throw new Error('no project')
  await db.sql`update idea set project = ${project.id}, state = 'approved' where id = ${id}`
  const page = async () => (await readOpenPlace(bot.app, 'own-ideas', territory))?.authors.get(project.number)
  const around = async () => (await followOf(db, { account: 1, cycle: cycle.id, project: project.id })).author
  expect([await page(), await around()]).toEqual(['Анна Серікқызы', 'Анна Серікқызы'])
  await eraseAccount(bot.app, ann.id)
  expect([await page(), await around()]).toEqual([undefined, null])
  expect(await everyValueWith(db, 'Серікқызы')).toEqual([])
})
