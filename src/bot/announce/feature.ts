// Officials announce in their own chat: what may be written and sent, and what comes of it, is asked of the use cases.
import type { Message } from 'grammy/types'
import { AUDIENCES, type Audience } from '../../core/announcement.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import { readTypedClock } from '../../core/zone.ts'
import { announce } from '../../use-cases/announce.ts'
import { announcementScopes, listAnnouncements, readAnnouncement } from '../../use-cases/read-announcement.ts'
import type { SeenAnnouncement } from '../../use-cases/read-announcement.ts'
import { noteAnnouncementPress } from '../../use-cases/run-announcements.ts'
import { isSteer, steerAnnouncement } from '../../use-cases/steer-announcement.ts'
import { beginAnnouncement, type Wanted, writeAnnouncement } from '../../use-cases/write-announcement.ts'
import { announcedButton, announcementButton, showAnnouncementButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import type { Screen } from '../message.ts'
import { formattedText } from '../formatted.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import * as button from './buttons.ts'
import { channelsRow } from './channel-view.ts'
import { bindable, listenToChannels } from './channels.ts'
import { type Announcing, isWish } from './expects.ts'
import { differenceScreen, previewScreen, sendSamples } from './preview.ts'
import { problemLine, sentLine } from './problems.ts'
import * as view from './view.ts'

interface Read {
  announcement: number
  version: number
}

/** Longer than Telegram's own limit: how much too long it is, is told in the preview. */
const LONGEST = 10_000

export function announceFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('announce', (_, talk) => list(parts, talk))
  on.shows(button.listButton, (_, talk) => list(parts, talk))
  on.button(button.newButton, (_, talk, where) => begin(parts, talk, where))
  on.shows(announcementButton, (_, talk, { announcement }) => show(parts, talk, announcement))
  on.shows(button.askButton, (_, talk, { what, ...at }) =>
    isWish(what) ? ask(parts, talk, { ...at, what }) : outdated(talk),
  )
  on.shows(button.whoButton, (_, talk, { announcement }) =>
    withOne(parts, talk, announcement, (seen) =>
      talk.speak.show(view.whoScreen(talk.t, parts.textsOf, seen)),
    ),
  )
  on.button(button.chooseWhoButton, (_, talk, chosen) => chooseWho(parts, talk, chosen))
  on.button(button.dropButton, (_, talk, { what, ...read }) =>
    write(parts, talk, read, what === 'media' ? { media: null } : { at: null }),
  )
  on.shows(button.previewButton, (_, talk, read) => preview(parts, talk, read))
  on.button(button.channelButton, (_, talk, { post, ...read }) =>
    chooseChannel(parts, talk, read, post === 1),
  )
  listenToChannels(on)
  on.button(button.sendButton, (_, talk, read) => send(parts, talk, read))
  on.shows(button.askCancelButton, (_, talk, { announcement }) =>
    withOne(parts, talk, announcement, ({ one }) => talk.speak.show(view.cancelScreen(talk.t, one))),
  )
  on.button(button.steerButton, (_, talk, { announcement, steer }) =>
    steerOne(parts, talk, announcement, steer),
  )
  on.shows(showAnnouncementButton, (_, talk, { announcement }) => showSecond(parts, talk, announcement))
  on.shows(announcedButton, async ({ app, doors }, talk, { announcement }) => {
    await noteAnnouncementPress(app, announcement, talk.who.id)
    await doors.menu(withNewMessage(talk))
  })
  return {
    composer: on.composer,
    expects: {
      announce: { take: (talk, kept, message) => take(parts, talk, kept, message), longest: LONGEST },
    },
  } satisfies Feature
}

/** What was announced stays where it is. */
const withNewMessage = (talk: Talk): Talk => ({
  ...talk,
  speak: { ...talk.speak, show: (screen, then) => talk.speak.send(screen, then) },
})

async function list(parts: FeatureParts, talk: Talk): Promise<void> {
  const { app } = parts
  const { t, who, speak } = talk
  const scopes = await announcementScopes(app, who.id)
  const all = await listAnnouncements(app, who.id)
  if (scopes.length === 0 && all.length === 0)
    return speak.show(view.lineScreen(t, t.html('announce.not-allowed')))
  const screen = view.listScreen(t, all, scopes)
  speak.show((await bindable(parts, talk)).length > 0 ? withChannels(t, screen) : screen)
}

const withChannels = (t: Talk['t'], { buttons = [], ...screen }: Screen): Screen => ({
  ...screen,
  buttons: [...buttons.slice(0, -1), channelsRow(t), ...buttons.slice(-1)],
})

async function begin(
  parts: FeatureParts,
  talk: Talk,
  { cycle, territory }: { cycle: number; territory: number },
): Promise<void> {
  const begun = await beginAnnouncement(
    parts.app,
    { cycle, ...(territory > 0 && { territory }) },
    talk.who.id,
  )
  if (!begun.ok) return talk.speak.show(view.lineScreen(talk.t, talk.t.html('announce.not-allowed')))
  await show(parts, talk, begun.value)
}

/** Whoever has nothing to do with it sees nothing of it. */
async function withOne(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  id: number,
  use: (seen: SeenAnnouncement) => unknown,
): Promise<void> {
  const seen = await readAnnouncement(app, id, who.id)
  if (!seen) return speak.show(view.lineScreen(t, t.html('announce.not-allowed')))
  await use(seen)
}

