// An official writes to residents: in each language, seen before as they will see it, stopped with the reason, approved, sent once, and told what came of it.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announcedButton } from '../../src/bot/buttons.ts'
import { afterQuiet } from '../../src/core/quiet.ts'
import { announce } from '../../src/use-cases/announce.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { readAnnouncement } from '../../src/use-cases/read-announcement.ts'
import { writeAnnouncement } from '../../src/use-cases/write-announcement.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'
import { type Person, until } from '../support/person.ts'
import { isTold } from '../support/size.ts'

/** Whether stories wait for the last message of what they announce; the first one always does. */
const toTheLast = isTold('an announcement of a voice note, and one of two officials, to its last message')

let bot: TestBot
let desk: Clerk
/** Officials: Marat reads Russian, Bota Kazakh. */
let marat: Person
let bota: Person
/** Residents. */
let aigul: Person
let tatyana: Person

beforeAll(async () => {
  bot = await startBot({
    seed: 'announce',
    loops: true,
    cycle: { trial: false, villages: [{ name: MAKANSHY, projects: 2, cards: 1 }] },
  })
  desk = await clerk(bot.app)
  aigul = await bot.resident('kk')
  tatyana = await bot.resident('ru')
  marat = await official('ru')
  bota = await official('kk')
})
afterAll(async () => {
  await desk.leaves()
  await bot.stop()
})

async function official(language: 'kk' | 'ru'): Promise<Person> {
  const person = await bot.resident(language)
  must(await grantRole(bot.app, { account: person.id, role: 'official' }, 'command'))
  return person
}

const newest = async (): Promise<number> => {
  const [row] = await bot.app.db.sql<{ id: number }[]>`select max(id) as id from announcement`
  if (!row) throw new Error('nothing was begun')
  return row.id
}
const seen = async (id: number) => {
  const found = await readAnnouncement(bot.app, id, 'command')
  if (!found) throw new Error('no such announcement')
  return found
}
/** Begins one and writes it in Kazakh and Russian. */
async function writes(person: Person, kk: string, ru: string): Promise<number> {
  await person.says('/announce')
  await person.taps(/^(?:Жаңа|Новое): /)
  for (const [label, text] of [
    [/: Қазақша$/, kk],
    [/: Русский$/, ru],
  ] as const) {
    await person.taps(label)
    await person.says(text)
    await person.sees(/^(?:Сақталды|Сохранено)\./)
  }
  return newest()
}
/** Once its last message was sent. */
const ended = (id: number) => until(async () => (await seen(id)).one.state === 'done')
const texts = async (person: Person): Promise<string[]> =>
  (await person.refresh()).messages.map(({ text, caption }) => text ?? caption ?? '')

test('one official writes in both languages, sees both, sends: everybody gets it once in their own language, and a press is counted', async () => {
  const id = await writes(marat, 'Ертең <b>жиналыс</b>. Клуб.', 'Завтра <b>собрание</b>. Клуб.')
  await marat.taps('Как это увидят')
  const preview = await marat.sees('Выше то, что увидят люди.')
  expect(preview.text).toContain('Прочтут: все жители')
  expect(preview.text).toContain('Получат: 4 человека')
  expect(await texts(marat)).toEqual(
    expect.arrayContaining(['Ертең жиналыс. Клуб.', 'Завтра собрание. Клуб.']),
  )
  await marat.taps('Отправить')
  await marat.sees('Одобрено.')
  await aigul.sees('Ертең жиналыс. Клуб.')
  await tatyana.sees('Завтра собрание. Клуб.')
  await tatyana.taps('Открыть')
  await tatyana.sees('Проектов: 2')
  expect(await texts(tatyana), 'the announcement stays').toContain('Завтра собрание. Клуб.')
  await ended(id)
  const report = await marat.sees('Отправлено: 4')
  expect(report.text).toContain(`Объявление №\u00a0${id}: отправлено`)
  expect((await seen(id)).figures).toMatchObject({ sent: 4, pressed: 1, unknown: 0, waiting: 0 })
  expect((await texts(aigul)).filter((text) => text === 'Ертең жиналыс. Клуб.')).toHaveLength(1)
})

