// placeholder
import { Command } from 'commander'
import type { App } from '../use-cases/app.ts'
export const buildProgram = (_: {
  textsOf: unknown
  data: string
  dir: string
  say: (line: string) => void
  run: (act: (app: App) => Promise<void>) => Promise<void>
}) => new Command('dauys')
