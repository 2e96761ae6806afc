// An admin gives and takes roles in chat: which, where, until when and to whom, read back in words before it counts.
import type { Message } from 'grammy/types'
import { isRole } from '../../core/role.ts'
import { readTypedMoment } from '../../core/typed-moment.ts'
import { findVillage } from '../../use-cases/find-village.ts'
import { grantRole } from '../../use-cases/grant-role.ts'
import { grantsUnder, type PlacedGrant } from '../../use-cases/grants-under.ts'
import { lastGrantAct } from '../../use-cases/read-course.ts'
import { revokeRole } from '../../use-cases/revoke-role.ts'
import { accountIn } from '../account-in.ts'
import type { Feature } from '../feature.ts'
import { whoWhenLines } from '../changed.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { minutesOf } from '../minutes.ts'
import * as button from './role-buttons.ts'
import * as view from './roles-view.ts'

type Fields = { account: string; role: string; territory: number; until?: number }
type Where = { role: string; territory: number }

export function rolesFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('roles', (_, talk) => list(parts, talk, 0))
  on.shows(button.rolesButton, (_, talk, { page }) => list(parts, talk, page))
  on.shows(button.newRoleButton, (_, talk) => onlyAdmin(parts, talk, () => view.whichScreen(talk.t)))
  on.shows(button.roleWhereButton, (_, talk, { role }) => askWhere(parts, talk, role))
  on.shows(button.roleUntilButton, (_, talk, where) => askUntil(parts, talk, where))
  on.shows(button.roleWhoButton, (_, talk, kept) => askWho(parts, talk, kept))
  on.shows(button.askGrantButton, (_, talk, fields) => readBack(parts, talk, fields, view.grantScreen))
  on.shows(button.askRevokeButton, (_, talk, fields) => readBack(parts, talk, fields, view.revokeScreen))
  on.button(button.grantButton, (_, talk, fields) => grant(parts, talk, fields))
  on.button(button.revokeButton, (_, talk, fields) => revoke(parts, talk, fields))
  return {
    composer: on.composer,
    expects: {
      'role-where': { take: (talk, kept, message) => takeWhere(parts, talk, kept, message) },
      'role-until': { take: (talk, kept, message) => takeUntil(parts, talk, kept, message) },
      'role-who': { take: (talk, kept, message) => takeWho(parts, talk, kept, message) },
    },
  } satisfies Feature
}

async function list(parts: FeatureParts, talk: Talk, page: number, note?: string): Promise<void> {
  await leave(parts, talk.who.id)
  const under = await grantsUnder(parts.app, talk.who.id)
  talk.speak.show(under ? view.rolesScreen(talk.t, under, page, note) : view.noAdmin(talk.t))
}

async function onlyAdmin(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  screen: () => Parameters<typeof speak.show>[0],
): Promise<void> {
  speak.show((await grantsUnder(app, who.id)) ? screen() : view.noAdmin(t))
}

async function askWhere(parts: FeatureParts, talk: Talk, role: string): Promise<void> {
  if (!isRole(role)) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'role-where', role })
  await onlyAdmin(parts, talk, () => view.whereScreen(talk.t, role))
}

async function takeWhere(
  parts: FeatureParts,
  talk: Talk,
  { role }: { role: string },
  { text }: Message,
): Promise<boolean> {
  talk.speak.drawnBy(button.roleWhereButton.pack({ role }))
  const found = await findVillage(parts.app, text ?? '')
  if (found.ok) {
    await askUntil(parts, talk, { role, territory: found.value.territory })
    return true
  }
  const { problem } = found
  if (problem.kind === 'ambiguous-village' && isRole(role)) {
    talk.speak.show(view.namesakesScreen(talk.t, role, problem.candidates))
    return true
  }
  await askWhere(parts, noted(talk, talk.t.html('roles.no-place')), role)
  return true
}

async function askUntil(parts: FeatureParts, talk: Talk, { role, territory }: Where): Promise<void> {
  if (!isRole(role)) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'role-until', role, territory })
  await onlyAdmin(parts, talk, () => view.untilScreen(talk.t, { role, territory }))
}

