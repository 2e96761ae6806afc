// The commands that Telegram offers: everybody's, and above them what a role adds, in the person's language, as long as they hold it.
import { Api } from 'grammy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createChatCommands } from '../../src/bot/chat-commands.ts'
import type { Role } from '../../src/core/role.ts'
import { createLog } from '../../src/log.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { must } from '../support/cycle.ts'
import { type Person, until } from '../support/person.ts'
import { isTold } from '../support/size.ts'

let bot: TestBot
beforeAll(async () => {
  bot = await startBot({ seed: 'role commands', loops: true })
})
afterAll(() => bot.stop())

type Grant = { role: Role; until?: string }
const grant = async ({ id }: Person, one: Grant) =>
  must(await grantRole(bot.app, { account: id, ...one }, 'command'))
const revoke = async ({ id }: Person, role: Role) =>
  must(await revokeRole(bot.app, { account: id, role }, 'command'))
/** What the menu of commands reads like, once it begins so. */
async function menuBegins(person: Person, ...first: string[]): Promise<void> {
  const words = async () => (await person.refresh()).commands.map(({ description }) => description)
  const begins = (menu: string[]) => first.every((word, at) => menu[at] === word)
  await until(async () => begins(await words())).catch(async () => {
    throw new Error(`${first.join(', ')} does not begin: ${(await words()).join(', ')}`)
  })
}

test('an official is offered what a role adds, in the language they chose, and everybody else is not', async () => {
  const resident = await bot.resident('kk')
  const official = await bot.resident('kk')
  await menuBegins(official, 'Бастау', 'Мәзір')
  await grant(official, { role: 'official' })
  await menuBegins(
    official,
    'Дауыс беруді жүргізу',
    'Шешім күткен идеялар',
    'Жауап күткен сұрақтар',
    'Ауылға не керек: жиналыс пен жауап',
    'Құжатты тексеріп, код беру',
    'Дауыс беруге көмектесу',
    'Қағаз бюллетень: беру, жәшікті енгізу',
    'Жүріп жатқан жұмыстар',
    'Хабарландырулар',
    'Дауыс беру есебі',
    'Растауымды күтіп тұрғандар',
    'Менің рөлім',
    'Бастау',
    'Мәзір',
  )
  await official.says('/role')
  await official.sees('әкімдік қызметкері, барлық жерде')
  await official.says('/mydata')
  await official.sees('Telegram мәзірінде рөліңізге арналған командалар тұр.')
  const switched = [
    [
      'Русский',
      'Вести голосование',
      'Идеи, которые ждут решения',
      'Вопросы, которые ждут ответа',
      'Что нужно селу: сход и ответ',
      'Проверить документ и дать код',
      'Помочь проголосовать',
      'Бумажные бюллетени: выдача и ввод ящика',
      'Работы, которые я веду',
      'Объявления',
      'Отчёт о голосовании',
      'Что ждёт моего подтверждения',
      'Моя роль',
      'Начать',
    ],
    [
      'English',
      'Run a vote',
      'Ideas that wait for a decision',
      'Questions that wait for an answer',
      'What the village needs: meeting and answer',
      'At the desk: check a document, give a code',
      'Help people to vote',
      'Paper ballots: hand out, type the box in',
      'Works that I keep',
      'Announcements',
      'Report of a vote',
      'What waits for my confirmation',
      'My role',
      'Start',
    ],
  ] as const
  for (const [language, ...menu] of switched) {
    await official.says('/language')
    await official.taps(language)
    await menuBegins(official, ...menu)
  }
  await menuBegins(resident, 'Бастау', 'Мәзір')
  await resident.says('/role')
  await resident.sees('Сізде рөл жоқ')
})

test.runIf(isTold('commands of roles that come and go'))(
  'a second role adds its own, and a role that is taken away or runs out takes its commands along',
  async () => {
    const person = await bot.resident('ru')
    await grant(person, { role: 'auditor' })
    await menuBegins(
      person,
      'Отчёт о голосовании',
      'На что обратить внимание',
      'Что ждёт моего подтверждения',
      'Моя роль',
      'Начать',
    )
    await grant(person, { role: 'official' })
    await menuBegins(
      person,
      'Отчёт о голосовании',
      'На что обратить внимание',
      'Что ждёт моего подтверждения',
      'Моя роль',
      'Вести голосование',
      'Идеи, которые ждут решения',
      'Вопросы, которые ждут ответа',
      'Что нужно селу: сход и ответ',
      'Проверить документ и дать код',
      'Помочь проголосовать',
      'Бумажные бюллетени: выдача и ввод ящика',
      'Работы, которые я веду',
      'Объявления',
      'Начать',
    )
    await revoke(person, 'official')
    await menuBegins(
      person,
      'Отчёт о голосовании',
      'На что обратить внимание',
      'Что ждёт моего подтверждения',
      'Моя роль',
      'Начать',
    )
    await revoke(person, 'auditor')
    await menuBegins(person, 'Начать', 'Меню')
    await grant(person, { role: 'moderator', until: new Date(Date.now() + 4000).toISOString() })
    await menuBegins(person, 'Идеи, которые ждут решения', 'Моя роль', 'Начать')
    await menuBegins(person, 'Начать', 'Меню')
  },
)

test('an erasure takes the commands of a role back at once; with the role, they come again at the next start', async () => {
  const person = await bot.resident('en')
  await grant(person, { role: 'admin' })
  await menuBegins(person, 'Give and take roles', 'My role', 'Start')
  await person.says('/delete')
  await person.taps('Erase')
  await person.sees('Your data is erased')
  await person.refresh()
  expect(person.chat().commands[0]?.command).toBe('start')
  await person.says('/start')
  await person.taps('English')
  await menuBegins(person, 'Give and take roles', 'My role', 'Start')
})

test('whom Telegram does not take it for is answered all the same and told later; a chat that is gone is not asked again', async () => {
  const quiet = await startBot({ seed: 'role commands refused' })
  const [someone, gone] = [await quiet.resident('kk'), await quiet.resident('kk')]
  const api = new Api('1:no-line')
  let asked: unknown[] = []
  let takes = false
  const refused = { ok: false as const, error_code: 400, description: 'Bad Request: chat not found' }
  api.config.use((_, __, payload) => {
    const { chat_id } = (payload as { scope: { chat_id: number } }).scope
    asked.push(chat_id)
    if (chat_id === gone.id) return Promise.resolve(refused)
    return takes ? Promise.resolve({ ok: true, result: true as never }) : Promise.reject(new Error('cut'))
  })
  const lines: string[] = []
  const log = createLog('info', (line) => lines.push(line))
  const { app, textsOf } = quiet
  const menus = createChatCommands({ app, api, textsOf, log, bot: 4711, againMs: 0 })
  for (const { id } of [someone, gone])
    must(await grantRole(app, { account: id, role: 'moderator' }, 'command'))
  const rounds = async (): Promise<unknown[]> => {
    asked = []
    await menus.round()
    return asked
  }
  expect(await rounds()).toEqual([someone.id, gone.id])
  expect(lines.join()).toContain('commands of a role not told')
  expect(lines.join()).not.toContain(String(someone.id))
  await someone.says('/role')
  await someone.sees('модератор, барлық жерде')
  takes = true
  expect(await rounds()).toEqual([someone.id])
  expect(await rounds()).toEqual([])
  await quiet.stop()
})
