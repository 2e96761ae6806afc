// A moderator's card in a chat of one's own: every button of it is refused to whoever may not decide.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { menuButton } from '../../src/bot/buttons.ts'
import { nextButton } from '../../src/bot/moderation/buttons.ts'
import { marksScreen, potsScreen } from '../../src/bot/moderation/filing.ts'
import { muteRow } from '../../src/bot/moderation/mute.ts'
import * as view from '../../src/bot/moderation/view.ts'
import { IDEA_STATES } from '../../src/core/idea.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { findIdea } from '../../src/use-cases/list-ideas.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must, type SmallCycle } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { ideasCycle, sentIdea } from '../support/ideas.ts'

let bot: TestBot
let cycle: SmallCycle
beforeAll(async () => {
  bot = await startBot({ seed: 'moderation refused' })
  cycle = await ideasCycle(bot.app, 'refused')
})
afterAll(() => bot.stop())

const idea = async (number: number) => {
  const found = await findIdea(bot.app, cycle.id, number)
  if (!found) throw new Error('no such idea')
  return found
}

const POTS = [{ pot: 'roads' }, { pot: 'people' }]

test('no button of a card, or of what it asks, changes anything for whoever has no role there or not any more', async () => {
  const { number } = await sentIdea(bot.app, 9000, cycle)
  const before = await idea(number)
  const t = bot.textsOf('ru')
  const facts = { similar: [], projects: [], pots: POTS, top: [], now: '' }
  const screens = IDEA_STATES.flatMap((state) => [
    view.cardScreen(t, {
      idea: { ...before, state, media: [{ id: 1, kind: 'photo', fileId: 'x', copy: null }] },
      ...facts,
    }),
  ]).concat([
    view.mergeScreen(t, before, [{ idea: before }]),
    view.reasonsScreen(t, before),
    view.noteScreen(t, before, 'unclear'),
    view.listScreen(t, before, 900_000),
    view.editScreen(t, bot.textsOf, before, POTS),
    potsScreen(t, before, POTS),
    marksScreen(t, before),
    view.categoriesScreen(t, before),
    { text: '', buttons: [muteRow(t, before.id, undefined), muteRow(t, before.id, before.sentAt ?? '')] },
  ])
  const data = new Set(
    screens
      .flatMap(({ buttons = [] }) => buttons.flat())
      .flatMap((one) => ('callback_data' in one ? [String(one.callback_data)] : [])),
  )
  const presses = [...data].filter((one) => !menuButton.pattern.test(one) && !nextButton.pattern.test(one))
  expect(presses.length).toBeGreaterThan(35)
  const stranger = await bot.resident('ru')
  const elsewhere = await bot.resident('ru')
  const territory = cycle.villages[1] as number
  must(await grantRole(bot.app, { account: elsewhere.id, role: 'moderator', territory }, 'command'))
  const was = await bot.resident('ru')
  must(
    await grantRole(
      bot.app,
      { account: was.id, role: 'moderator', territory: cycle.villages[0] as number },
      'command',
    ),
  )
  await unguarded(
    bot.app.db,
    (sql) => sql`update role_grant set until = now() - interval '1 second' where account = ${was.id}`,
  )
  await Promise.all(
    [stranger, elsewhere, was].map(async (person) => {
      for (const press of presses) {
        await person.pressesRaw(press)
        await person.sees(/Это решает/)
      }
    }),
  )
  expect(await idea(number)).toEqual(before)
})