const show = (parts: FeatureParts, talk: Talk, id: number, note?: string): Promise<void> =>
  withOne(parts, talk, id, async (seen) => {
    await parts.session.expectNothing(talk.who.id)
    talk.speak.drawnBy(announcementButton.pack({ announcement: id }))
    talk.speak.show(view.oneScreen(talk.t, parts.textsOf, seen, note))
  })

async function ask(parts: FeatureParts, talk: Talk, wanted: Announcing): Promise<void> {
  await withOne(parts, talk, wanted.announcement, async () => {
    await expect(parts, talk.who.id, { kind: 'announce', ...wanted })
    talk.speak.show(view.askScreen(talk.t, parts.textsOf, wanted, parts.app.now()))
  })
}

/** Writes it where it still is what was read; else it is shown as it is now, with who was faster. */
async function write(parts: FeatureParts, talk: Talk, read: Read, wanted: Wanted): Promise<void> {
  const { announcement: id, version } = read
  const done = await writeAnnouncement(parts.app, { id, version }, wanted, talk.who.id)
  const note = done.ok ? talk.t.html('announce.saved') : problemLine(talk.t, parts.textsOf, done.problem)
  await show(parts, talk, id, note)
}

function chooseWho(
  parts: FeatureParts,
  talk: Talk,
  { who, locale, ...read }: Read & { who: string; locale: string },
): Promise<void> {
  return withOne(parts, talk, read.announcement, async ({ one }) => {
    const kind = AUDIENCES.find((each) => each === who) ?? one.audience.who
    const { locale: before, ...rest } = one.audience
    const language = locale === '-' ? before : parts.textsOf.known(locale)
    const audience: Audience = { ...rest, who: kind, ...(language !== undefined && { locale: language }) }
    await write(parts, talk, read, { audience })
  })
}

/** What is posted in channels too is seen in the preview, so it is drawn anew. */
async function chooseChannel(parts: FeatureParts, talk: Talk, read: Read, channel: boolean): Promise<void> {
  const { announcement: id, version } = read
  const done = await writeAnnouncement(parts.app, { id, version }, { channel }, talk.who.id)
  if (!done.ok) return show(parts, talk, id, problemLine(talk.t, parts.textsOf, done.problem))
  await withOne(parts, talk, id, (seen) => talk.speak.show(previewScreen(talk.t, parts.textsOf, seen)))
}

const preview = (parts: FeatureParts, talk: Talk, { announcement }: Read): Promise<void> =>
  withOne(parts, talk, announcement, (seen) => {
    sendSamples(parts.textsOf, talk, seen)
    talk.speak.send(previewScreen(talk.t, parts.textsOf, seen))
  })

async function send(parts: FeatureParts, talk: Talk, { announcement: id, version }: Read): Promise<void> {
  const done = await announce(parts.app, { id, version }, talk.who.id)
  const { t } = talk
  await show(parts, talk, id, done.ok ? sentLine(t, done.value) : problemLine(t, parts.textsOf, done.problem))
}

async function steerOne(parts: FeatureParts, talk: Talk, id: number, steer: string): Promise<void> {
  if (!isSteer(steer)) return outdated(talk)
  const done = await steerAnnouncement(parts.app, id, steer, talk.who.id)
  await show(parts, talk, id, done.ok ? undefined : problemLine(talk.t, parts.textsOf, done.problem))
}

/** For the second official: as its readers will see it, and what differs from the last version. */
const showSecond = (parts: FeatureParts, talk: Talk, id: number): Promise<void> =>
  withOne(parts, talk, id, (seen) => {
    sendSamples(parts.textsOf, talk, seen)
    talk.speak.send(differenceScreen(talk.t, parts.textsOf, seen))
  })

/** What does not fit is asked again, with why. */
async function take(parts: FeatureParts, talk: Talk, kept: Announcing, message: Message): Promise<boolean> {
  const { announcement, version, what } = kept
  const wanted = wantedOf(kept, message)
  if (!wanted.ok) {
    const why = view.notThat(talk.t, what, parts.app.now(), wanted.problem)
    talk.speak.drawnBy(button.askButton.pack({ announcement, version, what, locale: kept.locale }))
    await ask(parts, noted(talk, why), kept)
    return true
  }
  await write(parts, talk, { announcement, version }, wanted.value)
  return true
}

/** A problem where the message is not what was asked for. */
function wantedOf(
  { what, locale }: Announcing,
  { text, entities, photo, voice }: Message,
): Result<Wanted, view.NotWanted> {
  const not = fail({ kind: 'not-that' as const })
  if (what === 'text') {
    if (text === undefined) return not
    const read = formattedText(text, entities)
    return read.ok ? ok({ text: { locale, html: read.value } }) : read
  }
  if (what === 'media') {
    const fileId = photo?.at(-1)?.file_id ?? voice?.file_id
    return fileId === undefined ? not : ok({ media: { kind: photo ? 'photo' : 'voice', fileId } })
  }
  const at = text === undefined ? undefined : readTypedClock(text)
  return at === undefined ? not : ok({ at })
}
