// The suite can fail: bugs are planted into copies of the source, and each turns its story red. In CI, or with DAUYS_PLANTED=1.
import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasRedisServer } from './session/redis-server.ts'
import { copyOfTree, removeCopy } from './support/copy.ts'
import { sayNotRun } from './support/notes.ts'
import { PLANTED_BUGS, type PlantedBug } from './support/planted-bugs.ts'

/** As many stories run at once: each keeps a processor busy. */
const COPIES = 2
const PATIENCE_MS = 120_000

const { CI, DAUYS_PLANTED } = process.env
const asked = DAUYS_PLANTED === '1' || (CI === 'true' && DAUYS_PLANTED !== '0')
const wanted = asked && hasRedisServer()
if (asked && !wanted) sayNotRun('the planted bugs', 'there is no redis-server program')
if (!asked)
  sayNotRun('the planted bugs', 'they run stories on copies of the source: set DAUYS_PLANTED=1 (or CI=true)')

let all: string[] = []
const free: string[] = []
const waiting: ((copy: string) => void)[] = []
beforeAll(async () => {
  if (!wanted) return
  all = await Promise.all(Array.from({ length: COPIES }, copyOfTree))
  free.push(...all)
})
afterAll(async () => {
  for (const folder of all) await removeCopy(folder)
})

async function withCopy<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = free.pop() ?? (await new Promise<string>((resolve) => waiting.push(resolve)))
  try {
    return await work(folder)
  } finally {
    const next = waiting.shift()
    if (next) next(folder)
    else free.push(folder)
  }
}

/** Plants the bug, does the work, and puts everything back. A patch that fits nowhere is a failure: the bug has moved. */
async function planted<T>(folder: string, bug: PlantedBug, work: () => Promise<T>): Promise<T> {
  const files = [...new Set(bug.patches.map(({ file }) => join(folder, file)))]
  const originals = await Promise.all(
    files.map(async (file) => [file, await readFile(file, 'utf8')] as const),
  )
  try {
    for (const { file, from, to } of bug.patches) {
      const text = await readFile(join(folder, file), 'utf8')
      expect(text.split(from).length - 1, `${file} has once: ${from}`).toBe(1)
      await writeFile(
        join(folder, file),
        text.replace(from, () => to),
      )
    }
    return await work()
  } finally {
    for (const [file, text] of originals) await writeFile(file, text)
  }
}

interface Report {
  numPassedTests: number
  numFailedTests: number
}

/** Runs one story in a copy, on the services of this run. */
async function runStory(folder: string, { file, story, unit = false }: PlantedBug): Promise<Report> {
  const report = join(folder, 'report.json')
  await rm(report, { force: true })
  const { DAUYS_TEST_DATABASE_URL, DAUYS_TEST_REDIS_URL, PATH = '', HOME = '' } = process.env
  const child = spawn(
    process.execPath,
    [
      join(folder, 'node_modules/vitest/vitest.mjs'),
      'run',
      `--project=${unit ? 'unit' : 'services'}`,
      '--reporter=json',
      `--outputFile=${report}`,
      '--testNamePattern',
      story.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      file,
    ],
    {
      cwd: folder,
      stdio: 'ignore',
      timeout: PATIENCE_MS,
      killSignal: 'SIGKILL',
      env: {
        PATH,
        HOME,
        DAUYS_PLANTED: '1',
        DAUYS_PATIENCE: '10',
        ...(DAUYS_TEST_DATABASE_URL ? { DATABASE_URL: DAUYS_TEST_DATABASE_URL } : {}),
        ...(DAUYS_TEST_REDIS_URL ? { REDIS_URL: DAUYS_TEST_REDIS_URL } : {}),
      },
    },
  )
  await new Promise((resolve) => child.once('exit', resolve))
  return JSON.parse(await readFile(report, 'utf8')) as Report
}

test.runIf(wanted).concurrent.for(PLANTED_BUGS)(
  'noticed: $name',
  { timeout: PATIENCE_MS * PLANTED_BUGS.length },
  async (bug) => {
    const { numPassedTests, numFailedTests } = await withCopy((folder) =>
      planted(folder, bug, () => runStory(folder, bug)),
    )
    // A story that could not even be loaded would be no witness: it has to have run and failed.
    expect({ numPassedTests, numFailedTests }).toEqual({ numPassedTests: 0, numFailedTests: 1 })
  },
)
