// A vote whose key people hold, in the chat: officials enter the dice, send what the holders counted, and publish it together.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askDiceButton, askResultButton, diceButton, sampleButton } from '../../src/bot/manage/buttons.ts'
import { leavesOfKind } from '../../src/store/log.ts'
import { resultsOf } from '../../src/store/results.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { enterDice } from '../../src/use-cases/key-holders.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { letClose, must, openVoting, smallCycle, type SmallCycle, vote, voters } from '../support/cycle.ts'
import { heldResult, type Holders, holdKeys } from '../support/held-vote.ts'
import type { Person } from '../support/person.ts'
import { MARKS } from '../support/published-vote.ts'

let bot: TestBot
let ayan: Person
let bota: Person
let held: SmallCycle
let holders: Holders
let other: Uint8Array
beforeAll(async () => {
  bot = await startBot({ seed: 'holders', loops: true })
  const { app } = bot
  const made = await counting('other-vote')
  for (const by of [81, 82]) {
    must(await grantRole(app, { account: by, role: 'official' }, 'command'))
    must(await enterDice(app, made.cycle.id, '1234561234', by))
  }
  await numberLeaves(app)
  other = await heldResult(app, made.cycle.id, made.holders)
  ;({ cycle: held, holders } = await counting('held-vote'))
  ayan = await official('ru')
  bota = await official('kk')
  // A phase that was due before the keys were there is told of, as it should be.
  bot.takeFaults()
}, 60_000)
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

async function counting(slug: string): Promise<{ cycle: SmallCycle; holders: Holders }> {
  const { app } = bot
  const cycle = await smallCycle(app, slug, [[4_000_000, 5_000_000, 5_000_000, 2_000_000]], {
    profile: 'binding',
  })
  must(await movePhase(app, cycle.id, { by: 'command' }))
  const made = await holdKeys(app, cycle)
  await openVoting(app, cycle.id)
  const people = await voters(app, cycle.id, cycle.villages[0] as number, MARKS.length)
  for (const [at, marks] of MARKS.entries())
    must(await vote(app, cycle.id, people[at] as (typeof people)[0], marks.split(' ')))
  await letClose(app, cycle.id)
  await movePhase(app, cycle.id, { by: 'clock' })
  await numberLeaves(app)
  return { cycle, holders: made }
}

async function opens(person: Person, button: RegExp): Promise<void> {
  await person.says('/manage')
  await person.taps(/^held-vote/)
  await person.taps(button)
}
const sends = (person: Person, content: Uint8Array, more: object = {}) =>
  person.sends({
    document: Buffer.from(content).toString('base64'),
    file_name: 'result.zip',
    ...more,
  })
const of = () => ({ cycle: held.id })
const fasterWas = ({ id }: Person, begins: string) =>
  new RegExp(`${begins}: аккаунт ${id}, .*\\d{1,2}:\\d{2}`)
const thrown = async (cycle: number) => (await leavesOfKind(bot.app.db, cycle, 'dice-thrown')).length
const counted = async () => (await leavesOfKind(bot.app.db, held.id, 'counted')).length

test('after the close the screen of the key holders names the command of the export, which no chat carries', async () => {
  await opens(ayan, /^Хранители ключа$/)
  const { text, buttons } = await ayan.sees('dauys result export held-vote export.zip')
  expect(text).toContain('поэтому через Telegram его не передают')
  expect(buttons).toEqual([['Внести кости'], ['Прислать итоги хранителей'], ['Обновить'], ['Назад']])
})

