// The ceremony of key holders from the chat, by officials who have no server before them: the key, the test, the code; and all that goes wrong.
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  askCodeButton,
  askKeysButton,
  ceremonyButton,
  keysButton,
  SEEN,
  testButton,
} from '../../src/bot/manage/buttons.ts'
import { sealShare, shareText } from '../../src/sealing/key-shares.ts'
import { leavesOfKind } from '../../src/store/log.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { bringKeys } from '../../src/use-cases/key-holders.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { revokeRole } from '../../src/use-cases/revoke-role.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { kindOf, must, openVoting, smallCycle, type SmallCycle } from '../support/cycle.ts'
import { codeOf, makeKeys, type MadeKeys } from '../support/held-vote.ts'
import type { Person } from '../support/person.ts'

let bot: TestBot
let ayan: Person
let bota: Person
let kazakh: SmallCycle
let russian: SmallCycle
let late: SmallCycle
beforeAll(async () => {
  bot = await startBot({ seed: 'key holders in the chat' })
  ayan = await official('ru')
  bota = await official('kk')
  kazakh = await announced('kazakh-vote')
  russian = await announced('russian-vote')
  late = await announced('late-vote')
}, 60_000)
afterAll(() => bot.stop())

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

async function announced(slug: string): Promise<SmallCycle> {
  const cycle = await smallCycle(bot.app, slug, [[4_000_000, 5_000_000]], { profile: 'binding' })
  must(await movePhase(bot.app, cycle.id, { by: 'command' }))
  return cycle
}

const makes = (cycle: string): Promise<MadeKeys> => makeKeys(bot.app, cycle)

const sends = (person: Person, content: string | Uint8Array, file_name = 'holders.json', more: object = {}) =>
  person.sends({ document: Buffer.from(content).toString('base64'), file_name, ...more })
const leaves = async ({ id }: SmallCycle, kind: 'keys-brought' | 'keys-rehearsed') =>
  (await leavesOfKind(bot.app.db, id, kind)).length
const inFours = (text: string) => text.replaceAll(/.{4}(?=.)/g, '$& ')
const beginOf = ({ key }: MadeKeys) => inFours(key.slice(0, SEEN))
const canOpen = async ({ id }: SmallCycle) => kindOf(await movePhase(bot.app, id, { by: 'clock' }))
const fasterWas = ({ id }: Person, begins: string) =>
  new RegExp(`${begins} <?${id}|${begins}: аккаунт ${id}, .*\\d{1,2}:\\d{2}`)

type Sent = { message_id: number; from: string; document?: { file_name?: string; url: string } }
const documents = (person: Person): Sent[] =>
  (person.chat().messages as Sent[]).filter(({ document }) => document !== undefined)
/** The documents that the bot sent. */
const received = (person: Person): Sent[] => documents(person).filter(({ from }) => from === 'bot')
const sentByPerson = (person: Person): number =>
  documents(person).filter(({ from }) => from === 'person').length

/** What the last of them says. */
async function contentOf(person: Person): Promise<string> {
  await person.refresh()
  const last = received(person).at(-1)?.document
  expect(last?.file_name).toBe('test.json')
  return JSON.stringify(await bot.control('GET', (last?.url ?? '').replace('/control/', '')))
}

