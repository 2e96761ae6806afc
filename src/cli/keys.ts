// dauys keys: the ceremony of key holders, its rehearsal, and what they bring to the server. The first three need no database.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import { fromUtf8 } from '../core/bytes.ts'
import { DICE } from '../core/audit/event.ts'
import { readExport } from '../core/bundle/vote-export.ts'
import { isCycleName } from '../core/cycle.ts'
import { heldText, readRehearsal } from '../core/formats/held-keys.ts'
import type { Key } from '../i18n.ts'
import { HOLDERS, makeShares, NEEDED, passphraseOf, sealShare, shareText } from '../sealing/key-shares.ts'
import { open } from '../sealing/sealed-box.ts'
import { openExportSample } from '../sealing/open-sample.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { shareSheetPdf } from '../documents/share-sheet.ts'
import {
  bringKeys,
  enterDice,
  enterRehearsal,
  type HoldersProblem,
  rehearsal,
} from '../use-cases/key-holders.ts'
import { sampleLines } from '../words/sample.ts'
import { act, cycleNamed, type Parts, readAccount } from './acting.ts'
import { readBytes, readText, writeNew } from './files.ts'
import { type Refused, refused, refusedBy } from './refused.ts'
import { openKeys } from './shares.ts'

export function addKeyCommands(program: Command, parts: Parts): void {
  const keys = program.command('keys').description(parts.t('cli.help-keys'))
  addOffline(keys, parts)
  addOnServer(keys, parts)
}

const listed = (one: string, before: string[]): string[] => [...before, one]

