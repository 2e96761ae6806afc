// The command line in the reader's language: its help, its refusals, and what is still in English alone.
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/commands.ts'
import { runCommand } from '../../src/cli/run.ts'
import { createI18n } from '../../src/i18n.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'

const textsOf = createI18n()
const LANGUAGES = ['kk', 'ru', 'en']

/** Help texts that are in English alone. This list may only shrink: a new command says what it is for in kk, ru and en. */
const ENGLISH_ONLY: string[] = []

const outside = (lines: string[], spoken?: string) => ({
  textsOf,
  spoken,
  data: '',
  dir: '',
  media: mediaFolder(''),
  say: (line: string) => void lines.push(line),
  migrate: () => Promise.reject(new Error('a database was opened')),
  run: () => Promise.reject(new Error('a database was opened')),
})

async function types(line: string, spoken?: string): Promise<string> {
  const lines: string[] = []
  try {
    await runCommand(outside(lines, spoken), line.split(' '))
  } catch (error) {
    lines.push((error as Error).message)
  }
  return lines.join('\n')
}

/** Each place of a help text: a command, an argument or an option of it, with what is said there. */
async function helpOf(locale: string): Promise<Map<string, string>> {
  const said = new Map<string, string>()
  const walk = (command: Command, path: string) => {
    said.set(path, command.description())
    for (const argument of command.registeredArguments)
      said.set(`${path} ${argument.name()}`, argument.description)
    for (const option of command.options) said.set(`${path} ${option.long}`, option.description)
    for (const one of command.commands) walk(one, `${path} ${one.name()}`)
  }
  walk(await buildProgram({ ...outside([]), t: textsOf(locale) }), 'dauys')
  return said
}

test('every command, argument and option says in kk, ru and en what it is for', async () => {
  const [kk, ru, en] = (await Promise.all(LANGUAGES.map(helpOf))) as [
    Map<string, string>,
    Map<string, string>,
    Map<string, string>,
  ]
  const places = [...en.keys()]
  expect(places.length).toBeGreaterThan(60)
  expect(places.filter((place) => en.get(place)?.trim() === '')).toEqual([])
  const same = places.filter((place) => kk.get(place) === en.get(place) || ru.get(place) === en.get(place))
  expect(same).toEqual(ENGLISH_ONLY)
})

test('help is asked for in any language, anywhere in the line, and no word of the tool itself stays English', async () => {
  for (const line of ['--help --lang ru', '--lang ru --help', 'cycle extend --help --lang=ru']) {
    const help = await types(line)
    expect(help).toMatch(/^Как писать:/)
    expect(help).toContain('показать эту справку')
    expect(help).not.toMatch(/Usage|Options|Commands|display help|options\]|command\]/)
  }
  expect(await types('cycle extend --help --lang kk')).toMatch(/^Қалай жазылады:/)
})

test('a command answers in what the computer speaks, else in English', async () => {
  expect(await types('cycle list --what', 'kk_KZ.UTF-8')).toMatch(/^Мұнда --what параметрі жоқ/)
  expect(await types('cycle list --what', 'ru_RU.UTF-8')).toMatch(/^Параметра --what здесь нет/)
  for (const spoken of [undefined, 'C', 'C.UTF-8', 'de_DE.UTF-8'])
    expect(await types('cycle list --what', spoken)).toMatch(/^There is no option --what/)
  expect(await types('cycle list --what --lang en', 'kk_KZ.UTF-8')).toMatch(/^There is no option/)
})

test('a language that there is not is told with those that there are', async () => {
  expect(await types('cycle list --lang xx', 'ru_RU')).toBe('Языка «xx» нет. Есть: kk, ru, en.')
})

test('a line that was typed wrongly is answered with what is wrong and how to see more', async () => {
  expect(await types('cycl list --lang ru')).toBe(
    'Команды cycl нет. Вы имели в виду cycle? «--help» после команды показывает, как её писать.',
  )
  expect(await types('cycle extend --lang en')).toMatch(/^The option --cycle <name> is needed\./)
  expect(await types('roll prepare --cycle x --lang kk')).toMatch(/^Мынау жетіспейді: list\./)
  expect(await types('cycle list a b --lang ru')).toMatch(/^Лишние слова для list/)
  expect(await types('count x.pb --rule best --lang ru')).toContain('Одно из: greedy, greedy-no-skip')
})
