// The official's computer: rolls and cards are made from the public file of a cycle, without the database and without its secrets.
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { smallCycle } from '../support/cycle.ts'
import { buildShipped, startShipped } from '../support/shipped.ts'

let app: TestApp
let desk: Clerk
let file: string
let made: string[]
beforeAll(async () => {
  await buildShipped()
  app = await testApp('public file')
  desk = await clerk(app)
  await smallCycle(app, 'apart', [[1_000_000]], { trial: true })
  file = desk.file('apart.json')
  const answer = await desk.types(`cycle public ${file} --cycle apart --bot @dauys_bot`)
  if (answer.refused !== undefined) throw new Error(answer.refused)
  made = answer.lines
}, 120_000)
afterAll(async () => {
  await desk?.leaves()
  await app?.done()
})

/** The program as it is shipped, on a computer that reaches no database and has no secrets. */
async function apart(...args: string[]): Promise<{ code: number | null; said: string }> {
  const nowhere = join(desk.folder, 'nowhere')
  const program = startShipped(
    { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', SECRETS_DIR: nowhere, DAUYS_DIR: nowhere },
    args,
  )
  const code = await program.ended
  await expect(stat(nowhere)).rejects.toThrow()
  return { code, said: program.said() }
}

const fingerprint = (text: string) => /(?:[0-9a-f]{4} ){3}[0-9a-f]{4}/.exec(text)?.[0] ?? 'none'

test('cards are printed and a roll is sealed there, and the server takes both in', async () => {
  const out = desk.file('cards')
  const printed = await apart('cards', 'print', '--rows', '3', '--cycle-file', file, '--out', out)
  expect([printed.said, printed.code]).toEqual([expect.stringContaining('roll-apart.txt'), 0])
  expect(printed.said).toContain(fingerprint(made.join('\n')))
  const taken = await desk.types(`roll import ${join(out, 'roll-apart.txt')} --cycle apart`)
  expect(taken.lines.at(-1)).toBe('In the file: 3 cards. New: 3 rows, 3 cards.')
  const list = desk.file('list.csv')
  await writeFile(list, 'ауыл;тізімдегі нөмірі\napart 1;4\n')
  const sealed = desk.file('sealed.txt')
  const prepared = await apart('roll', 'prepare', list, '--cycle-file', file, '--out', sealed, '--lang', 'kk')
  expect([prepared.said, prepared.code]).toEqual([expect.stringContaining('циклі'), 0])
  expect((await desk.types(`roll import ${sealed} --cycle apart`)).lines.at(-1)).toContain('New: 1 row')
}, 60_000)

test('the file holds no secret: neither a private key nor anything of a card', async () => {
  const text = await readFile(file, 'utf8')
  for (const keys of [app.secrets.importKeys.privateKey, app.secrets.logKeys.privateKey.subarray(0, 32)]) {
    expect(text).not.toContain(Buffer.from(keys).toString('base64'))
    expect(text).not.toContain(Buffer.from(keys).toString('hex'))
  }
  expect(Object.keys(JSON.parse(text)).sort()).toEqual(
    (
      'ballot bot currency dates format ideas importKey method profile rule signature slug title trial verifierKey ' +
      'villages'
    ).split(' '),
  )
})

test('a file that was changed is refused, one of another server is seen by its fingerprint and refused at the import', async () => {
  const changed = desk.file('changed.json')
  await writeFile(changed, (await readFile(file, 'utf8')).replace('dauys_bot', 'dauyz_bot'))
  const printed = await apart('cards', 'print', '--rows', '3', '--cycle-file', changed)
  expect([printed.code, printed.said]).toEqual([1, expect.stringContaining('was changed or damaged')])
  await writeFile(changed, 'село;номер\n')
  expect((await desk.types(`roll prepare x.csv --cycle-file ${changed}`)).refused).toContain(
    'is no public file of a cycle',
  )
  const foreign = await testApp('another server')
  const theirs = await clerk(foreign)
  await smallCycle(foreign, 'apart', [[1_000_000]], { trial: true })
  const other = theirs.file('apart.json')
  const told = await theirs.types(`cycle public ${other} --cycle apart --bot dauys_bot`)
  expect(fingerprint(told.lines.join('\n'))).not.toBe(fingerprint(made.join('\n')))
  const out = theirs.file('cards')
  await desk.types(`cards print --rows 3 --cycle-file ${other} --out ${out}`)
  expect((await desk.types(`roll import ${join(out, 'roll-apart.txt')} --cycle apart`)).refused).toContain(
    'is sealed to another server’s key',
  )
  await theirs.leaves()
  await foreign.done()
}, 60_000)

test('cycle and file are named once, and a bot is a bot', async () => {
  expect((await desk.types('roll prepare x.csv')).refused).toContain('one of the two')
  expect((await desk.types(`roll prepare x.csv --cycle apart --cycle-file ${file}`)).refused).toContain(
    'one of the two',
  )
  expect((await desk.types(`cycle public ${file} --cycle apart --bot "our bot"`)).refused).toContain(
    'is not the user name of a bot',
  )
  expect((await desk.types('cards print --rows 3 --cycle apart')).refused).toContain('name it with --bot')
})
