// A review in the chat: an auditor and an official, each in their own chat and language, and what residents read of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { confirmActButton, resultsButton, reviewedButton, reviewsButton } from '../../src/bot/buttons.ts'
import { askReviewButton, proposeReviewButton } from '../../src/bot/reviews/view.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { proposeReview } from '../../src/use-cases/review-village.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY, ULYTAU } from '../support/bot-cycle.ts'
import { must, vote, voters } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

const WHY = 'Почти все голоса пришли за час <b>из школы</b>'
const FOUND = 'Автобус наняли родители, давления не было'

let bot: TestBot
/** Anna audits and reads Russian, Marat is an official and reads Kazakh, Tom audits and reads English. */
let anna: Person
let marat: Person
let tom: Person

async function staff(language: 'kk' | 'ru' | 'en', role: 'auditor' | 'official'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role }, 'command'))
  return person
}
beforeAll(async () => {
  bot = await startBot({
    seed: 'reviews',
    loops: true,
    cycle: {
      villages: [
        { name: MAKANSHY, projects: 2, cards: 1 },
        { name: ULYTAU, projects: 2, cards: 1 },
      ],
    },
  })
  anna = await staff('ru', 'auditor')
  marat = await staff('kk', 'official')
  tom = await staff('en', 'auditor')
  const [village] = bot.cycle.villages
  for (const one of await voters(bot.app, bot.cycle.id, village.territory, 12))
    must(await vote(bot.app, bot.cycle.id, one, [village.projects[0]?.id ?? '']))
})
afterAll(() => bot.stop())

const here = () => ({ cycle: bot.cycle.id, territory: bot.cycle.villages[0].territory })
const open = async (): Promise<string> =>
  (
    await bot.app.db.sql<
      { id: string }[]
    >`select id from proposal where state = 'open' order by at desc limit 1`
  )[0]?.id ?? ''

test('an auditor writes why, an official confirms without reading it, and another auditor reads it', async () => {
  await anna.says('/signals')
  await anna.taps(/\(auyl\)$/)
  await anna.taps('Рассмотрение голосования')
  await anna.sees('Сейчас на рассмотрении ничего нет.')
  await anna.taps(MAKANSHY.ru)
  await anna.sees('не на рассмотрении')
  await anna.taps('Взять на рассмотрение')
  await anna.sees('Её прочтут только аудиторы')
  await anna.says('мало')
  await anna.sees('Знаков: 4, нужно от 10 до 500')
  await anna.says(WHY)
  const sure = await anna.sees('Предложить второму человеку?')
  expect(sure.text).toContain('<b>из школы</b>')
  await anna.taps('Предложить второму')
  await anna.sees('Пока второй человек не подтвердит')
  await anna.sees('Ещё не подтверждено')

  const asked = await marat.sees('Ауылдың дауыс беруін қарауға алу')
  expect(asked.text).not.toContain('из школы')
  expect(asked.text).not.toContain('әкімдік қызметкері')
  await marat.taps('Дауыс беруді қарау')
  const official = await marat.sees('қаралып жатқан жоқ')
  expect(official.text).not.toContain('из школы')
  await tom.sees('Put the vote of the village under review')
  await tom.taps('Review of votes')
  await tom.sees('Why to put it under review: Почти все голоса')

  await marat.pressesRaw(confirmActButton.pack({ proposal: await open() }))
  await marat.sees('орындалды')
  await tom.pressesRaw(reviewedButton.pack(here()))
  await tom.sees('under review, begun')
  await tom.sees('Why it was put under review: Почти все голоса')
})

test('a stale button is answered with who was faster, and what was written for it begins nothing', async () => {
  await anna.pressesRaw(askReviewButton.pack({ ...here(), turn: 0 }))
  const faster = await anna.sees('Это изменили раньше вас')
  expect(faster.text).toContain(String(anna.id))
  await anna.pressesRaw(proposeReviewButton.pack({ ...here(), turn: 0 }))
  await anna.sees('Это изменили раньше вас')
  await anna.pressesRaw(proposeReviewButton.pack({ ...here(), turn: 1 }))
  await anna.sees('То, что вы написали, не сохранилось')
  expect(await open()).toBe('')
})

test('results are published meanwhile and say it in chat, in each language, until two people end it', async () => {
  await bot.close()
  await bot.publish()
  const say = {
    kk: 'Осы ауылдың дауыс беруі қаралуда',
    ru: 'Голосование этого села на рассмотрении',
    en: 'This village’s vote is under review since',
  }
  const shown = resultsButton.pack({ ...here(), pot: 'general' })
  const other = bot.cycle.villages[1] as (typeof bot.cycle.villages)[0]
  for (const language of ['kk', 'ru', 'en'] as const) {
    const resident = await bot.resident(language)
    await resident.pressesRaw(shown)
    await resident.sees(say[language])
    await resident.pressesRaw(resultsButton.pack({ ...here(), territory: other.territory, pot: 'general' }))
    const calm = await resident.sees(`start=v_${other.territory}`)
    expect(calm.text).not.toContain(say[language])
  }

  await marat.says('/manage')
  await marat.pressesRaw(reviewsButton.pack({ cycle: bot.cycle.id, page: 0 }))
  await marat.taps(/қаралуда$/)
  await marat.taps('Қарауды аяқтау')
  await marat.says(FOUND)
  await marat.taps('Екінші адамға ұсыну')
  await marat.sees('Ұсынылды')
  // A double tap proposes nothing more.
  await marat.pressesRaw(proposeReviewButton.pack({ ...here(), turn: 1 }))
  expect(await bot.app.db.sql`select 1 from proposal where state = 'open'`).toHaveLength(1)
  await anna.sees('Закончить рассмотрение голосования села')
  await anna.pressesRaw(confirmActButton.pack({ proposal: await open() }))
  await anna.sees('сделано')
  const resident = await bot.resident('ru')
  await resident.pressesRaw(shown)
  expect((await resident.sees(MAKANSHY.ru)).text).not.toContain(say.ru)
})

test('whose role is gone, and a resident, begin nothing and read nothing', async () => {
  must(await revokeRole(bot.app, { account: anna.id, role: 'auditor' }, 'command'))
  const resident = await bot.resident('ru')
  for (const person of [anna, resident])
    for (const data of [
      reviewsButton.pack({ cycle: bot.cycle.id, page: 0 }),
      reviewedButton.pack(here()),
      askReviewButton.pack({ ...here(), turn: 2 }),
      proposeReviewButton.pack({ ...here(), turn: 2 }),
    ]) {
      await person.pressesRaw(data)
      expect(person.alert(), data).toBeDefined()
    }
  const wish = { ...here(), step: 'open' as const, turn: 2, reason: FOUND }
  expect(await proposeReview(bot.app, wish, anna.id)).toMatchObject({ problem: { kind: 'not-allowed' } })
  const proposed = must(await proposeReview(bot.app, wish, marat.id))
  expect(await confirmAct(bot.app, proposed.id, anna.id)).toMatchObject({ problem: { kind: 'not-allowed' } })
})
