// dauys announce new | write | show | send | steer | list: announcements to residents, by the command line. A photo or a voice note comes by the chat.
import type { Command } from 'commander'
import { AUDIENCES, type Audience } from '../core/announcement.ts'
import type { Texts } from '../i18n.ts'
import { announce } from '../use-cases/announce.ts'
import type { Actor } from '../use-cases/actor.ts'
import type { App } from '../use-cases/app.ts'
import { listAnnouncements, readAnnouncement, type SeenAnnouncement } from '../use-cases/read-announcement.ts'
import { isSteer, steerAnnouncement, STEERS } from '../use-cases/steer-announcement.ts'
import { beginAnnouncement, type Wanted, writeAnnouncement } from '../use-cases/write-announcement.ts'
import { audienceName, faultLine, figuresLine, stateName, timeInWords } from '../words/announcement.ts'
import { act, cycleNamed, type Parts, readAccount, readMoment, sayProposed, villageNamed } from './acting.ts'
import { announceRefused } from './announce-refused.ts'
import { cycleOption } from './cycle-option.ts'
import { readText } from './files.ts'
import { refused } from './refused.ts'

interface Options {
  [language: string]: string | undefined
  who?: string
  village?: string
  language?: string
  at?: string
  as?: string
}

const actor = ({ as }: Options): Actor => (as === undefined ? 'command' : readAccount(as))
const idOf = (text: string): number => Number(/^(?:№\s*)?([1-9]\d{0,8})$/.exec(text)?.[1] ?? 0)
const KINDS = AUDIENCES.join(', ')

export function addAnnounceCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const group = program.command('announce').description(t('cli.help-announce'))
  group
    .command('list')
    .description(t('cli.help-announce-list'))
    .requiredOption(...cycleOption(t))
    .action(({ cycle }: { cycle: string }) => act(parts, (app) => list(app, parts, cycle)))
  writing(
    parts,
    group
      .command('new')
      .description(t('cli.help-announce-new'))
      .requiredOption(...cycleOption(t))
      .option('--as <id>', t('cli.help-announce-as')),
  ).action((options: Options & { cycle: string }) => act(parts, (app) => begin(app, parts, options)))
  const one = (name: string, work: (app: App, id: number, options: Options) => Promise<void>) =>
    group
      .command(name)
      .argument('<number>', t('cli.help-announce-number'))
      .option('--as <id>', t('cli.help-announce-as'))
      .action((number: string, options: Options) => act(parts, (app) => work(app, idOf(number), options)))
  writing(
    parts,
    one('write', (app, id, options) => write(app, parts, id, options)),
  ).description(t('cli.help-announce-write'))
  one('show', (app, id) => show(app, parts, id)).description(t('cli.help-announce-show'))
  one('send', (app, id, options) => send(app, parts, id, options)).description(t('cli.help-announce-send'))
  group
    .command('steer')
    .description(t('cli.help-announce-steer'))
    .argument('<number>', t('cli.help-announce-number'))
    .argument('<step>', t('cli.help-announce-step'))
    .option('--as <id>', t('cli.help-announce-as'))
    .action((number: string, step: string, options: Options) =>
      act(parts, (app) => steer(app, parts, { id: idOf(number), step }, options)),
    )
}

/** The options of whatever writes. */
function writing({ t, textsOf }: Parts, command: Command): Command {
  for (const { locale, name } of textsOf.languages)
    command.option(`--${locale} <file>`, t('cli.help-announce-text', { language: name }))
  return command
    .option('--who <kind>', t('cli.help-announce-who', { kinds: KINDS }))
    .option('--village <village>', t('cli.help-announce-village'))
    .option('--language <language>', t('cli.help-announce-language'))
    .option('--at <time>', t('cli.help-announce-at'))
    .option('--channel <yes-or-no>', t('cli.help-announce-channel'))
}

async function list(app: App, { t, textsOf, say }: Parts, name: string): Promise<void> {
  const all = await listAnnouncements(app, 'command', (await cycleNamed(app, name)).id)
  if (all.length === 0) say(t('cli.announce-none'))
  for (const { id, state, audience } of all) {
    const who = audienceName(t, textsOf, audience, undefined)
    say(t('cli.announce-line', { number: id, state: stateName(t, state), who }))
  }
}

