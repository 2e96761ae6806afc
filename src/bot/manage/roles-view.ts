// What an admin sees: who holds which role under them, the questions of a new one, and each grant read back in words.
import { type Role, ROLES } from '../../core/role.ts'
import type { Key, T } from '../../i18n.ts'
import type { KnownTerritory } from '../../use-cases/find-village.ts'
import type { GrantProblem } from '../../use-cases/grant-role.ts'
import type { PlacedGrant } from '../../use-cases/grants-under.ts'
import { termEnd } from '../../words/moment.ts'
import { placeName } from '../../words/place.ts'
import { grantName, roleName } from '../../words/role.ts'
import { askScreen } from '../ask.ts'
import { toMenu } from '../buttons.ts'
import { type Button, cutLabel, press, primary, type Screen } from '../message.ts'
import { pageOf, pager } from '../pager.ts'
import * as button from './role-buttons.ts'

const PAGE = 8

const toRoles = (t: T): Button => press(t('roles.list.button'), button.rolesButton.pack({ page: 0 }))

export const noAdmin = (t: T): Screen => ({ text: t.html('roles.no-admin'), buttons: [[toMenu(t)]] })

/** `№ 5, модератор, Маканчи`: as a button. */
const labelOf = (t: T, { account, place, ...grant }: PlacedGrant): string =>
  cutLabel(`${account}: ${grantName(t, { ...grant, place: place?.name })}`)

/** `note`: HTML, on top. */
export function rolesScreen(t: T, under: readonly PlacedGrant[], page: number, note?: string): Screen {
  const { at, pages, shown } = pageOf(under, page, PAGE)
  return {
    text: [
      ...(note === undefined ? [] : [note, '']),
      t.html('roles.head'),
      t.html(under.length > 0 ? 'roles.press' : 'roles.none'),
      ...(pages > 1 ? [t.html('common.page', { page: at + 1, pages })] : []),
    ].join('\n'),
    buttons: [
      ...shown.map((grant) => {
        const { until: _, ...fields } = button.fieldsOf(grant)
        return [press(labelOf(t, grant), button.askRevokeButton.pack(fields))]
      }),
      ...pager(t, at, pages, (to) => button.rolesButton.pack({ page: to })),
      [primary(t('roles.new.button'), button.newRoleButton.pack({}))],
      [toMenu(t)],
    ],
  }
}

export const whichScreen = (t: T): Screen => ({
  text: t.html('roles.which'),
  buttons: [
    ...ROLES.map((role) => [press(roleName(t, role), button.roleWhereButton.pack({ role }))]),
    [toRoles(t)],
  ],
})

export const whereScreen = (t: T, role: Role): Screen => ({
  text: [t.html('roles.role-line', { role: roleName(t, role) }), t.html('roles.where')].join('\n'),
  buttons: [
    [press(t('roles.everywhere.button'), button.roleUntilButton.pack({ role, territory: 0 }))],
    [toRoles(t)],
  ],
})

export const namesakesScreen = (t: T, role: Role, candidates: readonly KnownTerritory[]): Screen => ({
  text: t.html('roles.namesakes'),
  buttons: [
    ...candidates
      .slice(0, PAGE)
      .map((place) => [
        press(
          cutLabel(placeName(t, place)),
          button.roleUntilButton.pack({ role, territory: place.territory }),
        ),
      ]),
    [press(t('common.back.button'), button.roleWhereButton.pack({ role }))],
  ],
})

export const untilScreen = (t: T, where: { role: Role; territory: number }): Screen => ({
  text: [t.html('roles.role-line', { role: roleName(t, where.role) }), t.html('roles.until')].join('\n'),
  buttons: [
    [press(t('roles.endless.button'), button.roleWhoButton.pack({ ...where, until: 0 }))],
    [toRoles(t)],
  ],
})

/** A key of the person's own keyboard lets them choose somebody; Telegram then tells the account. */
export const whoScreen = (t: T): Screen =>
  askScreen(t, t.html('roles.who'), {
    text: t('roles.choose.button'),
    request_users: { request_id: 1, user_is_bot: false, max_quantity: 1 },
  })

const grantLines = (t: T, { account, role, until, place }: PlacedGrant): string[] => [
  t.html('roles.account-line', { account }),
  t.html('roles.role-line', { role: roleName(t, role) }),
  t.html('roles.place-line', { place: place ? placeName(t, place) : t('start.role-everywhere') }),
  until === undefined ? t.html('roles.endless') : t.html('roles.until-line', { time: termEnd(t, until) }),
]

export const grantScreen = (t: T, grant: PlacedGrant): Screen => ({
  text: [t.html('roles.grant-ask'), ...grantLines(t, grant)].join('\n'),
  buttons: [
    [primary(t('roles.grant.button'), button.grantButton.pack(button.fieldsOf(grant)))],
    [toRoles(t)],
  ],
})

export function revokeScreen(t: T, grant: PlacedGrant): Screen {
  const { until: _, ...fields } = button.fieldsOf(grant)
  return {
    text: [t.html('roles.revoke-ask'), ...grantLines(t, grant).slice(0, 3)].join('\n'),
    buttons: [[press(t('roles.revoke.button'), button.revokeButton.pack(fields))], [toRoles(t)]],
  }
}

const SAID = {
  now: 'roles.done-now',
  before: 'roles.done-before',
  ended: 'roles.done-ended',
  'not-held': 'roles.not-held',
} as const

/** HTML. */
export const doneLine = (t: T, { account, place, ...grant }: PlacedGrant, what: keyof typeof SAID): string =>
  t.html(SAID[what], { account, grant: grantName(t, { ...grant, place: place?.name }) })

const PROBLEMS = {
  'not-allowed': 'roles.not-allowed',
  'to-oneself': 'roles.to-oneself',
  'until-past': 'roles.until-past',
} satisfies Record<GrantProblem['kind'], Key>

export const problemLine = (t: T, { kind }: { kind: GrantProblem['kind'] }): string => t.html(PROBLEMS[kind])
