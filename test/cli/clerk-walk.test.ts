// A new clerk's vote from the list to the files, typed into the program as it is shipped, in Kazakh: on the server, and on a computer
// of the clerk's own that has neither database nor secrets.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/program/open-app.ts'
import { listCycles } from '../../src/use-cases/list-cycles.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { must, vote } from '../support/cycle.ts'
import { latinSentences } from '../support/latin.ts'
import { logins } from '../support/logins.ts'
import { buildShipped, startShipped } from '../support/shipped.ts'
import { isTold } from '../support/size.ts'

const databases = logins()
let folder: string
let server: Record<string, string>
const said: string[] = []
beforeAll(async () => {
  await buildShipped()
  folder = await mkdtemp(join(tmpdir(), 'dauys-walk-'))
  const owner = await databases.owned('createrole')
  const secrets = { SECRETS_DIR: file('secrets'), DAUYS_DIR: file('kept') }
  server = { DATABASE_URL: databases.other(owner.url).url, ...secrets }
  await types(`migrate`, { ...server, DATABASE_OWNER_URL: owner.url })
}, 120_000)
afterAll(async () => {
  await databases.drop()
  await rm(folder, { recursive: true, force: true })
})

const file = (name: string): string => join(folder, name)

/** A line typed on the server, or elsewhere with other settings; `{x}` is a file. Answers what was said; any refusal fails the walk. */
async function types(line: string, settings: Record<string, string> = server): Promise<string> {
  const words = line.match(/"[^"]*"|\S+/g) ?? []
  const args = words.map((word) =>
    word.replaceAll('"', '').replace(/\{([^}]+)\}/, (_, name: string) => file(name)),
  )
  const program = startShipped({ LANG: 'kk_KZ.UTF-8', ...settings }, args)
  const code = await program.ended
  said.push(...program.said().split('\n'))
  expect([line, code, program.said()]).toEqual([line, 0, expect.any(String)])
  return program.said()
}

const APART = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', SECRETS_DIR: '/nowhere' }

/** As Windows saves Kazakh without Unicode (KZ-1048): a page of 256 letters. */
function kazakhPage(text: string): Uint8Array {
  const russian = new TextDecoder('windows-1251')
  const bytes = new Map<string, number>()
  for (let byte = 0; byte < 256; byte += 1) bytes.set(russian.decode(Uint8Array.of(byte)), byte)
  const own = { Қ: 0x8d, Һ: 0x8e, қ: 0x9d, һ: 0x9e, Ұ: 0xa1, ұ: 0xa2, Ә: 0xa3, Ө: 0xa5, Ғ: 0xaa, Ү: 0xaf }
  const more = { ө: 0xb4, ғ: 0xba, ә: 0xbc, Ң: 0xbd, ң: 0xbe, ү: 0xbf }
  for (const [letter, byte] of Object.entries({ ...own, ...more })) bytes.set(letter, byte)
  return Uint8Array.from(Array.from(text, (letter) => bytes.get(letter) ?? 0x3f))
}

test.runIf(isTold('the walk of a clerk'))(
  'from the template to the files of a published result',
  async () => {
    await types('cycle template {cycle.json}')
    const cycle = JSON.parse(await readFile(file('cycle.json'), 'utf8')) as Record<string, unknown>
    await writeFile(file('cycle.json'), JSON.stringify({ ...cycle, slug: 'walk', trial: true }))
    await writeFile(
      file('projects.csv'),
      'Ауыл;Атауы қазақша;Название на русском;Құны, теңге\n' +
        'Баршатас;Көше шамдары;Освещение улицы;5 200 000\nБаршатас;Балалар алаңы;Детская площадка;4 800 000\n',
    )
    await types('cycle create {cycle.json} --projects {projects.csv} --yes')
    await types('cycle next --cycle walk')

    const made = await types('cycle public {walk.json} --cycle walk --bot walk_bot')
    const rows = Array.from({ length: 12 }, (_, at) => `Баршатас;${at + 1}`)
    await writeFile(file('list.csv'), kazakhPage(['Ауыл;Тізімдегі нөмірі', ...rows, ''].join('\r\n')))
    const checked = await types('roll prepare {list.csv} --cycle-file {walk.json}', APART)
    expect(checked).toContain('kz-1048')
    const [fingerprint] = /(?:[0-9a-f]{4} ){3}[0-9a-f]{4}/.exec(made) ?? ['none']
    expect(checked).toContain(fingerprint)
    await types('cards print {list.csv} --cycle-file {walk.json} --out {cards} --csv {codes.csv}', APART)
    expect((await readdir(file('cards'))).sort()).toEqual(
      ['cards-walk.pdf', 'labels-walk.pdf', 'register-walk.csv', 'register-walk.pdf', 'roll-walk.txt'].sort(),
    )

    await types('roll import {cards/roll-walk.txt} --cycle walk')
    expect(await types('cards hand-over Баршатас "1-12 без 12" --cycle walk')).toMatch(/11/)
    await types('cards return Баршатас 11 --cycle walk')
    expect(await types('cards status --cycle walk')).toMatch(/Баршатас/)
    await untilVoting()
    await tenVote()
    await types('cycle next --cycle walk')

    const counted = await types('count --cycle walk --csv {walk.csv} --pb {walk.pb} --picture {walk.png}')
    expect(counted).toContain('Берілгені 10 = саналғаны 10')
    expect(await types('count --cycle walk --explain 2')).toMatch(/№\s2 өтпеді.*Жетпегені/)
    const before = await types('cycle publish --cycle walk')
    expect(before).toContain('--yes')
    expect(await types('cycle publish --cycle walk --yes')).toContain('жарияланды')
    expect(await types('cycle list --villages')).toMatch(/қорытынды.*\n.*дауыс берді: 10/)
    expect((await readFile(file('walk.png'))).subarray(1, 4).toString()).toBe('PNG')
    expect((await readFile(file('walk.csv'), 'utf8')).split('\r\n').length).toBe(4)
    expect(said.flatMap(latinSentences)).toEqual([])
  },
  240_000,
)

/** A trial begins its phases early, by a command each. */
async function untilVoting(): Promise<void> {
  for (let phases = 0; phases < 6; phases += 1) {
    if ((await types('cycle list')).includes('дауыс беру')) return
    await types('cycle next --cycle walk')
  }
  throw new Error('voting does not open')
}

/** Ten residents of the first ten cards, eight for the first project. */
async function tenVote(): Promise<void> {
  const { app, close } = await openApp(readConfig(server), createLog('silent'))
  try {
    const cycle = (await listCycles(app)).find(({ slug }) => slug === 'walk')
    if (!cycle) throw new Error('no cycle')
    const codes = (await readFile(file('codes.csv'), 'utf8')).trim().split(/\r?\n/).slice(1)
    const cards = codes.map((line) => line.split(';')).filter(([, serial]) => Number(serial) <= 10)
    for (const [at, [, , code = '']] of cards.entries()) {
      const { rollRow, territory } = must(
        await verifyAccount(app, 9000 + at, { id: cycle.id, method: 'card' }, code),
      )
      must(await vote(app, cycle.id, { account: 9000 + at, rollRow, territory }, [at < 8 ? 'p1' : 'p2']))
    }
  } finally {
    await close()
  }
}
