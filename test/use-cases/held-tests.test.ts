// Test cards in a vote whose key people hold: opened offline with two shares, held against what observers wrote down, and never drawn.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTestList } from '../../src/core/audit/tests.ts'
import { shareText } from '../../src/sealing/key-shares.ts'
import { openText } from '../../src/sealing/passphrase-file.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { movePhase } from '../../src/use-cases/move-phase.ts'
import { numberLeaves } from '../../src/use-cases/number-leaves.ts'
import { proposePublication } from '../../src/use-cases/propose-cycle-act.ts'
import { verifyAccount } from '../../src/use-cases/verify-account.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { type Clerk, clerk } from '../support/command.ts'
import { letClose, must, openVoting, smallCycle, vote } from '../support/cycle.ts'
import { holdKeys } from '../support/held-vote.ts'
import { sayNotRun } from '../support/notes.ts'
import { isTold } from '../support/size.ts'
import { bundleOf } from '../support/published-vote.ts'
import { findPython } from '../support/python.ts'

const SCRIPT = new URL('../second-verifier/verify.py', import.meta.url).pathname
const [PRINTS, HANDS] = [81, 82]
const DICE = '4162533126'
let app: TestApp
let desk: Clerk
/** What is typed at the next questions. */
const typed: string[] = []
beforeAll(async () => {
  app = await testApp('held-tests')
  desk = await clerk(app, undefined, { ask: async () => typed.shift() ?? '' })
  for (const account of [PRINTS, HANDS]) must(await grantRole(app, { account, role: 'official' }, 'command'))
})
afterAll(async () => {
  await desk.leaves()
  await app.done()
})

const does = async (line: string): Promise<string[]> => {
  const { lines, refused } = await desk.types(line)
  expect(refused, line).toBeUndefined()
  return lines
}
const FOURS = /\d{4}(?: \d{4}){5}/
/** The same with the shares of these holders, each as the line of its paper. */
const withShares = (line: string, ...numbers: number[]) =>
  desk.types(`${line} ${numbers.map((n) => `--share ${desk.file(`share-${n}.txt`)}`).join(' ')}`)

const told = isTold('test cards in a vote whose key people hold')

