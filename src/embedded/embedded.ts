// The embedded PostgreSQL of a checkout: the database of whoever just wants to try the program.
import { access, constants, mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  checkVersion,
  createData,
  dataIn,
  hasData,
  NAME,
  newPassword,
  readSettings,
  resetPassword,
  type Settings,
  writeSettings,
} from './data-folder.ts'
import { nativeFolder, prepareNative } from './native.ts'
import { probe } from './probe.ts'
import { alone, enrol, leave } from './processes.ts'
import { OWN_DATABASE, refusal } from './refusal.ts'
import { findRunning, type Place, startServer, stopServer, untilGone, untilReady } from './server.ts'
import { serverUser } from './server-user.ts'

export interface Embedded {
  /** postgres://… of a database that nobody outside this machine reaches. */
  url: string
  /** True when the server ran already: a killed run left it, or another process of ours uses it. */
  adopted: boolean
  /** Stops the server, unless another process of ours still uses it. May be called twice. */
  stop(): Promise<void>
}

const JOIN_MS = 30_000

/**
 * Starts PostgreSQL on `<dir>/postgres`, creating it at the first time, or takes over the one that runs there.
 * `log` gets a line for whoever waits. Throws an error with a printable message when this machine or folder cannot
 * have one; it names the folder or package and the remedies.
 */
export async function startEmbedded(options: {
  dir: string
  log?: (line: string) => void
}): Promise<Embedded> {
  const dir = resolve(options.dir)
  const log = options.log ?? (() => undefined)
  const native = await prepareNative(nativeFolder())
  await makeFolder(dir)
  const user = await serverUser(dir, dataIn(dir), native)
  await writable(dir)
  return alone(dir, async () => {
    const place: Place = { dir, native, user, log }
    const { settings, adopted } = await running(place)
    const note = await enrol(dir)
    let stopped: Promise<void> | undefined
    const stop = (): Promise<void> =>
      alone(dir, async () => {
        const others = await leave(dir, note)
        if (others === 0) await stopServer(place)
        else log('PostgreSQL is left running: another process uses it')
      })
    return {
      url: urlOf(settings),
      adopted,
      stop() {
        stopped ??= stop()
        return stopped
      },
    }
  })
}

/** The address of the server that runs in `dir`, for a command to join; undefined when none runs. Starts and stops nothing. */
export async function embeddedUrl(dir: string): Promise<string | undefined> {
  const home = resolve(dir)
  const settings = await readSettings(home)
  if (!settings) return undefined
  const found = await findRunning(home)
  if (found && (await untilReady(home, () => undefined, JOIN_MS)))
    return urlOf({ ...settings, port: found.port })
  // A folder of the server's own user cannot be looked into: then the port decides.
  const closed = await readFile(join(dataIn(home), 'PG_VERSION')).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  )
  return closed && (await probe(settings.port, NAME)) === 'ready' ? urlOf(settings) : undefined
}

const urlOf = (settings: Settings): string =>
  `postgres://${NAME}:${settings.password}@127.0.0.1:${settings.port}/${NAME}`

/** Adopts the server that runs, or starts one; with its data folder and its settings when they are missing. */
async function running(place: Place): Promise<{ settings: Settings; adopted: boolean }> {
  const { dir, native, user, log } = place
  const kept = await readSettings(dir)
  const found = await findRunning(dir)
  if (found && !found.stopping && kept && (await untilReady(dir, log))) {
    const settings = { ...kept, port: found.port }
    if (found.port !== kept.port) await writeSettings(dir, settings)
    return { settings, adopted: true }
  }
  if (found?.stopping) await untilGone(dir)
  // Without its password a running server is of no use; it gets a new one.
  if (!kept) await stopServer(place)
  const settings = kept ?? { port: 0, password: newPassword() }
  if (!(await hasData(dir))) {
    log(`Creating the embedded PostgreSQL in ${dataIn(dir)}`)
    await createData(dir, native, user, settings.password)
  } else {
    await checkVersion(dir, native)
    if (!kept) await resetPassword(dir, native, user, settings.password)
  }
  if (!kept) await writeSettings(dir, settings)
  return { settings: await startServer(place, settings), adopted: false }
}

async function makeFolder(dir: string): Promise<void> {
  if (process.platform !== 'win32' && /["$`\\\n]/.test(dir)) {
    throw refusal(
      `The embedded PostgreSQL cannot live in ${dir}: the path has a character that its starter takes for a command.`,
      `Rename or move the folder. ${OWN_DATABASE}`,
    )
  }
  await mkdir(dir, { recursive: true }).catch((error: Error) => {
    throw refusal(
      `The folder ${dir} cannot be created: ${error.message}.`,
      `Make it writable. ${OWN_DATABASE}`,
    )
  })
}

async function writable(dir: string): Promise<void> {
  await access(dir, constants.W_OK | constants.X_OK).catch((error: Error) => {
    throw refusal(
      `Nothing can be written in the folder ${dir}: ${error.message}.`,
      `Make it writable. ${OWN_DATABASE}`,
    )
  })
}
