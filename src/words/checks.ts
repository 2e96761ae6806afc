// What the checks of a bundle say: a line a check, and what was found.
import { CHECKS, type Verified } from '../core/bundle/verify-bundle.ts'
import type { Facts, Key, T } from '../i18n.ts'
import { channelName } from './channel.ts'
import { faultSentences } from './fault.ts'

/** A line a check, and under one that fails what was found. */
export function checkLines(t: T, { checks, facts }: Verified): string[] {
  if (checks.archive.length > 0) return failed(t, 'archive', checks)
  const { attested, cosigned, channels, ...told } = facts
  const lines = CHECKS.flatMap((name) =>
    checks[name].length > 0
      ? failed(t, name, checks)
      : [t('cli.check-good', { what: t(`cli.check-${name}` as Key, told satisfies Facts) })],
  )
  const ways = [...channels].map(([channel, count]) => `${channelName(t, channel)} ${t.number(count)}`)
  if (channels.has('assisted')) lines.push(t('cli.check-channels', { channels: ways.join(', ') }))
  if (attested.length > 0)
    lines.push(t('cli.check-attested', { villages: attested.join(', '), count: attested.length }))
  for (const witness of cosigned) lines.push(t('cli.check-cosigned', witness))
  return lines
}

const failed = (t: T, name: (typeof CHECKS)[number], checks: Verified['checks']): string[] => [
  t('cli.check-bad', { what: t(`cli.check-bad-${name}` as Key) }),
  ...faultSentences(t, checks[name]).map((fault) => `  ${fault}`),
]
