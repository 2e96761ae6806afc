// What comes of evidence: the row of the roll is claimed and its ballot opens, or the person learns why not.
import { isBefore } from '../../core/cycle.ts'
import { findCardCycle } from '../../use-cases/find-card-cycle.ts'
import { listPlaces, listPracticePlaces, type Place } from '../../use-cases/list-places.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { rememberAccount } from '../../use-cases/remember-account.ts'
import { type Answer, factsOf } from '../../use-cases/verify-account.ts'
import type { At } from '../at.ts'
import { toMenu } from '../buttons.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import * as view from './view.ts'

/** Says what came of it; a claimed row goes straight on to its ballot. */
export async function settle(parts: FeatureParts, talk: Talk, where: At, result: Answer): Promise<void> {
  const { app, session, doors } = parts
  const { t, who, speak } = talk
  const asked = await readPlace(app, where.cycle, where.territory)
  if (!asked) return
  if (!result.ok) {
    const { problem } = result
    const there =
      problem.kind === 'not-handed-over' ? await readPlace(app, where.cycle, problem.territory) : asked
    return speak.show(view.problemScreen(t, there ?? asked, problem))
  }
  await session.expectNothing(who.id)
  const { territory, rollRow, already } = result.value
  const place = territory === where.territory ? asked : await readPlace(app, where.cycle, territory)
  if (!place) return
  const home = { cycle: where.cycle, territory }
  await rememberAccount(app, who.id, { home })
  const note = view.verifiedLine(t, place, already)
  if (place.cycle.phase === 'voting') {
    const settled = { ...talk, who: { ...who, home } }
    return doors.ballot(settled, { cycle: where.cycle, rollRow }, note)
  }
  const later = isBefore(place.cycle.phase, 'voting')
  speak.show({
    text: later ? `${note}\n${t.html('verify.verified-later')}` : note,
    buttons: [[toMenu(t)]],
  })
}

/** A place of the vote that the card is for: `where` if it is of that vote, or of none. */
export async function placeOfCard(
  { app }: FeatureParts,
  { who }: Talk,
  code: string,
  where: At | undefined,
): Promise<Place | undefined> {
  const here = where && (await readPlace(app, where.cycle, where.territory))
  const others = await Promise.all([listPlaces(app), listPracticePlaces(app)])
  const places = [...(here ? [here] : []), ...others.flat()].filter(
    (place) => factsOf(place.cycle.method).usesCards,
  )
  const cycles = [...new Set(places.map((place) => place.cycle.id))]
  const cycle = await findCardCycle(app, who.id, cycles, code)
  return places.find((place) => place.cycle.id === cycle)
}
