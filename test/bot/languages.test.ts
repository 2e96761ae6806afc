// A language is a folder: copied and renamed, it can be spoken; taken away again, nobody is left without words.
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programFolder } from '../../src/beside.ts'
import { rememberAccount } from '../../src/use-cases/remember-account.ts'
import { startBot, type TestBot } from '../support/bot.ts'

let locales: string
let bot: TestBot
beforeAll(async () => {
  locales = await mkdtemp(join(tmpdir(), 'dauys-locales-'))
  await cp(programFolder('locales'), locales, { recursive: true })
  // Copied, and nothing else: it says of itself what English says.
  await cp(join(locales, 'en'), join(locales, 'xx'), { recursive: true })
  // Copied, named, and one text translated; one file is not there yet.
  await cp(join(locales, 'en'), join(locales, 'uz'), { recursive: true })
  const self = { name: 'O‘zbekcha', tag: 'uz-Latn-UZ', fallback: 'ru' }
  await writeFile(join(locales, 'uz', 'language.json'), JSON.stringify(self))
  const start = { 'vote.button': 'Ovoz berish', 'menu.command': 'Menyu' }
  await writeFile(join(locales, 'uz', 'start.json'), JSON.stringify(start))
  await rm(join(locales, 'uz', 'results.json'))
  bot = await startBot({ seed: 'languages', locales })
})
afterAll(async () => {
  await bot.stop()
  await rm(locales, { recursive: true, force: true })
})

test('a copied language stands on the first screen, can be chosen, and speaks', async () => {
  const aziz = await bot.person({ language_code: 'uz' })
  await aziz.says('/start')
  const first = await aziz.sees('Choose a language')
  expect(first.buttons).toEqual([['Қазақша'], ['Русский'], ['English'], ['O‘zbekcha'], ['English']])
  await aziz.taps('O‘zbekcha')
  // What it has not said yet comes from the language that it falls back to, names of places too.
  const villages = await aziz.sees('Это Дауыс')
  await aziz.taps(villages.buttons.flat().find((label) => label.startsWith('Маканчи')) ?? '')
  expect((await aziz.sees('Маканчинский район')).buttons.flat()).toContain('Ovoz berish')
  await aziz.taps('Ovoz berish')
  await aziz.sees(/card/i)
  await aziz.says('/mydata')
  await aziz.sees('O‘zbekcha')
})

test('its commands are set for those whose Telegram speaks it', async () => {
  const menuOf = async (language_code: string) => {
    const someone = await bot.person({ language_code })
    await someone.says('/help')
    return someone.chat().commands.find(({ command }) => command === 'menu')?.description
  }
  expect(await menuOf('uz')).toBe('Menyu')
  expect(await menuOf('en')).toBe(bot.textsOf('en')('start.menu.command'))
  expect(await menuOf('de')).toBe(bot.textsOf('kk')('start.menu.command'))
})

test('a chosen language that is gone is guessed and asked for again', async () => {
  const [village] = bot.cycle.villages
  const ann = await bot.person({ language_code: 'ru' })
  const home = { cycle: bot.cycle.id, territory: village.territory }
  await rememberAccount(bot.app, ann.id, { locale: 'tlh', home })
  await ann.says('/menu')
  await ann.sees('Маканчи')
  await ann.says('/start')
  await ann.sees('Выберите язык')
  await ann.taps('Русский')
  await ann.sees('Маканчи')
})
