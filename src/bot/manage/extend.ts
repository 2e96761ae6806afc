// A later close: by some days or to a moment that is typed; both moments are read back with their weekday before it counts.
import type { Message } from 'grammy/types'
import { readTypedMoment } from '../../core/typed-moment.ts'
import { extendCycle, previewExtension } from '../../use-cases/extend-cycle.ts'
import { proposeExtension } from '../../use-cases/propose-cycle-act.ts'
import { fullMoment } from '../../words/moment.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { withNote } from '../speaker.ts'
import type { Talk } from '../talk.ts'
import { minutesOf, momentOf } from '../minutes.ts'
import { askExtendButton, previewExtendButton } from './buttons.ts'
import { problemLine } from './problems.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'
import * as view from './view.ts'

interface Wanted {
  cycle: number
  before: number
  to: number
}

const KINDS = ['extended', 'phase', 'suspended', 'resumed', 'voided'] as const

export const askExtend = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    await expect(parts, talk.who.id, { kind: 'extend-to', cycle })
    talk.speak.show(view.extendScreen(talk.t, course.cycle))
  })

export async function takeDate(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: { cycle: number },
  { text }: Message,
): Promise<boolean> {
  const to = text === undefined ? undefined : readTypedMoment(text)
  if (to === undefined) {
    const speak = withNote(talk.speak, talk.t.html('manage.no-date'))
    talk.speak.drawnBy(askExtendButton.pack({ cycle }))
    await askExtend(parts, { ...talk, speak }, { cycle })
    return true
  }
  await withCourse(parts, talk, cycle, async (course) => {
    const wanted = { cycle, before: minutesOf(course.cycle.timeline.counting ?? to), to: minutesOf(to) }
    talk.speak.drawnBy(previewExtendButton.pack(wanted))
    await previewExtend(parts, talk, wanted)
  })
  return true
}

/** What was asked for, where the close is still the one that was seen. */
const asSeen = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, before, to }: Wanted,
  use: (to: string, joint: boolean) => unknown,
): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const closesAt = course.cycle.timeline.counting
    if (closesAt === undefined || minutesOf(closesAt) !== before)
      return changedBefore(parts, talk, cycle, KINDS)
    await use(momentOf(to), course.joint)
  })

export const previewExtend = (parts: FeatureParts, talk: Talk, wanted: Wanted): Promise<void> =>
  asSeen(parts, talk, wanted, async (to) => {
    const would = await previewExtension(parts.app, wanted.cycle, to, talk.who.id)
    if (would.ok) return talk.speak.show(view.extensionScreen(talk.t, wanted, would.value))
    await backToCourse(parts, talk, wanted.cycle, problemLine(talk.t, would.problem))
  })

export const extend = (parts: FeatureParts, talk: Talk, wanted: Wanted): Promise<void> =>
  asSeen(parts, talk, wanted, async (to, joint) => {
    const { t, who } = talk
    await parts.session.expectNothing(who.id)
    if (joint) {
      const proposed = await proposeExtension(parts.app, wanted.cycle, to, who.id)
      const said = proposed.ok ? view.proposedLines(t, proposed.value) : problemLine(t, proposed.problem)
      return backToCourse(parts, talk, wanted.cycle, said)
    }
    const done = await extendCycle(parts.app, wanted.cycle, to, who.id)
    const said = done.ok
      ? t.html('manage.extended', { time: fullMoment(t, done.value) })
      : problemLine(t, done.problem)
    await backToCourse(parts, talk, wanted.cycle, said)
  })