test('an official who reads Kazakh leads the whole ceremony in the chat, and voting can open', async () => {
  const made = await makes('kazakh-vote')
  await bota.says('/manage')
  await bota.taps(/^kazakh-vote/)
  await bota.sees('«Кілт сақтаушылар» түймесін басыңыз')
  await bota.taps('Кілт сақтаушылар')
  const start = await bota.sees('Ашық кілт: әлі енгізілген жоқ.')
  expect(start.text).toContain('Енді: сақтаушылар кілтті желісіз компьютерде жасайды')
  expect(start.buttons.flat()).not.toContain('Сынақ файлын алу')
  await bota.taps('holders.json жіберу')
  await bota.sees('100 КБ-тан аспасын')
  await sends(bota, made.file)
  await bota.sees(`Кілттің басы: ${beginOf(made)}`)
  expect(await leaves(kazakh, 'keys-brought')).toBe(0)
  await bota.taps('Иә, кілтті енгізу')
  const brought = await bota.sees('Кілт енгізілді.')
  expect(brought.text).toContain('Енді: сынақ файлын алыңыз')
  expect(await canOpen(kazakh)).toBe('needs-key-holders')
  await bota.taps('Сынақ файлын алу')
  await bota.sees('Сынақ файлы: kazakh-vote.')
  const code = await codeOf(bot.app, await contentOf(bota), made.shares.slice(0, 2))
  await bota.taps('Сынақ кодын енгізу')
  await bota.sees('Екі сақтаушы көрген 20 таңбаны жазыңыз')
  await bota.says(inFours(code).toUpperCase())
  const done = await bota.sees('Код дұрыс: екі үлес сынақты ашты.')
  expect(done.text).toContain('Дайын: кілт те, сынақ та бар, дауыс беру өз уақытында ашыла алады.')
  expect(await leaves(kazakh, 'keys-rehearsed')).toBe(1)
  expect(await canOpen(kazakh)).toBe('ok')
  expect(await bot.app.secrets.ballotKeys(kazakh.id)).toBeUndefined()
})

let made: MadeKeys

test('a file that does not do is answered by what it is, with what is needed, and nothing changes', async () => {
  made = await makes('russian-vote')
  const foreign = await makes('kazakh-vote')
  await ayan.says('/manage')
  await ayan.taps(/^russian-vote/)
  await ayan.taps('Хранители ключа')
  await ayan.taps('Прислать holders.json')
  const refuses = async (said: string) => {
    const { text } = await ayan.sees(said)
    expect(text).toContain('Пришлите сюда holders.json как файл, не больше 100 КБ.')
  }
  await ayan.says('вот он')
  await refuses('Нужен holders.json: прикрепите его как файл')
  await ayan.sendsPhoto()
  await refuses('Нужен holders.json: прикрепите его как файл')
  await sends(ayan, '%PDF-1.7')
  await refuses('Файл не читается: он обрезан, или это не holders.json.')
  await sends(ayan, made.file.slice(0, 90))
  await refuses('Файл не читается: он обрезан, или это не holders.json.')
  await sends(ayan, Buffer.from(made.file, 'utf16le'))
  await refuses('Файл не читается')
  await sends(ayan, '{"cycle":"russian-vote"}')
  await refuses('Это не holders.json, который создают вместе с долями.')
  await sends(ayan, made.file.replace(made.key, '0'.repeat(64)))
  await refuses('Это не holders.json, который создают вместе с долями.')
  await sends(ayan, JSON.stringify({ format: 'dauys-rehearsal-v1', cycle: 'a', key: made.key, box: '' }))
  await refuses('Это пробный файл test.json')
  await sends(ayan, foreign.file)
  await refuses('Это holders.json другого голосования: kazakh-vote.')
  await sends(ayan, made.file, 'holders.json', { file_size: 2_000_000_000 })
  await refuses('Файл слишком большой: в holders.json меньше 1 КБ.')
  await sends(ayan, `${made.file}${' '.repeat(100_000)}`, 'holders.json', { file_size: 300 })
  await refuses('Файл не открылся. Пришлите его снова.')
  expect(await leaves(russian, 'keys-brought')).toBe(0)
})

test('a share that is sent in place of it is taken out of the chat, whoever sends it', async () => {
  const [share] = made.shares as [MadeKeys['shares'][0]]
  const before = sentByPerson(ayan)
  const sealed = await sealShare(share, '1234')
  for (const [content, name] of [
    [sealed, 'share-1.age'],
    [sealed, 'holders.json'],
    [Buffer.from('%PDF'), 'share-2.pdf'],
    [Buffer.from(shareText(share)), 'paper.txt'],
  ] as const) {
    await sends(ayan, content, name)
    await ayan.sees('Это доля ключа или то, что её открывает. Ничего не принято, сообщение удалено.')
  }
  await ayan.says(shareText(share))
  await ayan.sees('сообщение удалено')
  await ayan.refresh()
  expect(sentByPerson(ayan)).toBe(before)
  expect(JSON.stringify(ayan.chat().messages)).not.toContain('dauys-share-v1')
  const holder = await bot.resident('ru')
  await sends(holder, sealed, 'share-3.age')
  await holder.sees('Это доля ключа или то, что её открывает.')
  await holder.refresh()
  expect(sentByPerson(holder)).toBe(0)
})

