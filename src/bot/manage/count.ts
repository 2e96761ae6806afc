// An official has the ballots counted whose key lies in the server, and counted again where something was mended since.
import { escapeHtml, type T } from '../../i18n.ts'
import { type CountProblem, countCycle } from '../../use-cases/count-cycle.ts'
import { listVillages } from '../../use-cases/list-cycles.ts'
import { numberLeaves } from '../../use-cases/number-leaves.ts'
import { type Done, lastAct } from '../../use-cases/read-course.ts'
import { placeName } from '../../words/place.ts'
import { uncountedText } from '../../words/uncounted.ts'
import type { FeatureParts } from '../parts.ts'
import { noted, type Talk } from '../talk.ts'
import { problemLine } from './problems.ts'
import { askPublish } from './publish.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'

/** What was counted is read back with the button that publishes it. */
export const count = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const { t } = talk
    const before = await lastAct(parts.app, course.cycle, ['counted'])
    // The count waits for the signed head that ends with the close.
    await numberLeaves(parts.app)
    const done = await countCycle(parts.app, cycle, talk.who.id)
    if (done.ok) {
      const note = [t.html('manage.counted'), ...(before ? [beforeLine(t, before)] : [])].join('\n')
      return askPublish(parts, noted(talk, note), { cycle })
    }
    if (done.problem.kind === 'not-counting')
      return changedBefore(parts, talk, cycle, ['published', 'voided'])
    await backToCourse(parts, talk, cycle, await whyNot(parts, talk, cycle, done.problem))
  })

const beforeLine = (t: T, { by, at }: Done): string =>
  t.html('manage.counted-before', { by: typeof by === 'number' ? by : 'dauys count', time: t.moment(at) })

/** HTML. */
async function whyNot({ app }: FeatureParts, { t }: Talk, cycle: number, problem: CountProblem) {
  switch (problem.kind) {
    case 'held':
    case 'tests':
    case 'secret':
    case 'papers':
    case 'paper-box':
    case 'ballots': {
      const places = await listVillages(app, cycle)
      const called = (territory: number) => {
        const place = places.find((one) => one.territory === territory)
        return place ? placeName(t, place) : String(territory)
      }
      return escapeHtml(uncountedText(t, problem, called))
    }
    case 'no-such-cycle':
    case 'not-allowed':
    case 'not-counting':
    case 'void':
    case 'not-sequenced':
    case 'log-stopped':
    case 'log':
      return problemLine(t, problem)
  }
}
