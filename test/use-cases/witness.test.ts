// Witnesses sign the heads of a log too: what they signed is kept in the log, shown, carried in the bundle, and nothing of it can be forged.
import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, readBundle, writeBundle } from '../../src/core/bundle/bundle.ts'
import { ok } from '../../src/core/result.ts'
import { createI18n } from '../../src/i18n.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { appendLeaf } from '../../src/use-cases/append-leaf.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { transact } from '../../src/use-cases/transact.ts'
import { openPages } from '../../src/web/pages.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { must, smallCycle } from '../support/cycle.ts'
import { bundleOf, publishedVote } from '../support/published-vote.ts'
import { secondVerifier } from '../support/second-verifier.ts'
import { witness } from '../support/witness.ts'

const ngo = witness('ngo.example/w1')
const press = witness('press.example')

let app: TestApp
let desk: Clerk
let pages: ReturnType<typeof openPages>
let bundle: Buffer
const said: string[][] = []
beforeAll(async () => {
  app = await testApp('witness')
  desk = await clerk(app)
  const copies = mediaFolder(desk.folder)
  pages = openPages({ app, textsOf: createI18n(), bot: 'dauys_bot', copies, kit: desk.file('kit.html') })
  await writeFile(desk.file('kit.html'), 'the kit')
  const held = await publishedVote(app, 'held', {}, undefined, async () => {
    said.push((await desk.types(`log witness ${ngo.key} --cycle held`)).lines)
    const note = notes(await page('held/checkpoints')).at(-1) ?? ''
    await writeFile(desk.file('signed'), ngo.signs(press.signs(note)))
    for (const _ of [1, 2]) said.push((await desk.types(`log cosign ${desk.file('signed')}`)).lines)
  })
  bundle = Buffer.from(await bundleOf(app, held))
}, 60_000)
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

async function page(path: string): Promise<string> {
  const answer = await pages({ method: 'GET', query: new URLSearchParams(), path } as never)
  expect(answer.status).toBe(200)
  return Buffer.from(answer.body).toString('utf8')
}

const notes = (text: string): string[] => text.match(/[^\n]+\n\d+\n[^\n]+\n\n(?:— [^\n]+\n)+/g) ?? []

test('a witness is named once, and its signature taken in once', () => {
  expect(said.map((lines) => lines.at(-1))).toEqual([
    `held: the log names this witness from now on: ${ngo.name}`,
    expect.stringMatching(/^held, checkpoint of \d+ acts: the signature of this witness is recorded: ngo/),
    expect.stringMatching(
      /^held, checkpoint of \d+ acts: the signature of this witness was there before: ngo/,
    ),
  ])
})

test('every checkpoint is listed, as the log and the witness signed it; the page of the vote leads there and to the kit', async () => {
  const all = notes(await page('held/checkpoints'))
  expect(all.length).toBeGreaterThan(1)
  const signed = (await readFile(desk.file('signed'), 'utf8')).split('\n')
  const [ours, strangers, own] = signed.slice(4, 7)
  const shown = all.filter((note) => note.includes(own ?? '?'))
  expect(shown).toEqual([[...signed.slice(0, 4), ours, own, ''].join('\n')])
  expect(all.join('')).not.toContain(strangers)
  const html = await page('held')
  expect(html).toContain('href="/open/held/checkpoints"')
  expect(html).toContain('href="/open/kit.html" download')
  expect(await page('kit.html')).toBe('the kit')
})

test('verify says which witness signed, and both verifiers miss a line that was changed, forged or taken away', async () => {
  await writeFile(desk.file('held.zip'), bundle)
  const told = await desk.types(`verify ${desk.file('held.zip')}`)
  expect(told.refused).toBeUndefined()
  expect(told.lines).toContain(`• signed by a witness too: ${ngo.name} (checkpoints: 1)`)
  const changed = (change: (note: string, at: number) => string): Uint8Array => {
    const read = must(readBundle(bundle) as never) as unknown as Bundle
    return writeBundle({ ...read, checkpoints: read.checkpoints.map(change) })
  }
  const isSigned = (note: string) => note.includes(ngo.name)
  const own = (note: string) => `${note.split('\n').slice(0, 5).join('\n')}\n`
  const forged = [
    changed((note) => (isSigned(note) ? own(note) : note)),
    changed((note) => (isSigned(note) ? note : ngo.signs(note))),
    changed((note) => (isSigned(note) ? ngo.signs(own(note), 1_772_700_001) : note)),
    changed((note) => (isSigned(note) ? press.signs(note) : note)),
  ]
  for (const [at, bytes] of forged.entries()) {
    await writeFile(desk.file(`forged-${at}.zip`), bytes)
    const { lines, refused } = await desk.types(`verify ${desk.file(`forged-${at}.zip`)}`)
    expect(refused).toBe('The bundle does not hold.')
    expect(lines.join('\n')).toContain('stand other signatures of witnesses than the log has')
  }
  const second = await secondVerifier()
  if (second) expect(await second([bundle, ...forged])).toEqual(['good', ...forged.map(() => 'checkpoints')])
}, 60_000)

test('what no witness signed is not taken in, and each refusal says why', async () => {
  const [first = ''] = notes(await page('held/checkpoints'))
  const refusal = async (text: string) => {
    await writeFile(desk.file('brought'), text)
    return (await desk.types(`log cosign ${desk.file('brought')}`)).refused
  }
  const own = `${first.split('\n').slice(0, 5).join('\n')}\n`
  const [, size = '', root = ''] = own.split('\n')
  const other = own.replace(root, Buffer.alloc(32, 7).toString('base64'))
  expect(await refusal('hello')).toContain('is no checkpoint')
  expect(await refusal(press.signs(own))).toContain('No signature of a witness that the log names')
  expect(await refusal(ngo.signs(other))).toContain('STOP: this log has another hash')
  expect(await refusal(ngo.signs(own.replace(`\n${size}\n`, '\n999999\n')))).toContain('was not kept')
  expect(await refusal(ngo.signs(own.replaceAll('/held', '/nowhere')))).toContain('of another log')
  const signed = ngo.signs(own)
  const at = signed.length - 12
  const broken = `${signed.slice(0, at)}${signed[at] === 'A' ? 'B' : 'A'}${signed.slice(at + 1)}`
  expect(await refusal(broken)).toContain('does not hold')
  expect((await desk.types(`log witness ${ngo.key.replace('+', 'x+')} --cycle held`)).refused).toContain(
    'no key of a witness',
  )
})

test('a signature that no witness made, under a head that there is, stops the log that says so', async () => {
  const { id } = await smallCycle(app, 'forged', [[1_000_000]])
  await desk.types(`log witness ${ngo.key} --cycle forged`)
  await numberLeaves(app)
  const [note = ''] = notes(await page('forged/checkpoints'))
  const size = Number(note.split('\n')[1])
  const key = Buffer.from(ngo.key.split('+').slice(2).join('+'), 'base64').subarray(1).toString('hex')
  const signature = 'ab'.repeat(64)
  const forged = { kind: 'cosigned', cycle: 'forged', size, key, time: 5, signature } as const
  must(await transact(app, async (tx) => ok(await appendLeaf(app, tx, id, forged))))
  await numberLeaves(app)
  const checked = await desk.types('log check')
  expect(checked.lines.join('\n')).toContain('a witness signed a checkpoint, and the signature does not hold')
})
