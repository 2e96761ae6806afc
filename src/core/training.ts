// People who were trained for a vote, as an official says it of a day: how many, and how many women among them.
import { readDay } from './work.ts'
import { wallClock } from './zone.ts'

/** `on`: a day as `2026-11-24`. `women`: undefined where nobody counted. */
export interface Training {
  on: string
  people: number
  women?: number | undefined
}

export const MOST_TRAINED = 10_000

/** Why it cannot be: no day of the calendar, one to come, no such number of people, or more women than people. */
export type TrainingFault = 'bad-day' | 'to-come' | 'bad-people' | 'bad-women'

/** `now`: UTC ISO; the day is Kazakhstan's. */
export function trainingFault({ on, people, women }: Training, now: string): TrainingFault | undefined {
  if (readDay(on) !== on) return 'bad-day'
  if (on > wallClock(now).slice(0, 10)) return 'to-come'
  if (!Number.isInteger(people) || people < 1 || people > MOST_TRAINED) return 'bad-people'
  if (women !== undefined && (!Number.isInteger(women) || women < 0 || women > people)) return 'bad-women'
  return undefined
}

/** `24.11.2026, 30, 18` or `24.11.2026 30`: a day, people, women; undefined for anything else. */
export function readTraining(text: string): Training | undefined {
  const [, day = '', people, women] =
    /^\s*([\d./-]+?)[,;\s]+(\d{1,6})(?:[,;\s]+(\d{1,6}))?[.\s]*$/.exec(text) ?? []
  const on = readDay(day)
  if (on === undefined || people === undefined) return undefined
  return { on, people: Number(people), ...(women !== undefined && { women: Number(women) }) }
}