test('the right one is read back, counts once however often it is pressed, and sent again changes nothing', async () => {
  await ayan.says('/manage')
  await ayan.taps(/^russian-vote/)
  // Nobody asked for it: the file itself says which vote it is of. An editor put a mark before it.
  await sends(ayan, `\uFEFF${made.file}`, 'holders (1).json')
  await ayan.sees(`Голосование: russian-vote. Начало ключа: ${beginOf(made)}.`)
  await ayan.says('да')
  await ayan.sees('Внести этот ключ?')
  const button = keysButton.pack({ cycle: russian.id, key: made.key.slice(0, SEEN) })
  await ayan.taps('Да, внести ключ')
  await ayan.sees('Ключ внесён.')
  await ayan.pressesRaw(button)
  const twice = await ayan.sees('Этот ключ уже внесён, ничего не изменилось.')
  expect(twice.text).toMatch(fasterWas(ayan, 'Кто и когда'))
  await ayan.taps('Другой holders.json')
  await sends(ayan, made.file)
  await ayan.sees('Этот ключ уже внесён, ничего не изменилось.')
  await bota.pressesRaw(askKeysButton.pack({ cycle: russian.id }))
  await sends(bota, made.file)
  const slower = await bota.sees('Бұл кілт бұрын енгізілген, ештеңе өзгерген жоқ.')
  expect(slower.text).toMatch(fasterWas(ayan, 'Кім және қашан'))
  expect(await leaves(russian, 'keys-brought')).toBe(1)
})

test('a new ceremony takes the place of the former, said before; whoever looked at the former is told who was faster', async () => {
  const [second, third] = [await makes('russian-vote'), await makes('russian-vote')]
  await ayan.taps('Другой holders.json')
  await sends(ayan, second.file)
  const readBack = await ayan.sees('пробу проводят заново')
  expect(readBack.text).toContain(`Прежний ключ ${beginOf(made)} будет заменён`)
  await bota.pressesRaw(askKeysButton.pack({ cycle: russian.id }))
  await sends(bota, third.file)
  await bota.taps('Иә, кілтті енгізу')
  await bota.sees('Кілт енгізілді.')
  await ayan.taps('Да, внести ключ')
  const slower = await ayan.sees('Это изменили раньше вас.')
  expect(slower.text).toContain(String(bota.id))
  expect(slower.text).toContain(`начало: ${beginOf(third)}`)
  expect(await leaves(russian, 'keys-brought')).toBe(2)
  // What was read back is not kept any more: the file is asked for again, and the press does nothing by itself.
  await ayan.pressesRaw(keysButton.pack({ cycle: russian.id, key: second.key.slice(0, SEEN) }))
  await ayan.sees('Прочитанный файл здесь больше не хранится. Пришлите его снова.')
  await sends(ayan, second.file)
  await ayan.taps('Да, внести ключ')
  await ayan.sees('Ключ внесён.')
  expect(await leaves(russian, 'keys-brought')).toBe(3)
  made = second
})