test('what an official made bold and linked in Telegram itself is seen so before and by who gets it; a custom emoji is refused by name', async () => {
  await marat.says('/announce')
  await marat.taps(/^Новое: /)
  const id = await newest()
  const kk = 'Ертең жиналыс: толығырақ <осында>'
  const link = { type: 'text_link', offset: 15, length: 9, url: 'https://example.kz/?a=1&b=2' }
  await marat.taps('Текст: Қазақша')
  await marat.sends({
    text: `${kk} 🎉`,
    entities: [{ type: 'custom_emoji', offset: 34, length: 2, custom_emoji_id: '1' }],
  })
  await marat.sees('Такое оформление объявление передать не может: «🎉»')
  await marat.sends({ text: kk, entities: [{ type: 'bold', offset: 0, length: 13 }, link] })
  await marat.sees(/^Сохранено\./)
  await marat.taps('Текст: Русский')
  await marat.says('Завтра собрание: <b>подробнее</b>')
  await marat.sees(/^Сохранено\./)
  const seenBy = async (person: Person) =>
    (await person.refresh()).messages.findLast(({ from, text }) => from === 'bot' && text === kk)?.html
  await marat.taps('Как это увидят')
  await marat.sees('Выше то, что увидят люди.')
  const preview = await seenBy(marat)
  expect(preview).toContain('<b>Ертең жиналыс</b>')
  expect(preview).toMatch(/href="https:\/\/example\.kz\/\?a=1&amp;b=2"[^>]*>толығырақ</)
  expect(preview).toContain('&lt;осында&gt;')
  await marat.taps('Отправить')
  await marat.sees('Одобрено.')
  await aigul.sees(kk)
  expect(await seenBy(aigul)).toBe(preview)
  await ended(id)
})

test('a voice note comes with the text under it, and to whom forbids voice notes the text alone', async () => {
  await bot.control('POST', 'people', { id: tatyana.id, first_name: 'Татьяна', forbids_voice: true })
  const id = await writes(marat, 'Әкім сөйлейді', 'Говорит аким')
  await marat.taps('Фото или голос')
  await marat.says('не то')
  await marat.sees('Здесь нужно фото или голосовое сообщение.')
  await marat.sendsVoice()
  await marat.sees('С голосовым сообщением')
  await marat.taps('Фото или голос')
  await marat.sendsPhoto()
  await marat.sees('идёт одно: фото или голосовое сообщение')
  expect((await seen(id)).one.media?.kind).toBe('voice')
  if (!toTheLast) return
  must(await announce(bot.app, { id }, marat.id))
  await ended(id)
  const voiced = (await aigul.refresh()).messages.find(({ caption }) => caption === 'Әкім сөйлейді')
  expect(voiced?.voice).toBeDefined()
  const plain = (await tatyana.refresh()).messages.find(({ text }) => text === 'Говорит аким')
  expect(plain?.voice).toBeUndefined()
  expect(plain).toBeDefined()
})

test('a broken tag, no Kazakh text, 5,000 characters, few who did not vote, and the night stop it at the preview with the reason', async () => {
  const { app } = bot
  await marat.says('/announce')
  await marat.taps(/^Новое: /)
  const id = await newest()
  await marat.taps('Текст: Русский')
  await marat.says('<b>Завтра собрание')
  await marat.taps('Кто прочтёт')
  await marat.taps('не проголосовавшие')
  await marat.taps('Когда')
  await marat.says('завтра ночью')
  await marat.sees('Такого времени нет.')
  await marat.says('2099-03-05 03:00')
  await marat.sees('четверг, 5 марта 2099')
  app.quiet = afterQuiet
  await marat.taps('Как это увидят')
  const { text } = await marat.sees('Отправить нельзя:')
  app.quiet = (moment) => moment
  expect(text).toContain('Нет текста. Язык: Қазақша.')
  expect(text).toContain('Язык Русский: после знака 0 неверный тег: <b>')
  expect(text).toContain('Таких людей или всех остальных меньше 20.')
  expect(text).toContain('ночью не пишем')
  expect(text).not.toMatch(/Получат/)
  expect(marat.hasButton('Отправить')).toBe(false)
  const long = { text: { locale: 'kk', html: 'Ертең жиналыс. '.repeat(334) } }
  must(await writeAnnouncement(app, { id }, long, marat.id))
  expect((await seen(id)).faults).toMatchObject([
    { kind: 'too-long', locale: 'kk' },
    { kind: 'broken-tag' },
    { kind: 'small-audience' },
  ])
  expect(kindOf(await announce(app, { id }, marat.id)), 'the same by whatever door').toBe('faults')
})

