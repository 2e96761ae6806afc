// The results: what will be published is read back; a trial's are published at once, others by a second official.
import { previewPublication, publishResults } from '../../use-cases/publish-results.ts'
import { proposePublication } from '../../use-cases/propose-cycle-act.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { SEEN } from './buttons.ts'
import { problemLine } from './problems.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'
import * as view from './view.ts'

const KINDS = ['published', 'counted', 'voided'] as const

export const askPublish = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const would = await previewPublication(parts.app, cycle, talk.who.id)
    if (would.ok) return talk.speak.show(view.publicationScreen(talk.t, course.cycle, would.value))
    if (would.problem.kind === 'not-counting') return changedBefore(parts, talk, cycle, KINDS)
    await backToCourse(parts, talk, cycle, problemLine(talk.t, would.problem))
  })

/** `seen`: of which counts the button was shown. */
export const publish = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, seen }: { cycle: number; seen: string },
): Promise<void> =>
  withCourse(parts, talk, cycle, async () => {
    const { t, who } = talk
    const would = await previewPublication(parts.app, cycle, who.id)
    const isOther = would.ok
      ? would.value.result.slice(0, SEEN) !== seen
      : would.problem.kind === 'not-counting'
    if (isOther) return changedBefore(parts, talk, cycle, KINDS)
    if (!would.ok) return backToCourse(parts, talk, cycle, problemLine(t, would.problem))
    if (would.value.joint) {
      const proposed = await proposePublication(parts.app, cycle, who.id)
      const said = proposed.ok ? view.proposedLines(t, proposed.value) : problemLine(t, proposed.problem)
      return backToCourse(parts, talk, cycle, said)
    }
    const done = await publishResults(parts.app, cycle, who.id)
    const said = done.ok ? t.html('manage.published', { count: done.value }) : problemLine(t, done.problem)
    await backToCourse(parts, talk, cycle, said)
  })
