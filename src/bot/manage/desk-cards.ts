// The desk enters cards in the chat: handed over, returned or destroyed, by the numbers that it writes, read back before they count.
import type { Message } from 'grammy/types'
import { parseSerials, serialsHash } from '../../core/serials.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { App } from '../../use-cases/app.ts'
import { findVillage, type KnownTerritory } from '../../use-cases/find-village.ts'
import { handOverCards } from '../../use-cases/hand-over-cards.ts'
import { listCards } from '../../use-cases/list-cards.ts'
import { listVillages } from '../../use-cases/list-cycles.ts'
import { takeBackCards, type TakeBackProblem } from '../../use-cases/take-back-cards.ts'
import { readExpectation } from '../expectations.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { deskActButton, deskVillageButton, SEEN } from './buttons.ts'
import * as view from './desk-cards-view.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'

interface Desk {
  cycle: number
  what: string
}
interface Where extends Desk {
  territory: number
}

export const showDesk = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    await leave(parts, talk.who.id)
    const [villages, numbers] = [await listVillages(parts.app, cycle), await listCards(parts.app, cycle)]
    talk.speak.show(view.deskScreen(talk.t, course.cycle, villages, numbers))
  })

/** Where one village votes, it is that one. */
export const askVillage = (parts: FeatureParts, talk: Talk, { cycle, what }: Desk): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    if (!view.isDeskAct(what)) return outdated(talk)
    const villages = await listVillages(parts.app, cycle)
    const [only] = villages
    if (only && villages.length === 1)
      return askNumbers(parts, talk, { cycle, what, territory: only.territory })
    await expect(parts, talk.who.id, { kind: 'desk-cards', cycle, what })
    talk.speak.show(view.deskVillageScreen(talk.t, course.cycle, what, villages))
  })

export const askNumbers = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, what, territory }: Where,
): Promise<void> =>
  withCourse(parts, talk, cycle, async () => {
    const village = await villageOf(parts, cycle, String(territory))
    if (!village || !view.isDeskAct(what)) return outdated(talk)
    await expect(parts, talk.who.id, { kind: 'desk-cards', cycle, what, territory })
    talk.speak.show(view.deskSerialsScreen(talk.t, cycle, what, village))
  })

async function villageOf(
  { app }: FeatureParts,
  cycle: number,
  text: string,
): Promise<KnownTerritory | undefined> {
  const found = await findVillage(app, text, cycle)
  return found.ok ? found.value : undefined
}

interface Kept {
  cycle: number
  what: view.DeskAct
  territory?: number | undefined
  serials?: string | undefined
}

/** A village, then its numbers; what does not fit is asked again, with why. */
export async function takeDesk(
  parts: FeatureParts,
  talk: Talk,
  { cycle, what, territory }: Kept,
  { text }: Message,
): Promise<boolean> {
  const { t } = talk
  if (territory === undefined) {
    talk.speak.drawnBy(deskActButton.pack({ cycle, what }))
    const village = text === undefined ? undefined : await villageOf(parts, cycle, text)
    if (village) await askNumbers(parts, talk, { cycle, what, territory: village.territory })
    else await askVillage(parts, noted(talk, t.html('manage.swap-no-village')), { cycle, what })
    return true
  }
  const where = { cycle, what, territory }
  talk.speak.drawnBy(deskVillageButton.pack(where))
  const list = parseSerials(text ?? '')
  if (!list.ok) await askNumbers(parts, noted(talk, view.deskProblem(t, list.problem)), where)
  else await readBack(parts, talk, { ...where, what }, text ?? '', list.value)
  return true
}

const readBack = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, what, territory }: Where & { what: view.DeskAct },
  text: string,
  serials: readonly number[],
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const village = await villageOf(parts, cycle, String(territory))
    if (!village) return outdated(talk)
    await expect(parts, talk.who.id, { kind: 'desk-cards', cycle, what, territory, serials: text })
    const list = { serials, seen: serialsHash(serials) }
    talk.speak.show(view.deskReadBackScreen(talk.t, course.cycle, what, village, list))
  })

const LEAVES = {
  'hand-over': 'cards-handed-over',
  return: 'cards-returned',
  destroy: 'cards-destroyed',
} as const

/** What is entered is what was read back; where all of it was entered before, who did it and when is told. */
export const enterCards = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, what, territory, seen }: Where & { seen: string },
): Promise<void> =>
  withCourse(parts, talk, cycle, async () => {
    if (!view.isDeskAct(what)) return outdated(talk)
    const { t, who } = talk
    const kept = readExpectation(await parts.session.expectation(who.id))
    const text = kept?.kind === 'desk-cards' && kept.territory === territory ? kept.serials : undefined
    const list = text === undefined ? undefined : parseSerials(text)
    const village = await villageOf(parts, cycle, String(territory))
    if (!village || text === undefined || !list?.ok || serialsHash(list.value).slice(0, SEEN) !== seen)
      return changedBefore(parts, talk, cycle, [LEAVES[what]])
    const done = await enter(parts.app, { cycle, what, territory }, text, who.id)
    await parts.session.expectNothing(who.id)
    if (!done.ok) return backToCourse(parts, talk, cycle, view.deskProblem(t, done.problem))
    if (done.value.entered === 0)
      return changedBefore(parts, noted(talk, t.html('manage.desk-before')), cycle, [LEAVES[what]])
    await backToCourse(parts, talk, cycle, view.deskDone(t, what, village, done.value))
  })

async function enter(
  app: App,
  { cycle, what, territory }: Where & { what: view.DeskAct },
  serials: string,
  by: number,
): Promise<Result<{ entered: number; already: number; own: number[] }, TakeBackProblem>> {
  if (what === 'hand-over') {
    const done = await handOverCards(app, cycle, territory, serials, by)
    if (!done.ok) return fail(done.problem)
    const { handed, already, own } = done.value
    return ok({ entered: handed.length, already: already.length, own })
  }
  const to = what === 'return' ? 'returned' : 'destroyed'
  const done = await takeBackCards(app, cycle, territory, serials, { to, by })
  return done.ok
    ? ok({ entered: done.value.taken.length, already: done.value.already.length, own: [] })
    : fail(done.problem)
}
