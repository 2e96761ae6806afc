// npm run replay -- FILE: lets every voter of a Pabulib election vote through the bot's front door, and holds the result against the city's.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { createI18n } from '../src/i18n.ts'
import { startSandbox } from '../src/sandbox/start.ts'
import { closeAndCount, type Desk, openDesk } from './desk.ts'
import { readElectionFile } from '../src/cli/pabulib-lines.ts'
import { replayed } from './election.ts'
import { type Figures, figuresOf, isRight, line } from './figures.ts'
import { type Control, controlOf } from './person.ts'
import { type Program, startProgram, twoFreePorts } from './program.ts'
import { openServices, type Services } from './services.ts'
import { type Voted, vote, type Voter } from './voter.ts'

const USAGE = `npm run replay -- FILE [--voters N] [--parallel N] [--webhook] [--keep] [--json] [--profile FOLDER]`
const FIRST_PERSON = 5_000_000

interface Wanted {
  file: string
  voters: number | undefined
  parallel: number
  webhook: boolean
  keep: boolean
  json: boolean
  profile: string | undefined
}

function wantedOf(argv: string[]): Wanted {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      voters: { type: 'string' },
      parallel: { type: 'string', default: '40' },
      webhook: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const [file] = positionals
  if (file === undefined || positionals.length > 1) throw new Error(USAGE)
  const whole = (name: string, text: string): number => {
    if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${name} is a whole number from 1`)
    return Number(text)
  }
  const { voters, parallel, webhook, keep, json, profile } = values
  return {
    file,
    voters: voters === undefined ? undefined : whole('voters', voters),
    parallel: whole('parallel', parallel),
    webhook,
    keep,
    json,
    profile,
  }
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)

interface Stage {
  program: Program
  control: Control
}

/** The program with its sandbox; with `--webhook` the sandbox stands here and the program is told of it like of Telegram. */
async function open(wanted: Wanted, dir: string, services: Services, ends: Ends): Promise<Stage> {
  const settings: Record<string, string> = {
    DAUYS_DIR: dir,
    ...(services.databaseUrl ? { DATABASE_URL: services.databaseUrl } : {}),
    ...(services.redisUrl ? { REDIS_URL: services.redisUrl } : {}),
  }
  const port = await twoFreePorts()
  const { profile } = wanted
  if (!wanted.webhook) {
    const program = await startProgram(settings, { port, profile })
    ends.push(() => program.stop())
    return { program, control: controlOf(program.url, 2 * wanted.parallel) }
  }
  const sandbox = await startSandbox({ port: 0, host: '127.0.0.1' })
  ends.push(() => sandbox.close())
  const hook = {
    BOT_TOKEN: sandbox.token,
    TELEGRAM_API_ROOT: sandbox.url,
    WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
    WEBHOOK_SECRET: randomBytes(16).toString('hex'),
  }
  const program = await startProgram({ ...settings, ...hook }, { port, profile })
  ends.push(() => program.stop())
  return { program, control: controlOf(sandbox.url, 2 * wanted.parallel) }
}

type Ends = (() => Promise<unknown>)[]

/** Lets the voters in, so many at once; the first one who gets stuck ends it for all. */
async function voteAll(
  stage: Stage,
  desk: Desk,
  ballots: Voter['ballot'][],
  parallel: number,
): Promise<Voted[]> {
  const texts = createI18n()
  const voted: Voted[] = []
  const started = Date.now()
  const progress = setInterval(() => {
    const seconds = (Date.now() - started) / 1000
    say(`  ${voted.length} of ${ballots.length} voted (${(voted.length / seconds).toFixed(1)} a second)`)
  }, 3_000)
  let next = 0
  let stuck = false
  const worker = async (): Promise<void> => {
    while (next < ballots.length && !stuck) {
      const at = next++
      const [ballot = [], code = ''] = [ballots[at], desk.codes[at]]
      const voter = { id: FIRST_PERSON + at, name: `Voter ${at + 1}`, link: desk.link, code, ballot }
      const { locale = 'kk' } = texts.languages[at % texts.languages.length] ?? {}
      const words = texts(locale)
      try {
        voted.push(await vote(stage.control, voter, words))
      } catch (error) {
        stuck = true
        const said = stage.program.said().trim()
        throw new Error(
          `voter ${at + 1} did not get through: ${(error as Error).message}\n\nthe program said:\n${said}`,
        )
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(parallel, ballots.length) }, worker))
    return voted
  } finally {
    clearInterval(progress)
  }
}

interface Stats {
  updates_created: number
  bytes_in: number
  bytes_out: number
  calls: Record<string, number>
}
const callsOf = ({ calls }: Stats): number =>
  Object.entries(calls).reduce((sum, [name, n]) => (/^getupdates$/i.test(name) ? sum : sum + n), 0)

async function replay(wanted: Wanted, dir: string, ends: Ends): Promise<Figures> {
  const file = await readElectionFile(wanted.file)
  const expected = replayed(file, wanted.voters)
  if (expected.ballots.length === 0) throw new Error('nobody in the file has a ballot that can be sent here')
  const services = await openServices(process.env, { dir, needRedis: wanted.webhook, keep: wanted.keep })
  ends.push(() => services.stop())
  say('starting the program …')
  const stage = await open(wanted, dir, services, ends)
  const { program, control } = stage
  ends.push(() => control.close())
  say(`importing ${basename(wanted.file)} and printing ${expected.ballots.length} cards …`)
  const desk = await openDesk(program, {
    file: wanted.file,
    voters: expected.ballots.length,
    cycle: `replay-${randomBytes(4).toString('hex')}`,
    bot: (await control.get<{ bot: { username: string } }>('state')).bot.username,
    dir: join(dir, 'papers'),
  })
  const cpu = () => program.metric('process_cpu_seconds_total')
  const casts = () => program.metric('dauys_casts_total', 'outcome="cast"')
  const [before, cpuBefore, castsBefore] = [await control.get<Stats>('stats'), await cpu(), await casts()]
  const started = performance.now()
  const voted = await voteAll(stage, desk, expected.ballots, wanted.parallel)
  const wallSeconds = (performance.now() - started) / 1000
  const [after, cpuAfter, castsAfter] = [await control.get<Stats>('stats'), await cpu(), await casts()]
  if (castsAfter - castsBefore !== voted.length)
    throw new Error(`${voted.length} people sent, the program cast ${castsAfter - castsBefore} ballots`)
  say('closing and counting …')
  const counted = await closeAndCount(program, desk)
  const told = {
    file: basename(wanted.file),
    left: expected.left,
    leftMarks: expected.leftMarks,
    counted: counted.ballots,
    winnersEqual: counted.winners.join() === expected.winners.join(),
    against: expected.announced ? ('announced' as const) : ('recounted' as const),
  }
  return figuresOf(told, {
    voted,
    wallSeconds,
    cpuSeconds: cpuAfter - cpuBefore,
    updates: after.updates_created - before.updates_created,
    apiBytes: after.bytes_in + after.bytes_out - before.bytes_in - before.bytes_out,
    apiCalls: callsOf(after) - callsOf(before),
  })
}

async function main(): Promise<void> {
  const wanted = wantedOf(process.argv.slice(2))
  const dir = await mkdtemp(join(tmpdir(), 'dauys-replay-'))
  const ends: Ends = []
  let ending: Promise<void> | undefined
  const end = () => {
    ending ??= (async () => {
      for (const step of ends.reverse()) await step().catch((error: Error) => say(error.message))
      if (wanted.keep) say(`kept: ${dir}`)
      else await rm(dir, { recursive: true, force: true })
    })()
    return ending
  }
  // A signal may come twice, by way of npm or timeout: what is under way ends in order all the same.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      say(`replay: stopped by ${signal}`)
      void end().finally(() => process.exit(1))
    })
  try {
    const figures = await replay(wanted, dir, ends)
    process.stdout.write(`${wanted.json ? JSON.stringify(figures) : line(figures)}\n`)
    if (!isRight(figures)) process.exitCode = 1
  } finally {
    await end()
  }
}

try {
  await main()
} catch (error) {
  say(`replay: ${error instanceof Error ? error.message : 'failed'}`)
  process.exitCode = 1
}
