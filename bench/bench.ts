// npm run bench -- SCENE [--profile FOLDER]: measures a scene against a yardstick of its own in the same run, and prints the ratio.
import { parseArgs } from 'node:util'
import { countingScene } from './counting.ts'
import { noticesScene } from './notices.ts'
import { sendScene } from './send.ts'

/** `profile`: a folder for processor profiles of the programs of a scene that starts some. */
type Run = (profile: string | undefined) => Promise<string[]>

const SCENES: Record<string, { about: string; run: Run }> = {
  counting: {
    about: 'large elections read and counted, Equal Shares against a naive exact program',
    run: countingScene,
  },
  notices: {
    about: 'thirty notices and a receipt behind them, against sending one by one',
    run: noticesScene,
  },
  send: {
    about: 'from the press on Send to the receipt, against a handler as the handbooks show it',
    run: sendScene,
  },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { profile: { type: 'string' } },
})
const scene = SCENES[positionals[0] ?? '']
if (scene) {
  try {
    for (const line of await scene.run(values.profile)) process.stdout.write(`${line}\n`)
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : 'failed'}\n`)
    process.exitCode = 1
  }
} else {
  const known = Object.entries(SCENES).map(([name, { about }]) => `  ${name}  ${about}`)
  process.stderr.write(`npm run bench -- SCENE [--profile FOLDER]\n${known.join('\n')}\n`)
  process.exitCode = 1
}
