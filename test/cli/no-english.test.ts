// Every command in Kazakh and in Russian: what it does, and what it refuses, is said without an English sentence.
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/commands.ts'
import { faultSentences } from '../../src/words/fault.ts'
import type { Fault } from '../../src/core/audit/trusted/fault.ts'
import textsFile from '../../locales/en/cli.json' with { type: 'json' }
import { createI18n } from '../../src/i18n.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { type TestApp, testApp, withClassifier } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { smallCycle } from '../support/cycle.ts'
import { latinSentences } from '../support/latin.ts'
import { sized } from '../support/size.ts'

const textsOf = createI18n()
let app: TestApp
let desk: Clerk
beforeAll(async () => {
  app = await testApp('no english')
  await withClassifier(app)
  desk = await clerk(app)
  await writeFile(desk.file('list.csv'), 'ауыл;тізімдегі нөмірі\nБаршатас;1\nМақанши;2\nжоқ;x\n')
  await writeFile(desk.file('bad.pb'), 'META\nkey;value\nbudget;much\nvote_type;odd\nPROJECTS\nproject_id\n')
  await writeFile(desk.file('small.pb'), VILLAGE)
  await writeFile(desk.file('cycle.json'), '{ "format": "dauys-cycle-v1", "profile": "binding" }')
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const VILLAGE = `META
key;value
description;Ауыл
country;Қазақстан
unit;Ауыл
instance;2026
num_projects;2
num_votes;2
budget;100
vote_type;approval
rule;greedy
date_begin;01.01.2026
date_end;02.01.2026
PROJECTS
project_id;cost;name
1;60;Құдық
2;50;Шам
VOTES
voter_id;vote
1;1,2
2;1
`

/** Lines as clerks type them, right and wrong; `{x}` is a file of the story. */
const TYPED = `
migrate
demo
cycle template
cycle template {list.csv}
cycle create {cycle.json}
cycle create {list.csv} --yes
cycle create {nowhere.json}
cycle list --villages
cycle public {public.json} --cycle demo --bot demo_bot
cycle public {public.json} --cycle demo --bot demo_bot
cycle public {public.json} --cycle demo --bot ?
cycle extend --cycle demo --to "2099-03-05 18:00"
cycle extend --cycle demo --to "2099-03-05 18:00" --yes
cycle extend --cycle demo --to "2001-03-05 18:00"
cycle extend --cycle demo --to once
cycle next --cycle walked
cycle next --cycle nothing
cycle publish --cycle demo
role grant 62 official
role grant 62 official
role grant 62 official 104673100 --until 2099-06-30
role grant 62 official Карабулак
role grant 62 official Atlantis
role grant 62 moderator --until 2001-01-01
role grant 62 king
role grant ann official
role list
role revoke 62 official
role revoke 62 auditor
roll key
roll prepare {list.csv} --cycle demo
roll prepare {list.csv}
roll prepare {nowhere.csv} --cycle-file {public.json}
roll prepare {list.csv} --cycle-file {list.csv}
roll import {list.csv} --cycle demo
roll import {cards/roll-walked.txt} --cycle demo
cards print --rows 2 --cycle walked --bot b_bot --out {cards}
cards print --rows 2 --cycle walked --bot b_bot --out {cards}
cards print --rows 2 --cycle walked --bot b_bot --out {list.csv}
cards print --rows x --cycle walked --bot b_bot
cards print --cycle walked --bot b_bot
cards print --rows 2 --cycle walked
cards print --rows 2 --cycle walked --bot b_bot --languages xx
roll import {cards/roll-walked.txt} --cycle walked
cards hand-over Маканшы 31-32 --cycle demo
cards hand-over Маканшы 900 --cycle demo
cards hand-over Маканшы 9-1 --cycle demo
cards hand-over Маканшы ? --cycle demo
cards return Маканшы 31 --cycle demo
cards destroy Маканшы 32 --cycle demo
cards status --cycle demo
cards reissue Маканшы 1 --cycle demo --as 62 --row 1
cards move Маканшы 1 --cycle demo --as 62 --row 1
ideas list --cycle demo
ideas show 7 --cycle demo
ideas approve 7 --cycle demo
ideas return 7 --cycle demo --question ?
ideas reject 7 --cycle demo --reason other
ideas merge 7 --cycle demo --into 8
ideas cost 7 --cycle demo --sum 100
ideas unfeasible 7 --cycle demo --why ?
ideas edit 7 --cycle demo
works list --cycle demo
works milestone Маканшы 1 --cycle demo --kk Қазылды --ru Вырыто --planned 30.05.2027
works photo Маканшы 1 --cycle demo --milestone 1 --file {list.csv}
works built Маканшы 1 --cycle demo
count --cycle demo
cycle next --cycle demo
count --cycle demo
count --cycle demo --explain 1
count --cycle demo --explain 999
count --cycle demo --rule greedy
count --cycle demo --picture {demo.jpg}
cycle publish --cycle demo
cycle publish --cycle demo --yes
cycle publish --cycle demo
works list --cycle demo
works milestone Маканшы 1 --cycle demo --kk Қазылды --ru Вырыто --planned 30.05.2027
works milestone Маканшы 2 --cycle demo --kk Қазылды --ru Вырыто --planned once
works milestone Маканшы 3 --cycle demo --kk Қазылды --ru Вырыто --planned 30.05.2027
ballot set-aside 12345678901234 --cycle demo --as 62
log set-aside 00 --log 1 --as 62
log accept-rollback --log 1 --as 62
log mend-tiles --log 77
log check
count {small.pb}
count {small.pb} --explain 2
count {small.pb} --explain 9
count {small.pb} --rule equal-shares --explain 2
count {small.pb} --utility cost
count {small.pb} --rule greedy-threshold
count {bad.pb}
count {small.pb} --csv {table.csv} --pb {out.pb} --picture {out.svg}
count {small.pb} --csv {table.csv}
count
import pabulib {small.pb} --slug again
import pabulib {small.pb} --slug again
import pabulib {bad.pb}
verify-receipt {list.csv} --key x
verify-receipt {list.csv} --key dauys.local/demo+00000000+AAAA
cycle
cycle lists
count --best
`
  .trim()
  .split('\n')

const VALUES: Record<string, string> = { '--cycle': 'demo', '--out': '{out}' }

/** Every command that has none below it, typed with as little as it asks for. */
function barest(command: Command, path: readonly string[] = []): string[] {
  const below = command.commands.filter((one) => one.name() !== 'help')
  if (below.length > 0) return below.flatMap((one) => barest(one, [...path, one.name()]))
  const needed = command.registeredArguments.filter((one) => one.required).map(() => '1')
  // What a command writes where it was called would stay in the tree.
  const options = command.options
    .filter(({ mandatory, long }) => mandatory || long === '--out')
    .map(({ long }) => `${long} ${VALUES[long ?? ''] ?? '1'}`)
  return [[...path, ...needed, ...options].join(' ')]
}

const nothing = {
  textsOf,
  data: '',
  dir: '',
  media: mediaFolder(''),
  say: () => {},
  migrate: () => Promise.reject(),
  run: async () => {},
}
const BAREST = barest(await buildProgram({ ...nothing, t: textsOf('en') }))

test('the walk knows the commands that there are', () => {
  expect(BAREST.length).toBeGreaterThan(30)
  expect(BAREST).toContain('cycle extend --cycle demo --to 1')
})

test.each(sized('each command in each language', ['kk'], ['kk', 'ru']))(
  'in %s no line that a command says is an English sentence',
  async (language) => {
    await smallCycle(app, 'walked', [[1_000_000]], { trial: true }).catch(() => undefined)
    const english: string[] = []
    for (const line of [...TYPED, ...BAREST]) {
      const typed = line.replace(/\{([^}]+)\}/g, (_, name: string) =>
        desk.file(`${language}-${name}`.replace(/^\w\w-(list|bad|small|cycle)\./, '$1.')),
      )
      const { lines, refused } = await desk.types(`${typed} --lang ${language}`)
      const said = [...lines, ...(refused === undefined ? [] : refused.split('\n'))]
      if (!/^ideas (?:list|apart|ready)/.test(line)) expect([line, said.length > 0]).toEqual([line, true])
      // What a template or a table shows of data is no sentence of ours.
      if (line.startsWith('cycle template')) continue
      english.push(...said.flatMap((one) => latinSentences(one).map((found) => `${line}: ${found}`)))
    }
    expect(english).toEqual([])
  },
  120_000,
)

test('each fault of a log is told in Kazakh and in Russian', () => {
  const facts = {
    seq: 1,
    size: 1,
    signed: 2,
    stored: 'x',
    logged: 'y',
    village: '7',
    right: 1,
    role: 'official',
    count: 2,
    of: 'edge',
  }
  const kinds = Object.keys(readFaults()).filter((kind) => kind !== 'frozen' && kind !== 'secret')
  expect(kinds.length).toBeGreaterThan(60)
  for (const language of ['kk', 'ru']) {
    const t = textsOf(language)
    const told = kinds.map(
      (kind) => faultSentences(t, [{ kind, ...facts, leaf: 'ab' } as unknown as Fault])[0] ?? '',
    )
    expect(
      told.filter((line) => !/\p{Script=Cyrillic}{3}/u.test(line) || latinSentences(line).length > 0),
    ).toEqual([])
  }
})

const readFaults = (): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(textsFile)
      .filter((key) => key.startsWith('fault-') && !/^fault-(?:rest|kept|frozen|secret|more)/.test(key))
      .map((key) => [key.slice('fault-'.length), true]),
  )

test('the rule sees an English sentence, and none in a command, a path or a name', () => {
  expect(latinSentences('село: 4 cards handed over')).toEqual(['cards handed over'])
  expect(latinSentences('there is no such cycle')).toHaveLength(1)
  expect(latinSentences('Дальше: dauys cycle next --cycle demo')).toEqual([])
  expect(latinSentences('файл /tmp/a b/roll-demo.txt, SECRETS_DIR, «there is no place»')).toEqual([])
})
