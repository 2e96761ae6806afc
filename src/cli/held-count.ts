// The count of key holders: dauys result export, dauys count EXPORT --share … --share … (offline), dauys result import.
import type { Command } from 'commander'
import { readExport, writeExport } from '../core/bundle/vote-export.ts'
import { countExport } from '../sealing/count-export.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { type ExportProblem, exportVote } from '../use-cases/export-vote.ts'
import { importResult, type ImportResultProblem } from '../use-cases/import-result.ts'
import { numberLeaves } from '../use-cases/number-leaves.ts'
import { checkLines } from '../words/checks.ts'
import { heldCountSentence, resultArchive } from '../words/attestation.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { readBytes, writeNew } from './files.ts'
import { refused, refusedBy } from './refused.ts'
import { openKeys } from './shares.ts'
import { testLines } from './tests.ts'
import { readingRefusal } from './tell-fault.ts'

export function addResultCommands(program: Command, parts: Parts): void {
  const { t, say } = parts
  const result = program.command('result').description(t('cli.help-result'))
  result
    .command('export')
    .description(t('cli.help-result-export'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .argument('<file>', t('cli.help-bundle-file'))
    .action((name: string, file: string) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, name)
        await numberLeaves(app)
        const exported = await exportVote(app, id)
        if (!exported.ok) throw heldRefusal(exported.problem)
        await writeNew(file, writeExport(exported.value))
        say(t('cli.result-exported', { file }))
      }),
    )
  result
    .command('import')
    .description(t('cli.help-result-import'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .argument('<file>', t('cli.help-result-file'))
    .option('--as <id>', t('cli.help-as'))
    .action((name: string, file: string, { as }: { as?: string }) =>
      act(parts, async (app) => {
        const { id, slug } = await cycleNamed(app, name)
        await numberLeaves(app)
        const by = as === undefined ? 'command' : readAccount(as)
        const done = await importResult(app, id, await readBytes(file), by)
        if (!done.ok) throw heldRefusal(done.problem)
        for (const line of checkLines(t, done.value.verified)) say(line)
        say(t(done.value.same ? 'cli.result-same' : 'cli.result-imported', { cycle: slug }))
      }),
    )
}

/** Counts an export with two shares and writes result.zip. */
export async function countHeld(
  parts: Parts,
  bytes: Uint8Array,
  { share, out, tests }: { share: readonly string[]; out: string; tests?: string | undefined },
): Promise<void> {
  const { t, say } = parts
  const read = readExport(bytes)
  if (!read.ok) throw refused('cli.count-no-export')
  const sodium = await loadSodium()
  const done = countExport(sodium, read.value, await openKeys(parts, sodium, share))
  if (!done.ok) throw refusedBy((t) => heldCountSentence(t, done.problem))
  const { bundle, verified, tests: opened } = done.value
  for (const line of await testLines(parts, opened, bundle.rules, tests)) say(line)
  const { bytes: archive, paper } = resultArchive(t, bundle)
  await writeNew(out, archive)
  for (const line of [...checkLines(t, verified), ...paper]) say(line)
  say(t('cli.written', { file: out }))
}

function heldRefusal(problem: ImportResultProblem | ExportProblem): Error {
  switch (problem.kind) {
    case 'no-such-cycle':
      return refused('cli.no-such-cycle')
    case 'not-allowed':
      return refused('cli.not-allowed')
    case 'not-held':
      return refused('cli.keys-not-held')
    case 'tests':
      return refused('cli.count-tests')
    case 'papers':
      return refused('cli.held-papers', { villages: problem.villages.join(', ') })
    case 'void':
      return refused('cli.count-void')
    case 'not-counting':
      return refusedBy((t) => t('cli.keys-wrong-phase', { phase: t(`cli.phase-${problem.phase}`) }))
    case 'does-not-hold':
      return refusedBy((t) => [t('cli.verify-fails'), ...checkLines(t, problem.verified)].join('\n'))
    case 'another-vote':
      return refused('cli.result-another-vote', { cycle: problem.cycle })
    case 'not-a-result':
    case 'another-log':
      return refused(`cli.result-${problem.kind}`)
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-counted')
  }
}
