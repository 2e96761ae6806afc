// A cycle file to begin with: whole, with dates to come.
import { wallClock } from '../zone.ts'
import { CYCLE_FORMAT } from './cycle-file.ts'

const DAY = 86_400_000

/** A file to change, with dates from two weeks after `now` (UTC ISO) on. */
export function cycleTemplate(now: string): string {
  const day = (days: number, time: string) =>
    `${wallClock(new Date(Date.parse(now) + days * DAY).toISOString()).slice(0, 10)} ${time}`
  const file = {
    format: CYCLE_FORMAT,
    slug: 'barshatas-1',
    title: { kk: 'Баршатас: халық қатысатын бюджет', ru: 'Баршатас: бюджет народного участия' },
    profile: 'advisory',
    dates: { voting: day(14, '09:00'), close: day(28, '18:00'), results: day(31, '12:00') },
    verification: 'card',
    revote: 'until-close',
    people: 3,
    ballot: { kind: 'approval', min: 1, max: 3 },
    rule: { rule: 'greedy', skip: true, minVotes: 1, ties: ['lots'] },
    places: [
      {
        place: '103651100',
        budget: 6_000_000,
        desk: {
          place: { kk: 'Әкімдік, 1-бөлме', ru: 'Акимат, кабинет 1' },
          hours: '9:00–18:00',
          phone: '+7 700 000 00 00',
        },
      },
    ],
  }
  return `${JSON.stringify(file, null, 2)}\n`
}
