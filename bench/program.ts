// The program under test, as a child process in a folder of its own, and its command line with the same environment.
import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export interface Program {
  pid: number
  /** What answers on its port. */
  url: string
  /** Sum of a metric's samples whose labels contain `labels`. */
  metric(name: string, labels?: string): Promise<number>
  /** Runs `dauys …` and returns what it printed. Throws what it said when it fails. */
  dauys(...args: string[]): Promise<string>
  /** The end of what it printed and logged. */
  said(): string
  stop(): Promise<void>
}

const START_MS = 90_000
const COMMAND_MS = 600_000
const STOP_MS = 20_000
const SAID = 4_000
/** Of Kazakhstan's clock. */
const OFFSET_MS = 5 * 3_600_000

/** The program as it is built. */
export const bundle = fileURLToPath(new URL('./dauys.mjs', import.meta.url))

interface Start {
  port: number
  /** A folder for a processor profile. */
  profile?: string | undefined
  /** What its clock shows in Kazakhstan while it runs: at night it would announce nothing. The database keeps its own. */
  hour?: number
  /** Another script beside this one, in place of the program. */
  script?: string
}

/** `settings`: the environment of the program besides PORT. Resolves when it is ready. */
export async function startProgram(
  settings: Record<string, string>,
  { port, profile, hour, script }: Start,
): Promise<Program> {
  const env = environment({ ...settings, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn' })
  const flags = script === undefined ? await asStarted() : []
  if (profile !== undefined) flags.push('--cpu-prof', '--cpu-prof-dir', profile)
  if (hour !== undefined) flags.push('--import', `data:text/javascript,${encodeURIComponent(clockAt(hour))}`)
  const path = script === undefined ? bundle : fileURLToPath(new URL(`./${script}`, import.meta.url))
  const child = spawn(process.execPath, [...flags, path], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = listen(child)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  // Another script answers for itself on its port.
  const own = `http://127.0.0.1:${port + (script === undefined ? 2 : 0)}`
  const commands = new Set<ChildProcess>()
  const stop = async () => {
    for (const one of commands) one.kill('SIGKILL')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    await ended
    clearTimeout(timer)
  }
  try {
    await ready(`${own}/readyz`, child)
  } catch (error) {
    await stop()
    throw new Error(`${(error as Error).message}\n${said()}`)
  }
  return {
    pid: child.pid ?? 0,
    url: `http://127.0.0.1:${port}`,
    metric: (name, labels = '') => sumOf(`${own}/metrics`, name, labels),
    dauys: (...args) => command(env, args, commands),
    said,
    stop,
  }
}

/** Node's flags of `npm start`. */
async function asStarted(): Promise<string[]> {
  const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  return (scripts.start as string).split(' ').filter((word) => word.startsWith('--'))
}

/** A script that moves the clock of its process to that hour of the day. */
function clockAt(hour: number): string {
  const now = new Date()
  const byMs = (hour - new Date(now.getTime() + OFFSET_MS).getUTCHours()) * 3_600_000
  return `const Real = Date
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${byMs}) : super(...given) }
      static now() { return Real.now() + ${byMs} }
    }`
}

/** Nothing of the caller's own bot may reach the program under test. */
export function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const env = { ...process.env }
  const ours = [
    'BOT_TOKEN',
    'WEBHOOK_URL',
    'WEBHOOK_SECRET',
    'TELEGRAM_API_ROOT',
    'ADMIN_IDS',
    'PUBLIC_URL',
    'OPS_PORT',
    'OPS_HOST',
  ]
  for (const name of [...ours, 'DATABASE_URL', 'DATABASE_OWNER_URL', 'REDIS_URL', 'SECRETS_DIR', 'DAUYS_DIR'])
    delete env[name]
  // A sandbox over a database that the caller named is on purpose here.
  return { ...env, DAUYS_SANDBOX: '1', ...settings }
}

/** Keeps the end of what the child says. */
function listen(child: ChildProcess): () => string {
  let said = ''
  const keep = (part: Buffer) => void (said = (said + part.toString()).slice(-SAID))
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  return () => said
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error('the program ended at once')
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the program was not ready after ${START_MS / 1000} seconds`)
}

async function command(env: NodeJS.ProcessEnv, args: string[], running: Set<ChildProcess>): Promise<string> {
  const child = spawn(process.execPath, [bundle, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => void (out += part.toString()))
  child.stderr.on('data', (part: Buffer) => void (err += part.toString()))
  const timer = setTimeout(() => child.kill('SIGKILL'), COMMAND_MS)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  clearTimeout(timer)
  running.delete(child)
  if (code !== 0) throw new Error((err || out).trim() || `dauys ${args.slice(0, 2).join(' ')} failed`)
  return out
}

async function sumOf(url: string, name: string, labels: string): Promise<number> {
  const text = await (await fetch(url)).text()
  return text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || (line.startsWith(`${name}{`) && line.includes(labels)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
}

/** A port with a free one above it, below those that outgoing connections take. */
export async function twoFreePorts(): Promise<number> {
  for (;;) {
    const port = 18_000 + 2 * randomInt(6_000)
    const taken = await Promise.allSettled([listening(port), listening(port + 1)])
    for (const one of taken)
      if (one.status === 'fulfilled') await new Promise((resolve) => one.value.close(resolve))
    if (taken.every(({ status }) => status === 'fulfilled')) return port
  }
}

function listening(port: number): Promise<ReturnType<typeof createServer>> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}
