// Without a command: the program. With one: the command line. The only file that runs on import.
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { programFolder } from './beside.ts'
import { buildProgram } from './cli/commands.ts'
import { type Config, readConfig } from './config.ts'
import { embeddedUrl, startEmbedded } from './embedded/embedded.ts'
import { createI18n } from './i18n.ts'
import { createLog } from './log.ts'
import { openApp } from './program/open-app.ts'
import { runProgram } from './program/program.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

async function main(argv: string[]): Promise<void> {
  const config = readConfig(process.env)
  const fresh = argv.length === 1 && argv[0] === '--fresh'
  if (fresh) await beginAnew(config)
  if (fresh || argv.length === 0) return runProgram(config, say)
  const log = createLog('warn')
  const program = buildProgram({
    textsOf: createI18n(),
    data: programFolder('data'),
    dir: resolve(config.dir),
    say,
    async run(act) {
      const opened = await openApp(config, log, true)
      try {
        await act(opened.app)
      } finally {
        await opened.close()
      }
    },
  })
  await program.parseAsync(argv, { from: 'user' })
}

/** `--fresh` empties the checkout's own folder; a database that somebody configured is never emptied. */
async function beginAnew(config: Config): Promise<void> {
  if (config.databaseUrl)
    throw new Error('--fresh empties the embedded database only, and DATABASE_URL is set')
  const dir = resolve(config.dir)
  if (await embeddedUrl(dir)) await (await startEmbedded({ dir })).stop()
  await rm(dir, { recursive: true, force: true })
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`dauys: ${error instanceof Error ? error.message : 'failed'}\n`)
  process.exitCode = 1
}
