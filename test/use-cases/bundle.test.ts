// The bundle of a vote: anybody checks it without us, and whatever is altered in it is found.
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBundle } from '../../src/core/bundle/bundle.ts'
import { isResultShown } from '../support/bundle-faults.ts'
import { openPages } from '../../src/web/pages.ts'
import { createI18n } from '../../src/i18n.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { makeBundle } from '../../src/use-cases/make-bundle.ts'
import { lastCheckpoint } from '../../src/use-cases/last-checkpoint.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { kindOf, must, type SmallCycle, smallCycle } from '../support/cycle.ts'
import { bundleOf, publishedVote } from '../support/published-vote.ts'

let app: TestApp
let desk: Clerk
let held: SmallCycle
beforeAll(async () => {
  app = await testApp('bundle')
  desk = await clerk(app)
  held = await publishedVote(app, 'held')
}, 60_000)
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

test('an official writes the bundle, and anybody checks it line by line, with no database', async () => {
  const file = desk.file('held.zip')
  expect((await desk.types(`bundle held ${file}`)).refused).toBeUndefined()
  const { lines, refused } = await desk.types(`verify ${file}`)
  expect(refused).toBeUndefined()
  expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(11)
  expect(lines.at(-2)).toBe(`• attested by the log, not recounted (fewer than 10 votes): ${held.villages[1]}`)
  expect(lines.at(-1)).toBe('held: everything holds.')
  const kazakh = await desk.types(`verify ${file} --lang kk`)
  expect(kazakh.lines.at(-1)).toBe('held: бәрі дұрыс.')
})

test('made twice it is the same byte for byte, also after the log went on', async () => {
  const [once, again] = [await bundleOf(app, held), await bundleOf(app, held)]
  expect(Buffer.from(again).equals(once)).toBe(true)
})

test('the page of the vote offers it, and the address gives it', async () => {
  const pages = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies: mediaFolder(desk.folder) })
  const asked = { method: 'GET', query: new URLSearchParams() }
  const page = await pages({ ...asked, path: 'held/bundle' } as never)
  expect([page.status, page.type]).toEqual([200, 'application/zip'])
  expect(Buffer.from(page.body).equals(await bundleOf(app, held))).toBe(true)
  expect(String((await pages({ ...asked, path: 'held' } as never)).body)).toContain('/open/held/bundle')
})

test('before the publication there is none', async () => {
  const { slug } = await smallCycle(app, 'draft-only', [[1_000_000]])
  expect(kindOf(await makeBundle(app, slug))).toBe('not-published')
  expect((await desk.types(`bundle draft-only ${desk.file('none.zip')}`)).refused).toContain(
    'no published result',
  )
})

test('nobody finds a choice in it by a receipt: no box, no nonce, and of a small village no ballot at all', async () => {
  const bundle = must(readBundle(await bundleOf(app, held)) as never) as never
  expect(isResultShown(bundle, String(held.villages[0]))).toBe(true)
  expect(isResultShown(bundle, String(held.villages[1]))).toBe(false)
})

test('an observer who kept a head of another history finds the fork', async () => {
  const other = await testApp('fork')
  try {
    await publishedVote(other, 'held')
    const file = desk.file('other.zip')
    await writeFile(file, await bundleOf(other, held))
    const kept = desk.file('kept')
    await writeFile(kept, must(await lastCheckpoint(app, 'held')) as string)
    expect((await desk.types(`verify ${file}`)).refused).toBeUndefined()
    const { lines, refused } = await desk.types(`verify ${file} --checkpoint ${kept}`)
    expect(refused).toBe('The bundle does not hold.')
    expect(lines.find((line) => line.startsWith('✗'))).toBe('✗ the checkpoints do not fit the log')
    const key = (await readFile(desk.file('held.zip')))
      .toString('latin1')
      .match(/dauys\.example\/held\+\S+/)?.[0]
    expect((await desk.types(`verify ${file} --key ${key}`)).refused).toBe('The bundle does not hold.')
  } finally {
    await other.done()
  }
}, 60_000)
