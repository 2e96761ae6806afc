// The sandbox as a newcomer finds it: a Bot API server, a demo cycle, and people who hold a card each.
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { programFolder } from '../beside.ts'
import type { Config } from '../config.ts'
import { readDemoProjects } from '../core/formats/demo-projects.ts'
import { formatCardCode } from '../core/person.ts'
import { startSandbox } from '../sandbox/start.ts'
import type { App } from '../use-cases/app.ts'
import { listCycles } from '../use-cases/list-cycles.ts'
import { createDemo, type DemoCard, extendDemo } from '../use-cases/create-demo.ts'
import { cardLine } from '../words/card-line.ts'

export interface OpenSandbox {
  token: string
  apiRoot: string
  page: string
  close(): Promise<void>
}

/** Who sits in the town hall and in the moderators' group, beside the people who hold cards. */
const OFFICE = [
  { id: 1011, first_name: 'Әсел', last_name: 'Модератор', language_code: 'kk' },
  { id: 1012, first_name: 'Марат', last_name: 'Әкімдік', language_code: 'ru' },
]

const PEOPLE = [
  { id: 1001, first_name: 'Айгүл', language_code: 'kk' },
  { id: 1002, first_name: 'Ерлан', language_code: 'kk' },
  { id: 1003, first_name: 'Татьяна', language_code: 'ru' },
  { id: 1004, first_name: 'Ann', language_code: 'en' },
]

/** Starts the Bot API server on `PORT` and the demo; everyone's envelope holds a card of another village. */
export async function openSandbox(config: Config, app: App): Promise<OpenSandbox> {
  await refuseRealVotes(app)
  const dir = join(resolve(config.dir), 'sandbox')
  const sandbox = await startSandbox({ port: config.port, host: config.host, dir })
  const cards = await prepareDemo(config, app)
  if (cards) await handOutEnvelopes(sandbox.url, cards)
  if (cards) await openOffice(sandbox.url)
  const page = sandbox.url.replace('127.0.0.1', 'localhost')
  return { token: sandbox.token, apiRoot: sandbox.url, page, close: () => sandbox.close() }
}

/** A database where people vote in earnest is never opened to people who are only played. */
async function refuseRealVotes(app: App): Promise<void> {
  const real = (await listCycles(app)).find((cycle) => !cycle.trial)
  if (real)
    throw new Error(
      `the database holds the vote "${real.slug}", which is no trial: no sandbox is started on it. Set BOT_TOKEN, or another DATABASE_URL`,
    )
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
  const villages = [...new Set(cards.map((card) => card.name.kk))]
  for (const [at, person] of PEOPLE.entries()) {
    await control(url, 'POST', '/control/people', person)
    const mine = cards.filter((card) => card.name.kk === villages[at % villages.length])
    const card = mine[Math.floor(at / villages.length)]
    if (!card) continue
    const lines = [
      card.name.kk,
      ...card.within.map((name) => name.kk),
      `№\u00a0${card.serial}`,
      formatCardCode(card.code),
    ]
    await control(url, 'PUT', `/control/people/${person.id}/envelope`, { lines })
  }
}

/** A moderators' group with topics, where the bot is an administrator; the page shows it beside the others. */
async function openOffice(url: string): Promise<void> {
  for (const person of OFFICE) await control(url, 'POST', '/control/people', person)
  const [creator, ...others] = OFFICE.map(({ id }) => id)
  const about = { type: 'supergroup', title: 'Модераторлар', is_forum: true, creator, members: others }
  const { id } = await control(url, 'POST', '/control/rooms', about)
  await control(url, 'POST', `/control/rooms/${String(id)}/add`, { who: 'bot', rights: true })
}

async function control(
  url: string,
  method: string,
  path: string,
  body: object,
): Promise<Record<string, unknown>> {
  const answer = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`the sandbox refused ${method} ${path}: ${answer.status}`)
  return (await answer.json()) as Record<string, unknown>
}
