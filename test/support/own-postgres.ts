// A PostgreSQL of a story's own, which it may stop and start in every way that servers end.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Embedded, startEmbedded } from '../../src/embedded/embedded.ts'
import { findRunning, untilGone } from '../../src/embedded/server.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import type { FreshDatabase } from './database.ts'

export interface OwnPostgres {
  /** The server's own database, migrated. */
  database: FreshDatabase
  /** `fast`: sessions are cut, all is written. `immediate`: as a crash, recovered at the next start. Resolves when it is gone. */
  stop(how: 'fast' | 'immediate'): Promise<void>
  /** Resolves when it takes connections again, on the same port. */
  start(): Promise<void>
}

export async function ownPostgres(): Promise<OwnPostgres> {
  const dir = await mkdtemp(join(tmpdir(), 'dauys-own-postgres-'))
  let server: Embedded = await startEmbedded({ dir })
  const started = [server]
  await migrateDatabase(server.url)
  return {
    database: {
      url: server.url,
      drop: async () => {
        for (const one of started) await one.stop()
        await rm(dir, { recursive: true, force: true })
      },
    },
    async stop(how) {
      const running = await findRunning(dir)
      if (!running) throw new Error('it does not run')
      process.kill(running.pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await untilGone(dir)
    },
    async start() {
      const before = server.url
      server = await startEmbedded({ dir })
      started.push(server)
      if (server.url !== before) throw new Error('it came back on another address')
    },
  }
}
