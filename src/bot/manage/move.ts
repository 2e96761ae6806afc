// The next phase: what will happen is read back, then it begins, or a second official is asked.
import { PHASES } from '../../core/cycle.ts'
import { movePhase } from '../../use-cases/move-phase.ts'
import { proposeMove } from '../../use-cases/propose-cycle-act.ts'
import { phaseName } from '../../words/phase.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { problemLine } from './problems.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'
import * as view from './view.ts'

interface Asked {
  cycle: number
  from: string
}

const KINDS = ['phase', 'suspended', 'resumed', 'voided', 'published'] as const

export const askMove = (parts: FeatureParts, talk: Talk, { cycle, from }: Asked): Promise<void> =>
  withCourse(parts, talk, cycle, (course) => {
    if (course.cycle.phase !== from) return changedBefore(parts, talk, cycle, KINDS)
    if (course.blocks.length > 0 || !course.next) return talk.speak.show(view.courseScreen(talk.t, course))
    talk.speak.show(view.moveScreen(talk.t, course))
  })

export const move = (parts: FeatureParts, talk: Talk, { cycle, from }: Asked): Promise<void> =>
  withCourse(parts, talk, cycle, async ({ joint }) => {
    const { t, who } = talk
    const seen = PHASES.find((phase) => phase === from)
    if (!seen) return changedBefore(parts, talk, cycle, KINDS)
    if (joint) {
      const proposed = await proposeMove(parts.app, cycle, seen, who.id)
      if (proposed.ok) return backToCourse(parts, talk, cycle, view.proposedLines(t, proposed.value))
      if (proposed.problem.kind === 'moved-before') return changedBefore(parts, talk, cycle, KINDS)
      return backToCourse(parts, talk, cycle, problemLine(t, proposed.problem))
    }
    const moved = await movePhase(parts.app, cycle, { by: who.id, from: seen })
    if (!moved.ok && moved.problem.kind === 'moved-before') return changedBefore(parts, talk, cycle, KINDS)
    const said = moved.ok
      ? t.html('manage.moved', { phase: phaseName(t, moved.value.to) })
      : problemLine(t, moved.problem)
    await backToCourse(parts, talk, cycle, said)
  })
