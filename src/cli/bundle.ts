// dauys bundle: writes the bundle of a published vote. dauys verify: checks one, with no database and no network.
import type { Command } from 'commander'
import { type VerifyTerms, type Verified, verifyBundle } from '../core/bundle/verify-bundle.ts'
import { verify } from '../sealing/sign.ts'
import { loadSodium } from '../sealing/sodium.ts'
import { makeBundle, type MakeBundleProblem } from '../use-cases/make-bundle.ts'
import { numberLeaves } from '../use-cases/number-leaves.ts'
import { checkLines } from '../words/checks.ts'
import { act, cycleNamed, type Parts } from './acting.ts'
import { readBytes, readText, writeNew } from './files.ts'
import { type Refused, refused, refusedBy } from './refused.ts'

export function addBundleCommand(program: Command, parts: Parts): void {
  const { t, say } = parts
  program
    .command('bundle')
    .description(t('cli.help-bundle'))
    .argument('<cycle>', t('cli.help-bundle-cycle'))
    .argument('<file>', t('cli.help-bundle-file'))
    .action((name: string, file: string) =>
      act(parts, async (app) => {
        const { slug } = await cycleNamed(app, name)
        await numberLeaves(app)
        const made = await makeBundle(app, slug)
        if (!made.ok) throw bundleRefusal(made.problem)
        await writeNew(file, made.value.bytes)
        for (const line of checkLines(t, made.value.verified)) say(line)
        say(t('cli.written', { file }))
      }),
    )
}

export function addVerifyCommand(program: Command, parts: Parts): void {
  const { t, say } = parts
  program
    .command('verify')
    .description(t('cli.help-verify'))
    .argument('<file>', t('cli.help-verify-file'))
    .option('--key <key>', t('cli.help-receipt-key'))
    .option('--checkpoint <file>', t('cli.help-verify-checkpoint'))
    .action(async (file: string, options: { key?: string; checkpoint?: string }) => {
      const bytes = await readBytes(file)
      const known = options.checkpoint === undefined ? [] : [await readText(options.checkpoint)]
      const terms = { known, ...(options.key === undefined ? {} : { key: options.key.trim() }) }
      const verified = await verifyWith(bytes, terms)
      for (const line of checkLines(t, verified)) say(line)
      if (!verified.holds) throw refused('cli.verify-fails')
      say(t('cli.verify-holds', { cycle: verified.facts.cycle }))
    })
}

/** Verifies with the libsodium of this program. */
export async function verifyWith(bytes: Uint8Array, terms: Omit<VerifyTerms, 'verify'>): Promise<Verified> {
  const sodium = await loadSodium()
  return verifyBundle(bytes, {
    ...terms,
    verify: (said, signature, publicKey) => verify(sodium, said, signature, publicKey),
  })
}

function bundleRefusal(problem: MakeBundleProblem): Refused {
  switch (problem.kind) {
    case 'no-such-cycle':
    case 'not-published':
      return refused('cli.bundle-not-published')
    case 'not-sequenced':
      return refused('cli.reading-not-sequenced')
    case 'does-not-hold':
      return refusedBy((t) => [t('cli.bundle-fails'), ...checkLines(t, problem.verified)].join('\n'))
  }
}
