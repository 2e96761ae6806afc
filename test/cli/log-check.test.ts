// The drill of a restore: `dauys log check` reads a restored database with its secrets, says a line a log and changes nothing.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../../src/cli/run.ts'
import { readConfig } from '../../src/config.ts'
import { createI18n } from '../../src/i18n.ts'
import { createLog } from '../../src/log.ts'
import { openApp } from '../../src/program/open-app.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { copyIdeaMedia } from '../../src/use-cases/copy-idea-media.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishResults } from '../../src/use-cases/publish-results.ts'
import { sendIdea } from '../../src/use-cases/send-idea.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type AtRest, atRest } from '../support/copies.ts'
import { addPhoto, draft, ideasCycle } from '../support/ideas.ts'
import { jpegWithPosition } from '../support/pictures.ts'
import { letClose, must, openVoting, smallCycle, vote, voters } from '../support/cycle.ts'
import { unguarded } from '../support/database.ts'

let resting: AtRest
let older: AtRest
let closed = 0
beforeAll(async () => {
  const app = await testApp('drill')
  const cycle = await smallCycle(app, 'kuz', [[100, 200]])
  closed = cycle.id
  await openVoting(app, cycle.id)
  const votes = await voters(app, cycle.id, cycle.villages[0] as number, 3)
  for (const voter of votes.slice(0, 2)) must(await vote(app, cycle.id, voter, ['a1']))
  await numberLeaves(app)
  const before = await atRest(app)
  const now = await before.copy()
  // The dump of before is kept with the secrets of later.
  older = { copy: async () => withSecretsOf(await before.copy(), now.secretsDir), done: () => before.done() }
  must(await vote(now, cycle.id, votes[2] as (typeof votes)[0], ['a2']))
  await letClose(now, cycle.id)
  must(await movePhase(now, cycle.id, { by: 'clock' }))
  await numberLeaves(now)
  must(await countCycle(now, cycle.id, 'command'))
  must(await publishResults(now, cycle.id, 'command'))
  const next = await smallCycle(now, 'koktem', [[100, 200]])
  await openVoting(now, next.id)
  const [voter] = await voters(now, next.id, next.villages[0] as number, 1)
  if (voter) must(await vote(now, next.id, voter, ['a1']))
  await numberLeaves(now)
  resting = await atRest(now)
})
afterAll(async () => {
  await resting.done()
  await older.done()
})

async function withSecretsOf(app: TestApp, dir: string): Promise<TestApp> {
  for (const name of await readdir(dir))
    await writeFile(join(app.secretsDir, name), await readFile(join(dir, name)))
  return app
}

/** Types `dauys log check`, on the database and secrets as they lie there: its lines, and its refusal. */
async function checks(app: TestApp): Promise<{ lines: string[]; refused: string | undefined }> {
  const lines: string[] = []
  const config = readConfig({
    DATABASE_URL: app.url,
    SECRETS_DIR: app.secretsDir,
    PUBLIC_URL: `https://${app.origin}`,
  })
  const outside = {
    textsOf: createI18n(),
    spoken: 'en',
    data: '',
    dir: '',
    media: mediaFolder(join(app.secretsDir, 'media')),
    say: (said: string) => void lines.push(...said.split('\n')),
    migrate: () => Promise.reject(new Error('it changes the database')),
    async run(
      act: Parameters<Parameters<typeof runCommand>[0]['run']>[0],
      as?: 'usual' | 'behind' | 'looking',
    ) {
      const opened = await openApp(config, createLog('silent'), false, as)
      try {
        await act(opened.app)
      } finally {
        await opened.close()
      }
    },
  }
  try {
    await runCommand(outside, ['log', 'check'])
    return { lines, refused: undefined }
  } catch (error) {
    return { lines, refused: (error as Error).message }
  }
}

