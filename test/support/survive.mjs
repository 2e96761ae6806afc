// npm run survive -- announcements [--recipients N]: sends an announcement through kills, refusals and lost answers, and says what came of it.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const STORIES = { announcements: 'test/loops/survive-announcements.test.ts' }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { recipients: { type: 'string', default: '20000' } },
})
const story = STORIES[positionals[0] ?? '']
const recipients = Number(values.recipients)
if (!story || !Number.isInteger(recipients) || recipients < 1) {
  process.stderr.write(`npm run survive -- ${Object.keys(STORIES).join(' | ')} [--recipients N]\n`)
  process.exitCode = 1
} else {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const vitest = `${root}node_modules/vitest/vitest.mjs`
  const env = {
    ...process.env,
    DAUYS_PLANTED: '1',
    DAUYS_RECIPIENTS: String(recipients),
    DAUYS_PATIENCE: '900',
  }
  spawn(process.execPath, [vitest, 'run', story], { cwd: root, env, stdio: 'inherit' }).once(
    'close',
    (code) => {
      process.exitCode = code ?? 1
    },
  )
}
