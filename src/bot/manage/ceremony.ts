// The ceremony of key holders on one screen, and back to it with what came of a press, a file or a code.
import type { HoldersProblem } from '../../use-cases/key-holders.ts'
import { readCeremony } from '../../use-cases/read-ceremony.ts'
import type { Course } from '../../use-cases/read-course.ts'
import { type FeatureParts, leave } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { ceremonyButton } from './buttons.ts'
import { whyNotHeld } from './holders-view.ts'
import * as keys from './keys-view.ts'
import { withCourse } from './show.ts'

export const ceremony = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  backToCeremony(parts, talk, cycle)

/** Nothing is expected any more. `note`: HTML, on top. Drawn again by the screen alone: an act is never repeated. */
export async function backToCeremony(
  parts: FeatureParts,
  talk: Talk,
  cycle: number,
  note?: string,
): Promise<void> {
  await leave(parts, talk.who.id)
  await withCourse(parts, talk, cycle, async (course) => {
    talk.speak.drawnBy(ceremonyButton.pack({ cycle }))
    const stands = await readCeremony(parts.app, course.cycle)
    talk.speak.show(keys.ceremonyScreen(talk.t, course.cycle, stands, note))
  })
}

/** How it stands now, under why something has no place there. */
export const refuse = (
  parts: FeatureParts,
  talk: Talk,
  cycle: number,
  problem: HoldersProblem,
): Promise<void> => backToCeremony(parts, talk, cycle, whyNotHeld(talk.t, problem))

/** Where a key may still be brought and rehearsed; else why not is said. */
export const whileOpen = (
  parts: FeatureParts,
  talk: Talk,
  cycle: number,
  use: (course: Course) => unknown,
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    if (keys.takesKeys(course.cycle)) await use(course)
    else await refuse(parts, talk, cycle, whyClosed(course))
  })

function whyClosed({ cycle }: Course): HoldersProblem {
  if (!keys.isHeld(cycle)) return { kind: 'not-held' }
  return cycle.halt?.kind === 'void' ? { kind: 'void' } : { kind: 'wrong-phase', phase: cycle.phase }
}
