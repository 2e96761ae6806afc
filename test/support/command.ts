// The command line as a clerk uses it: a line typed, the lines that come back, and whether it was refused.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Outside } from '../../src/cli/acting.ts'
import { runCommand } from '../../src/cli/run.ts'
import { readConfig } from '../../src/config.ts'
import { createI18n } from '../../src/i18n.ts'
import { migrateConfigured } from '../../src/program/migrate-configured.ts'
import type { App } from '../../src/use-cases/app.ts'
import { mediaFolder } from '../../src/store/media-folder.ts'

export interface Answer {
  lines: string[]
  /** The one line of a refusal; undefined when the command did what it was asked. */
  refused: string | undefined
}

export interface Clerk {
  /** Runs a command; spaces inside quotes stay. */
  types(line: string): Promise<Answer>
  /** A folder for files of this story. */
  folder: string
  file(name: string): string
  leaves(): Promise<void>
}

/** `dir`: where the program keeps what it makes; the folder of the story unless told. */
export async function clerk(
  app: App,
  dir?: string,
  more: Pick<Outside, 'confirm' | 'ask'> = {},
): Promise<Clerk> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-clerk-'))
  const textsOf = createI18n()
  const outside = (lines: string[]) => ({
    textsOf,
    data: fileURLToPath(new URL('../../data/', import.meta.url)),
    dir: dir ?? folder,
    media: mediaFolder(dir ?? folder),
    say: (said: string) => void lines.push(...said.split('\n')),
    migrate: () => migrateConfigured(readConfig({})),
    run: (act: (app: App) => Promise<void>) => act(app),
    ...more,
  })
  return {
    folder,
    file: (name) => join(folder, name),
    leaves: () => rm(folder, { recursive: true, force: true }),
    async types(line) {
      const lines: string[] = []
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
      try {
        await runCommand(outside(lines), words)
        return { lines, refused: undefined }
      } catch (error) {
        return { lines, refused: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}
