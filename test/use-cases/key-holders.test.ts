// A binding vote whose key three people hold: from the ceremony to the publication, and what does not open.
import { execFile, spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Bundle, readBundle } from '../../src/core/bundle/bundle.ts'
import { tieSeed } from '../../src/core/audit/tie-seed.ts'
import { fromHex } from '../../src/core/bytes.ts'
import { count } from '../../src/core/counting/index.ts'
import { electionOf } from '../../src/core/formats/pabulib/election.ts'
import { read as readVillage } from '../support/village-file.ts'
import { verifyBundle } from '../../src/core/bundle/verify-bundle.ts'
import { readExport } from '../../src/core/bundle/vote-export.ts'
import { readZip, writeZip } from '../../src/core/bundle/zip.ts'
import { makeShares, joinShares, openShare, sealShare, shareText } from '../../src/sealing/key-shares.ts'
import { verify } from '../../src/sealing/sign.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { countCycle } from '../../src/use-cases/count-cycle.ts'
import { importResult } from '../../src/use-cases/import-result.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { publishedBallots } from '../../src/use-cases/published-ballots.ts'
import { proposePublication } from '../../src/use-cases/propose-cycle-act.ts'
import { createI18n } from '../../src/i18n.ts'
import { leavesOfKind } from '../../src/store/log.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'
import { openPages } from '../../src/web/pages.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import {
  kindOf,
  letClose,
  must,
  openVoting,
  smallCycle,
  type SmallCycle,
  vote,
  voters,
} from '../support/cycle.ts'
import { sayNotRun } from '../support/notes.ts'
import { unguarded } from '../support/database.ts'
import { bundleOf, MARKS } from '../support/published-vote.ts'
import { readPdf } from '../documents/read-pdf.ts'

const OFFICIALS = [81, 82] as const

