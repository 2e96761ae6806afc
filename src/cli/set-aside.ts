// dauys ballot set-aside, dauys log set-aside | accept-rollback | mend-tiles: what blocks a count, a log or a start, out of the way.
import type { Command } from 'commander'
import type { Key } from '../i18n.ts'
import { proposeRollback } from '../use-cases/accept-rollback.ts'
import type { App } from '../use-cases/app.ts'
import { listLogs, mendTiles } from '../use-cases/mend-tiles.ts'
import { type ProposeAsideProblem, proposeBallotAside } from '../use-cases/set-ballot-aside.ts'
import { type LeafAsideProblem, proposeLeafAside } from '../use-cases/set-leaf-aside.ts'
import { act, cycleNamed, type Parts, readAccount, sayProposed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { addLogCheck } from './log-check.ts'
import { type Refused, refused, refusedBy } from './refused.ts'
import { headSentence, readingRefusal } from './tell-fault.ts'
import { addWitnessCommands } from './witness.ts'

export function addBallotCommands(program: Command, parts: Parts): void {
  const { t } = parts
  program
    .command('ballot')
    .description(t('cli.help-ballot'))
    .command('set-aside')
    .description(t('cli.help-ballot-aside'))
    .argument('<receipt>', t('cli.help-ballot-receipt'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--as <id>', t('cli.help-as'))
    .action((receipt: string, options: { cycle: string; as: string }) =>
      act(parts, async (app) => {
        const { id } = await cycleNamed(app, options.cycle)
        const proposed = await proposeBallotAside(app, id, receipt, readAccount(options.as))
        if (!proposed.ok) throw ballotRefusal(proposed.problem)
        sayProposed(parts, proposed.value)
      }),
    )
}

export function addLogCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const log = program.command('log').description(t('cli.help-log'))
  addLogCheck(log, parts)
  addWitnessCommands(log, parts)
  log
    .command('set-aside')
    .description(t('cli.help-log-aside'))
    .argument('<leaf>', t('cli.help-log-leaf'))
    .requiredOption(...logOption(parts))
    .requiredOption('--as <id>', t('cli.help-as'))
    .action((leaf: string, options: { log: string; as: string }) =>
      act(parts, async (app) => {
        if (!/^[0-9a-f]{64}$/.test(leaf)) throw refused('cli.aside-no-leaf')
        const proposed = await proposeLeafAside(app, readLog(options.log), leaf, readAccount(options.as))
        if (!proposed.ok) throw refused(LEAF[proposed.problem.kind])
        sayProposed(parts, proposed.value)
      }),
    )
  log
    .command('accept-rollback')
    .description(t('cli.help-log-rollback'))
    .requiredOption(...logOption(parts))
    .requiredOption('--as <id>', t('cli.help-as'))
    .action((options: { log: string; as: string }) =>
      act(parts, (app) => accept(app, parts, options), 'behind'),
    )
  log
    .command('mend-tiles')
    .description(t('cli.help-log-mend'))
    .requiredOption(...logOption(parts))
    .action((options: { log: string }) => act(parts, (app) => mend(app, parts, options)))
}

async function mend(app: App, { t, say }: Parts, options: { log: string }): Promise<void> {
  const number = readLog(options.log)
  if (!(await listLogs(app)).includes(number)) throw refused('cli.log-none')
  const mended = await mendTiles(app, number)
  if (!mended.ok) {
    const { problem } = mended
    throw refusedBy((t) =>
      t('cli.reading-stopped', { fault: headSentence(t, problem), instead: t('cli.nothing-changed') }),
    )
  }
  say(t('cli.log-mended', { count: mended.value }))
}

/** The program does not start, so this very command asks the second official and waits for the answer. */
async function accept(app: App, parts: Parts, options: { log: string; as: string }): Promise<void> {
  const { t, say, confirm } = parts
  if (!confirm) throw refused('cli.rollback-no-telegram')
  const proposed = await proposeRollback(app, readLog(options.log), readAccount(options.as))
  if (!proposed.ok) throw refused(ROLLBACK[proposed.problem.kind])
  sayProposed(parts, proposed.value)
  say(t('cli.rollback-waiting'))
  const end = await confirm(app, proposed.value.id)
  if (end !== 'done') throw refused(end === 'refused' ? 'cli.rollback-refused' : 'cli.rollback-nobody')
  say(t('cli.rollback-done'))
}

const logOption = ({ t }: Parts) => ['--log <n>', t('cli.help-log-number')] as const

/** Digits, or a number that no log has. */
const readLog = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : -1)

const ROLLBACK = {
  'not-allowed': 'cli.not-allowed',
  'nobody-to-confirm': 'cli.nobody-to-confirm',
  'not-rolled-back': 'cli.rollback-not',
} as const

const LEAF = {
  'not-allowed': 'cli.not-allowed',
  'nobody-to-confirm': 'cli.nobody-to-confirm',
  'no-such-leaf': 'cli.aside-no-leaf',
  'leaf-holds': 'cli.aside-leaf-holds',
  'set-aside-before': 'cli.aside-before',
} satisfies Record<LeafAsideProblem['kind'] | 'not-allowed' | 'nobody-to-confirm', Key>

const BALLOT = {
  'no-such-cycle': 'cli.no-such-cycle',
  'not-allowed': 'cli.not-allowed',
  'nobody-to-confirm': 'cli.nobody-to-confirm',
  'not-counting': 'cli.aside-not-counting',
  'set-aside-before': 'cli.aside-before',
  'no-such-receipt': 'cli.aside-no-receipt',
  'not-counted': 'cli.aside-not-counted',
  opens: 'cli.aside-opens',
  'no-key': 'cli.aside-no-key',
} as const

function ballotRefusal(problem: ProposeAsideProblem): Refused {
  switch (problem.kind) {
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return readingRefusal(problem, 'cli.nothing-proposed')
    case 'no-such-cycle':
    case 'not-allowed':
    case 'nobody-to-confirm':
    case 'not-counting':
    case 'set-aside-before':
    case 'no-such-receipt':
    case 'not-counted':
    case 'opens':
    case 'no-key':
      return refused(BALLOT[problem.kind])
  }
}
