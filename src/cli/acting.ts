// What every command shares: acting on the App, naming cycles and places, and refusing in one plain line.
import { OFFSET, ZONE } from '../core/zone.ts'
import type { Texts } from '../i18n.ts'
import { errorFacts } from '../log.ts'
import type { App } from '../use-cases/app.ts'
import { findVillage, type KnownTerritory } from '../use-cases/find-village.ts'
import { type Cycle, findCycle } from '../use-cases/list-cycles.ts'
import { officialName } from '../words/place.ts'

export interface Parts {
  textsOf: Texts
  /** The folder data/. */
  data: string
  /** Where a checkout keeps what it made: demo cards. */
  dir: string
  say: (line: string) => void
  /** Opens the App, lets `act` work on it, and closes it. */
  run: (act: (app: App) => Promise<void>) => Promise<void>
}

const REFUSAL = 'Refusal'

/** Said wherever a person is named by --as and may not do this there. */
export const NOT_ALLOWED =
  'that person holds no role for this in every village it concerns (dauys role list shows who does)'

/** What the clerk must know, in one line; it ends the command with exit code 1. */
export const refusal = (line: string): Error => Object.assign(new Error(line), { name: REFUSAL })

/** An error that nobody expected is told by name and code only: its text may hold what stood in the database. */
export async function act(parts: Parts, work: (app: App) => Promise<void>): Promise<void> {
  await parts.run(async (app) => {
    try {
      await work(app)
    } catch (error) {
      if (error instanceof Error && error.name === REFUSAL) throw error
      const { error: name, code, constraint } = errorFacts(error)
      const facts = [name, code, constraint].filter((fact) => fact !== undefined)
      throw new Error(`the command failed inside (${facts.join(', ')})`)
    }
  })
}

/** By short name or number. */
export async function cycleNamed(app: App, name: string): Promise<Cycle> {
  const cycle = await findCycle(app, name)
  if (!cycle) throw refusal(`there is no cycle "${name}"; dauys cycle list shows them`)
  return cycle
}

/** By KATO code, id or name in any language; among the villages of a cycle where one is given. */
export async function villageNamed(app: App, text: string, cycle?: number): Promise<KnownTerritory> {
  const found = await findVillage(app, text, cycle)
  if (found.ok) return found.value
  if (found.problem.kind === 'unknown-village')
    throw refusal(`there is no place "${text}"${cycle === undefined ? '' : ' in this cycle'}`)
  const candidates = found.problem.candidates.map((place) => `${codeOf(place)} ${officialName(place)}`)
  throw refusal(`several places are called "${text}": name one by its code: ${candidates.join(' · ')}`)
}

export const codeOf = (place: { kato: string | null; territory: number }): string =>
  place.kato ?? String(place.territory)

/** `5 March 2026, 18:00`, with the zone behind it. */
export function momentText(iso: string | undefined): string {
  if (iso === undefined) return 'no time set'
  const text = new Intl.DateTimeFormat('en-GB', {
    timeZone: ZONE,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(iso))
  return `${text.replace(' at ', ', ')} (${ZONE})`
}

/** A wall clock of Kazakhstan (`2026-03-05 18:00`), or a moment with its offset, as UTC ISO. */
export function readMoment(text: string): string {
  const wall = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00)?$/.exec(text.trim())
  const time = Date.parse(wall ? `${wall[1]}T${wall[2]}:00${OFFSET}` : text)
  const clear = wall !== null || /(?:Z|[+-]\d\d:\d\d)$/.test(text.trim())
  if (!clear || !Number.isFinite(time))
    throw refusal(`"${text}" is not a time: write it as 2026-03-05 18:00, wall clock of Kazakhstan`)
  return new Date(time).toISOString()
}

/** The last day of something (`2026-06-30`), or a moment, as UTC ISO: what comes after it is over. */
export function readUntil(text: string): string {
  const day = text.trim()
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return readMoment(text)
  return new Date(Date.parse(readMoment(`${day} 00:00`)) + 86_400_000).toISOString()
}

/** A Telegram id. */
export function readAccount(text: string): number {
  if (!/^[1-9]\d{0,15}$/.test(text))
    throw refusal(`"${text}" is not a Telegram id: a whole number is expected`)
  return Number(text)
}