test('dice count once two officials have written the same, and then no others', async () => {
  await opens(ayan, /^Внести кости$/)
  await ayan.says('4 1 7')
  await ayan.sees('Нужно не меньше десяти чисел от 1 до 6.')
  await ayan.says('4 1 6 2 5, 3 3 1 2 6')
  await ayan.sees('Выпало: 4 1 6 2 5 3 3 1 2 6')
  await ayan.taps('Да, внести')
  await ayan.sees('Подействует, когда другой сотрудник внесёт то же самое.')
  await opens(ayan, /^Внести кости$/)
  await ayan.says('4162533126')
  await ayan.taps('Да, внести')
  await ayan.sees('Подействует, когда другой сотрудник внесёт то же самое.')
  expect(await thrown(held.id)).toBe(1)
  await opens(bota, /^Сүйектерді енгізу$/)
  await bota.says('4162533126')
  await bota.taps('Иә, енгізу')
  await bota.sees('Екі адам бірдей енгізді, енді күшіне енді.')
  await opens(ayan, /^Внести кости$/)
  await ayan.says('1111111111')
  await ayan.taps('Да, внести')
  await ayan.sees('Кости уже введены двумя людьми одинаково: 4 1 6 2 5 3 3 1 2 6.')
  await ayan.sees(fasterWas(bota, 'Кто и когда'))
  // Whose role is gone enters nothing, with an old button neither.
  must(await revokeRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
  for (const stale of [
    askDiceButton.pack(of()),
    askResultButton.pack(of()),
    diceButton.pack({ ...of(), dice: '1111111111' }),
    sampleButton.pack({ ...of(), dice: '1111111111' }),
  ]) {
    await ayan.pressesRaw(stale)
    await ayan.sees('Это голосование ведёте не вы')
  }
  must(await grantRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
  expect(await thrown(held.id)).toBe(2)
})

test('a file that is no result, of another vote, altered or too large is refused with why', async () => {
  await numberLeaves(bot.app)
  const result = await heldResult(bot.app, held.id, holders)
  await opens(ayan, /^Прислать итоги хранителей$/)
  await ayan.sees('Пришлите сюда файл result.zip, не больше 20 МБ.')
  await ayan.says('вот')
  await ayan.sees('Нужен файл result.zip.')
  await sends(ayan, Buffer.from('PK nothing'))
  await ayan.sees('Это не result.zip от dauys count.')
  await sends(ayan, Buffer.from('PK'), { file_size: 21_000_000 })
  await ayan.sees('Файл больше 20 МБ')
  await sends(ayan, other)
  await ayan.sees('Это итоги другого голосования: other-vote.')
  const forged = Buffer.from(result)
  forged.writeUInt8(forged.readUInt8(forged.length - 400) ^ 1, forged.length - 400)
  await sends(ayan, forged)
  await ayan.sees(/(?:Это не result\.zip|Проверка нашла ошибки)/)
  expect(await counted()).toBe(0)
})

test('the right one is taken without being asked for, once, and two officials publish it', async () => {
  const result = await heldResult(bot.app, held.id, holders)
  await ayan.says('/start')
  await sends(ayan, result)
  await ayan.sees(`Итоги проверены и приняты. Голосов: ${MARKS.length}.`)
  const [row] = await resultsOf(bot.app.db, held.id)
  expect(row).toMatchObject({ ballots: MARKS.length, state: 'preliminary' })
  await opens(bota, /^Сақтаушылардың қорытындысын жіберу$/)
  await sends(bota, result)
  await bota.sees('held-vote: бұл қорытынды бұрын қабылданған, ештеңе өзгерген жоқ.')
  await bota.sees(fasterWas(ayan, 'Кім және қашан'))
  expect(await counted()).toBe(1)
  await numberLeaves(bot.app)
  await opens(ayan, /^Опубликовать итоги$/)
  await ayan.taps('Опубликовать итоги')
  await ayan.sees('Предложено. Пока второй сотрудник не подтвердит')
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  const [stored] = await resultsOf(bot.app.db, held.id)
  expect(stored?.state).toBe('published')
})

test('two officials enter the dice of observers, and a tenth of the ballots is drawn, once', async () => {
  await numberLeaves(bot.app)
  const dice = '6543216543'
  await opens(ayan, /^Кости для выборки$/)
  await ayan.sees('не больше десятой части бюллетеней')
  await ayan.says('семь')
  await ayan.sees('Нужно не меньше десяти чисел от 1 до 6.')
  await ayan.says('6 5 4 3 2 1 6 5 4 3')
  await ayan.taps('Да, внести')
  await ayan.sees('Подействует, когда другой сотрудник внесёт то же самое.')
  await opens(bota, /^Бақылау үлгісінің сүйектері$/)
  await bota.says(dice)
  await bota.taps('Иә, енгізу')
  await bota.sees('Сүйектер таңдаған бюллетень саны: 1.')
  await opens(ayan, /^Кости для выборки$/)
  await ayan.says('1111111111')
  await ayan.taps('Да, внести')
  await ayan.sees('Кости уже введены двумя людьми одинаково: 6 5 4 3 2 1 6 5 4 3.')
  await ayan.sees(fasterWas(bota, 'Кто и когда'))
  expect(await leavesOfKind(bot.app.db, held.id, 'sample-drawn')).toHaveLength(1)
})
