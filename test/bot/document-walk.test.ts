// The walk of the handbook, on a fresh installation of the program as it is shipped: whatever its table says to press, write and type is done, and nothing else.
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PACE } from '../../src/bot/pace.ts'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/program/open-app.ts'
import { findVillage } from '../../src/use-cases/find-village.ts'
import { openRoom, type Room } from '../sandbox/room.ts'
import { must } from '../support/cycle.ts'
import { type Deed, type Row, walkIn } from '../support/document-walk.ts'
import { logins } from '../support/logins.ts'
import { type Person, putPerson, until } from '../support/person.ts'
import { buildShipped, type Shipped, startShipped } from '../support/shipped.ts'
import { isTold } from '../support/size.ts'

const HANDBOOK = fileURLToPath(new URL('../../docs/in-chat.md', import.meta.url))
const rows = walkIn(readFileSync(HANDBOOK, 'utf8'), 'A whole vote in one walk')
/** What each reads on their phone. */
const PEOPLE = { Дана: 'ru', Марат: 'ru', Бота: 'kk', Айгүл: 'kk' } as const
const ROLES = ['Дана', 'Марат', 'Бота']

const told = isTold('the walk of the handbook')
const databases = logins()
let folder: string
let server: Record<string, string>
let room: Room
let program: Shipped | undefined
const people = new Map<string, Person>()
const file = (name: string): string => join(folder, name)

