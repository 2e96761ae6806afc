// What is promised of adding things holds: each is tried on a copy of the tree, and the type checker names what is promised, no more.
// A language needs none of this: test/bot/languages.test.ts. In CI, or with DAUYS_PLANTED=1.
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { copyOfTree, removeCopy } from './support/copy.ts'
import { sayNotRun } from './support/notes.ts'

const { CI, DAUYS_PLANTED, PATH = '', HOME = '' } = process.env
const wanted = DAUYS_PLANTED === '1' || (CI === 'true' && DAUYS_PLANTED !== '0')
if (!wanted)
  sayNotRun('adding things', 'it checks the types of copies of the source: set DAUYS_PLANTED=1 (or CI=true)')

const run = promisify(execFile)
const PATIENCE_MS = 600_000

/** A file made of one that is there: this text of it is that one there. A text that it does not have fails the test. */
interface Change {
  from: string
  to: string
  texts: readonly (readonly [string, string])[]
}
const changed = (file: string, ...texts: [string, string][]): Change => ({ from: file, to: file, texts })

interface Addition {
  what: string
  /** The thing itself and its line in the registry. */
  begin: Change[]
  /** What the type checker then asks for, and nothing else. */
  named: string[]
  /** What is promised besides: then nothing is missing. */
  finish: Change[]
}

const SCREENS = 'src/bot/vote/screens'
const ADDITIONS: Addition[] = [
  {
    what: 'a ballot type',
    begin: [
      {
        from: 'src/core/ballots/choose-one.ts',
        to: 'src/core/ballots/planted.ts',
        texts: [
          ["type ChooseOneTerms = { kind: 'choose-1' }", "type PlantedTerms = { kind: 'planted' }"],
          ["kind: 'choose-1',\n", "kind: 'planted',\n"],
          ["literal('choose-1')", "literal('planted')"],
          ['ChooseOneTerms', 'PlantedTerms'],
          ['chooseOne', 'planted'],
        ],
      },
      changed(
        'src/core/ballots/index.ts',
        ['import { points }', "import { planted } from './planted.ts'\nimport { points }"],
        ['  approval,\n', '  approval,\n  planted,\n'],
      ),
    ],
    named: [`${SCREENS}/index.ts`],
    finish: [
      {
        from: `${SCREENS}/choose-one.ts`,
        to: `${SCREENS}/planted.ts`,
        texts: [
          ['choose-one.ts', 'planted.ts'],
          ['ChooseOneTerms', 'PlantedTerms'],
          ['chooseOneScreen', 'plantedScreen'],
        ],
      },
      changed(
        `${SCREENS}/index.ts`,
        ['import { pointsScreen }', "import { plantedScreen } from './planted.ts'\nimport { pointsScreen }"],
        ['  approval: approvalScreen,\n', '  approval: approvalScreen,\n  planted: plantedScreen,\n'],
      ),
    ],
  },
  {
    what: 'a counting rule',
    begin: [
      {
        from: 'src/core/counting/greedy-per-cost.ts',
        to: 'src/core/counting/planted.ts',
        texts: [
          ["rule: 'greedy-per-cost'", "rule: 'planted'"],
          ["literal('greedy-per-cost')", "literal('planted')"],
          ['greedyPerCost', 'planted'],
          ['  minVotes: number\n', ''],
          ['  minVotes: z.int().min(0),\n', ''],
          ['countDown(election, terms,', 'countDown(election, { ...terms, minVotes: 0 },'],
        ],
      },
      changed(
        'src/core/counting/index.ts',
        ['import { greedyPerCost }', "import { planted } from './planted.ts'\nimport { greedyPerCost }"],
        ['  greedy,\n', '  greedy,\n  planted,\n'],
      ),
    ],
    named: ['src/words/rule.ts'],
    finish: [
      changed('src/words/rule.ts', [
        "    case 'greedy-per-cost':\n",
        "    case 'planted':\n    case 'greedy-per-cost':\n",
      ]),
    ],
  },
  {
    what: 'a verification method',
    begin: [
      {
        from: 'src/verification/contact.ts',
        to: 'src/verification/planted.ts',
        texts: [
          ["kind: 'contact'", "kind: 'planted'"],
          ['const contact:', 'const planted:'],
        ],
      },
      changed(
        'src/verification/index.ts',
        [
          'import type { VerificationMethod }',
          "import { planted } from './planted.ts'\nimport type { VerificationMethod }",
        ],
        ['{ card, contact,', '{ card, contact, planted,'],
      ),
    ],
    named: ['src/bot/verify/screens/index.ts', 'test/verification/methods.test.ts'],
    finish: [
      {
        from: 'src/bot/verify/screens/contact.ts',
        to: 'src/bot/verify/screens/planted.ts',
        texts: [['const contactScreen', 'const plantedScreen']],
      },
      changed(
        'src/bot/verify/screens/index.ts',
        [
          'import type { MethodScreen }',
          "import { plantedScreen } from './planted.ts'\nimport type { MethodScreen }",
        ],
        ['contact: contactScreen,', 'contact: contactScreen, planted: plantedScreen,'],
      ),
      changed('test/verification/methods.test.ts', [
        'const kits = {\n',
        "const kits = {\n  planted: { people: async () => [], wrong: () => '' },\n",
      ]),
    ],
  },
  {
    what: 'a notice',
    begin: [
      changed(
        'src/core/notice.ts',
        [
          "  z.object({ kind: z.literal('extended'),",
          "  z.object({ kind: z.literal('planted'), at: time }),\n  z.object({ kind: z.literal('extended'),",
        ],
        ['  results: LANES.notices,\n', '  results: LANES.notices,\n  planted: LANES.notices,\n'],
      ),
    ],
    named: ['src/bot/notice/view.ts', 'src/core/manners.ts'],
    finish: [
      changed('src/bot/notice/view.ts', [
        '  receipt: (t, { at, receipt, ballot }) => {\n',
        '  planted: (t, { at }) => ({ text: t.moment(at) }),\n  receipt: (t, { at, receipt, ballot }) => {\n',
      ]),
      changed('src/core/manners.ts', [
        "  results: { waits: false, off: 'results' },\n",
        "  results: { waits: false, off: 'results' },\n  planted: { waits: true },\n",
      ]),
    ],
  },
]

