// Live numbers: who has voted so far, by village and channel; nothing of what was chosen.
import { liveNumbers } from '../../use-cases/live-numbers.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { numbersScreen } from './numbers-view.ts'
import { withCourse } from './show.ts'
import * as view from './view.ts'

export const numbers = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, page }: { cycle: number; page: number },
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const found = await liveNumbers(parts.app, cycle, talk.who.id)
    talk.speak.show(found ? numbersScreen(talk.t, course.cycle, found, page) : view.notYours(talk.t))
  })
