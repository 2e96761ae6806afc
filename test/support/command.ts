// The command line as a clerk uses it: a line typed, the lines that come back, and whether it was refused.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildProgram } from '../../src/cli/commands.ts'
import { createI18n } from '../../src/i18n.ts'
import type { App } from '../../src/use-cases/app.ts'

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
export async function clerk(app: App, dir?: string): Promise<Clerk> {
  const folder = await mkdtemp(join(tmpdir(), 'dauys-clerk-'))
  const textsOf = createI18n()
  return {
    folder,
    file: (name) => join(folder, name),
    leaves: () => rm(folder, { recursive: true, force: true }),
    async types(line) {
      const lines: string[] = []
      const program = buildProgram({
        textsOf,
        data: fileURLToPath(new URL('../../data/', import.meta.url)),
        dir: dir ?? folder,
        say: (said) => lines.push(...said.split('\n')),
        run: (act) => act(app),
      })
      for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])])
        command
          .exitOverride()
          .configureOutput({ writeOut: (text) => lines.push(...text.split('\n')), writeErr: () => {} })
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
      try {
        await program.parseAsync(words, { from: 'user' })
        return { lines, refused: undefined }
      } catch (error) {
        return { lines, refused: error instanceof Error ? error.message : String(error) }
      }
    },
  }
}
