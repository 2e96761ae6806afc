// `npm test`: runs vitest, repeats what could not be run, and ends with one plain line: N passed, N failed, N skipped.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'dauys-tests-'))
const report = join(folder, 'report.json')
const notes = join(folder, 'notes.txt')

/** So few failures may be a machine's that was slow for a moment; more than these are not asked again. */
const ASKED_AGAIN = 4

let { code, failures, counts } = await run(process.argv.slice(2))
const inCompany = failures
// On a shared machine a story may lose its patience beside its neighbours: its file is run once more, alone, and both are told.
const again = [...new Set(failures.map(({ file }) => file))]
if (process.env.CI && failures.length > 0 && again.length <= ASKED_AGAIN && process.argv.length === 2) {
  console.log(`\nONCE MORE, ALONE: ${again.join(', ')}`)
  const alone = await run([...again, '--no-file-parallelism'])
  code = alone.code
  failures = alone.failures
  if (code === 0) counts = { ...counts, passed: counts.passed + inCompany.length, failed: 0 }
}
const notRun = await readFile(notes, 'utf8').catch(() => '')
await rm(folder, { recursive: true, force: true })

if (notRun) console.log(`\n${notRun.trimEnd()}`)
for (const { file, name, said } of inCompany) {
  const stays = code !== 0 || failures.some((one) => one.file === file && one.name === name)
  console.log(`\n${stays ? 'FAILED' : 'FAILED BESIDE OTHERS, PASSED ALONE'}: ${file}: ${name}\n  ${said}`)
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
process.exitCode = code

/** One run of vitest: its exit code, what failed and how many did not. */
async function run(args) {
  await rm(report, { force: true })
  const exit = await runVitest(args)
  return { code: exit, ...(await readReport(exit)) }
}

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

/** Vitest's JSON report. A file that could not be loaded, or a run that broke, is a failure of its own. */
async function readReport(exit) {
  const text = await readFile(report, 'utf8').catch(() => '{}')
  const { testResults = [], numPassedTests = 0, numPendingTests = 0, numTodoTests = 0 } = JSON.parse(text)
  const failures = testResults.flatMap(({ name, status, message = '', assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults
      .filter((one) => one.status === 'failed')
      .map((one) => ({ file, name: one.fullName, said: firstLine(one.failureMessages[0] ?? '') }))
    if (status !== 'failed' || failed.length > 0) return failed
    return [{ file, name: 'the whole file', said: firstLine(message) }]
  })
  return {
    failures,
    counts: {
      passed: numPassedTests,
      failed: exit === 0 ? failures.length : Math.max(failures.length, 1),
      skipped: numPendingTests + numTodoTests,
    },
  }
}

function firstLine(text) {
  return text.split('\n', 1)[0].slice(0, 300)
}
