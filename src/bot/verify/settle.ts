// What comes of evidence: the row of the roll is claimed and its ballot opens, or the person learns why not.
import { hasClosed } from '../../core/cycle.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { rememberAccount } from '../../use-cases/remember-account.ts'
import type { Answer } from '../../use-cases/verify-account.ts'
import { type At, at } from '../at.ts'
import { trialLines } from '../../words/trial.ts'
import { toMenu, voteButton } from '../buttons.ts'
import { closedScreen } from '../closed.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import * as view from './view.ts'

/** Says what came of it; a claimed row goes straight on to its ballot. */
export async function settle(parts: FeatureParts, talk: Talk, where: At, result: Answer): Promise<void> {
  const { app, session, doors, metrics } = parts
  metrics.claims.inc({ outcome: outcomeOf(result) })
  const { t, who, speak } = talk
  const asked = await readPlace(app, where.cycle, where.territory)
  if (!asked) return
  if (!result.ok) {
    const { problem } = result
    const there =
      problem.kind === 'not-handed-over' ? await readPlace(app, where.cycle, problem.territory) : asked
    const place = there ?? asked
    const seconds = problem.kind === 'wait' ? Math.ceil(problem.seconds) : 0
    speak.drawnBy(view.problemButton.pack({ ...at(place), problem: problem.kind, seconds }))
    return speak.show(view.problemScreen(t, place, problem))
  }
  await session.expectNothing(who.id)
  const { territory, rollRow, already } = result.value
  const place = territory === where.territory ? asked : await readPlace(app, where.cycle, territory)
  if (!place) return
  const home = who.home ?? { cycle: where.cycle, territory }
  if (!who.home) await rememberAccount(app, who.id, { home })
  const settled = { ...talk, who: { ...who, home } }
  const note = view.verifiedLine(t, place, already)
  if (place.cycle.phase === 'voting') return doors.ballot(settled, { cycle: where.cycle, rollRow }, note)
  speak.drawnBy(voteButton.pack(home))
  // The vote closed behind the claim: that the row is theirs would read as if they had voted.
  if (hasClosed(place.cycle)) return speak.show(closedScreen(t, place))
  speak.show({
    text: [...trialLines(t, place), note, t.html('verify.verified-later')].join('\n'),
    buttons: [[toMenu(t)]],
  })
}

/** As the figures name it. */
const outcomeOf = (result: Answer): string =>
  result.ok ? (result.value.already ? 'already' : 'claimed') : result.problem.kind
