// Two projects: `unit` needs nothing but Node; `services` needs PostgreSQL and a session store. Files share what they import:
// loading it anew for each took as long as the tests themselves; a test cleans up after itself.
import { defineConfig } from 'vitest/config'
import { mendedSource } from './mended.mjs'
import { PATIENCE_MS } from './test/support/patience.ts'

const services = [
  'test/{store,use-cases,verification,bot,session,embedded,cli,kit,loops,web}/**/*.test.ts',
  'test/planted-bugs.test.ts',
]

/** The tests run on what is shipped: see mended.mjs. */
const mended = {
  name: 'mended',
  transform: (code: string, id: string) => mendedSource(id, code),
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...services, '**/node_modules/**'],
          isolate: false,
          setupFiles: ['test/support/seed.ts'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [mended],
        test: {
          name: 'services',
          server: { deps: { inline: [/\/node_modules\/postgres\//] } },
          include: services,
          globalSetup: ['test/support/services.ts'],
          isolate: false,
          setupFiles: ['test/support/seed.ts'],
          // Nothing is decided by time: these end what would never end.
          testTimeout: 4 * PATIENCE_MS,
          hookTimeout: 4 * PATIENCE_MS,
          expect: { poll: { timeout: PATIENCE_MS } },
          // Most of a story is waiting: four at once keep two cores at work.
          maxWorkers: 4,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
