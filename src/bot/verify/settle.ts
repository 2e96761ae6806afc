// What comes of evidence: the row of the roll is claimed and its ballot opens, or the person learns why not.
import { isBefore } from '../../core/cycle.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { rememberAccount } from '../../use-cases/remember-account.ts'
import type { Answer } from '../../use-cases/verify-account.ts'
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
