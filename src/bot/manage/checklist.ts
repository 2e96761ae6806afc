// The clerk's first time: ten things, ticked by what the database says, and the next one opened.
import { readChecklist } from '../../use-cases/read-checklist.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { checklistScreen } from './checklist-view.ts'
import { withCourse } from './show.ts'

export const checklist = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    talk.speak.show(checklistScreen(talk.t, course, await readChecklist(parts.app, course, talk.who.id)))
  })
