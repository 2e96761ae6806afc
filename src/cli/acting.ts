// What every command shares: acting on the App, naming cycles and places, and refusing in one plain line.
import { PROFILES } from '../core/cycle.ts'
import { readWallClock, ZONE } from '../core/zone.ts'
import type { T, Texts } from '../i18n.ts'
import { errorFacts } from '../log.ts'
import type { Actor } from '../use-cases/actor.ts'
import type { App, Opening } from '../use-cases/app.ts'
import type { MediaStore } from '../use-cases/copy-idea-media.ts'
import { findVillage, type KnownTerritory } from '../use-cases/find-village.ts'
import { type Cycle, findCycle } from '../use-cases/list-cycles.ts'
import type { Proposed } from '../use-cases/propose-act.ts'
import { fullMoment } from '../words/moment.ts'
import { placeName } from '../words/place.ts'
import { isRefusal, refused, refusedBy } from './refused.ts'

/** Who may do what after a migration: `owner`: the login that serves owns the tables too; `nobody`: none was named. */
export type Migrated = { kind: 'owner' | 'nobody' } | { kind: 'serves'; role: string }

/** What a command is given from outside. */
export interface Outside {
  textsOf: Texts
  /** What the computer speaks, such as `kk_KZ.UTF-8`. */
  spoken?: string | undefined
  /** The folder data/. */
  data: string
  /** Where a checkout keeps what it made: demo cards. */
  dir: string
  /** Where the public pages lie for others, without a slash at the end; unknown where none is configured. */
  publicUrl?: string | undefined
  /** The file of the kit; there is none where the sources themselves run. */
  kit?: string | undefined
  /** Where copies of photos and voice notes of ideas lie. */
  media: MediaStore
  say: (line: string) => void
  /** Asks whoever sits at the computer, and waits for a line. */
  ask?: (question: string) => Promise<string>
  /** Brings the configured database up; resolves with who may now do what. Opens no App and needs no secrets. */
  migrate: () => Promise<Migrated>
  /** Opens the App, lets `act` work on it, and closes it. */
  run: (act: (app: App) => Promise<void>, as?: Opening) => Promise<void>
  /** Serves a second official's answer itself, where no program does. Absent where there is no Telegram. */
  confirm?: (app: App, proposal: string) => Promise<'done' | 'refused' | 'open'>
}

export interface Parts extends Outside {
  /** Texts of the language in which the command answers. */
  t: T
}

export { refusal, refused, refusedBy } from './refused.ts'

/** What was proposed, who may confirm it, and until when. */
export function sayProposed({ t, say }: Parts, { askable, until, already }: Proposed): void {
  say(t(already ? 'cli.proposed-before' : 'cli.proposed'))
  say(t('cli.proposed-to', { accounts: askable.join(', ') }))
  say(t('cli.proposed-until', { time: t.moment(until) }))
}

/** An error that nobody expected is told by name and code only: its text may hold what stood in the database. */
export async function guarded(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (isRefusal(error)) throw error
    const { error: name, code, constraint } = errorFacts(error)
    const facts = [name, code, constraint].filter((fact) => fact !== undefined)
    throw refused('cli.failed-inside', { facts: facts.join(', ') })
  }
}

/** Runs `work` on the App. */
export const act = (parts: Parts, work: (app: App) => Promise<void>, as?: Opening): Promise<void> =>
  parts.run((app) => guarded(() => work(app)), as)

/** By short name or number. */
export async function cycleNamed(app: App, name: string): Promise<Cycle> {
  const cycle = await findCycle(app, name)
  if (!cycle) throw refused('cli.no-cycle', { name })
  return cycle
}

/** By KATO code, id or name in any language; among the villages of a cycle where one is given. */
export async function villageNamed(app: App, text: string, cycle?: number): Promise<KnownTerritory> {
  const found = await findVillage(app, text, cycle)
  if (found.ok) return found.value
  if (found.problem.kind === 'unknown-village')
    throw refused(cycle === undefined ? 'cli.no-place' : 'cli.no-place-here', { text })
  const { candidates } = found.problem
  throw refusedBy((t) =>
    t('cli.several-places', {
      text,
      codes: candidates.map((place) => `${codeOf(place)} ${placeName(t, place)}`).join(' · '),
    }),
  )
}

export const codeOf = (place: { kato: string | null; territory: number }): string =>
  place.kato ?? String(place.territory)

/** A moment with the zone behind it. */
export const momentText = (t: T, moment: string | undefined): string =>
  moment === undefined ? t('cli.no-time-set') : t('cli.time', { date: fullMoment(t, moment), zone: ZONE })

/** A wall clock of Kazakhstan (`2026-03-05 18:00`), or a moment with its offset, as UTC ISO. */
export function readMoment(text: string): string {
  const moment = readWallClock(text)
  if (moment === undefined) throw refused('cli.no-time', { text })
  return moment
}

/** The last day of something (`2026-06-30`), or a moment, as UTC ISO: what comes after it is over. */
export function readUntil(text: string): string {
  const day = text.trim()
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return readMoment(text)
  return new Date(Date.parse(readMoment(`${day} 00:00`)) + 86_400_000).toISOString()
}

/** A Telegram id. */
export function readAccount(text: string): number {
  if (!/^[1-9]\d{0,15}$/.test(text)) throw refused('cli.no-account', { text })
  return Number(text)
}

/**
 * Who acts on a cycle: `--as`, else whoever runs the server. `proposer`: where two officials must agree, who proposes; there `--as` is
 * not left out.
 */
export function actorOf(
  { profile }: Cycle,
  { as }: { as?: string },
): { by: Actor; proposer: number | undefined } {
  const by = as === undefined ? 'command' : readAccount(as)
  if (PROFILES[profile].officials === 1) return { by, proposer: undefined }
  if (by === 'command') throw refused('cli.two-officials-as')
  return { by, proposer: by }
}
