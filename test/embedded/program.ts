// A checkout in a temporary folder, and a program in it that runs the embedded PostgreSQL until it is told to end.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import postgres from 'postgres'

const PROGRAM = `
  import { startEmbedded } from './src/embedded/embedded.ts'
  try {
    const server = await startEmbedded({ dir: process.argv[2] })
    process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)))
    setInterval(() => {}, 1000)
    console.log(JSON.stringify({ url: server.url, adopted: server.adopted }))
  } catch (error) {
    console.log(JSON.stringify({ refusal: error.message }))
  }
`

export interface Checkout {
  folder: string
  /** Where the program keeps its data. */
  dir: string
  remove(): Promise<void>
}

export interface Started {
  url: string
  adopted: boolean
  refusal?: string
  process: ChildProcess
  /** Ends the program in an orderly way. */
  end(): Promise<void>
}

export async function makeCheckout(): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-embedded-'))
  await chmod(folder, 0o755)
  await symlink(resolve('node_modules'), join(folder, 'node_modules'))
  await build({
    stdin: { contents: PROGRAM, resolveDir: resolve('.') },
    outfile: join(folder, 'program.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return { folder, dir: join(folder, 'state'), remove: () => rm(folder, { recursive: true, force: true }) }
}

/** Runs the program, as the given user if any, until it has a server or refuses. */
export async function runProgram(checkout: Checkout, user?: { uid: number; gid: number }): Promise<Started> {
  const child = spawn(process.execPath, [join(checkout.folder, 'program.mjs'), checkout.dir], {
    ...user,
    cwd: checkout.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const said = JSON.parse(line.toString('utf8')) as { url: string; adopted: boolean; refusal?: string }
  return {
    ...said,
    process: child,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** One question to a database, on a connection of its own. */
export async function ask<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined, connect_timeout: 5 })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
