// Another card in the place of one that is lost, or in wrong hands: its village, the two serials, read back, and a second official is asked.
import type { Message } from 'grammy/types'
import { findVillage, type KnownTerritory } from '../../use-cases/find-village.ts'
import { listVillages } from '../../use-cases/list-cycles.ts'
import { previewReissue, proposeReissue } from '../../use-cases/reissue-card.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { withNote } from '../speaker.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { askSwapButton, swapVillageButton } from './buttons.ts'
import * as cards from './card-swap-view.ts'
import { backToCourse, withCourse } from './show.ts'
import { proposedLines } from './view.ts'

interface Where {
  cycle: number
  territory: number
}

/** Where one village votes, it is that one. */
export const askSwap = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const villages = await listVillages(parts.app, cycle)
    const [only] = villages
    if (only && villages.length === 1) return serials(parts, talk, { cycle, territory: only.territory })
    await expect(parts, talk.who.id, { kind: 'card-swap', cycle })
    talk.speak.show(cards.swapVillageScreen(talk.t, course.cycle, villages))
  })

export const askSerials = (parts: FeatureParts, talk: Talk, where: Where): Promise<void> =>
  withCourse(parts, talk, where.cycle, () => serials(parts, talk, where))

async function serials(parts: FeatureParts, talk: Talk, { cycle, territory }: Where): Promise<void> {
  const village = await villageOf(parts, cycle, String(territory))
  if (!village) return outdated(talk)
  await expect(parts, talk.who.id, { kind: 'card-swap', cycle, territory })
  talk.speak.show(cards.serialsScreen(talk.t, cycle, village))
}

async function villageOf(
  { app }: FeatureParts,
  cycle: number,
  text: string,
): Promise<KnownTerritory | undefined> {
  const found = await findVillage(app, text, cycle)
  return found.ok ? found.value : undefined
}

/** `12 57`, with any word between them. */
function serialsIn(text: string | undefined): { old: number; serial: number } | undefined {
  const [old, serial, ...more] = (text ?? '').match(/\d+/g) ?? []
  const fit = [old, serial].every((one) => /^[1-9]\d{0,6}$/.test(one ?? ''))
  return fit && more.length === 0 ? { old: Number(old), serial: Number(serial) } : undefined
}

export async function takeSwap(
  parts: FeatureParts,
  talk: Talk,
  { cycle, territory }: { cycle: number; territory?: number | undefined },
  { text }: Message,
): Promise<boolean> {
  const { t } = talk
  if (territory === undefined) {
    talk.speak.drawnBy(askSwapButton.pack({ cycle }))
    const village = text === undefined ? undefined : await villageOf(parts, cycle, text)
    if (village) await askSerials(parts, talk, { cycle, territory: village.territory })
    else await askSwap(parts, noted(talk, t.html('manage.swap-no-village')), { cycle })
    return true
  }
  const where = { cycle, territory }
  talk.speak.drawnBy(swapVillageButton.pack(where))
  const typed = serialsIn(text)
  if (!typed) await askSerials(parts, noted(talk, t.html('manage.swap-two-numbers')), where)
  else await readBack(parts, talk, where, typed)
  return true
}

const readBack = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, territory }: Where,
  { old, serial }: { old: number; serial: number },
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const { t, who } = talk
    const wanted = { territory, serial, lost: old }
    const lost = await previewReissue(parts.app, cycle, { ...wanted, moved: false }, who.id)
    if (!lost.ok) {
      const speak = withNote(talk.speak, cards.swapProblem(t, lost.problem))
      return serials(parts, { ...talk, speak }, { cycle, territory })
    }
    const moved = await previewReissue(parts.app, cycle, { ...wanted, moved: true }, who.id)
    const village = await villageOf(parts, cycle, String(territory))
    if (village) talk.speak.show(cards.swapScreen(t, course.cycle, village, lost.value, moved.ok))
  })

export const swap = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, territory, old, serial, how }: Where & { old: number; serial: number; how: string },
): Promise<void> =>
  withCourse(parts, talk, cycle, async () => {
    const { t, who } = talk
    const wanted = { territory, serial, lost: old, moved: how === 'moved' }
    const proposed = await proposeReissue(parts.app, cycle, wanted, who.id)
    await parts.session.expectNothing(who.id)
    const said = proposed.ok ? proposedLines(t, proposed.value) : cards.swapProblem(t, proposed.problem)
    await backToCourse(parts, talk, cycle, said)
  })