/** Every row of every table, and every file of the secrets. */
async function state(app: TestApp): Promise<string[]> {
  const tables = await app.db.sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`
  const rows: string[] = []
  for (const { name } of tables) {
    const [row] = await app.db.sql.unsafe(
      `select md5(coalesce(string_agg(t::text, '\n' order by t::text), '')) as sum from "${name}" t`,
    )
    rows.push(`${name} ${String(row?.['sum'])}`)
  }
  for (const name of (await readdir(app.secretsDir)).sort())
    rows.push(`${name} ${(await readFile(join(app.secretsDir, name))).toString('hex')}`)
  return rows
}

test('a restored copy holds: a line a log, in any phase, and nothing was changed', async () => {
  const app = await resting.copy()
  // The secrets are of a moment before: the file of the last head is behind, which is no fault, and stays so.
  await app.forgetHead(closed)
  const before = await state(app)
  const { lines, refused } = await checks(app)
  expect(refused).toBeUndefined()
  expect(lines).toEqual([
    expect.stringMatching(/^installation: (holds\. Acts in the log: \d+|nothing was signed yet)\.$/),
    expect.stringMatching(/^koktem: holds\. Acts in the log: \d+\.$/),
    expect.stringMatching(/^kuz: holds\. Acts in the log: \d+\.$/),
  ])
  expect(await state(app)).toEqual(before)
  await app.done()
})

test('photos that were restored with it are counted, and a folder that lacks some is named', async () => {
  const app = await resting.copy()
  const ideas = await ideasCycle(app, 'with-photos')
  const id = await draft(app, 77, ideas)
  for (const n of [1, 2]) await addPhoto(app, 77, id, n)
  must(await sendIdea(app, 77, id))
  const folder = join(app.secretsDir, 'media')
  await copyIdeaMedia(app, { store: mediaFolder(folder), download: async () => jpegWithPosition().jpeg })
  await numberLeaves(app)
  const whole = await checks(app)
  expect(whole.refused).toBeUndefined()
  expect(whole.lines).toContain('Photos and voice notes of ideas: 2; missing in MEDIA_DIR: 0.')
  await rm(join(folder, (await readdir(folder))[0] ?? ''))
  const lacking = await checks(app)
  expect(lacking.lines).toContain('Photos and voice notes of ideas: 2; missing in MEDIA_DIR: 1.')
  expect(lacking.refused).toContain('MEDIA_DIR')
  await app.done()
})

test('a ballot, a result or a claim that somebody altered is named with its log', async () => {
  for (const alter of [
    "update ballot set box = decode(repeat('00', octet_length(box)), 'hex') where cycle = $1",
    'update result set ballots = ballots + 1 where cycle = $1',
    'delete from claim where cycle = $1',
  ]) {
    const app = await resting.copy()
    await unguarded(app.db, (sql) => sql.unsafe(alter, [closed]))
    const { lines, refused } = await checks(app)
    expect(refused, alter).toContain('what does not hold: kuz')
    expect(lines.filter((line) => line.includes('DOES NOT HOLD'))).toEqual([
      expect.stringMatching(/^kuz: DOES NOT HOLD: .+/),
    ])
    await app.done()
  }
})

test('a dump that is older than its secrets is told by how much, and is not taken up', async () => {
  const app = await older.copy()
  const before = await state(app)
  const { lines, refused } = await checks(app)
  expect(refused).toContain('kuz')
  expect(lines.find((line) => line.startsWith('kuz'))).toMatch(
    /DOES NOT HOLD: the log has \d+ acts, and \d+ were signed/,
  )
  expect(await state(app)).toEqual(before)
  await app.done()
})

test('secrets that are lost are named by their file; a ballot key may be away on purpose, and it is said', async () => {
  const app = await resting.copy()
  await rm(join(app.secretsDir, `ballot-key-${closed}`))
  const { lines, refused } = await checks(app)
  expect(refused).toBeUndefined()
  expect(lines.find((line) => line.startsWith('kuz'))).toContain(`Not in SECRETS_DIR: ballot-key-${closed}.`)
  await rm(join(app.secretsDir, 'pepper'))
  expect((await checks(app)).refused).toContain('pepper is missing')
  await app.done()
})
