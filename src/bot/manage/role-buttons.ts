// Buttons of an admin: a grant in so many fields. `territory` 0: everywhere; `until` in minutes since 1970, 0: until it is taken away.
import type { Grant } from '../../core/role.ts'
import { isRole } from '../../core/role.ts'
import { button } from '../callback.ts'
import { minutesOf, momentOf } from '../minutes.ts'

export const rolesButton = button('or', { page: 'int' })
export const askRevokeButton = button('ok', { account: 'word', role: 'word', territory: 'int' })
export const revokeButton = button('ol', { account: 'word', role: 'word', territory: 'int' })
export const newRoleButton = button('ow', {})
export const roleWhereButton = button('ox', { role: 'word' })
export const roleUntilButton = button('oy', { role: 'word', territory: 'int' })
export const roleWhoButton = button('oz', { role: 'word', territory: 'int', until: 'int' })
export const askGrantButton = button('oi', {
  account: 'word',
  role: 'word',
  territory: 'int',
  until: 'int',
})
export const grantButton = button('oj', { account: 'word', role: 'word', territory: 'int', until: 'int' })

/** What the fields mean; undefined for a role that this program does not know, or no account. */
export function grantOf(fields: {
  account: string
  role: string
  territory: number
  until?: number
}): (Grant & { account: number }) | undefined {
  const { account, role, territory, until = 0 } = fields
  if (!isRole(role) || !/^[1-9]\d{0,15}$/.test(account)) return undefined
  return {
    account: Number(account),
    role,
    ...(territory === 0 ? {} : { territory }),
    ...(until === 0 ? {} : { until: momentOf(until) }),
  }
}

/** The fields of a grant. */
export const fieldsOf = ({ account, role, territory, until }: Grant & { account: number }) => ({
  account: String(account),
  role,
  territory: territory ?? 0,
  until: until === undefined ? 0 : minutesOf(until),
})
