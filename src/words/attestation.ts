// result.zip of key holders: the bundle with the results, and the paper on which they sign which file it is.
import { countedOf } from '../core/audit/tally.ts'
import { type Bundle, writeBundle } from '../core/bundle/bundle.ts'
import { writeZip } from '../core/bundle/zip.ts'
import type { Verified } from '../core/bundle/verify-bundle.ts'
import { toHex, utf8 } from '../core/bytes.ts'
import { sha256 } from '../core/sha256.ts'
import type { T } from '../i18n.ts'
import { checkLines } from './checks.ts'

/** The archive, and the lines of the paper in it. */
export function resultArchive(t: T, bundle: Bundle): { bytes: Uint8Array; paper: string[] } {
  const inside = writeBundle(bundle)
  const paper = attestation(t, bundle, toHex(sha256(inside)))
  const bytes = writeZip([
    { name: 'attestation.txt', content: utf8(`\uFEFF${paper.join('\r\n')}\r\n`) },
    { name: 'bundle.zip', content: inside },
  ])
  return { bytes, paper }
}

/** What the holders sign: which file, and what it says of each village. */
function attestation(t: T, { rules, results }: Bundle, fingerprint: string): string[] {
  return [
    t('cli.attest-title', { cycle: rules.cycle }),
    t('cli.attest-file', { fingerprint }),
    ...results.pots.map((pot) => {
      const { winners } = 'count' in pot ? pot.count : pot.outcome
      const facts = {
        village: pot.village,
        ballots: countedOf(pot.ballots),
        winners: winners.join(', ') || '–',
      }
      return t('cli.attest-village', facts)
    }),
    t('cli.attest-sign'),
  ]
}

/** Why holders cannot count an export. */
export type HeldCountProblem =
  | { kind: 'log'; verified: Verified }
  | { kind: 'ballot'; seq: number }
  | { kind: 'paper'; village: string }
  | { kind: 'other-keys' | 'no-dice' | 'boxes' }

/** The same in words; of a log that does not hold, a line a check. */
export function heldCountSentence(t: T, problem: HeldCountProblem): string {
  switch (problem.kind) {
    case 'log':
      return [t('cli.verify-fails'), ...checkLines(t, problem.verified)].join('\n')
    case 'ballot':
      return t('cli.held-ballot', { seq: problem.seq })
    case 'paper':
      return t('cli.held-paper', { village: problem.village })
    case 'other-keys':
    case 'no-dice':
    case 'boxes':
      return t(`cli.held-${problem.kind}`)
  }
}
