// How a role is called, and where and until when somebody holds it.
import type { Localised } from '../core/localised.ts'
import type { Grant, Role } from '../core/role.ts'
import type { Key, T } from '../i18n.ts'

const NAMES = {
  facilitator: 'start.role.facilitator',
  moderator: 'start.role.moderator',
  official: 'start.role.official',
  auditor: 'start.role.auditor',
  admin: 'start.role.admin',
} satisfies Record<Role, Key>

/** `модератор`, in the reader's language. */
export const roleName = (t: T, role: Role): string => t(NAMES[role])

/** `модератор, Маканчи, до 30 июня, 18:00`. `place`: the name of the grant's territory; none: everywhere. Plain text. */
export function grantName(t: T, { role, until, place }: Grant & { place: Localised | undefined }): string {
  const parts = [roleName(t, role), place ? t.of(place) : t('start.role-everywhere')]
  return [...parts, ...(until === undefined ? [] : [t('start.role-until', { time: t.moment(until) })])].join(
    ', ',
  )
}
