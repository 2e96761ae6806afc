// Without a command: the program. With one: the command line. The only file that runs on import; what a command may never need
// (the bot, a database, pictures) is loaded where it is first needed.
import { resolve } from 'node:path'
import { builtBeside, programFolder } from './beside.ts'
import { runCommand } from './cli/run.ts'
import { readConfig } from './config.ts'
import { createI18n } from './i18n.ts'
import { hashNatively } from './program/native-hash.ts'
import { openMedia } from './program/open-media.ts'
import type { App, Opening } from './use-cases/app.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** Whoever reads the lines may have seen enough (`dauys … | head`): that is no fault, and nothing is left to say. */
const endWithReader = () =>
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })

async function main(argv: string[]): Promise<void> {
  hashNatively()
  const config = readConfig(process.env)
  const fresh = argv.length === 1 && argv[0] === '--fresh'
  if (fresh) await (await import('./program/begin-anew.ts')).beginAnew(config)
  if (fresh || argv.length === 0) return (await import('./program/program.ts')).runProgram(config, say)
  endWithReader()
  const outside = {
    textsOf: createI18n(),
    spoken: config.spoken,
    data: programFolder('data'),
    dir: resolve(config.dir),
    kit: builtBeside('kit.html'),
    media: openMedia(config),
    publicUrl: config.publicUrl,
    say,
    ask: async (question: string) => (await import('./cli/ask.ts')).askAloud(question),
    migrate: async () => (await import('./program/migrate-configured.ts')).migrateConfigured(config),
    ...(config.mode === 'sandbox'
      ? {}
      : {
          confirm: async (app: App, proposal: string) => {
            const { serveConfirmation } = await import('./program/serve-confirmation.ts')
            return serveConfirmation(app, (await import('./log.ts')).createLog('warn'), config, proposal)
          },
        }),
    run: async (act: (app: App) => Promise<void>, as?: Opening) =>
      (await import('./program/act-on-app.ts')).actOnApp(config, say, act, as),
  }
  if (!(await runCommand(outside, argv))) process.exitCode = 1
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`dauys: ${error instanceof Error ? error.message : 'failed'}\n`)
  process.exitCode = 1
  // Whatever still holds the process open after that must not make a dead program look alive.
  setTimeout(() => process.exit(1), 5_000).unref()
}
