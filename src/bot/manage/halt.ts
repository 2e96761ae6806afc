// Suspend, resume, declare void: the reason is asked for in both official languages and read back, then a second official is asked.
import type { Message } from 'grammy/types'
import { REASON_LENGTHS } from '../../core/cycle.ts'
import { type HaltWish, proposeHalt } from '../../use-cases/halt-cycle.ts'
import type { Course } from '../../use-cases/read-course.ts'
import { readExpectation } from '../expectations.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { haltButton } from './buttons.ts'
import { problemLine } from './problems.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'
import * as halting from './halt-view.ts'
import * as view from './view.ts'

interface Asked {
  cycle: number
  kind: string
}
/** What was written so far. */
interface Kept {
  cycle: number
  halt: 'suspend' | 'void'
  kk?: string | undefined
  ru?: string | undefined
}

const KINDS = ['suspended', 'resumed', 'voided', 'phase'] as const

export const haltChoices = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, (course) => talk.speak.show(halting.haltScreen(talk.t, course.cycle)))

const fits = ({ cycle }: Course, kind: string): boolean => view.haltActs(cycle).some((act) => act === kind)

export const askHalt = (parts: FeatureParts, talk: Talk, { cycle, kind }: Asked): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    if (!fits(course, kind)) return changedBefore(parts, talk, cycle, KINDS)
    if (kind === 'resume') return talk.speak.show(halting.resumeScreen(talk.t, course.cycle))
    if (kind === 'suspend' || kind === 'void') await ask(parts, talk, { cycle, halt: kind })
  })

/** The next of the two languages. */
async function ask(parts: FeatureParts, talk: Talk, kept: Kept): Promise<void> {
  await expect(parts, talk.who.id, { ...kept, kind: 'halt-reason' })
  talk.speak.show(
    kept.kk !== undefined && kept.ru !== undefined
      ? halting.haltReadBack(talk.t, kept.cycle, kept.halt, { kk: kept.kk, ru: kept.ru })
      : halting.reasonScreen(talk.t, kept.cycle, kept.halt, kept.kk === undefined ? 'kk' : 'ru'),
  )
}

export async function takeReason(
  parts: FeatureParts,
  talk: Talk,
  kept: Kept,
  { text }: Message,
): Promise<boolean> {
  talk.speak.drawnBy(haltButton.pack({ cycle: kept.cycle }))
  const [least, most] = REASON_LENGTHS
  const said = text?.trim().replace(/\s+/gu, ' ') ?? ''
  if (kept.kk !== undefined && kept.ru !== undefined) {
    await ask(parts, noted(talk, talk.t.html('common.press-below')), kept)
    return true
  }
  if (said.length < least || said.length > most) {
    const note = talk.t.html('manage.reason-length', { least, most, number: said.length })
    await ask(parts, noted(talk, note), kept)
    return true
  }
  await ask(parts, talk, kept.kk === undefined ? { ...kept, kk: said } : { ...kept, ru: said })
  return true
}

export const proposeIt = (parts: FeatureParts, talk: Talk, { cycle, kind }: Asked): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    if (!fits(course, kind)) return changedBefore(parts, talk, cycle, KINDS)
    const wish = await wishOf(parts, talk, cycle, kind)
    if (!wish) return outdated(talk)
    const proposed = await proposeHalt(parts.app, cycle, wish, talk.who.id)
    await parts.session.expectNothing(talk.who.id)
    const { t } = talk
    const said = proposed.ok ? view.proposedLines(t, proposed.value) : problemLine(t, proposed.problem)
    await backToCourse(parts, talk, cycle, said)
  })

/** The reason as it was written; undefined where it was lost, or is for something else. */
async function wishOf(
  { session }: FeatureParts,
  { who }: Talk,
  cycle: number,
  kind: string,
): Promise<HaltWish | undefined> {
  if (kind === 'resume') return { kind }
  const kept = readExpectation(await session.expectation(who.id))
  if (kept?.kind !== 'halt-reason' || kept.cycle !== cycle || kept.halt !== kind) return undefined
  const { kk, ru } = kept
  return kk === undefined || ru === undefined ? undefined : { kind: kept.halt, reason: { kk, ru } }
}
