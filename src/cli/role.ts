// dauys role grant | revoke: who may moderate, assist, run cycles, audit.
import type { Command } from 'commander'
import { type Grant, grantRole, isRole, ROLES } from '../use-cases/grant-role.ts'
import { revokeRole } from '../use-cases/revoke-role.ts'
import type { App } from '../use-cases/app.ts'
import { officialName } from '../words/place.ts'
import { act, type Parts, readAccount, refusal, villageNamed } from './acting.ts'

export function addRoleCommands(program: Command, parts: Parts): void {
  const role = program.command('role').description('give and take roles')
  const id = ['<id>', 'the Telegram id of the person'] as const
  const kind = ['<role>', ROLES.join(', ')] as const
  const place = ['[village]', 'KATO code, id or name; without it the role holds everywhere'] as const
  role
    .command('grant')
    .description('give a role')
    .argument(...id)
    .argument(...kind)
    .argument(...place)
    .action((account: string, name: string, village?: string) =>
      act(parts, async (app) => {
        const { grant, where } = await read(app, account, name, village)
        const granted = await grantRole(app, grant, 'command')
        if (!granted.ok) throw refusal(granted.problem.kind)
        parts.say(`${account} ${granted.value ? 'is now' : 'was already'} ${grant.role} ${where}.`)
      }),
    )
  role
    .command('revoke')
    .description('take a role away')
    .argument(...id)
    .argument(...kind)
    .argument(...place)
    .action((account: string, name: string, village?: string) =>
      act(parts, async (app) => {
        const { grant, where } = await read(app, account, name, village)
        const ended = await revokeRole(app, grant, 'command')
        if (!ended.ok) throw refusal(ended.problem.kind)
        if (ended.value === 0) throw refusal(`${account} is not ${grant.role} ${where}`)
        parts.say(`${account} is no longer ${grant.role} ${where}.`)
      }),
    )
}

async function read(
  app: App,
  account: string,
  role: string,
  village: string | undefined,
): Promise<{ grant: Grant; where: string }> {
  if (!isRole(role)) throw refusal(`"${role}" is no role: ${ROLES.join(', ')}`)
  const grant = { account: readAccount(account), role }
  if (village === undefined) return { grant, where: 'everywhere' }
  const place = await villageNamed(app, village)
  return { grant: { ...grant, territory: place.territory }, where: `in ${officialName(place)}` }
}
