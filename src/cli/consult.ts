// dauys consult show | meeting | cancel | hands | publish | minutes: what a village needs, its public meeting, and the akimat's answer.
import type { Command } from 'commander'
import type { Localised } from '../core/localised.ts'
import { minutesPdf } from '../documents/minutes.ts'
import type { App } from '../use-cases/app.ts'
import {
  cancelMeeting,
  enterHands,
  type Hands,
  type HandsDiffer,
  setMeeting,
} from '../use-cases/hold-meeting.ts'
import type { Cycle } from '../use-cases/list-cycles.ts'
import type { KnownTerritory } from '../use-cases/find-village.ts'
import { publishNeeds } from '../use-cases/publish-needs.ts'
import { type NeedsRead, readNeeds } from '../use-cases/read-needs.ts'
import { figureLines } from '../words/need.ts'
import { placeName } from '../words/place.ts'
import { act, cycleNamed, momentText, type Parts, readAccount, readMoment, villageNamed } from './acting.ts'
import { consultRefused } from './consult-refused.ts'
import { cycleOption } from './cycle-option.ts'
import { writeNew } from './files.ts'
import { plainLine } from '../words/plain-line.ts'
import { refused } from './refused.ts'

interface Options extends Record<string, string | undefined> {
  cycle: string
  as?: string
}

export function addConsultCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const consult = program.command('consult').description(t('cli.help-consult'))
  const one = (name: string, work: (app: App, at: At, options: Options) => Promise<void>) =>
    consult
      .command(name)
      .argument('<village>', t('cli.help-consult-village'))
      .requiredOption(...cycleOption(t))
      .action((village: string, options: Options) =>
        act(parts, async (app) => work(app, await placed(app, village, options.cycle), options)),
      )
  one('show', (_, at) => show(parts, at)).description(t('cli.help-consult-show'))
  one('meeting', (app, at, options) => meeting(app, parts, at, options))
    .description(t('cli.help-consult-meeting'))
    .requiredOption('--at <time>', t('cli.help-consult-at'))
    .requiredOption('--place-kk <text>', t('cli.help-consult-place', { language: 'kk' }))
    .requiredOption('--place-ru <text>', t('cli.help-consult-place', { language: 'ru' }))
    .option('--as <id>', t('cli.help-ideas-as'))
  one('cancel', (app, at, options) => cancel(app, parts, at, options))
    .description(t('cli.help-consult-cancel'))
    .option('--as <id>', t('cli.help-ideas-as'))
  one('hands', (app, at, options) => hands(app, parts, at, options))
    .description(t('cli.help-consult-hands'))
    .requiredOption('--as <id>', t('cli.help-consult-as'))
    .requiredOption('--present <people>', t('cli.help-consult-present'))
    .requiredOption('--women <people>', t('cli.help-consult-women'))
    .requiredOption('--needs <list>', t('cli.help-consult-needs'))
  one('publish', (app, at, options) => publish(app, parts, at, options))
    .description(t('cli.help-consult-publish'))
    .requiredOption('--reply-kk <text>', t('cli.help-consult-reply', { language: 'kk' }))
    .requiredOption('--reply-ru <text>', t('cli.help-consult-reply', { language: 'ru' }))
    .option('--as <id>', t('cli.help-ideas-as'))
  one('minutes', (_, at, { out = '' }) => minutes(parts, at, out))
    .description(t('cli.help-consult-minutes'))
    .requiredOption('--out <file>', t('cli.help-consult-out'))
}

/** A village of a cycle that asks what it needs. */
interface At {
  cycle: Cycle
  village: KnownTerritory
  where: { cycle: number; territory: number }
  read: NeedsRead
}

async function placed(app: App, name: string, cycleName: string): Promise<At> {
  const cycle = await cycleNamed(app, cycleName)
  const village = await villageNamed(app, name, cycle.id)
  const where = { cycle: cycle.id, territory: village.territory }
  const read = await readNeeds(app, where)
  if (!read) throw consultRefused({ kind: 'no-consultation' })
  return { cycle, village, where, read }
}