async function takeUntil(parts: FeatureParts, talk: Talk, where: Where, { text }: Message): Promise<boolean> {
  talk.speak.drawnBy(button.roleUntilButton.pack(where))
  const until = text === undefined ? undefined : readTypedMoment(text, true)
  if (until === undefined || Date.parse(until) <= parts.app.now().getTime()) {
    const note = talk.t.html(until === undefined ? 'roles.no-day' : 'roles.until-past')
    await askUntil(parts, noted(talk, note), where)
    return true
  }
  await askWho(parts, talk, { ...where, until: minutesOf(until) })
  return true
}

async function askWho(parts: FeatureParts, talk: Talk, kept: Where & { until: number }): Promise<void> {
  if (!isRole(kept.role)) return outdated(talk)
  await expect(parts, talk.who.id, { ...kept, kind: 'role-who' })
  await onlyAdmin(parts, talk, () => view.whoScreen(talk.t))
}

async function takeWho(
  parts: FeatureParts,
  talk: Talk,
  kept: Where & { until: number },
  message: Message,
): Promise<boolean> {
  const account = accountIn(message)
  talk.speak.drawnBy(button.roleWhoButton.pack(kept))
  if (account === undefined) {
    const hidden = message.forward_origin !== undefined || message.contact !== undefined
    const note = talk.t.html(hidden ? 'roles.hidden' : 'roles.no-account')
    await askWho(parts, noted(talk, note), kept)
    return true
  }
  await parts.session.expectNothing(talk.who.id)
  const fields = { ...kept, account: String(account) }
  talk.speak.drawnBy(button.askGrantButton.pack(fields))
  await readBack(parts, talk, fields, view.grantScreen)
  return true
}

async function placed({ app }: FeatureParts, fields: Fields): Promise<PlacedGrant | undefined> {
  const grant = button.grantOf(fields)
  if (!grant) return undefined
  if (grant.territory === undefined) return { ...grant, place: undefined }
  const found = await findVillage(app, String(grant.territory))
  return found.ok ? { ...grant, place: found.value } : undefined
}

async function readBack(
  parts: FeatureParts,
  talk: Talk,
  fields: Fields,
  screen: typeof view.grantScreen,
): Promise<void> {
  const grant = await placed(parts, fields)
  if (!grant) return outdated(talk)
  await onlyAdmin(parts, talk, () => screen(talk.t, grant))
}

async function grant(parts: FeatureParts, talk: Talk, fields: Fields): Promise<void> {
  const one = await placed(parts, fields)
  if (!one) return outdated(talk)
  const { place: _, ...wanted } = one
  const done = await grantRole(parts.app, wanted, talk.who.id)
  talk.speak.drawnBy(button.rolesButton.pack({ page: 0 }))
  const said = done.ok
    ? await doneLines(parts, talk, one, done.value ? 'now' : 'before')
    : view.problemLine(talk.t, done.problem)
  await list(parts, talk, 0, said)
}

async function revoke(parts: FeatureParts, talk: Talk, fields: Fields): Promise<void> {
  const one = await placed(parts, fields)
  if (!one) return outdated(talk)
  const { place: _, ...wanted } = one
  const done = await revokeRole(parts.app, wanted, talk.who.id)
  talk.speak.drawnBy(button.rolesButton.pack({ page: 0 }))
  const said = done.ok
    ? await doneLines(parts, talk, one, done.value > 0 ? 'ended' : 'not-held')
    : view.problemLine(talk.t, done.problem)
  await list(parts, talk, 0, said)
}

/** HTML. Whoever changed nothing is told who was faster. */
async function doneLines(
  { app }: FeatureParts,
  { t }: Talk,
  grant: PlacedGrant,
  what: Parameters<typeof view.doneLine>[2],
): Promise<string> {
  const line = view.doneLine(t, grant, what)
  const faster = what === 'now' || what === 'ended' ? undefined : await lastGrantAct(app, grant)
  return [line, ...whoWhenLines(t, faster)].join('\n')
}
