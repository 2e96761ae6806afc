// dauys migrate: the owner of the tables brings them up, and lets in the login that serves.
import type { Command } from 'commander'
import type { Parts } from './acting.ts'

export function addMigrateCommand(program: Command, parts: Parts): void {
  program
    .command('migrate')
    .description(parts.t('cli.help-migrate'))
    .action(async () => {
      const migrated = await parts.migrate()
      const facts = migrated.kind === 'serves' ? { role: migrated.role } : {}
      parts.say(parts.t(`cli.migrated-${migrated.kind}`, facts))
    })
}