async function show({ t, say }: Parts, { village, read }: At): Promise<void> {
  const { needs, figures, meeting, lines, voices, result } = read
  say(placeName(t, village))
  for (const line of figureLines(t, needs, result?.figures ?? figures)) say(plainLine(line))
  for (const line of lines) say(`  – ${line}`)
  if (voices > 0) say(t('cli.consult-voices', { number: voices }))
  if (meeting) say(t('cli.consult-meets', { time: momentText(t, meeting.at), place: t.of(meeting.place) }))
  if (meeting && !meeting.agreed) say(t('cli.consult-hands-open'))
  say(t(result ? 'cli.consult-published' : 'cli.consult-not-published'))
}

const localised = (kk = '', ru = ''): Localised => ({ kk: kk.trim(), ru: ru.trim() })
const actor = ({ as }: Options) => (as === undefined ? 'command' : readAccount(as))

async function meeting(app: App, { t, say }: Parts, { where }: At, options: Options): Promise<void> {
  const at = readMoment(options['at'] ?? '')
  const place = localised(options['placeKk'], options['placeRu'])
  const done = await setMeeting(app, where, { place, at }, actor(options))
  if (!done.ok) throw consultRefused(done.problem)
  say(t('cli.consult-meets', { time: momentText(t, at), place: t.of(place) }))
}

async function cancel(app: App, { t, say }: Parts, { where }: At, options: Options): Promise<void> {
  const done = await cancelMeeting(app, where, actor(options))
  if (!done.ok) throw consultRefused(done.problem)
  say(t('cli.consult-cancelled'))
}

async function hands(app: App, parts: Parts, { where, read }: At, options: Options): Promise<void> {
  const { t, say } = parts
  const counted: Hands = {
    present: people(options['present']),
    women: people(options['women']),
    hands: readHands(options['needs'] ?? '', read.needs.length),
  }
  const done = await enterHands(app, where, counted, readAccount(options.as ?? ''))
  if (!done.ok) throw consultRefused(done.problem)
  const entered = done.value
  if (entered.kind === 'agreed') return say(t('cli.hands-agreed'))
  if (entered.kind === 'first') return say(t('cli.hands-first'))
  say(t('cli.hands-differ'))
  for (const differs of entered.where) say(`  ${differLine(parts, read.needs, differs)}`)
}

function differLine(
  { t }: Parts,
  needs: readonly Localised[],
  { what, need, mine, theirs }: HandsDiffer,
): string {
  const title = needs[(need ?? 0) - 1]
  const name = what === 'need' ? `${need}. ${title ? t.of(title) : ''}` : t(`cli.hands-${what}`)
  return t('cli.hands-differ-line', { name, mine, theirs })
}

function people(text = ''): number {
  if (!/^\d{1,4}$/.test(text)) throw refused('cli.hands-no-number', { text })
  return Number(text)
}

/** `1=20 5=7`: the number of a need and its hands; needs that are left out had none. */
function readHands(text: string, needs: number): number[] {
  const read = Array.from({ length: needs }, () => 0)
  for (const pair of text.split(/[\s,;]+/).filter((one) => one !== '')) {
    const [, need = '', count = ''] = /^(\d{1,2})[=:](\d{1,4})$/.exec(pair) ?? []
    if (need === '' || Number(need) < 1 || Number(need) > needs)
      throw refused('cli.hands-no-pair', { text: pair, needs })
    read[Number(need) - 1] = Number(count)
  }
  return read
}

async function publish(app: App, { t, say }: Parts, { where }: At, options: Options): Promise<void> {
  const done = await publishNeeds(
    app,
    where,
    localised(options['replyKk'], options['replyRu']),
    actor(options),
  )
  if (!done.ok) throw consultRefused(done.problem)
  say(t('cli.consult-now-published'))
}

async function minutes({ t, textsOf, say }: Parts, { cycle, village, read }: At, out: string): Promise<void> {
  const { needs, meeting } = read
  if (!meeting?.agreed) throw refused('cli.minutes-no-hands')
  const bytes = await minutesPdf({
    t: [textsOf('kk'), textsOf('ru')],
    title: cycle.title,
    village,
    place: meeting.place,
    at: meeting.at,
    needs,
    counted: meeting.agreed,
  })
  await writeNew(out, bytes)
  say(t('cli.minutes-written', { file: out }))
}
