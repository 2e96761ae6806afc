// Two ideas that lie close together stand in the way of the list: an official says that both may be built.
import { keepApart } from '../../use-cases/keep-apart.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import { problemLine } from './problems.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'
import * as view from './view.ts'

interface Pair {
  cycle: number
  one: number
  other: number
}

export const askApart = (parts: FeatureParts, talk: Talk, pair: Pair): Promise<void> =>
  withCourse(parts, talk, pair.cycle, () => talk.speak.show(view.apartScreen(talk.t, pair)))

export async function apart(parts: FeatureParts, talk: Talk, { cycle, one, other }: Pair): Promise<void> {
  const { t, who } = talk
  const kept = await keepApart(parts.app, cycle, [one, other], who.id)
  if (kept.ok && !kept.value) return changedBefore(parts, talk, cycle, ['ideas-apart'])
  const said = kept.ok ? t.html('manage.apart-now', { one, other }) : problemLine(t, kept.problem)
  await backToCourse(parts, talk, cycle, said)
}
