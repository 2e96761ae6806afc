// The scene `growth`: what receipts, the count of sealed ballots, the check of the bundle, the list, search and near me cost as a log and a
// list grow.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { castAll, crowd, openAll } from '../test/support/crowd.ts'
import { readConfig } from '../src/config.ts'
import { startEmbedded } from '../src/embedded/embedded.ts'
import { createLog } from '../src/log.ts'
import { openApp } from '../src/program/open-app.ts'
import { lastHead } from '../src/store/log.ts'
import type { App } from '../src/use-cases/app.ts'
import { cycleById } from '../src/store/cycles.ts'
import { frozenList } from '../src/use-cases/frozen-list.ts'
import { listProjects } from '../src/use-cases/list-projects.ts'
import { makeBundle } from '../src/use-cases/make-bundle.ts'
import { movePhase } from '../src/use-cases/move-phase.ts'
import { numberLeaves } from '../src/use-cases/number-leaves.ts'
import { publishResults } from '../src/use-cases/publish-results.ts'
import { readReceipt } from '../src/use-cases/read-receipt.ts'
import { processorOf } from './processor.ts'
import { bundle, environment } from './program.ts'
import { openServices } from './services.ts'
import { costOf, longestStretch } from './stretch.ts'
import { importTrial, type Trial } from './trial.ts'

const BALLOTS = [1_000, 10_000, 100_000] as const
const PROJECTS = [30, 300, 1_000, 10_000, 100_000] as const
const RECEIPTS = 100
/** Longest list that is looked at so often; of a longer one once. */
const LOOKS = 3_000
const FIRST_PERSON = 20_000_000
const LOOK_MS = 20

interface Grown {
  ballots: number
  leaves: number
  receiptMs: number
  stretchMs: number
  count: Command
  verify: Command
}
/** What a whole command took. */
interface Command {
  seconds: number
  processorSeconds: number
  megabytes: number
}

