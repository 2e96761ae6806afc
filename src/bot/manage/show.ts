// Back to the cycle's screen, with what came of a press; who was faster is named, with the time.
import type { EventKind } from '../../core/audit/event.ts'
import { type Course, lastAct, readCourse } from '../../use-cases/read-course.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { courseButton } from '../buttons.ts'
import { changedLine, whoWhenLines } from '../changed.ts'
import * as view from './view.ts'

/** Where this person runs the cycle; else that is said. */
export async function withCourse(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  cycle: number,
  use: (course: Course) => unknown,
): Promise<void> {
  const course = await readCourse(app, cycle, who.id)
  if (!course) return speak.show(view.notYours(t))
  await use(course)
}

/** `note`: HTML, on top. Drawn again by the screen alone: an act is never repeated. */
export const backToCourse = (parts: FeatureParts, talk: Talk, cycle: number, note: string): Promise<void> =>
  withCourse(parts, talk, cycle, (course) => {
    talk.speak.drawnBy(courseButton.pack({ cycle }))
    talk.speak.show(view.courseScreen(talk.t, course, note))
  })

/** HTML: `said`, and under it who did it before and when. */
export const withWhoWhen = async (
  { app }: FeatureParts,
  { t }: Talk,
  { cycle }: Course,
  kind: Exclude<EventKind, 'ballot'>,
  said: string,
): Promise<string> => [said, ...whoWhenLines(t, await lastAct(app, cycle, [kind]))].join('\n')

/** What was pressed is of another time: the screen as it is now, under who changed it and when. */
export const changedBefore = (
  parts: FeatureParts,
  talk: Talk,
  cycle: number,
  kinds: readonly Exclude<EventKind, 'ballot'>[],
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const done = await lastAct(parts.app, course.cycle, kinds)
    await backToCourse(parts, talk, cycle, changedLine(talk.t, done))
  })