test('where two must agree the second sees it and what differs from the last version, and confirms', async () => {
  const { app } = bot
  await unguarded(app.db, (sql) => sql`update cycle set profile = 'binding' where id = ${bot.cycle.id}`)
  const id = await writes(marat, 'Жиналыс 18:00', 'Собрание\nв 18:00')
  await marat.taps('Как это увидят')
  await marat.taps('Отправить')
  await marat.sees('Ждёт подтверждения второго сотрудника.')
  await bota.sees(`Тұрғындарға хабарландыру жіберу. №\u00a0${id}, нұсқасы: 3`)
  await marat.taps('Текст: Русский')
  await marat.says('Собрание\nв 19:00')
  await marat.sees('Сохранено.')
  await bota.taps('Растау')
  await bota.sees('хабарландыру содан бері өзгертілген')
  await marat.taps('Как это увидят')
  await marat.taps('Отправить')
  await marat.sees('Ждёт подтверждения второго сотрудника.')
  await bota.sees(`№\u00a0${id}, нұсқасы: 4`)
  await bota.taps('Хабарландыруды көру')
  const shown = await bota.sees('Өткен нұсқадан айырмасы:')
  expect(shown.text).toContain('− в 18:00\n+ в 19:00')
  expect(await texts(bota)).toContain('Собрание\nв 19:00')
  const asked = (await bota.refresh()).messages.findLast(({ text }) => text?.includes('нұсқасы: 4'))
  await bota.taps('Растау', { message_id: asked?.message_id ?? 0 })
  await until(async () => (await seen(id)).one.state !== 'proposed')
  if (toTheLast) {
    await tatyana.sees('Собрание\nв 19:00')
    await ended(id)
  }
  const [leaf] = await app.db.sql<{ second: string | null }[]>`
    select e ->> 'second' as second from (
      select convert_from(body, 'UTF8')::jsonb -> 1 as e from leaf where kind = 'announced' order by id desc limit 1) x`
  expect(leaf?.second).toMatch(/^[0-9a-f]{64}$/)
  await unguarded(app.db, (sql) => sql`update cycle set profile = 'advisory' where id = ${bot.cycle.id}`)
})

test('of two officials the later one is told who was faster and when; a resident sees nothing of it', async () => {
  const id = await writes(marat, 'Жиналыс', 'Собрание')
  const { version } = (await seen(id)).one
  must(await writeAnnouncement(bot.app, { id, version }, { text: { locale: 'ru', html: 'Иначе' } }, bota.id))
  await marat.taps('Кто прочтёт')
  await marat.taps('авторы идей')
  await marat.sees('Прочтут: авторы идей')
  await marat.taps('Как это увидят')
  must(await writeAnnouncement(bot.app, { id }, { audience: { who: 'all' } }, bota.id))
  await marat.taps('Изменить')
  await marat.taps('Отменить')
  await marat.sees('Вернуть нельзя')
  expect((await seen(id)).one.state, 'asked first').toBe('draft')
  await marat.taps('Назад')
  await marat.taps('Отменить')
  await marat.taps('Да, отменить')
  await marat.sees('отменено')
  expect(kindOf(await writeAnnouncement(bot.app, { id }, { at: null }, bota.id))).toBe('moved')
  expect(kindOf(await announce(bot.app, { id }, tatyana.id))).toBe('not-allowed')
  await tatyana.says('/announce')
  await tatyana.sees('Объявляет здесь только сотрудник акимата.')
  await tatyana.pressesRaw(announcedButton.pack({ announcement: id }))
})

test('the other door: written from files, shown, sent, paused, resumed and cancelled by commands', async () => {
  const { writeFile } = await import('node:fs/promises')
  const says = async (line: string) => {
    const { lines, refused } = await desk.types(`--lang ru announce ${line}`)
    return refused ?? lines.join('\n')
  }
  await writeFile(desk.file('kk.html'), 'Жиналыс')
  await writeFile(desk.file('ru.html'), 'Собрание <b>')
  const files = `--kk ${desk.file('kk.html')} --ru ${desk.file('ru.html')}`
  expect(await says(`new --cycle ${bot.cycle.slug} ${files}`)).toContain('неверный тег: <b>')
  const id = await newest()
  expect(await says(`send ${id}`)).toContain('Отправить нельзя:')
  await writeFile(desk.file('ru.html'), 'Собрание')
  const written = await says(`write ${id} ${files} --who verified --at "2099-03-05 18:00"`)
  expect(written).toContain('подтверждённые')
  expect(written).toContain('четверг, 5 марта 2099')
  expect(await says(`write ${id} --who strangers`)).toContain('Такого нет: strangers.')
  await says(`write ${id} --who all`)
  expect(await says(`send ${id}`)).toContain('Одобрено. Уйдёт: четверг, 5 марта 2099')
  expect(await says(`send ${id}`)).toContain('Кто-то успел раньше: ждёт своего времени')
  expect(await says(`steer ${id} pause`)).toContain('Кто-то успел раньше')
  expect(await says(`steer ${id} cancel`)).toContain('отменено')
  expect(await says(`list --cycle ${bot.cycle.slug}`)).toContain(`№\u00a0${id} · отменено · все жители`)
  expect(await says('show 999999')).toBe('Такого объявления нет.')
})
