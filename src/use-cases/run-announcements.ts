// Announcements whose time has come get their recipients, those that are through get their report, and a press is noted.
import {
  type Announcement,
  announcementById,
  announcementForUpdate,
  dueAnnouncements,
  endAnnouncements,
  figuresOf,
  moveAnnouncement,
  notePressed,
  queueAnnouncement,
  setProgress,
  setStart,
  shownAnnouncements,
} from '../store/announcements.ts'
import type { AnnouncementFigures } from '../core/announcement.ts'
import { OFFICIAL_LANGUAGES } from '../core/localised.ts'
import { channelsIn, queueAnnounced } from '../store/channels.ts'
import { clock } from '../store/clock.ts'
import { type Cycle, cycleById } from '../store/cycles.ts'
import type { Tx } from '../store/db.ts'
import { enqueue } from '../store/deliveries.ts'
import { codesOf } from '../store/territories.ts'
import type { App } from './app.ts'
import { wherePlaces } from './joint-act.ts'
import { measuredAudience } from './read-announcement.ts'

/** Safe on every replica: each begins once and ends once. Returns how many began. */
export async function runAnnouncements(app: App): Promise<number> {
  let begun = 0
  for (const id of await dueAnnouncements(app.db))
    if (await app.db.begin((tx) => start(app, tx, id))) begun += 1
  await app.db.begin(async (tx) => {
    for (const one of await endAnnouncements(tx)) await tellEnd(tx, one, 'done')
  })
  return begun
}

/** An outage may have moved its time into the night; an audience may have become too small meanwhile. */
async function start(app: App, tx: Tx, id: number): Promise<boolean> {
  const one = await announcementForUpdate(tx, id)
  if (one?.state !== 'approved') return false
  const now = await clock(tx)
  const morning = app.quiet(now)
  if (Date.parse(morning) > Date.parse(now)) {
    await setStart(tx, id, morning)
    return false
  }
  const { size, small } = await measuredAudience(tx, one.cycle, one.audience)
  if (size === 0 || small) {
    await moveAnnouncement(tx, id, ['approved'], 'stopped')
    await tellEnd(tx, one, 'stopped')
    return false
  }
  await moveAnnouncement(tx, id, ['approved'], 'sending')
  await queueAnnouncement(tx, one)
  if (one.channel) await queueInChannels(tx, one)
  return true
}

/** In the languages that it is written in, of its readers' one alone where they have one. */
async function queueInChannels(tx: Tx, one: Announcement): Promise<void> {
  const { cycle, audience, texts } = one
  const channels = await channelsIn(tx, cycle, audience.territory)
  const written: string[] = OFFICIAL_LANGUAGES.filter((locale) => texts[locale] !== undefined)
  const others = Object.keys(texts).filter((locale) => !written.includes(locale))
  const locales = [...written, ...others].filter((locale) => locale === (audience.locale ?? locale))
  await queueAnnounced(
    tx,
    one,
    channels.map(({ chat }) => chat),
    locales,
  )
}

async function tellEnd(
  tx: Tx,
  { id, madeBy, cycle, audience }: Announcement,
  state: 'done' | 'stopped',
): Promise<void> {
  if (madeBy === null) return
  const places =
    audience.territory === undefined
      ? (await codesOf(tx, cycle)).map(({ territory }) => territory)
      : [audience.territory]
  await enqueue(
    tx,
    {
      kind: 'announcement-ended',
      announcement: id,
      state,
      figures: await figuresOf(tx, id),
      where: await wherePlaces(tx, cycle, places),
    },
    { account: madeBy, dedupe: `announcement-ended:${id}` },
  )
}

export interface Progress {
  one: Announcement
  figures: AnnouncementFigures
}

/** Announcements on their way, or just ended, whose author is to see how far they are. */
export async function announcementsUnderway(app: App): Promise<(Progress & { madeBy: number })[]> {
  const found: (Progress & { madeBy: number })[] = []
  for (const one of await shownAnnouncements(app.db)) {
    const { madeBy } = one
    if (madeBy !== null)
      found.push({ one, madeBy, figures: one.figures ?? (await figuresOf(app.db, one.id)) })
  }
  return found
}

/** The author's message says this now. */
export const noteProgress = (app: App, id: number, message: number, text: string): Promise<void> =>
  setProgress(app.db, id, message, text)

/** As it is sent, with its cycle: it changes no more. */
export async function announcementToSend(
  app: App,
  id: number,
): Promise<{ one: Announcement; cycle: Cycle } | undefined> {
  const one = await announcementById(app.db, id)
  const cycle = one && (await cycleById(app.db, one.cycle))
  return one && cycle && { one, cycle }
}

/** A reader pressed the button under it. */
export const noteAnnouncementPress = (app: App, id: number, account: number): Promise<void> =>
  notePressed(app.db, id, account)
