// dauys tests: the list of test cards is opened after the close, and what observers wrote down is held against their ballots.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import {
  compareTests,
  readTestNotes,
  type TestBallot,
  type TestDifference,
} from '../core/audit/test-ballots.ts'
import { readTestList, type TestList, testListText, testsHash } from '../core/audit/tests.ts'
import type { Rules } from '../core/audit/rules.ts'
import { formatReceiptNumber } from '../core/audit/receipt.ts'
import type { T } from '../i18n.ts'
import { passphraseOf } from '../sealing/key-shares.ts'
import { isSealedText, openText, sealText } from '../sealing/passphrase-file.ts'
import { numberLeaves } from '../use-cases/number-leaves.ts'
import {
  openTests,
  type OpenTestsProblem,
  readTestBallots,
  type ReadTestsProblem,
} from '../use-cases/open-tests.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { readBytes, readText, writeNew } from './files.ts'
import { type Refused, refused, refusedBy } from './refused.ts'
import { readingRefusal } from './tell-fault.ts'

export function addTestsCommands(program: Command, parts: Parts): void {
  const { t, say } = parts
  const tests = program.command('tests').description(t('cli.help-tests'))
  tests
    .command('open')
    .description(t('cli.help-tests-open'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .argument('<file>', t('cli.help-tests-file'))
    .option('--as <id>', t('cli.help-as'))
    .action(async (name: string, file: string, { as }: { as?: string }) => {
      const list = await listIn(parts, file)
      await act(parts, async (app) => {
        const { id } = await cycleNamed(app, name)
        await numberLeaves(app)
        const done = await openTests(app, id, list, as === undefined ? 'command' : readAccount(as))
        if (!done.ok) throw testsRefusal(done.problem)
        const { cards, ballots, same } = done.value
        await numberLeaves(app)
        say(t(same ? 'cli.tests-open-before' : 'cli.tests-opened', { cards, ballots }))
      })
    })
  tests
    .command('compare')
    .description(t('cli.help-tests-compare'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .argument('<notes>', t('cli.help-tests-notes'))
    .option('--as <id>', t('cli.help-as'))
    .action((name: string, notes: string, { as }: { as?: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, name)
        const read = await readTestBallots(app, id, as === undefined ? 'command' : readAccount(as))
        if (!read.ok) throw testsRefusal(read.problem)
        for (const line of await testLines(parts, read.value.ballots, read.value.rules, notes)) say(line)
      }),
    )
}

/** For whoever prints: the list goes to the observers, and its passphrase by another way. */
export async function writeTests({ t, say }: Parts, folder: string, list: TestList): Promise<void> {
  const file = join(folder, `tests-${list.cycle}.age`)
  const passphrase = passphraseOf(Uint8Array.from(randomBytes(32)))
  await writeNew(file, await sealText(testListText(list), passphrase))
  say(t('cli.tests-written', { file, cards: list.tests.length, passphrase }))
  say(t('cli.tests-hash', { hash: testsHash(list) }))
}

async function listIn({ t, ask }: Parts, file: string): Promise<TestList> {
  const bytes = await readBytes(file)
  const typed = isSealedText(bytes) && ask ? await ask(`${t('cli.tests-ask')} `) : undefined
  const inFours = typed?.replaceAll(/\D/g, '').replace(/\d{4}(?=\d)/g, '$& ')
  const plain = inFours === undefined ? bytes : await openText(bytes, inFours)
  if (plain === undefined) throw refused('cli.tests-not-openable', { file })
  const list = readTestList(plain)
  if (!list) throw refused('cli.tests-no-list', { file })
  return list
}

/** What was opened, and every difference from what observers wrote down. Throws where there is one. `notes`: their file. */
export async function testLines(
  { t }: Parts,
  opened: readonly TestBallot[],
  rules: Rules,
  notes: string | undefined,
): Promise<string[]> {
  if (opened.length === 0 && notes === undefined) return []
  const lines = opened.map(({ receipt, marks }) =>
    t('cli.tests-ballot', { receipt: formatReceiptNumber(receipt), marks: marks || '–' }),
  )
  if (notes === undefined) return [t('cli.tests-count', { ballots: opened.length }), ...lines]
  const read = readTestNotes(await readText(notes))
  const [bad] = read.problems
  if (bad) throw refused('cli.tests-bad-line', { line: bad.line, value: bad.value })
  const differences = compareTests(opened, read.notes, rules.ballot.kind === 'ranking')
  if (differences.length > 0)
    throw refusedBy((t) =>
      [
        t('cli.tests-differ', { differences: differences.length }),
        ...differences.map((one) => `  ${differenceLine(t, one)}`),
      ].join('\n'),
    )
  return [...lines, t('cli.tests-same', { notes: read.notes.length })]
}

function differenceLine(t: T, one: TestDifference): string {
  const receipt = formatReceiptNumber(one.receipt)
  switch (one.kind) {
    case 'other':
      return t('cli.tests-other', {
        receipt,
        line: one.line,
        wrote: one.wrote || '–',
        opened: one.opened || '–',
      })
    case 'missing':
      return t('cli.tests-missing', { receipt, line: one.line, wrote: one.wrote || '–' })
    case 'unknown':
      return t('cli.tests-unknown', { receipt, opened: one.opened || '–' })
  }
}

function testsRefusal(problem: OpenTestsProblem | ReadTestsProblem): Refused | Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'not-counting':
      return refusedBy((t) => t('cli.keys-wrong-phase', { phase: t(`cli.phase-${problem.phase}`) }))
    case 'counted':
      return refused('cli.tests-counted')
    case 'other-list':
      return refused('cli.tests-other-list', { hash: problem.hash })
    case 'no-key':
      return refused('cli.tests-no-key')
    case 'not-open':
      return refused('cli.count-tests')
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-counted')
  }
}