test('a wrong code loses nothing; the right one counts once, in any case and spacing, and voting can open', async () => {
  await ayan.taps('Получить пробный файл')
  await ayan.sees('Пробный файл: russian-vote. Два хранителя открывают его на компьютере без сети')
  const first = received(ayan).length
  await ayan.pressesRaw(testButton.pack({ cycle: russian.id }))
  await ayan.refresh()
  expect(received(ayan).length).toBe(first)
  const code = await codeOf(bot.app, await contentOf(ayan), made.shares.slice(1))
  await ayan.taps('Ввести код пробы')
  await ayan.sees('Код пробы. Напишите 20 знаков')
  await ayan.sendsPhoto()
  await ayan.sees('Код пробы – это 20 знаков')
  await ayan.says(code.slice(0, 12))
  await ayan.sees('Код пробы – это 20 знаков')
  await ayan.says('1234 5678 9012 3456 7890 1234')
  await ayan.sees('Это доля ключа или то, что её открывает.')
  await ayan.says('f'.repeat(20))
  await ayan.sees('Код не подходит, ничего не изменилось.')
  expect(await leaves(russian, 'keys-rehearsed')).toBe(0)
  const cyrillic = code.replaceAll('a', 'А').replaceAll('c', 'С').replaceAll('e', 'е')
  await ayan.says(` ${cyrillic.replaceAll(/.{5}(?=.)/g, '$&-')}\n`)
  const done = await ayan.sees('Код верный: две доли открыли пробу.')
  expect(done.text).toContain('Готово: ключ и проба есть, голосование может открыться в свой срок.')
  await bota.pressesRaw(askCodeButton.pack({ cycle: russian.id }))
  await bota.says(code)
  const slower = await bota.sees('Бұл кілттің сынағы бұрын ашылған, ештеңе өзгерген жоқ.')
  expect(slower.text).toMatch(fasterWas(ayan, 'Кім және қашан'))
  expect(await leaves(russian, 'keys-rehearsed')).toBe(1)
  expect(await canOpen(russian)).toBe('ok')
})

test('no test and no code before there is a key, and nothing once voting is open or the role is gone', async () => {
  const one = { cycle: late.id }
  const own = await makes('late-vote')
  const button = keysButton.pack({ ...one, key: own.key.slice(0, SEEN) })
  for (const early of [testButton.pack(one), askCodeButton.pack(one)]) {
    await ayan.pressesRaw(early)
    await ayan.sees('Ключа хранителей ещё нет: сначала пришлите holders.json.')
  }
  must(await bringKeys(bot.app, late.id, own.file, 'command'))
  await ayan.pressesRaw(ceremonyButton.pack(one))
  await ayan.sees(/Кто и когда: команда на сервере, .*\d{1,2}:\d{2}/)
  // Read back and waiting for a code as the role goes.
  const other = await makes('late-vote')
  await bota.pressesRaw(askCodeButton.pack(one))
  await ayan.pressesRaw(askKeysButton.pack(one))
  await sends(ayan, other.file)
  await ayan.sees('Внести этот ключ?')
  for (const { id } of [ayan, bota])
    must(await revokeRole(bot.app, { account: id, role: 'official' }, 'command'))
  await ayan.taps('Да, внести ключ')
  await ayan.sees('Это голосование ведёте не вы')
  await bota.says('a'.repeat(20))
  await bota.sees('Бұл дауыс беруді сіз жүргізбейсіз')
  const opens = [ceremonyButton, askKeysButton, testButton, askCodeButton].map((type) => type.pack(one))
  for (const stale of [...opens, button]) {
    await ayan.pressesRaw(stale)
    await ayan.sees('Это голосование ведёте не вы')
  }
  expect(await leaves(late, 'keys-brought')).toBe(1)
  must(await grantRole(bot.app, { account: ayan.id, role: 'official' }, 'command'))
  // Voting opened meanwhile.
  const gone = { cycle: russian.id }
  await openVoting(bot.app, russian.id)
  for (const stale of [askKeysButton.pack(gone), testButton.pack(gone), askCodeButton.pack(gone)]) {
    await ayan.pressesRaw(stale)
    const { text } = await ayan.sees('Сейчас другой этап: голосование.')
    expect(text).toContain('Дальше: когда голосование закончится')
  }
  const brought = await leaves(russian, 'keys-brought')
  await ayan.pressesRaw(keysButton.pack({ ...gone, key: 'f'.repeat(SEEN) }))
  expect((await ayan.sees('Сейчас другой этап: голосование.')).text).not.toContain('Пришлите его снова')
  expect(await leaves(russian, 'keys-brought')).toBe(brought)
  expect(received(ayan).filter(({ document }) => document?.file_name !== 'test.json')).toEqual([])
  // A vote whose key the server holds has no such screen.
  await ayan.pressesRaw(askKeysButton.pack({ cycle: bot.cycle.id }))
  await ayan.sees('Ключ этого голосования у сервера, хранителей нет.')
})