/** The lines to print; the last one is for machines. Five minutes or so. */
export async function growthScene(): Promise<string[]> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-bench-'))
  const services = await openServices(process.env, { dir, needRedis: false, keep: false })
  const embedded = services.databaseUrl ? undefined : await startEmbedded({ dir })
  const settings = { DATABASE_URL: services.databaseUrl ?? embedded?.url ?? '', DAUYS_DIR: dir }
  try {
    const opened = await openApp(readConfig(settings), createLog('error'))
    try {
      const grown: Grown[] = []
      for (const ballots of BALLOTS) grown.push(await grow(opened.app, settings, ballots, dir))
      const lists = await listLines(opened.app)
      const last = grown.at(-1)
      return [
        ...logLines(grown),
        ...lists,
        `growth receipt_ms=${last?.receiptMs.toFixed(2)} count_s=${last?.count.seconds.toFixed(1)}`,
      ]
    } finally {
      await opened.close()
    }
  } finally {
    await embedded?.stop()
    await services.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

/** A vote of its own with so many ballots, closed, counted and published. */
async function grow(
  app: App,
  settings: Record<string, string>,
  ballots: number,
  dir: string,
): Promise<Grown> {
  const first = FIRST_PERSON + ballots * 10
  const trial = await importTrial(app, 1, first - 1)
  const voters = await crowd(app, trial, ballots, first)
  const numbers = await castAll(app, trial.cycle, await openAll(app, trial.cycle, voters), trial.marks)
  await number(app)
  const some = Array.from(
    { length: RECEIPTS },
    (_, at) => numbers[Math.floor((at * ballots) / RECEIPTS)] ?? '',
  )
  const receiptMs = await costOf(some, (receipt) => lookUp(app, receipt))
  const stretchMs = await longestStretch(some.slice(0, 20), (receipt) => lookUp(app, receipt))
  const moved = await movePhase(app, trial.cycle, { by: 'command' })
  if (!moved.ok) throw new Error(`the vote was not closed: ${moved.problem.kind}`)
  await number(app)
  const leaves = (await lastHead(app.db, trial.cycle))?.size ?? 0
  const count = await command(settings, ['count', '--cycle', String(trial.cycle), '--json'])
  const verify = await command(settings, ['verify', await bundleOf(app, trial, join(dir, 'bundle.zip'))])
  return { ballots, leaves, receiptMs, stretchMs, count, verify }
}

async function number(app: App): Promise<void> {
  if ((await numberLeaves(app)).stopped.length > 0) throw new Error('the log was stopped')
}

async function lookUp(app: App, number: string): Promise<void> {
  const found = await readReceipt(app, number)
  if (!found.ok || !found.value[0]?.proof) throw new Error('a receipt has no proof')
}

/** Published, and its bundle written to `file`. */
async function bundleOf(app: App, { cycle }: Trial, file: string): Promise<string> {
  const published = await publishResults(app, cycle, 'command')
  if (!published.ok) throw new Error(`the vote was not published: ${published.problem.kind}`)
  await number(app)
  const made = await makeBundle(app, (await cycleById(app.db, cycle))?.slug ?? '')
  if (!made.ok) throw new Error(`no bundle was made: ${made.problem.kind}`)
  await writeFile(file, made.value.bytes)
  return file
}

/** The whole command, as it is built. */
async function command(settings: Record<string, string>, args: readonly string[]): Promise<Command> {
  const began = performance.now()
  const child = spawn(process.execPath, [bundle, ...args], {
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (part: Buffer) => void (said += part.toString()))
  child.stdout.resume()
  const [pid, used] = [child.pid ?? 0, { processorSeconds: 0, megabytes: 0 }]
  const look = setInterval(() => {
    void processorOf(pid).then((ms) => (used.processorSeconds = Math.max(used.processorSeconds, ms / 1000)))
    void mostMemory(pid).then((mb) => (used.megabytes = Math.max(used.megabytes, mb)))
  }, LOOK_MS)
  const code = await new Promise<number | null>((resolve) => void child.once('close', resolve))
  clearInterval(look)
  if (code !== 0) throw new Error(`dauys ${args[0]} failed: ${said.trim()}`)
  return { ...used, seconds: (performance.now() - began) / 1000 }
}

/** Megabytes, the most that it had so far. */
async function mostMemory(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
  return (Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) * 1024) / 1_000_000
}

function logLines(grown: readonly Grown[]): string[] {
  return [
    'A receipt: milliseconds of processor in the program, and the longest that it keeps the event loop. Count and verify: the whole commands.',
    ...grown.map(({ ballots, leaves, receiptMs, stretchMs, count, verify }) =>
      [
        `  ${ballots} ballots, ${leaves} leaves: receipt ${receiptMs.toFixed(2)} ms, longest stretch ${stretchMs.toFixed(2)} ms`,
        `count ${spent(count)}, ${((count.seconds * 1000) / ballots).toFixed(2)} ms a ballot`,
        `verify ${spent(verify)}`,
      ].join('; '),
    ),
  ]
}

const spent = ({ seconds, processorSeconds, megabytes }: Command): string =>
  `${seconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processor, ${megabytes.toFixed(0)} MB`

async function listLines(app: App): Promise<string[]> {
  const trial = await importTrial(app, 1, FIRST_PERSON - 1)
  const lines: string[] = []
  for (const projects of PROJECTS) {
    await plant(app, trial, projects)
    const accounts = Array.from(
      { length: Math.max(1, Math.round(LOOKS / projects)) },
      (_, at) => FIRST_PERSON + at,
    )
    const cost = (wanted: Parameters<typeof listProjects>[4]) =>
      costOf(accounts, (account) => listProjects(app, account, trial.cycle, trial.territory, wanted))
    const [list, search, near] = [
      await cost({}),
      await cost({ words: 'алаң 7' }),
      await cost({ near: { lat: 46.79, lon: 82.02 } }),
    ]
    lines.push(
      `  ${projects} projects: list ${list.toFixed(2)} ms, search ${search.toFixed(2)} ms, near me ${near.toFixed(2)} ms`,
    )
  }
  return ['Discover, milliseconds of processor a look:', ...lines]
}

/** The frozen list of the village is so long. */
async function plant(app: App, { cycle, territory }: Trial, count: number): Promise<void> {
  const list = await frozenList(app, cycle, territory)
  const [project] = list?.projects ?? []
  if (!list || !project) throw new Error('the trial of the bench has no list')
  const projects = Array.from({ length: count }, (_, at) => ({
    ...project,
    id: `p${at + 1}`,
    number: at + 1,
    title: {
      kk: `Балалар алаңы, Абай көшесі ${at}`,
      ru: `Детская площадка, улица Абая ${at}`,
      en: `Playground, Abay street ${at}`,
    },
    lat: 46.7 + (at % 97) / 1000,
    lon: 82 + (at % 89) / 1000,
  }))
  app.frozen.set(`${cycle}:${territory}`, { place: list.place, projects })
}
