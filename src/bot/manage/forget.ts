// After the days for disputes: an official proposes that the sealed ballots, claims and card hashes of a vote go, another one confirms.
import { proposeForget } from '../../use-cases/forget-cycle.ts'
import type { FeatureParts } from '../parts.ts'
import type { Talk } from '../talk.ts'
import * as holders from './holders-view.ts'
import { backToCourse, withCourse, withWhoWhen } from './show.ts'
import * as view from './view.ts'

interface Of {
  cycle: number
}

export const askForget = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, (course) => talk.speak.show(holders.forgetScreen(talk.t, course.cycle)))

export const forget = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const { t, who } = talk
    const proposed = await proposeForget(parts.app, cycle, who.id)
    const said = proposed.ok
      ? view.proposedLines(t, proposed.value)
      : holders.whyNotForgotten(t, proposed.problem)
    const before = !proposed.ok && proposed.problem.kind === 'forgotten-before'
    const note = before ? await withWhoWhen(parts, talk, course, 'forgotten', said) : said
    await backToCourse(parts, talk, cycle, note)
  })