test.skipIf(!told)(
  'a note that differs is named before anything is written; the same notes count, and no test is drawn',
  async () => {
    const costs = [1_000_000, 2_000_000, 3_000_000]
    const cycle = await smallCycle(app, 'probed', [costs, costs], { profile: 'binding' })
    const [many, few] = cycle.villages as [number, number]
    must(await movePhase(app, cycle.id, { by: 'command' }))
    for (const share of (await holdKeys(app, cycle)).shares)
      await writeFile(desk.file(`share-${share.n}.txt`), shareText(share))

    const rows = [1, 2].flatMap((at) =>
      Array.from({ length: at === 1 ? 10 : 9 }, (_, n) => `probed ${at};${n + 1}`),
    )
    await writeFile(desk.file('list.csv'), ['village;register', ...rows].join('\n'))
    const papers = `--cycle probed --bot b --out ${desk.file('cards')} --csv ${desk.file('codes.csv')}`
    const said = await does(`cards print ${desk.file('list.csv')} ${papers} --as ${PRINTS} --tests 20`)
    await does(`roll import ${desk.file('cards/roll-probed.txt')} --cycle probed --as ${PRINTS}`)
    const [proposal] = await app.db.sql<{ id: string }[]>`select id from proposal where state = 'open'`
    must(await confirmAct(app, proposal?.id ?? '', HANDS))
    await openVoting(app, cycle.id)
    const codes = new Map(
      String(await readFile(desk.file('codes.csv')))
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(/[,;]/))
        .map(([village, serial, code]) => [`${village} ${serial}`, code ?? '']),
    )
    const passphrase = FOURS.exec(said.join(' '))?.[0] ?? ''
    const opened = await openText(await readFile(desk.file('cards/tests-probed.age')), passphrase)
    const tests = readTestList(opened ?? new Uint8Array())?.tests ?? []
    expect(tests).toHaveLength(20)
    const isTest = new Set(tests.map(([village, , serial]) => `${village} ${serial}`))
    for (const village of [many, few]) {
      const serials = [...codes.keys()].filter((card) => card.startsWith(`${village} `)).length
      await does(`cards hand-over ${village} 1-${serials} --cycle probed --as ${HANDS}`)
    }
    let account = 1_000
    const votes = async (card: string, marks: string[]): Promise<string> => {
      account += 1
      const claimed = must(
        await verifyAccount(app, account, { id: cycle.id, method: 'card' }, codes.get(card) ?? ''),
      )
      return must(await vote(app, cycle.id, { account, ...claimed }, marks)).number
    }
    for (const card of codes.keys())
      if (!isTest.has(card)) await votes(card, [card.startsWith(`${many} `) ? 'a1' : 'b1'])
    const probe = (village: number): string =>
      [...isTest].find((card) => card.startsWith(`${village} `)) ?? ''
    const [first, second] = [await votes(probe(many), ['a3']), await votes(probe(few), ['b2', 'b3'])]
    await letClose(app, cycle.id)
    must(await movePhase(app, cycle.id, { by: 'clock' }))
    await numberLeaves(app)

    const [file, result] = [desk.file('export.zip'), desk.file('result.zip')]
    for (const by of [PRINTS, HANDS]) await does(`keys dice probed ${DICE} --as ${by}`)
    expect((await desk.types(`result export probed ${file}`)).refused).toContain('test cards')
    typed.push(passphrase)
    await does(`tests open probed ${desk.file('cards/tests-probed.age')} --as ${HANDS}`)
    await does(`result export probed ${file}`)
    await writeFile(desk.file('wrong.csv'), `${first};3\n${second};2`)
    const differs = await withShares(`count ${file} --tests ${desk.file('wrong.csv')} --out ${result}`, 1, 2)
    expect(differs.refused).toContain('There are differences: 1. Do not publish the result.')
    expect(differs.refused).toContain('(line 2): written down 2, opened 2 3')
    await expect(readFile(result)).rejects.toThrow('ENOENT')
    await writeFile(desk.file('notes.csv'), `${first};3\n${second};2 3`)
    const counted = await withShares(`count ${file} --tests ${desk.file('notes.csv')} --out ${result}`, 2, 3)
    expect(counted.refused).toBeUndefined()
    expect(counted.lines).toContain('What observers wrote down is what was opened; notes: 2.')
    await does(`result import probed ${result}`)
    await numberLeaves(app)
    must(await confirmAct(app, must(await proposePublication(app, cycle.id, PRINTS)).id, HANDS))
    await numberLeaves(app)
    const bundle = desk.file('bundle.zip')
    await writeFile(bundle, await bundleOf(app, cycle))
    expect((await does(`verify ${bundle}`)).at(-1)).toBe('probed: everything holds.')

    // Ten and nine were counted: the test in each makes neither a second one to open nor a tenth of the village of nine.
    const drawn = await withShares(`keys sample ${file} --seed ${DICE}`, 1, 3)
    expect(drawn.lines).toEqual([
      expect.stringContaining('Ballots opened: 1.'),
      expect.stringMatching(new RegExp(`^\\d+ {2}[0-9a-f]{64} {2}${many}: №\u00a01$`)),
    ])
    await does(`sample dice probed ${DICE} --as ${PRINTS}`)
    const [seq] = drawn.lines[1]?.split(' ') ?? []
    expect((await does(`sample dice probed ${DICE} --as ${HANDS}`)).join()).toContain(
      `Ballots: 1. Numbers of their acts: ${seq}`,
    )
    const python = await findPython()
    if (!python) return sayNotRun('the second verifier on held test cards', 'no python3 with nacl here')
    expect((await promisify(execFile)(python, [SCRIPT, bundle])).stdout).toContain('good ')
  },
  60_000,
)
