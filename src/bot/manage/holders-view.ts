// Where people hold the key of a vote: the dice, and the result that they counted, as officials enter both.
import { isPublished, PROFILES } from '../../core/cycle.ts'
import { DISPUTE_DAYS } from '../../core/trust-terms.ts'
import { escapeHtml, type T } from '../../i18n.ts'
import { CHECKS, type Verified } from '../../core/bundle/verify-bundle.ts'
import type { ProposeForgetProblem } from '../../use-cases/forget-cycle.ts'
import type { ImportResultProblem, Imported } from '../../use-cases/import-result.ts'
import type { DiceEntered, HoldersProblem } from '../../use-cases/key-holders.ts'
import type { Cycle } from '../../use-cases/list-cycles.ts'
import type { SampleDiceProblem, SampleEntered } from '../../use-cases/sample-ballots.ts'
import { fullMoment } from '../../words/moment.ts'
import { phaseName } from '../../words/phase.ts'
import { trialLines } from '../../words/trial.ts'
import { courseButton } from '../buttons.ts'
import { type Button, press, primary, type Screen } from '../message.ts'
import {
  askDiceButton,
  askForgetButton,
  askPublishButton,
  askResultButton,
  askSampleButton,
  countButton,
  diceButton,
  forgetButton,
  sampleButton,
} from './buttons.ts'

/** Its ballots are counted by the people who hold the key, now. */
export const waitsForHolders = ({ phase, profile, halt }: Cycle): boolean =>
  phase === 'counting' && !halt && PROFILES[profile].keys === 'holders'

/** What officials do between the close and the end of disputes. */
export function countActs(t: T, cycle: Cycle): Button[][] {
  if (cycle.phase === 'results')
    return [
      [press(t('manage.sample.button'), askSampleButton.pack({ cycle: cycle.id }))],
      ...forgetActs(t, cycle),
    ]
  if (isPublished(cycle.phase)) return forgetActs(t, cycle)
  if (cycle.phase !== 'counting' || cycle.halt) return []
  const one = { cycle: cycle.id }
  return [
    ...(waitsForHolders(cycle)
      ? [
          [press(t('manage.dice.button'), askDiceButton.pack(one))],
          [press(t('manage.result-file.button'), askResultButton.pack(one))],
        ]
      : [[press(t('manage.count.button'), countButton.pack(one))]]),
    [primary(t('manage.publish.button'), askPublishButton.pack(one))],
  ]
}

/** Once the days for disputes are over, as far as the timeline tells. */
function forgetActs(t: T, { id, timeline, trustTerms, asOf }: Cycle): Button[][] {
  const days = trustTerms.dispute ?? DISPUTE_DAYS
  const over = Date.parse(timeline.counting ?? asOf) + days * 86_400_000 <= Date.parse(asOf)
  return over ? [[press(t('manage.forget.button'), askForgetButton.pack({ cycle: id }))]] : []
}

export const forgetScreen = (t: T, cycle: Cycle): Screen => ({
  text: [...headOf(t, cycle), t.html('second.what-forget'), t.html('manage.joint')].join('\n'),
  buttons: [[primary(t('manage.propose.button'), forgetButton.pack({ cycle: cycle.id }))], back(t, cycle.id)],
})

/** HTML. */
export function whyNotForgotten(t: T, problem: ProposeForgetProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return t.html('manage.no-such-cycle')
    case 'not-allowed':
      return t.html('manage.not-yours')
    case 'nobody-to-confirm':
      return t.html('cli.nobody-to-confirm')
    case 'wrong-phase':
      return t.html('manage.is-at', { phase: phaseName(t, problem.phase) })
    case 'too-early':
      return t.html('cli.forget-too-early', { time: fullMoment(t, problem.until) })
    case 'forgotten-before':
      return t.html('cli.forgotten-before')
    case 'dispute-open':
      return t.html('cli.dispute-open')
  }
}