async function begin(app: App, parts: Parts, options: Options & { cycle: string }): Promise<void> {
  const { id: cycle } = await cycleNamed(app, options.cycle)
  const begun = await beginAnnouncement(app, { cycle }, actor(options))
  if (!begun.ok) throw refused(begun.problem.kind === 'not-allowed' ? 'cli.not-allowed' : 'cli.no-such-cycle')
  parts.say(parts.t('cli.announce-begun', { number: begun.value }))
  await write(app, parts, begun.value, options)
}

async function write(app: App, parts: Parts, id: number, options: Options): Promise<void> {
  const seen = await seenOf(app, id)
  for (const wanted of await wantedOf(app, parts, seen, options)) {
    const done = await writeAnnouncement(app, { id }, wanted, actor(options))
    if (!done.ok) throw announceRefused(parts.textsOf, done.problem)
  }
  await show(app, parts, id)
}

async function wantedOf(
  app: App,
  { textsOf }: Parts,
  { one }: SeenAnnouncement,
  options: Options,
): Promise<Wanted[]> {
  const wanted: Wanted[] = []
  for (const { locale } of textsOf.languages) {
    const file = options[locale]
    if (file !== undefined) wanted.push({ text: { locale, html: await readText(file) } })
  }
  const audience: Audience = { ...one.audience }
  if (options.who !== undefined) audience.who = kindOf(options.who)
  if (options.language !== undefined) audience.locale = knownLanguage(textsOf, options.language)
  if (options.village !== undefined)
    audience.territory = (await villageNamed(app, options.village, one.cycle)).territory
  if (JSON.stringify(audience) !== JSON.stringify(one.audience)) wanted.push({ audience })
  const { channel } = options
  if (channel !== undefined) {
    if (channel !== 'yes' && channel !== 'no') throw refused('cli.announce-yes-or-no', { text: channel })
    wanted.push({ channel: channel === 'yes' })
  }
  if (options.at !== undefined) wanted.push({ at: options.at === 'now' ? null : readMoment(options.at) })
  return wanted
}

function kindOf(text: string): Audience['who'] {
  const kind = AUDIENCES.find((one) => one === text)
  if (!kind) throw refused('cli.announce-unknown-who', { text, kinds: KINDS })
  return kind
}

function knownLanguage(textsOf: Texts, text: string): string {
  const locale = textsOf.known(text)
  if (locale === undefined) throw refused('cli.announce-unknown-language', { text })
  return locale
}

async function seenOf(app: App, id: number): Promise<SeenAnnouncement> {
  const seen = await readAnnouncement(app, id, 'command')
  if (!seen) throw refused('announce.gone')
  return seen
}

async function show(app: App, parts: Parts, id: number): Promise<void> {
  const { t, textsOf, say } = parts
  const seen = await seenOf(app, id)
  const { one, cycle, place, people, faults, channels } = seen
  say(
    t('cli.announce-line', {
      number: id,
      state: stateName(t, one.state),
      who: audienceName(t, textsOf, one.audience, place),
    }),
  )
  say(t('second.vote', { title: t.of(cycle.title) }))
  for (const [locale, text] of Object.entries(one.texts))
    say(t('announce.text-line', { language: textsOf(textsOf.guess(locale)).language.name, text }))
  say(one.at === null ? t('announce.when-now') : t('announce.when-at', { time: timeInWords(t, one.at) }))
  if (one.channel)
    say(t('announce.channel-too', { titles: channels.map(({ title }) => title).join(', ') || '–' }))
  if (one.startedAt !== null) return say(figuresLine(t, seen.figures))
  if (people !== undefined) say(t('announce.people', { count: people, number: t.number(people) }))
  if (faults.length > 0) say(t('announce.stops'))
  for (const fault of faults) say(`  ${faultLine(t, textsOf, fault)}`)
}

async function send(app: App, parts: Parts, id: number, options: Options): Promise<void> {
  const { t, textsOf, say } = parts
  const done = await announce(app, { id }, actor(options))
  if (!done.ok) throw announceRefused(textsOf, done.problem)
  const { at, people, proposed } = done.value
  say(t('announce.people', { count: people, number: t.number(people) }))
  if (proposed) return sayProposed(parts, proposed)
  say(t('announce.approved', { time: timeInWords(t, at) }))
}

async function steer(
  app: App,
  parts: Parts,
  { id, step }: { id: number; step: string },
  options: Options,
): Promise<void> {
  if (!isSteer(step)) throw refused('cli.announce-unknown-step', { text: step, kinds: STEERS.join(', ') })
  const done = await steerAnnouncement(app, id, step, actor(options))
  if (!done.ok) throw announceRefused(parts.textsOf, done.problem)
  await show(app, parts, id)
}