beforeAll(async () => {
  if (!told) return
  await buildShipped()
  folder = await mkdtemp(join(tmpdir(), 'dauys-handbook-'))
  const owner = await databases.owned('createrole')
  server = {
    DATABASE_URL: databases.other(owner.url).url,
    SECRETS_DIR: file('secrets'),
    DAUYS_DIR: file('kept'),
    LANG: 'ru_KZ.UTF-8',
  }
  await types('migrate', { ...server, DATABASE_OWNER_URL: owner.url })
  room = await openRoom()
  program = startShipped({ ...server, BOT_TOKEN: room.sandbox.token, TELEGRAM_API_ROOT: room.sandbox.url })
  await program.says('Dauys runs as')
  for (const [name, language_code] of Object.entries(PEOPLE))
    people.set(name, await inFront(name, language_code))
  await writeFiles()
}, 240_000)
afterAll(async () => {
  await program?.stop('SIGKILL')
  await room?.close()
  await databases.drop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** A person in front of a program of its own: whatever they do was answered once the bot wrote to them, or told them in a box. */
async function inFront(first_name: string, language_code: string): Promise<Person> {
  let last = 0
  const callsSince = async () => (await room.control('GET', `calls?after=${last}`)) as Call[]
  const person: Person = await putPerson(
    {
      control: async (method, path, body) => {
        if (method === 'POST') last = (await callsSince()).at(-1)?.n ?? last
        return room.control(method, path, body)
      },
      settled: async () => {
        await until(async () => {
          const answered = (await callsSince()).some(
            ({ method, params }) =>
              (/^(?:send|edit)/.test(method) && Number(params.chat_id) === person.id) ||
              (method === 'answerCallbackQuery' && params.text !== undefined),
          )
          return answered && (await person.refresh()).open_callbacks === 0
        })
      },
    },
    { first_name, language_code },
  )
  return person
}
interface Call {
  n: number
  method: string
  params: { chat_id?: number | string; text?: string }
}

async function writeFiles(): Promise<void> {
  const villages = ['Көкжыра', 'Құмкөл', 'Қызылкесік']
  const list = villages.flatMap((village, at) => [
    `${village};Көпір;Мост;${at + 1} 000 000;Дороги`,
    `${village};Клуб;Клуб;500 000;Люди`,
  ])
  await writeFile(
    file('projects.csv'),
    ['Ауыл;Атауы қазақша;Название на русском;Құны;Бюджет', ...list, ''].join('\n'),
  )
  const people = villages.flatMap((village) => [`${village};1`, `${village};2`])
  await writeFile(file('list.csv'), ['Ауыл;Тізімдегі нөмірі', ...people, ''].join('\n'))
}

/** A line typed on the server, in the folder of the walk; any refusal fails it. */
async function types(line: string, settings: Record<string, string> = server): Promise<void> {
  const args = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => {
    const plain = word.replaceAll('"', '')
    return /^(?:cards\/|[a-z]+\.csv$|cards$)/.test(plain) && plain !== 'cards' ? file(plain) : plain
  })
  const out = args.indexOf('--out')
  if (out >= 0) args[out + 1] = file(args[out + 1] ?? '')
  const command = startShipped(settings, args)
  expect([line, await command.ended, command.said()]).toEqual([line, 0, expect.any(String)])
}

/** What stands between ‹ ›: a person's id, a village's, the bot's name, the number of the first card; and the coming year. */
async function filled(text: string): Promise<string> {
  let whole = text.replaceAll('2027', String(new Date().getUTCFullYear() + 1))
  for (const [wanted, name = ''] of text.matchAll(/‹([^›]+)›/g))
    whole = whole.replace(wanted, await valueOf(name))
  return whole
}

async function valueOf(name: string): Promise<string> {
  const person = people.get(name)
  if (person) return String(person.id)
  if (name === 'bot') return (await room.does('getMe')).username as string
  if (name === 'card') {
    const [, first = ''] = (await readFile(file('codes.csv'), 'utf8')).split(/\r?\n/)
    return first.split(';')[2] ?? ''
  }
  const { app, close } = await openApp(readConfig(server), createLog('silent'))
  try {
    return String(must(await findVillage(app, name)).territory)
  } finally {
    await close()
  }
}

/** A label as it stands on the screen: whatever holds a number and its noun together is a space there. */
const labelled = (label: string): RegExp =>
  new RegExp(`^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '\\s')}$`)

const acts = new Map<string, number[]>()
/** The program draws a chat no faster than a hand is: whoever does the walk goes no faster either. */
async function atHand(who: string, kind: 'messages' | 'presses'): Promise<void> {
  const { limit, windowMs } = PACE[kind]
  const key = `${kind} ${who}`
  const before = (acts.get(key) ?? []).slice(1 - limit)
  const [oldest] = before
  if (oldest !== undefined && before.length === limit - 1)
    await pause(Math.max(0, oldest + windowMs - performance.now()))
  acts.set(key, [...before, performance.now()])
}

async function does(who: string, deed: Deed): Promise<void> {
  if (deed.does === 'types') return types(await filled(deed.line))
  const person = people.get(who)
  if (!person) throw new Error(`nobody is called ${who}`)
  await atHand(who, deed.does === 'presses' ? 'presses' : 'messages')
  switch (deed.does) {
    case 'presses':
      return void (await person.taps(labelled(await filled(deed.label))))
    case 'writes':
      return void (await person.says(await filled(deed.text)))
    case 'sends': {
      const document = (await readFile(file(deed.file))).toString('base64')
      return void (await person.sends({ document, file_name: deed.file }))
    }
  }
}

async function walks({ who, deeds, sees }: Row): Promise<void> {
  for (const deed of deeds) await does(who, deed)
  const person = people.get(who)
  if (!person || sees === '') return
  const wanted = sees.split(' ').join('\\s')
  await person.sees(new RegExp(wanted, 'iu'))
}

test('the handbook walks each official through the vote, and leaves roll and cards to the command line', () => {
  for (const who of ROLES) expect(rows.filter((row) => row.who === who).length).toBeGreaterThan(1)
  const typed = rows.flatMap(({ deeds }) =>
    deeds.flatMap((deed) => (deed.does === 'types' ? [deed.line] : [])),
  )
  expect(typed.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['role', 'roll', 'cards']))
})

test.runIf(told)(
  'whoever does what the handbook says creates, runs, extends, announces, closes and publishes a vote of three villages',
  async () => {
    for (const row of rows) await walks(row)
    await people.get('Айгүл')?.sees(/қорытынды/i)
  },
  300_000,
)
