// `npm test`: runs vitest, repeats what could not be run, and ends with one plain line: N passed, N failed, N skipped.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'dauys-tests-'))
const report = join(folder, 'report.json')
const notes = join(folder, 'notes.txt')

const code = await runVitest(process.argv.slice(2))
const counts = await readCounts(code)
const notRun = await readFile(notes, 'utf8').catch(() => '')
await rm(folder, { recursive: true, force: true })

if (notRun) console.log(`\n${notRun.trimEnd()}`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = code

/** The exit code of vitest, run with this same Node; a signal that we get is handed on to it. */
function runVitest(args) {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { cwd: root, stdio: 'inherit', env: { ...process.env, DAUYS_TEST_NOTES: notes } },
  )
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  return new Promise((done, broken) => {
    child.on('error', broken)
    child.on('exit', (exit, signal) => done(signal ? 1 : (exit ?? 1)))
  })
}

/** Counts from vitest's JSON report. A file that could not be loaded, or a run that broke, is a failure of its own. */
async function readCounts(code) {
  const text = await readFile(report, 'utf8').catch(() => '{}')
  const { testResults = [], numPassedTests = 0, numPendingTests = 0, numTodoTests = 0 } = JSON.parse(text)
  const brokenFiles = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failedTests = testResults
    .flatMap((file) => file.assertionResults)
    .filter((t) => t.status === 'failed')
  const failed = failedTests.length + brokenFiles.length
  return {
    passed: numPassedTests,
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped: numPendingTests + numTodoTests,
  }
}
