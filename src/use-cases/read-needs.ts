// What officials see of a consultation while it goes on: figures without small numbers, lines with phones covered, the meeting.
import type { Localised } from '../core/localised.ts'
import { masked } from '../core/masked.ts'
import { type NeedFigures, needFigures } from '../core/needs.ts'
import { type Meeting, meetingIn, type NeedResult, needResultOf } from '../store/need-meetings.ts'
import { linesOf, needsOf, tallyOf } from '../store/needs.ts'
import type { Where } from './answer-needs.ts'
import type { App } from './app.ts'

export interface NeedsRead {
  needs: Localised[]
  figures: NeedFigures
  meeting: Meeting | undefined
  /** What residents added in words, oldest first; phones, ИИН and links are covered. */
  lines: string[]
  voices: number
  result: NeedResult | undefined
}

/** Undefined: the cycle asks nothing. */
export async function readNeeds(app: App, where: Where): Promise<NeedsRead | undefined> {
  const needs = await needsOf(app.db, where.cycle)
  if (needs.length === 0) return undefined
  const [tally, meeting, said, result] = await Promise.all([
    tallyOf(app.db, where.cycle, where.territory),
    meetingIn(app.db, where),
    linesOf(app.db, where.cycle, where.territory),
    needResultOf(app.db, where),
  ])
  return {
    needs,
    figures: needFigures(tally, meeting?.agreed),
    meeting,
    lines: said.lines.map((line) => masked(line).text),
    voices: said.voices,
    result,
  }
}
