// Erases what is kept about a person: a right that has not voted is free again, a ballot that was cast stays counted as nobody's.
import { claimHash, rowBond } from '../core/audit/mac.ts'
import { clock } from '../store/clock.ts'
import { INSTALLATION_LOG } from '../store/log.ts'
import { forgetReportMark } from '../store/pressure.ts'
import { forgetAccount, giveUpRights } from '../store/erasure.ts'
import type { App } from './app.ts'
import { appendLeaf } from './append-leaf.ts'
import { reportMark } from './report-pressure.ts'
import { originOf } from './log-origin.ts'

/**
 * Safe to repeat. A right that is free again says so in its cycle's log; of one that was used no leaf tells. Returns whether
 * Telegram was told commands for this chat alone, which are then to be taken back.
 */
export async function eraseAccount(app: App, account: number): Promise<boolean> {
  const bondOf = (slug: string, right: number) =>
    rowBond(app.secrets.leafKey, originOf(app, slug), { kind: 'erased', right })
  return app.db.begin(async (tx) => {
    const at = await clock(tx)
    for (const { cycle, slug, territory, rollRow, nonce } of await giveUpRights(tx, account, bondOf))
      await appendLeaf(app, tx, cycle, {
        kind: 'claim-released',
        at,
        cycle: slug,
        village: String(territory),
        claim: claimHash(nonce, rollRow, String(account)),
      })
    await forgetReportMark(tx, reportMark(app, account))
    const ownCommands = await forgetAccount(tx, account)
    await appendLeaf(app, tx, INSTALLATION_LOG, { kind: 'account-erased', at: app.now().toISOString() })
    return ownCommands
  })
}