const back = (t: T, cycle: number): Button[] => [press(t('common.back.button'), courseButton.pack({ cycle }))]
const headOf = (t: T, cycle: Cycle): string[] => [
  ...trialLines(t, { cycle }),
  `<b>${escapeHtml(t.of(cycle.title))}</b>`,
]

/** `sample`: those that draw ballots to be opened again. */
export const askDiceScreen = (t: T, cycle: Cycle, sample = false): Screen => ({
  text: [...headOf(t, cycle), t.html(sample ? 'manage.sample-ask' : 'manage.dice-ask')].join('\n'),
  buttons: [back(t, cycle.id)],
})

export const checkDiceScreen = (t: T, cycle: Cycle, dice: string, sample = false): Screen => ({
  text: [...headOf(t, cycle), t.html('manage.dice-check', { count: dice.length, dice: spaced(dice) })].join(
    '\n',
  ),
  buttons: [
    [
      primary(
        t('manage.desk-do.button'),
        (sample ? sampleButton : diceButton).pack({ cycle: cycle.id, dice }),
      ),
    ],
    [
      press(
        t('manage.desk-other.button'),
        (sample ? askSampleButton : askDiceButton).pack({ cycle: cycle.id }),
      ),
    ],
    back(t, cycle.id),
  ],
})

const spaced = (dice: string): string => dice.replaceAll(/\d(?=\d)/g, '$& ')

/** HTML. */
export const sampleLine = (t: T, { agreed, leaves }: SampleEntered): string =>
  agreed ? t.html('manage.sample-drawn', { count: t.number(leaves.length) }) : t.html('manage.dice-first')

/** HTML. */
export const diceLine = (t: T, { agreed }: DiceEntered): string =>
  t.html(agreed ? 'manage.dice-agreed' : 'manage.dice-first')

export const askResultScreen = (t: T, cycle: Cycle): Screen => ({
  text: [...headOf(t, cycle), t.html('manage.result-ask')].join('\n'),
  buttons: [back(t, cycle.id)],
})

/** HTML. */
export const importedLine = (t: T, cycle: string, { verified, same }: Imported): string =>
  same
    ? t.html('cli.result-same', { cycle })
    : t.html('manage.result-taken', { ballots: t.number(verified.facts.ballots) })

/** HTML: the checks that failed. */
const failedLines = (t: T, { checks }: Verified): string[] => [
  t.html('manage.result-unsound'),
  ...CHECKS.filter((name) => checks[name].length > 0).map((name) =>
    t.html('cli.check-bad', { what: t(`cli.check-bad-${name}`) }),
  ),
]

/** HTML. */
export function whyNotHeld(t: T, problem: HoldersProblem | ImportResultProblem | SampleDiceProblem): string {
  switch (problem.kind) {
    case 'no-such-cycle':
      return t.html('manage.no-such-cycle')
    case 'void':
      return t.html('manage.void')
    case 'not-allowed':
      return t.html('manage.not-yours')
    case 'wrong-phase':
    case 'not-counting':
      return t.html('manage.is-at', { phase: phaseName(t, problem.phase) })
    case 'not-held':
    case 'not-json':
    case 'test-file':
    case 'not-a-key-file':
    case 'wrong-code':
    case 'not-dice':
      return t.html(`cli.keys-${problem.kind}`)
    case 'no-keys':
      return t.html('manage.keys-none-yet')
    case 'of-another-vote':
      return t.html('cli.keys-of-another-vote', { cycle: problem.cycle })
    case 'changed':
      return t.html('manage.changed')
    case 'thrown-before':
      return t.html('cli.keys-thrown-before', { dice: spaced(problem.dice) })
    case 'forgotten':
      return t.html('cli.forgotten-before')
    case 'another-vote':
      return t.html('cli.result-another-vote', { cycle: problem.cycle })
    case 'not-a-result':
    case 'another-log':
      return t.html(`cli.result-${problem.kind}`)
    case 'does-not-hold':
      return failedLines(t, problem.verified).join('\n')
    case 'not-sequenced':
      return t.html('manage.log-soon')
    case 'log-stopped':
    case 'log':
      return t.html('manage.log-stopped')
  }
}
