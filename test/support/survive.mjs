// npm run survive [-- SCENE] [--casts N] [--recipients N]: a long story through kills, crashes, copies and lost answers; its last line
// says what came of it. Without a scene: votes, through everything that can happen to the fleet and its stores.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const CASTS = 'test/bot/survive-casts.test.ts'
const SCENES = {
  casts: { file: CASTS, only: 'through crashes of both stores', line: /^survive .*/m },
  sends: { file: CASTS, only: 'through kills', line: /^sends .*/m },
  announcements: { file: 'test/loops/survive-announcements.test.ts', only: '', line: /^announcements .*/m },
}
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    recipients: { type: 'string', default: '20000' },
    casts: { type: 'string', default: '100000' },
  },
})
const scene = SCENES[positionals[0] ?? 'casts']
const sizes = [Number(values.recipients), Number(values.casts)]
if (!scene || !sizes.every((size) => Number.isInteger(size) && size > 0)) {
  process.stderr.write(
    `npm run survive [-- ${Object.keys(SCENES).join(' | ')}] [--casts N] [--recipients N]\n`,
  )
  process.exitCode = 1
} else {
  const [recipients, casts] = sizes
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const vitest = `${root}node_modules/vitest/vitest.mjs`
  const env = {
    ...process.env,
    DAUYS_PLANTED: '1',
    DAUYS_RECIPIENTS: String(recipients),
    DAUYS_CASTS: String(casts),
    DAUYS_PATIENCE: '900',
  }
  const told = spawn(process.execPath, [vitest, 'run', scene.file, '-t', scene.only], {
    cwd: root,
    env,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  let line = ''
  told.stdout.on('data', (part) => {
    process.stdout.write(part)
    line = scene.line.exec(part.toString())?.[0] ?? line
  })
  told.once('close', (code) => {
    if (line) process.stdout.write(`${line}\n`)
    process.exitCode = code ?? 1
  })
}
