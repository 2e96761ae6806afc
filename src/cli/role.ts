// dauys role grant | revoke | list: who may moderate, assist, run cycles, audit; where, and until when.
import type { Command } from 'commander'
import { type Grant, isRole, ROLES } from '../core/role.ts'
import type { Key, T } from '../i18n.ts'
import type { App } from '../use-cases/app.ts'
import { type AccountGrant, type GrantProblem, grantRole } from '../use-cases/grant-role.ts'
import type { KnownTerritory } from '../use-cases/find-village.ts'
import { listGrants } from '../use-cases/list-grants.ts'
import { revokeRole } from '../use-cases/revoke-role.ts'
import { type NamedPlace, placeName } from '../words/place.ts'
import { roleName } from '../words/role.ts'
import { act, momentText, type Parts, readAccount, readUntil, refused, villageNamed } from './acting.ts'

export function addRoleCommands(program: Command, parts: Parts): void {
  const { t } = parts
  const role = program.command('role').description(t('cli.help-role'))
  const onePerson = (name: string, description: string): Command =>
    role
      .command(name)
      .description(description)
      .argument('<id>', t('cli.help-role-id'))
      .argument('<role>', t('cli.help-role-name', { roles: ROLES.join(', ') }))
      .argument('[village]', t('cli.help-role-village'))
  onePerson('grant', t('cli.help-role-grant'))
    .option('--until <date>', t('cli.help-role-until'))
    .action((account: string, name: string, village: string | undefined, options: { until?: string }) =>
      act(parts, async (app) => {
        const { grant, place } = await read(app, account, name, village)
        const until = options.until === undefined ? {} : { until: readUntil(options.until) }
        const granted = await grantRole(app, { ...grant, ...until }, 'command')
        if (!granted.ok) throw refused(FAULTS[granted.problem.kind])
        const told = { account, grant: grantText(t, { ...grant, ...until, place }) }
        parts.say(t(granted.value ? 'cli.role-now' : 'cli.role-before', told))
      }),
    )
  onePerson('revoke', t('cli.help-role-revoke')).action((account: string, name: string, village?: string) =>
    act(parts, async (app) => {
      const { grant, place } = await read(app, account, name, village)
      const ended = await revokeRole(app, grant, 'command')
      if (!ended.ok) throw refused(FAULTS[ended.problem.kind])
      const told = { account, grant: grantText(t, { ...grant, place }) }
      if (ended.value === 0) throw refused('cli.role-not-held', told)
      parts.say(t('cli.role-ended', told))
    }),
  )
  role
    .command('list')
    .description(t('cli.help-role-list'))
    .action(() => act(parts, (app) => list(app, parts)))
}

async function read(
  app: App,
  account: string,
  role: string,
  village: string | undefined,
): Promise<{ grant: AccountGrant; place: KnownTerritory | undefined }> {
  if (!isRole(role)) throw refused('cli.role-unknown', { role, roles: ROLES.join(', ') })
  const grant = { account: readAccount(account), role }
  if (village === undefined) return { grant, place: undefined }
  const place = await villageNamed(app, village)
  return { grant: { ...grant, territory: place.territory }, place }
}

/** `модератор, Маканчи, Маканчинский сельский округ, Урджарский район, до …`: the role, the whole place, the end. */
function grantText(t: T, { role, place, until }: Grant & { place: NamedPlace | undefined }): string {
  const where = place ? placeName(t, place) : t('start.role-everywhere')
  const end = until === undefined ? [] : [t('cli.until', { time: momentText(t, until) })]
  return [roleName(t, role), where, ...end].join(', ')
}

async function list(app: App, { t, say }: Parts): Promise<void> {
  const grants = await listGrants(app)
  if (grants.length === 0) say(t('cli.role-none'))
  for (const grant of grants) {
    const { place } = await read(app, String(grant.account), grant.role, grant.territory?.toString())
    say(t('cli.role-given', { account: grant.account, grant: grantText(t, { ...grant, place }) }))
  }
}

const FAULTS = {
  'not-allowed': 'cli.not-allowed',
  'to-oneself': 'cli.role-to-oneself',
  'until-past': 'cli.role-until-past',
} satisfies Record<GrantProblem['kind'], Key>
