// "How it works" to listen to: a file that the installation brings, in each language that has one, and the text for whom forbids voice messages.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHowVoices } from '../../src/bot/voice.ts'
import { startBot, type TestBot } from '../support/bot.ts'
import { MAKANSHY } from '../support/bot-cycle.ts'
import { editProject } from '../support/cycle.ts'
import type { Person } from '../support/person.ts'

const ogg = (what: string) => Buffer.from(`OggS ${what}`)

let folder: string
let bot: TestBot
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voices-'))
  await writeFile(join(folder, 'how-kk.ogg'), ogg('қазақша'))
  await writeFile(join(folder, 'how-ru.ogg'), ogg('по-русски'))
  await writeFile(join(folder, 'project.oga'), ogg('жоба'))
  bot = await startBot({
    seed: 'how voice',
    voiceFolder: folder,
    mediaFolder: folder,
    cycle: { villages: [{ name: MAKANSHY, projects: 2 }] },
  })
})
afterAll(async () => {
  await bot.stop()
  await rm(folder, { recursive: true })
})

const voices = (person: Person) => person.chat().messages.filter(({ voice }) => voice)
const forbids = ({ id }: Person) =>
  bot.control('POST', 'people', { id, first_name: 'Айгүл', forbids_voice: true })

test('how it works is told in the language of each person; the file goes to Telegram once', async () => {
  const first = await bot.resident('kk')
  await first.taps('Бұл қалай өтеді?')
  await first.taps('Дауыспен тыңдау')
  expect(voices(first)).toHaveLength(1)
  expect(voices(first)[0]?.caption).toBe('Бұл қалай өтеді?')
  const ids = new Set<string>()
  for (const language of ['kk', 'kk', 'ru'] as const) {
    const person = await bot.resident(language)
    await person.taps(language === 'kk' ? 'Бұл қалай өтеді?' : 'Как это работает')
    await person.taps(language === 'kk' ? 'Дауыспен тыңдау' : 'Послушать')
    expect(voices(person)).toHaveLength(1)
    ids.add(JSON.stringify(voices(person)[0]?.voice))
  }
  expect([...ids], 'one file a language').toHaveLength(2)
  expect(ids).toContain(JSON.stringify(voices(first)[0]?.voice))
})

test('a language without a recording has no button', async () => {
  const person = await bot.resident('en')
  await person.taps('How it works')
  expect(person.screen().buttons.flat()).toEqual([
    'Easy mode',
    'What the bot writes about',
    'How is my data kept?',
    'Report pressure or vote buying',
    'Menu',
  ])
  await person.pressesRaw('hv')
  expect(person.alert()).toContain('out of date')
})

test('an id that Telegram no longer knows is forgotten: the file goes again', async () => {
  const person = await bot.resident('kk')
  const [mark] = [...(await readHowVoices(folder, [{ locale: 'kk' }])).values()]
  await bot.session.setNote(`how-voice:${mark?.mark}`, { file: 'AwACAgIAAxkBAAIB' }, 60)
  await person.taps('Бұл қалай өтеді?')
  await person.taps('Дауыспен тыңдау')
  expect(voices(person)).toHaveLength(1)
})

test('who forbids voice messages gets the text, of how it works and of a project', async () => {
  const person = await bot.resident('ru')
  await forbids(person)
  await person.taps('Как это работает')
  await person.taps('Послушать')
  const how = await person.sees('запрещают голосовые сообщения')
  expect(how.text).toContain('Во время голосования вы выбираете проекты из списка.')
  const [project] = bot.cycle.villages[0].projects
  await editProject(bot.app.db, project?.id ?? '', `voice = 'project.oga'`)
  await person.says('/menu')
  await person.taps('Проекты')
  await person.taps(/^№\s1\./)
  await person.taps('Послушать', { message_id: person.screen().id })
  const told = await person.sees('запрещают голосовые сообщения')
  expect(told.text).toContain(project?.title.ru)
  expect(voices(person)).toEqual([])
})

test('a file that is no recording is told at the start, by its name', async () => {
  await writeFile(join(folder, 'how-en.ogg'), 'ID3 music')
  await expect(readHowVoices(folder, [{ locale: 'en' }])).rejects.toThrow(/VOICE_DIR: how-en\.ogg/)
  await rm(join(folder, 'how-en.ogg'))
  expect(await readHowVoices(undefined, [{ locale: 'kk' }])).toEqual(new Map())
})
