// The sandbox as a newcomer finds it: a Bot API server, a demo cycle and one that asks for ideas, and people.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { programFolder } from '../beside.ts'
import type { Config } from '../config.ts'
import { readDemoProjects } from '../core/formats/demo-projects.ts'
import { formatCardCode } from '../core/person.ts'
import { startSandbox } from '../sandbox/start.ts'
import type { App } from '../use-cases/app.ts'
import { createIdeasDemo } from '../use-cases/create-ideas-demo.ts'
import { createDemo, extendDemo } from '../use-cases/create-demo.ts'
import type { DemoCard } from '../use-cases/print-demo-cards.ts'
import { cardLine } from '../words/card-line.ts'
import { refuseRealVotes } from './played.ts'

export interface OpenSandbox {
  token: string
  apiRoot: string
  page: string
  close(): Promise<void>
}

/** Who sits in the town hall and in the moderators' group, beside the people who hold cards. */
const MODERATORS = [
  { id: 1011, first_name: 'Әсел', last_name: 'Модератор', language_code: 'kk' },
  { id: 1013, first_name: 'Данияр', last_name: 'Модератор', language_code: 'ru' },
]
const OFFICIAL = { id: 1012, first_name: 'Марат', last_name: 'Әкімдік', language_code: 'ru' }
const OFFICE = [...MODERATORS, OFFICIAL]
const GROUP = 'Модераторлар'

const PEOPLE = [
  { id: 1001, first_name: 'Айгүл', language_code: 'kk' },
  { id: 1002, first_name: 'Ерлан', language_code: 'kk' },
  { id: 1003, first_name: 'Татьяна', language_code: 'ru' },
  { id: 1004, first_name: 'Ann', language_code: 'en' },
]

/** Starts the Bot API server on `PORT` and the demo; the envelopes hold cards of the villages that have projects, in turn. */
export async function openSandbox(config: Config, app: App): Promise<OpenSandbox> {
  await refuseRealVotes(config, app)
  const dir = join(resolve(config.dir), 'sandbox')
  const sandbox = await startSandbox({ port: config.port, host: config.host, dir })
  const cards = await prepareDemo(config, app)
  if (cards) await handOutEnvelopes(sandbox.url, cards)
  const group = await openOffice(sandbox.url)
  await createIdeasDemo(app, {
    moderators: MODERATORS.map(({ id }) => id),
    official: OFFICIAL.id,
    ...(group === undefined ? {} : { group }),
  })
  const page = sandbox.url.replace('127.0.0.1', 'localhost')
  return { token: sandbox.token, apiRoot: sandbox.url, page, close: () => sandbox.close() }
}

/** New cards when there is no demo yet, or its list of cards was lost; undefined when all is as it was. */
async function prepareDemo(config: Config, app: App): Promise<DemoCard[] | undefined> {
  const file = join(resolve(config.dir), 'demo-cards.txt')
  const projects = readDemoProjects(readFileSync(`${programFolder('data')}demo-projects.csv`, 'utf8'))
  if (!projects.ok) throw new Error('data/demo-projects.csv cannot be read')
  const state = existsSync(file)
    ? await extendDemo(app, projects.value, app.random)
    : { did: 'made' as const, cards: await createDemo(app, projects.value, app.random) }
  if (state.did !== 'made') return undefined
  await mkdir(resolve(config.dir), { recursive: true })
  await writeFile(file, `${state.cards.map(cardLine).join('\n')}\n`, { mode: 0o600 })
  return state.cards
}

async function handOutEnvelopes(url: string, cards: readonly DemoCard[]): Promise<void> {
  const villages = [...new Set(cards.filter(({ projects }) => projects > 0).map((card) => card.name.kk))]
  for (const [at, person] of PEOPLE.entries()) {
    await control(url, 'POST', '/control/people', person)
    const mine = cards.filter((card) => card.name.kk === villages[at % villages.length])
    const card = mine[Math.floor(at / villages.length)]
    if (!card) continue
    // As the person reads it.
    const said = (name: typeof card.name) => name[person.language_code] ?? name.kk
    const lines = [
      said(card.name),
      ...card.within.map(said),
      `№\u00a0${card.serial}`,
      formatCardCode(card.code),
    ]
    await control(url, 'PUT', `/control/people/${person.id}/envelope`, { lines })
  }
}

interface SandboxRoom {
  id: number
  title: string
  members: { user: { is_bot: boolean } }[]
}

/**
 * The moderators' group, with topics, where the bot is an administrator; the page shows it beside the others. It is made once; undefined
 * where somebody took the bot out of it.
 */
async function openOffice(url: string): Promise<number | undefined> {
  const rooms = (await control(url, 'GET', '/control/rooms')) as SandboxRoom[]
  const known = rooms.find(({ title }) => title === GROUP)
  for (const person of OFFICE) await control(url, 'POST', '/control/people', person)
  if (known) return known.members.some(({ user }) => user.is_bot) ? known.id : undefined
  const [creator, ...others] = OFFICE.map(({ id }) => id)
  const about = { type: 'supergroup', title: GROUP, is_forum: true, creator, members: others }
  const { id } = (await control(url, 'POST', '/control/rooms', about)) as SandboxRoom
  await control(url, 'POST', `/control/rooms/${String(id)}/add`, { who: 'bot', rights: true })
  return id
}

async function control(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`the sandbox refused ${method} ${path}: ${answer.status}`)
  return await answer.json()
}
