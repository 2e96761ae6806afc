// npm run bench -- SCENE [--profile FOLDER]: measures a scene against a yardstick of its own in the same run, and prints the ratio.
import { parseArgs } from 'node:util'
import { countingScene } from './counting.ts'
import { floodScene } from './flood.ts'
import { healingScene } from './healing.ts'
import { growthScene } from './growth.ts'
import { lookupsScene } from './lookups.ts'
import { noticesScene } from './notices.ts'
import { rushScene } from './rush.ts'
import { besideScene } from './beside.ts'
import { announceScene } from './announce.ts'
import { similarScene } from './similar.ts'

/** `profile`: a folder for processor profiles of the programs of a scene that starts some. */
type Run = (profile: string | undefined, options: Options) => Promise<string[]>
/** Of the scene `rush`. */
interface Options {
  people: number | undefined
  minutes: number | undefined
  replicas: number
}

const SCENES: Record<string, { about: string; run: Run }> = {
  counting: {
    about: 'large elections read and counted, Equal Shares against a naive exact program',
    run: countingScene,
  },
  flood: {
    about: 'people who press buttons, against the same beside one who acts three times a second for a minute',
    run: floodScene,
  },
  growth: {
    about: 'receipts, count, list, search and near me as log and list grow a hundredfold',
    run: growthScene,
  },
  lookups: {
    about: 'twenty receipts looked up at once beside a vote, against the same vote without',
    run: lookupsScene,
  },
  announce: {
    about:
      'an announcement at full speed against grammY’s client and bare undici, and taps while another goes out',
    run: announceScene,
  },
  healing: {
    about: 'taps while 24,000 receipts that nobody was shown are healed, against the same before',
    run: healingScene,
  },
  notices: {
    about: 'thirty notices and a receipt behind them, against sending one by one',
    run: noticesScene,
  },
  rush: {
    about:
      'how many may vote in one minute: [--people N] [--replicas 1|2] [--minutes 30: the last third against the first]',
    run: (profile, options) => rushScene({ profile, ...options }),
  },
  send: {
    about: 'from the press on Send to ballot, answer and receipt, against the same as the handbooks show it',
    run: (profile) => besideScene('send', profile),
  },
  tap: { about: 'a mark on the ballot, against the same', run: (profile) => besideScene('tap', profile) },
  list: { about: 'a page of the list, against the same', run: (profile) => besideScene('list', profile) },
  start: {
    about: '/start of somebody who is known, against the same',
    run: (profile) => besideScene('start', profile),
  },
  similar: {
    about: 'similar ideas told from others by precision and recall, against the trigrams of the database',
    run: similarScene,
  },
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: 'string' },
    people: { type: 'string' },
    minutes: { type: 'string' },
    replicas: { type: 'string', default: '2' },
  },
})
const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text))
const options: Options = {
  people: numberOf(values.people),
  minutes: numberOf(values.minutes),
  replicas: Number(values.replicas),
}
const scene = SCENES[positionals[0] ?? '']
if (scene) {
  try {
    for (const line of await scene.run(values.profile, options)) process.stdout.write(`${line}\n`)
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : 'failed'}\n`)
    process.exitCode = 1
  }
} else {
  const known = Object.entries(SCENES).map(([name, { about }]) => `  ${name}  ${about}`)
  process.stderr.write(`npm run bench -- SCENE [--profile FOLDER]\n${known.join('\n')}\n`)
  process.exitCode = 1
}
