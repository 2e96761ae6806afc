// dauys role grant | revoke | list: who may moderate, assist, run cycles, audit; where, and until when.
import type { Command } from 'commander'
import { isRole, ROLES } from '../core/role.ts'
import type { App } from '../use-cases/app.ts'
import { type AccountGrant, type GrantProblem, grantRole } from '../use-cases/grant-role.ts'
import { listGrants } from '../use-cases/list-grants.ts'
import { revokeRole } from '../use-cases/revoke-role.ts'
import { officialName } from '../words/place.ts'
import {
  act,
  momentText,
  NOT_ALLOWED,
  type Parts,
  readAccount,
  readUntil,
  refusal,
  villageNamed,
} from './acting.ts'

export function addRoleCommands(program: Command, parts: Parts): void {
  const role = program.command('role').description('give and take roles')
  const onePerson = (name: string, description: string): Command =>
    role
      .command(name)
      .description(description)
      .argument('<id>', 'the Telegram id of the person')
      .argument('<role>', ROLES.join(', '))
      .argument('[village]', 'KATO code, id or name of a place: there and in all of it; else everywhere')
  onePerson('grant', 'give a role')
    .option('--until <date>', 'the last day of it, such as 2026-06-30, or a moment; else until it is revoked')
    .action((account: string, name: string, village: string | undefined, options: { until?: string }) =>
      act(parts, async (app) => {
        const { grant, where } = await read(app, account, name, village)
        const until = options.until === undefined ? {} : { until: readUntil(options.until) }
        const granted = await grantRole(app, { ...grant, ...until }, 'command')
        if (!granted.ok) throw refusal(grantLine(granted.problem.kind))
        const state = granted.value ? 'is now' : 'was already'
        parts.say(`${account} ${state} ${grant.role} ${where}${untilText(until)}.`)
      }),
    )
  onePerson('revoke', 'take a role away').action((account: string, name: string, village?: string) =>
    act(parts, async (app) => {
      const { grant, where } = await read(app, account, name, village)
      const ended = await revokeRole(app, grant, 'command')
      if (!ended.ok) throw refusal(grantLine(ended.problem.kind))
      if (ended.value === 0) throw refusal(`${account} is not ${grant.role} ${where}`)
      parts.say(`${account} is no longer ${grant.role} ${where}.`)
    }),
  )
  role
    .command('list')
    .description('who holds which role just now')
    .action(() => act(parts, (app) => list(app, parts)))
}

async function read(
  app: App,
  account: string,
  role: string,
  village: string | undefined,
): Promise<{ grant: AccountGrant; where: string }> {
  if (!isRole(role)) throw refusal(`"${role}" is no role: ${ROLES.join(', ')}`)
  const grant = { account: readAccount(account), role }
  if (village === undefined) return { grant, where: 'everywhere' }
  const place = await villageNamed(app, village)
  return { grant: { ...grant, territory: place.territory }, where: `in ${officialName(place)}` }
}

const untilText = ({ until }: { until?: string }): string =>
  until === undefined ? '' : ` until ${momentText(until)}`

async function list(app: App, parts: Parts): Promise<void> {
  const grants = await listGrants(app)
  if (grants.length === 0) parts.say('Nobody holds a role.')
  for (const grant of grants) {
    const { where } = await read(app, String(grant.account), grant.role, grant.territory?.toString())
    parts.say(`${grant.account}  ${grant.role} ${where}${untilText(grant)}`)
  }
}

function grantLine(kind: GrantProblem['kind']): string {
  switch (kind) {
    case 'not-allowed':
      return NOT_ALLOWED
    case 'to-oneself':
      return 'nobody gives or takes a role of their own'
    case 'until-past':
      return 'that end is past: the role would be over before it began'
  }
}