async function apply(folder: string, changes: readonly Change[]): Promise<void> {
  for (const { from, to, texts } of changes) {
    let text = await readFile(join(folder, from), 'utf8')
    for (const [old, now] of texts) {
      expect(text, `${from} has: ${old}`).toContain(old)
      text = text.replaceAll(old, () => now)
    }
    await writeFile(join(folder, to), text)
  }
}

/** The files in which the type checker finds a fault: of the program, and of what its registries must be held to. */
async function faulty(folder: string): Promise<string[]> {
  const { stdout } = await run(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc')], {
    cwd: folder,
  }).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? 'tsc did not run(1,1): error' }))
  const files = [...stdout.matchAll(/^(\S[^(\n]*)\(\d+,\d+\): error/gm)].map(([, file]) => file ?? '')
  return [...new Set(files)].sort()
}

/** All are begun at once and finished at once: no two are asked for in the same place, so each answer is one thing's. */
test.runIf(wanted)('things are added in the places that are promised', { timeout: PATIENCE_MS }, async () => {
  const named = ADDITIONS.flatMap((addition) => addition.named)
  expect(new Set(named).size).toBe(named.length)
  const folder = await copyOfTree()
  try {
    const include = ['src', 'test/verification']
    await apply(folder, [
      changed('tsconfig.json', [
        '"include": ["src", "test", "bench", "drizzle.config.ts", "vitest.config.ts"]',
        `"include": ${JSON.stringify(include)}`,
      ]),
    ])
    for (const { begin } of ADDITIONS) await apply(folder, begin)
    expect(await faulty(folder), 'what the type checker asks for').toEqual(named.toSorted())
    for (const { finish } of ADDITIONS) await apply(folder, finish)
    expect(await faulty(folder), 'and nothing more').toEqual([])
    await writeFile(join(folder, 'test/core/planted.test.ts'), STORY)
    await run(
      process.execPath,
      [
        join(folder, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--project=unit',
        'test/core/planted.test.ts',
        'test/architecture.test.ts',
      ],
      // Of this run nothing is handed on but where programs are.
      { cwd: folder, env: { PATH, HOME, DAUYS_PLANTED: '0' } },
    )
  } finally {
    await removeCopy(folder)
  }
})

/** What was added works by its line alone: it is frozen in rules, marked, encoded, counted, and named in a file. */
const STORY = `// A ballot type and a rule that were added by a file and a line.
import { expect, test } from 'vitest'
import { checkBallot, decodeBallot, encodeBallot, ballotTermsSchema, pabulibBallot } from '../../src/core/ballots/index.ts'
import { count, pabulibRule, ruleTermsSchema } from '../../src/core/counting/index.ts'
import { electionOfChoices } from '../../src/core/counting/election.ts'

test('they are used as every other', () => {
  const projects = [{ id: 'a', cost: 5 }, { id: 'b', cost: 9 }]
  const ballot = ballotTermsSchema.parse({ kind: 'planted' })
  const rule = ruleTermsSchema.parse({ rule: 'planted', ties: ['rows'] })
  const choices = [{ project: 'b' }]
  expect(checkBallot(choices, ballot, projects)).toEqual({ ok: true, value: choices })
  expect(decodeBallot(encodeBallot(choices, ballot, projects), ballot, projects).ok).toBe(true)
  expect(pabulibBallot(ballot, projects).voteType).toBe('choose-1')
  expect(pabulibRule(rule).rule).toBe('greedy-custom')
  expect(count(electionOfChoices(10, projects, [choices], ballot), rule, new Uint8Array(32)).winners).toEqual(['b'])
})
`
