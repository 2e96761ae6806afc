// At a start: no log of this database is behind or beside what was signed last, as the secrets remember it.
import { signedLogs } from '../store/log.ts'
import type { App } from './app.ts'
import { type HeadFault, trustedHead } from './trusted-head.ts'

/** Throws, naming the file and the remedy, where a log may not be extended. */
export async function refuseLostHistory(app: App): Promise<void> {
  const logs = new Set([...(await signedLogs(app.db)), ...(await app.secrets.keptLogs())])
  for (const log of [...logs].sort((a, b) => a - b)) {
    const head = await trustedHead(app, log)
    if (!head.ok) throw new Error(`${lineOf(log, head.problem)}; nothing was changed`)
  }
}

function lineOf(log: number, fault: HeadFault): string {
  const file = `head-${log} in SECRETS_DIR`
  switch (fault.kind) {
    case 'rolled-back':
      return `${file} remembers a log of ${fault.signed} acts, the database has ${fault.size}: it is an older dump or another database. Restore the newest one, or accept the loss by two officials: dauys log accept-rollback --log ${log} --as ID`
    case 'forked':
      return `${file} was signed over another history than the database has: it is another database, or somebody changed it. Restore the right one and tell the auditors`
    case 'kept-unreadable':
      return `${file} cannot be read: bring back the SECRETS_DIR that was kept with this database`
    case 'note-unreadable':
    case 'note-foreign':
    case 'note-forged':
    case 'note-origin':
    case 'note-size':
    case 'note-root':
    case 'edge':
    case 'root':
      return `the last signed head of log ${log} in the database cannot be believed (${fault.kind}): somebody changed it, or it is another database. Restore the right one and tell the auditors`
  }
}
