// Officials run a vote from their own chat: they extend, suspend, resume and publish it, and each stale press is answered by name and time.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cycleById } from '../../src/store/cycles.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { letClose, must } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'
import { isTold } from '../support/size.ts'

/** Every screen on the way, and not only those that the act needs. */
const whole = isTold('every screen of a vote that stands still')
let bot: TestBot
let ayan: Person
let bota: Person
beforeAll(async () => {
  bot = await startBot({
    seed: 'manage',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 3, cards: 4 }] },
  })
  ayan = await official('ru')
  bota = await official('kk')
})
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}
const closesAt = async (): Promise<string> =>
  (await cycleById(bot.app.db, bot.cycle.id))?.timeline.counting ?? ''

async function opens(person: Person, title: RegExp): Promise<void> {
  await person.says('/manage')
  await person.taps(title)
}

test('a close is moved by days that are chosen or a date that is typed, read back with its weekday; the slower official is told who was faster', async () => {
  await opens(ayan, /^Бюджет села: голосование$/)
  const home = await ayan.sees('Сейчас: голосование')
  expect(home.text).toContain('Дальше: подсчёт, ')
  expect(home.text).toContain('Наступит сам в свой срок.')
  await opens(bota, /^Ауыл бюджеті: дауыс беру$/)
  await bota.taps('Дауыс беруді ұзарту')
  await bota.taps('7 күн')
  await bota.sees('Жаңа соңғы мерзімі')

  const before = await closesAt()
  await ayan.taps('Продлить голосование')
  await ayan.says('завтра')
  await ayan.sees('Напишите дату и время так: 05.03.2027, 18:00.')
  if (whole) {
    await ayan.says('05.03.2020 18:00')
    await ayan.sees('Сократить нельзя. Последний срок сейчас:')
    await ayan.taps('Продлить голосование')
  }
  await ayan.says('05.03.2099 18.00')
  const asked = await ayan.sees('Новый последний срок: четверг, 5 марта 2099')
  expect(asked.text).toContain('Сообщение получат, человек: 2.')
  expect(await closesAt()).toBe(before)
  await ayan.taps('Да, продлить')
  await ayan.sees('Продлено. Новый последний срок: четверг, 5 марта 2099')
  expect(await closesAt()).toBe('2099-03-05T13:00:00.000Z')

  await bota.taps('Иә, ұзарту')
  const told = await bota.sees(`Сізден бұрын өзгертілген. Қызметкер: ${ayan.id}, уақыты: `)
  expect(told.text).toContain('Қазіргі кезең: дауыс беру')
  expect(await closesAt()).toBe('2099-03-05T13:00:00.000Z')
})

/** Wherever they look, in their own language. */
async function saysSo(resident: Person, other: Person): Promise<void> {
  await resident.taps('Меню')
  const menu = await resident.sees('Причина: В списке перепутаны два села')
  expect(menu.buttons.flat()).not.toContain('Голосовать')
  await resident.taps('Дошёл ли мой голос?')
  await resident.sees('Голосование приостановлено.')
  await resident.says('/menu')
  await resident.taps('Проекты')
  await resident.sees('Голосование приостановлено.')
  await other.says('/menu')
  await other.sees('Дауыс беру тоқтатып қойылды.')
}

test('a vote is suspended by two, says so on menu, ballot and receipt in each language, and goes on with the time it lost', async () => {
  const resident = await bot.resident('ru')
  const other = await bot.resident('kk')
  await resident.taps('Голосовать')
  await resident.says(bot.envelope().code)
  await resident.taps(/^▫️/)
  await resident.taps('Проверить')
  const before = await closesAt()

  await opens(ayan, /^Бюджет села/)
  await ayan.taps('Остановить или отменить')
  await ayan.taps('Приостановить')
  await ayan.sees('Напишите причину на казахском.')
  await ayan.says('қате')
  await ayan.sees('от 10 до 200 знаков, у вас: 4.')
  await ayan.says('Тізімде екі ауыл шатасқан')
  await ayan.says('В списке перепутаны два села')
  const both = await ayan.sees('На казахском: Тізімде екі ауыл шатасқан')
  expect(both.text).toContain('На русском: В списке перепутаны два села')
  await ayan.taps('Предложить второму')
  await ayan.sees(`Подтвердить могут: ${bota.id}`)
  await bota.sees('Дауыс беруді тоқтатып қою.')
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')

  await resident.sees('Голосование приостановлено.')
  await resident.taps('Отправить')
  await resident.sees('Сейчас голоса не принимают. Отправленный раньше голос остаётся в журнале.')
  if (whole) await saysSo(resident, other)

  await opens(bota, /^Ауыл бюджеті/)
  await bota.taps('Тоқтату, жарамсыз деп тану')
  await bota.taps('Жалғастыру')
  await bota.taps('Екінші қызметкерге ұсыну')
  await ayan.sees('Возобновить голосование.')
  await ayan.taps('Подтвердить')
  await ayan.sees('Подтверждено и сделано.')
  await resident.sees('Голосование продолжается. Последний срок перенесён на потерянное время')
  expect(Date.parse(await closesAt())).toBeGreaterThan(Date.parse(before))
  if (!whole) return
  await ayan.taps('Остановить или отменить')
  await ayan.taps('Признать недействительным')
  await ayan.sees('бюллетени никогда не вскроют')
  await resident.taps('Голосовать')
  await resident.taps(/^▫️|^☑️|^✅/)
})

test('who lost the role on the way is told so, and nothing happens', async () => {
  const former = await official('ru')
  await opens(former, /^Бюджет села/)
  await former.taps('Продлить голосование')
  await former.taps('1 день')
  must(await revokeRole(bot.app, { account: former.id, role: 'official' }, 'command'))
  const before = await closesAt()
  await former.taps('Да, продлить')
  await former.sees('Это голосование ведёте не вы')
  expect(await closesAt()).toBe(before)
  await former.says('/manage')
  await former.sees('Вы пока не ведёте ни одного голосования.')
})

test('a vote is counted by a button, and again by who is told of the first; two officials publish the same numbers', async () => {
  const { id } = bot.cycle
  await letClose(bot.app, id)
  await movePhase(bot.app, id, { by: 'clock' })
  await opens(ayan, /^Бюджет села: подсчёт$/)
  await ayan.taps('Подсчитать голоса')
  const asked = await ayan.sees('Подсчитано. Посмотрите, затем опубликуйте.')
  expect(asked.text).toContain('Учтено бюллетеней:')
  await opens(bota, /^Ауыл бюджеті: санау$/)
  await bota.taps('Дауыстарды санау')
  await bota.sees(`Бұған дейін санаған: ${ayan.id}, `)
  expect(asked.text).toContain('Опубликованное не отзывают')
  await ayan.taps('Опубликовать итоги')
  await ayan.sees(`Подтвердить могут: ${bota.id}`)
  await bota.sees('Қорытындыны жариялау.')
  await bota.taps('Растау')
  await bota.sees('Расталды, орындалды.')
  await opens(ayan, /^Бюджет села: итоги$/)
  await ayan.sees('Сейчас: итоги')
  expect((await cycleById(bot.app.db, id))?.phase).toBe('results')
})
