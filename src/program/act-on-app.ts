// One command's work on the App: opened for it, and closed behind it.
import type { Config } from '../config.ts'
import { createLog } from '../log.ts'
import { databaseAway } from '../store/db.ts'
import type { App, Opening } from '../use-cases/app.ts'
import { openApp } from './open-app.ts'
import { waiting } from './patiently.ts'

/** `as`: see Opening. Throws what `openApp` and `act` throw. */
export async function actOnApp(
  config: Config,
  say: (line: string) => void,
  act: (app: App) => Promise<void>,
  as?: Opening,
): Promise<void> {
  const opened = await waiting(0, say)('PostgreSQL (DATABASE_URL)', databaseAway, () =>
    openApp(config, createLog('warn'), true, as),
  )
  try {
    await act(opened.app)
  } finally {
    await opened.close()
  }
}
