// dauys log check: whether a restored database holds what its log says, under the secrets that were restored with it.
import type { Command } from 'commander'
import { type CheckedLog, checkLogs } from '../use-cases/check-logs.ts'
import { type Copies, missingCopies } from '../use-cases/copy-idea-media.ts'
import { act, type Parts } from './acting.ts'
import { refused } from './refused.ts'
import { faultSentences } from '../words/fault.ts'
import { headSentence } from './tell-fault.ts'

export function addLogCheck(log: Command, parts: Parts): void {
  log
    .command('check')
    .description(parts.t('cli.help-log-check'))
    .action(() =>
      act(
        parts,
        async (app) => tell(parts, await checkLogs(app), await missingCopies(app, parts.media)),
        'looking',
      ),
    )
}

/** A line a log, and one of the copies of media, if there are any. Refuses in the end where something does not hold or is missing. */
function tell({ t, say }: Parts, logs: readonly CheckedLog[], copies: Copies): void {
  for (const { log, acts, faults, missing } of logs) {
    const told = [
      ...faultSentences(t, faults.filter(isOfLog)),
      ...faults.flatMap((fault) => (isOfLog(fault) ? [] : [headSentence(t, fault)])),
    ]
    const key = told.length > 0 ? 'cli.check-broken' : acts > 0 ? 'cli.check-holds' : 'cli.check-unsigned'
    const away = missing.length > 0 ? ` ${t('cli.check-missing', { files: missing.join(', ') })}` : ''
    say(t(key, { log, acts, faults: told.join('; ') }) + away)
  }
  const media = { setting: copies.setting, named: copies.named, missing: copies.missing.length }
  if (copies.named > 0) say(t('cli.check-media', media))
  const broken = logs.filter(({ faults }) => faults.length > 0)
  if (broken.length > 0) throw refused('cli.check-refused', { logs: broken.map(({ log }) => log).join(', ') })
  if (media.missing > 0) throw refused('cli.check-media-refused', media)
}

type Told = CheckedLog['faults'][number]
const isOfLog = (fault: Told): fault is Exclude<Told, { kind: 'kept-unreadable' }> =>
  fault.kind !== 'kept-unreadable'