let app: TestApp
let desk: Clerk
let held: SmallCycle
/** What is typed at the next questions. */
const typed: string[] = []
beforeAll(async () => {
  app = await testApp('key-holders')
  desk = await clerk(app, undefined, { ask: async () => typed.shift() ?? '' })
  for (const account of OFFICIALS) must(await grantRole(app, { account, role: 'official' }, 'command'))
  held = await smallCycle(app, 'held', [[4_000_000, 5_000_000, 5_000_000, 2_000_000], [1_000_000]], {
    profile: 'binding',
  })
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const share = (n: number) => desk.file(`keys/share-${n}.age`)

/** From the paper: digits in fours. */
async function passphraseOf(n: number): Promise<string> {
  const { pages } = readPdf(await readFile(desk.file(`keys/share-${n}.pdf`)))
  return /\d{4}(?: \d{4}){5}/.exec(pages.join(' ').replaceAll(/\s+/g, ' '))?.[0] ?? ''
}

const withShares = async (line: string, ...numbers: number[]) => {
  typed.splice(0, typed.length, ...(await Promise.all(numbers.map(passphraseOf))))
  return desk.types(`${line} ${numbers.map((n) => `--share ${share(n)}`).join(' ')}`)
}

test('no vote opens before two of three shares have opened a test', async () => {
  must(await movePhase(app, held.id, { by: 'command' }))
  expect(kindOf(await movePhase(app, held.id, { by: 'clock' }))).toBe('needs-key-holders')
  expect((await desk.types(`keys make held --out ${desk.file('keys')}`)).refused).toBeUndefined()
  expect((await desk.types(`keys bring held ${desk.file('keys/holders.json')}`)).refused).toBeUndefined()
  const again = await desk.types(`keys bring held ${desk.file('keys/holders.json')}`)
  expect(again.lines.join()).toContain('recorded already, nothing has changed')
  expect(await leavesOfKind(app.db, held.id, 'keys-brought')).toHaveLength(1)
  expect((await desk.types(`keys bring held ${desk.file('keys/share-1.pdf')}`)).refused).toContain(
    'cannot be read',
  )
  expect(kindOf(await movePhase(app, held.id, { by: 'clock' }))).toBe('needs-key-holders')
  expect((await desk.types('keys rehearsed held 0000')).refused).toContain('The code is not right')
  const test = desk.file('test.json')
  await desk.types(`keys test held ${test}`)
  expect((await withShares(`keys rehearse ${test}`, 3)).refused).toContain('At least 2')
  const { lines, refused } = await withShares(`keys rehearse ${test}`, 3, 1)
  expect(refused).toBeUndefined()
  const code = lines.at(-1)?.replace('The code: ', '') ?? ''
  expect((await desk.types(`keys rehearsed held "${code}"`)).refused).toBeUndefined()
  const twice = await desk.types(`keys rehearsed held "${code}"`)
  expect(twice.lines.join()).toContain('opened before, nothing has changed')
  expect(await leavesOfKind(app.db, held.id, 'keys-rehearsed')).toHaveLength(1)
  await openVoting(app, held.id)
  expect((await desk.types(`keys test held ${desk.file('late.json')}`)).refused).toContain('not the time')
  expect(await app.secrets.ballotKeys(held.id)).toBeUndefined()
}, 60_000)

test('after the close the holders count without a server, and two officials publish what they bring', async () => {
  const [first, second] = held.villages as [number, number]
  const people = await voters(app, held.id, first, MARKS.length)
  for (const [at, marks] of MARKS.entries())
    must(await vote(app, held.id, people[at] as (typeof people)[0], marks.split(' ')))
  for (const person of await voters(app, held.id, second, 3)) must(await vote(app, held.id, person, ['b1']))
  await letClose(app, held.id)
  must(await movePhase(app, held.id, { by: 'clock' }))
  await numberLeaves(app)
  expect(kindOf(await countCycle(app, held.id, 'command'))).toBe('held')
  const [file, result] = [desk.file('export.zip'), desk.file('result.zip')]
  await desk.types(`result export held ${desk.file('early.zip')}`)
  expect((await withShares(`count ${desk.file('early.zip')} --out ${result}`, 1, 2)).refused).toContain(
    'same dice',
  )
  await desk.types('keys dice held "4 1 6 2 5 3 3 1 2 6" --as 81')
  await desk.types('keys dice held "4 1 6 2 5 3 3 1 2 6" --as 82')
  // Whoever comes later changes nothing.
  await desk.types('keys dice held "1 1 1 1 1 1 1 1 1 1" --as 81')
  await desk.types('keys dice held "1 1 1 1 1 1 1 1 1 1" --as 82')
  expect((await desk.types(`result export held ${file}`)).refused).toBeUndefined()
  const counted = await withShares(`count ${file} --out ${result}`, 2, 3)
  expect(counted.refused).toBeUndefined()
  expect(counted.lines.join('\n')).toContain('Attestation of the key holders: held')
  expect((await desk.types(`result import held ${result}`)).refused).toBeUndefined()
  await numberLeaves(app)
  const { id } = must(await proposePublication(app, held.id, OFFICIALS[0]))
  must(await confirmAct(app, id, OFFICIALS[1]))
  await numberLeaves(app)
  const bundle = await bundleOf(app, held)
  const verified = verifyBundle(bundle, {
    verify: (said, signature, key) => verify(app.sodium, said, signature, key),
  })
  expect(verified.holds).toBe(true)
  expect(verified.close.dice).toBe('4162533126')
  await writeFile(desk.file('bundle.zip'), bundle)
  await secondVerifier(desk.file('bundle.zip'))
}, 60_000)

/** The second verifier knows dice too. */
async function secondVerifier(file: string): Promise<void> {
  const script = new URL('../second-verifier/verify.py', import.meta.url).pathname
  const run = promisify(execFile)
  const there = await run('/usr/bin/python3', ['-c', 'import nacl']).then(
    () => true,
    () => false,
  )
  if (!there)
    return sayNotRun('the second verifier on a vote of key holders', 'no /usr/bin/python3 with nacl')
  expect((await run('/usr/bin/python3', [script, file])).stdout).toContain('good ')
}

test('anybody counts the published ballots of their vote again, and gets the published result', async () => {
  const serve = openPages({
    app,
    textsOf: createI18n(),
    bot: 'dauys_bot',
    publicUrl: undefined,
    copies: mediaFolder(desk.folder),
  })
  const [many, few] = held.villages as [number, number]
  const page = (village: number, name: string) =>
    serve({
      method: 'GET',
      path: `held/${village}/${name}`,
      query: new URLSearchParams(),
      acceptLanguage: 'ru',
    })
  const file = readVillage(String((await page(many, 'general-ru.pb')).body))
  const told = JSON.parse(String((await page(many, 'general.json')).body))
  // Equals are decided by the seed of the holders, the log at the close and the dice, as published.
  const { results } = must(readBundle(await bundleOf(app, held)) as never) as unknown as Bundle
  const { close } = verifyBundle(await bundleOf(app, held), {
    verify: (said, signature, key) => verify(app.sodium, said, signature, key),
  })
  const ties = tieSeed(fromHex(results.seed) ?? new Uint8Array(), close.root ?? new Uint8Array(), close.dice)
  const again = count(electionOf(file), told.rule, ties)
  expect(again.winners).toEqual(told.winners)
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  expect(again.votes.toSorted(byId)).toEqual(told.votes.toSorted(byId))
  expect(told.ballots).toBe(MARKS.length)
  expect(String((await page(many, 'general-ru.csv')).body)).toContain('Голос')
  expect((await page(few, 'general-ru.pb')).status).toBe(404)
  // A list that somebody changed in the database is given to nobody.
  const alter = (from: string, to: string) =>
    unguarded(
      app.db,
      (tx) => tx`update result set list = replace(list, ${from}, ${to}) where cycle = ${held.id}`,
    )
  await alter('a1,a2', 'a1,a2,a3')
  expect(kindOf(await publishedBallots(app, held.id))).toBe('ballots')
  await alter('a1,a2,a3', 'a1,a2')
})

test('what the dice of two observers draw is opened by two shares, and by nobody else', async () => {
  const dice = '6 5 4 3 2 1 6 5 4 3'
  const offline = `keys sample ${desk.file('export.zip')} --seed "${dice}"`
  expect((await withShares(offline, 1)).refused).toContain('At least 2')
  const { lines, refused } = await withShares(offline, 1, 3)
  expect(refused).toBeUndefined()
  expect(lines[0]).toContain('Ballots opened: 1.')
  const [, seq = '', commitment, marks = ''] =
    /^(\d+) {2}([0-9a-f]{64}) {2}\d+: (.+)$/.exec(lines[1] ?? '') ?? []
  const [leaf] = await app.db.sql<{ body: Uint8Array }[]>`
    select l.body from entry e join leaf l on l.id = e.leaf where e.log = ${held.id} and e.seq = ${Number(seq)}`
  expect(String(Buffer.from(leaf?.body ?? []))).toContain(commitment)
  const shown = MARKS.map((one) => one.split(' ').toSorted().join(', ').replaceAll('a', '№\u00a0'))
  expect(shown).toContain(marks)
  expect((await desk.types(`sample dice held "${dice}" --as 81`)).lines.join()).toContain('a second person')
  expect((await desk.types(`sample dice held "${dice}" --as 82`)).lines.join()).toContain(
    `Ballots: 1. Numbers of their acts: ${seq}`,
  )
  expect((await desk.types('sample dice held 1111111111 --as 81')).refused).toContain(
    dice.replaceAll(' ', ''),
  )
  expect((await desk.types('sample open held')).refused).toContain('keys sample')
})

test('an export with another box, and a result that somebody changed, are taken by nobody', async () => {
  const file = desk.file('other.zip')
  const bytes = await readFile(desk.file('export.zip'))
  const files = must(readZip(new Uint8Array(bytes)) as never) as unknown as {
    name: string
    content: Uint8Array
  }[]
  const boxes = String(Buffer.from(files[1]?.content ?? [])).split('\n')
  const [one = '', two = ''] = boxes
  const swapped = [`${one.split(' ')[0]} ${two.split(' ')[1]}`, ...boxes.slice(1)].join('\n')
  await writeFile(
    file,
    writeZip(
      files.map((part) => (part.name === 'boxes' ? { ...part, content: Buffer.from(swapped) } : part)),
    ),
  )
  expect((await withShares(`count ${file} --out ${desk.file('no.zip')}`, 1, 2)).refused).toContain(
    'is not the one recorded',
  )
  expect(readExport(new Uint8Array(bytes)).ok).toBe(true)
  const result = new Uint8Array(await readFile(desk.file('result.zip')))
  result[result.length - 300] = (result[result.length - 300] as number) ^ 1
  expect(kindOf(await importResult(app, held.id, result, 'command'))).not.toBe('ok')
})

test('one share says nothing, two of one vote open, two of different votes do not', async () => {
  const seed = app.random(32)
  const { held: made, shares } = await makeShares(app.sodium, 'a-vote', seed)
  const [a, b, c] = shares as [(typeof shares)[0], (typeof shares)[0], (typeof shares)[0]]
  expect(await joinShares(app.sodium, [a, a])).toEqual({ ok: false, problem: 'too-few' })
  for (const pair of [
    [a, b],
    [b, c],
    [a, c],
  ]) {
    const joined = await joinShares(app.sodium, pair)
    expect(joined.ok && Buffer.from(joined.value.seed).equals(seed)).toBe(true)
  }
  const other = await makeShares(app.sodium, 'a-vote', seed)
  expect((await joinShares(app.sodium, [a, other.shares[1] as typeof b])).ok).toBe(false)
  expect((await joinShares(app.sodium, [a, { ...(other.shares[1] as typeof b), key: made.key }])).ok).toBe(
    false,
  )
})

test("a holder's file opens with the ordinary age tool", async () => {
  const { shares } = await makeShares(app.sodium, 'a-vote', app.random(32))
  const file = desk.file('ordinary.age')
  const sealed = await sealShare(shares[0] as (typeof shares)[0], '1234 5678')
  await writeFile(file, sealed)
  expect((await openShare(sealed, '1234 5679')).ok).toBe(false)
  const said = await aged(file, '1234 5678')
  if (said === undefined) return sayNotRun('key files with the age tool', 'no age here: apt-get install age')
  expect(said).toContain(shareText(shares[0] as (typeof shares)[0]))
})

/** The tool reads its passphrase from a terminal only, which `script` is. */
function aged(file: string, passphrase: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const tool = spawn('script', ['-qec', `age -d ${file}`, '/dev/null'])
    let said = ''
    tool.on('error', () => resolve(undefined))
    tool.stdout.on('data', (part: Buffer) => {
      said += String(part)
      if (said.includes('passphrase') && !said.includes('dauys-share')) tool.stdin.write(`${passphrase}\n`)
    })
    tool.on('close', () => resolve(said.includes('not found') ? undefined : said))
  })
}

test('what was brought is in the bundle to be read', async () => {
  const bundle = must(readBundle(await bundleOf(app, held)) as never) as unknown as {
    rules: { lots?: string }
  }
  expect(bundle.rules.lots).toBe('dice')
})
