// dauys cycle suspend | resume | void: a vote stands still, goes on, or counts for nothing. One official proposes, another confirms in chat.
import type { Command } from 'commander'
import type { Halt } from '../core/cycle.ts'
import type { Key, T } from '../i18n.ts'
import { type HaltWish, proposeHalt, type ProposeHaltProblem } from '../use-cases/halt-cycle.ts'
import { phaseName } from '../words/phase.ts'
import { act, cycleNamed, momentText, type Parts, readAccount, sayProposed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { type Refused, refused, refusedBy } from './refused.ts'

interface HaltOptions {
  cycle: string
  as: string
  kk: string
  ru: string
}

export function addHaltCommands(cycle: Command, parts: Parts): void {
  const { t } = parts
  const named = (name: 'suspend' | 'resume' | 'void') =>
    cycle
      .command(name)
      .description(t(`cli.help-cycle-${name}`))
      .requiredOption(...cycleOption(t))
      .requiredOption('--as <id>', t('cli.help-as'))
  for (const kind of ['suspend', 'void'] as const)
    named(kind)
      .requiredOption('--kk <text>', t('cli.help-halt-kk'))
      .requiredOption('--ru <text>', t('cli.help-halt-ru'))
      .action((options: HaltOptions) => {
        const { kk, ru } = options
        return propose(parts, options, { kind, reason: { kk, ru } })
      })
  named('resume').action((options: HaltOptions) => propose(parts, options, { kind: 'resume' }))
}

const propose = (parts: Parts, options: HaltOptions, wish: HaltWish): Promise<void> =>
  act(parts, async (app) => {
    const { id, slug } = await cycleNamed(app, options.cycle)
    const proposed = await proposeHalt(app, id, wish, readAccount(options.as))
    if (!proposed.ok) throw haltRefusal(slug, proposed.problem)
    sayProposed(parts, proposed.value)
  })

/** How a vote stands still, plain. */
export const haltText = (t: T, { kind, at, reason }: Halt): string =>
  t(kind === 'void' ? 'cli.halt-void' : 'cli.halt-suspended', {
    time: momentText(t, at),
    reason: t.of(reason),
  })

const REFUSED = {
  'no-such-cycle': 'cli.no-such-cycle',
  'not-allowed': 'cli.not-allowed',
  'nobody-to-confirm': 'cli.nobody-to-confirm',
  'not-voting': 'cli.halt-not-voting',
  'halted-before': 'cli.halt-before',
  'not-suspended': 'cli.halt-not-suspended',
  'bad-length': 'cli.halt-reason',
} satisfies Record<Exclude<ProposeHaltProblem['kind'], 'not-to-halt'>, Key>

function haltRefusal(slug: string, problem: ProposeHaltProblem): Refused {
  if (problem.kind === 'not-to-halt')
    return refusedBy((t) => t('cli.halt-no-void', { cycle: slug, phase: phaseName(t, problem.phase) }))
  const { kind, ...facts } = problem
  return refused(REFUSED[kind], facts)
}