function addOffline(keys: Command, parts: Parts): void {
  const { t, say } = parts
  keys
    .command('make')
    .description(t('cli.help-keys-make'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .requiredOption('--out <folder>', t('cli.help-keys-out'))
    .action((cycle: string, { out }: { out: string }) => make(parts, cycle, out))
  keys
    .command('open')
    .description(t('cli.help-keys-open'))
    .requiredOption('--share <file>', t('cli.help-keys-share'), listed, [])
    .action(async ({ share }: { share: string[] }) => {
      const { cycle } = await openKeys(parts, await loadSodium(), share)
      say(t('cli.keys-open', { cycle }))
    })
  keys
    .command('rehearse')
    .description(t('cli.help-keys-rehearse'))
    .argument('<file>', t('cli.help-keys-test'))
    .requiredOption('--share <file>', t('cli.help-keys-share'), listed, [])
    .action(async (file: string, { share }: { share: string[] }) => {
      const test = readRehearsal(await readText(file))
      if (!test) throw refused('cli.keys-no-test', { file })
      const sodium = await loadSodium()
      const opened = await openKeys(parts, sodium, share)
      const code = open(sodium, opened.keys, test)
      if (!code.ok) throw refused('cli.keys-not-together')
      say(t('cli.keys-code', { code: (fromUtf8(code.value) ?? '').replace(/.{4}(?=.)/g, '$& ') }))
    })
  keys
    .command('sample')
    .description(t('cli.help-keys-sample'))
    .argument('<file>', t('cli.help-keys-export'))
    .requiredOption('--seed <dice>', t('cli.help-keys-thrown'))
    .requiredOption('--share <file>', t('cli.help-keys-share'), listed, [])
    .action((file: string, options: { seed: string; share: string[] }) => openDrawn(parts, file, options))
}

/** What observers look at: nothing of it is written anywhere. */
async function openDrawn(
  parts: Parts,
  file: string,
  { seed, share }: { seed: string; share: string[] },
): Promise<void> {
  const { t, say } = parts
  const exported = readExport(await readBytes(file))
  if (!exported.ok) throw refused('cli.count-no-export')
  const dice = diceOf(seed)
  if (!DICE.test(dice)) throw refused('cli.keys-not-dice')
  const sodium = await loadSodium()
  const { keys } = await openKeys(parts, sodium, share)
  const done = openExportSample(sodium, exported.value, keys, dice)
  if (!done.ok)
    throw done.problem.kind === 'ballot'
      ? refused('cli.sample-ballot', { seq: done.problem.seq })
      : refused(done.problem.kind === 'log' ? 'cli.sample-log' : 'cli.keys-not-together')
  say(t('cli.sample-head', { dice, count: done.value.length }))
  for (const line of sampleLines(t, exported.value.log.rules, done.value)) say(line)
}

/** Three files, three papers, and what the server may know. */
async function make(parts: Parts, cycle: string, out: string): Promise<void> {
  const { t, textsOf, say } = parts
  if (!isCycleName(cycle)) throw refused('cli.no-such-cycle')
  const { held, shares } = await makeShares(await loadSodium(), cycle, Uint8Array.from(randomBytes(32)))
  for (const share of shares) {
    const passphrase = passphraseOf(randomBytes(32))
    await writeNew(join(out, `share-${share.n}.age`), await sealShare(share, passphrase))
    const sheet = { cycle, n: share.n, of: HOLDERS, needed: NEEDED, text: shareText(share), passphrase }
    const t = [textsOf('kk'), textsOf('ru')] as const
    await writeNew(join(out, `share-${share.n}.pdf`), await shareSheetPdf({ t, ...sheet }))
  }
  const file = join(out, 'holders.json')
  await writeNew(file, heldText(held))
  say(t('cli.keys-made', { folder: out, of: HOLDERS, needed: NEEDED }))
  say(t('cli.keys-made-next', { cycle, file }))
}

function addOnServer(keys: Command, parts: Parts): void {
  const { t, say } = parts
  const onServer = (name: string, help: Key, what: string, aim: Key) =>
    keys
      .command(name)
      .description(t(help))
      .argument('<cycle>', t('cli.help-bundle-cycle'))
      .argument(what, t(aim))
  onServer('bring', 'cli.help-keys-bring', '<file>', 'cli.help-keys-holders')
    .option('--as <id>', t('cli.help-as'))
    .action((name: string, file: string, options: { as?: string }) =>
      act(parts, async (app) => {
        const cycle = await cycleNamed(app, name)
        const text = await readText(file)
        const { same } = must(await bringKeys(app, cycle.id, text, byOf(options)))
        say(t(same ? 'cli.keys-same' : 'cli.keys-brought', { cycle: cycle.slug }))
      }),
    )
  onServer('test', 'cli.help-keys-write-test', '<file>', 'cli.help-bundle-file').action(
    (name: string, file: string) =>
      act(parts, async (app) => {
        await writeNew(file, must(await rehearsal(app, (await cycleNamed(app, name)).id, 'command')))
        say(t('cli.keys-test-next', { file }))
      }),
  )
  onServer('rehearsed', 'cli.help-keys-rehearsed', '<code>', 'cli.help-keys-code')
    .option('--as <id>', t('cli.help-as'))
    .action((name: string, code: string, options: { as?: string }) =>
      act(parts, async (app) => {
        const cycle = await cycleNamed(app, name)
        const { already } = must(await enterRehearsal(app, cycle.id, code, byOf(options)))
        say(t(already ? 'cli.keys-rehearsed-before' : 'cli.keys-rehearsed', { cycle: cycle.slug }))
      }),
    )
  onServer('dice', 'cli.help-keys-dice', '<dice>', 'cli.help-keys-thrown')
    .requiredOption('--as <id>', t('cli.help-as'))
    .action((name: string, dice: string, options: { as: string }) =>
      act(parts, async (app) => {
        const cycle = await cycleNamed(app, name)
        const done = must(await enterDice(app, cycle.id, diceOf(dice), readAccount(options.as)))
        say(t(done.agreed ? 'cli.keys-dice-agreed' : 'cli.keys-dice', { cycle: cycle.slug }))
      }),
    )
}

/** The digits of dice as they are typed. */
export const diceOf = (typed: string): string => typed.replaceAll(/[\s,]/g, '')

const byOf = ({ as }: { as?: string }) => (as === undefined ? 'command' : readAccount(as))

function must<T>(result: { ok: true; value: T } | { ok: false; problem: HoldersProblem }): T {
  if (!result.ok) throw holdersRefusal(result.problem)
  return result.value
}

function holdersRefusal(problem: HoldersProblem): Refused {
  if (problem.kind === 'thrown-before') return refused('cli.keys-thrown-before', { dice: problem.dice })
  if (problem.kind === 'of-another-vote') return refused('cli.keys-of-another-vote', { cycle: problem.cycle })
  if (problem.kind !== 'wrong-phase') return refused(REFUSED[problem.kind])
  return refusedBy((t) => t('cli.keys-wrong-phase', { phase: t(`cli.phase-${problem.phase}`) }))
}

const REFUSED = {
  'no-such-cycle': 'cli.no-such-cycle',
  'not-allowed': 'cli.not-allowed',
  'not-held': 'cli.keys-not-held',
  void: 'cli.count-void',
  'not-json': 'cli.keys-not-json',
  'test-file': 'cli.keys-test-file',
  'not-a-key-file': 'cli.keys-not-a-key-file',
  changed: 'cli.keys-changed',
  'no-keys': 'cli.keys-no-keys',
  'wrong-code': 'cli.keys-wrong-code',
  'not-dice': 'cli.keys-not-dice',
} satisfies Record<Exclude<HoldersProblem['kind'], 'wrong-phase' | 'thrown-before' | 'of-another-vote'>, Key>
