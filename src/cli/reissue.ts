// dauys cards reissue | move: another card in the place of one that was handed over. One official proposes, another confirms in chat.
import type { Command } from 'commander'
import type { Key } from '../i18n.ts'
import { proposeReissue, type ProposeReissueProblem } from '../use-cases/reissue-card.ts'
import { placeName } from '../words/place.ts'
import { act, cycleNamed, type Parts, readAccount, sayProposed, villageNamed } from './acting.ts'
import { cycleOption } from './cycle-option.ts'
import { type Refused, refused } from './refused.ts'

interface ReissueOptions {
  cycle: string
  as: string
  row?: string
  lost?: string
}

export function addReissueCommands(cards: Command, parts: Parts): void {
  add(cards, parts, 'reissue')
  add(cards, parts, 'move')
}

function add(cards: Command, parts: Parts, name: 'reissue' | 'move'): void {
  const { t } = parts
  cards
    .command(name)
    .description(t(`cli.help-cards-${name}`))
    .argument('<village>', t('cli.help-village'))
    .argument('<serial>', t('cli.help-cards-new'))
    .requiredOption(...cycleOption(t))
    .requiredOption('--as <id>', t('cli.help-as'))
    .option('--row <n>', t('cli.help-cards-row'))
    .option('--lost <serial>', t('cli.help-cards-lost'))
    .action((village: string, serial: string, options: ReissueOptions) =>
      propose(parts, name, village, serial, options),
    )
}

const propose = (
  parts: Parts,
  name: 'reissue' | 'move',
  village: string,
  serial: string,
  options: ReissueOptions,
): Promise<void> =>
  act(parts, async (app) => {
    const { row, lost } = options
    if (row === undefined && lost === undefined) throw refused('cli.cards-name-row')
    const { id } = await cycleNamed(app, options.cycle)
    const place = await villageNamed(app, village, id)
    const wanted = {
      territory: place.territory,
      serial: readNumber(serial),
      register: row === undefined ? undefined : readNumber(row),
      lost: lost === undefined ? undefined : readNumber(lost),
      moved: name === 'move',
    }
    const proposed = await proposeReissue(app, id, wanted, readAccount(options.as))
    if (!proposed.ok) throw reissueRefusal(proposed.problem, wanted.serial, row ?? '')
    const said = proposed.value.act
    if (said.kind !== 'card-reissue') throw new Error('another act was proposed')
    const { register, old } = said
    parts.say(
      parts.t('cli.cards-reissue-asked', {
        village: placeName(parts.t, place),
        register,
        old,
        serial: wanted.serial,
      }),
    )
    sayProposed(parts, proposed.value)
  })

/** A serial, or a number in the register. */
function readNumber(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text)) throw refused('cli.cards-no-number', { text })
  return Number(text)
}

const REFUSED = {
  'no-such-cycle': 'cli.no-such-cycle',
  'not-allowed': 'cli.not-allowed',
  'nobody-to-confirm': 'cli.nobody-to-confirm',
  closed: 'cli.cards-reissue-closed',
  'no-such-row': 'cli.cards-no-such-row',
  'no-such-card': 'cli.cards-no-such-card',
  'own-print': 'cli.cards-own-print',
  'not-handed-over': 'cli.cards-not-in-hands',
  'has-voted': 'cli.cards-has-voted',
  'nobody-claimed': 'cli.cards-nobody-claimed',
  'not-its-card': 'cli.cards-not-its-card',
  'other-card': 'cli.cards-other-card',
} satisfies Record<ProposeReissueProblem['kind'], Key>

const reissueRefusal = (problem: ProposeReissueProblem, serial: number, register: string): Refused =>
  refused(REFUSED[problem.kind], { register, serial: 'serial' in problem ? problem.serial : serial })
