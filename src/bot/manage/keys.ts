// An official brings the public key of the holders: its file is asked for, read back, and counts once that was confirmed by a press.
import type { Message } from 'grammy/types'
import { fromUtf8 } from '../../core/bytes.ts'
import { heldText, isHoldersOwn, readHeld } from '../../core/formats/held-keys.ts'
import { bringKeys, type HoldersProblem, previewKeys } from '../../use-cases/key-holders.ts'
import { readCeremony } from '../../use-cases/read-ceremony.ts'
import { type Course, lastAct, ownCycles } from '../../use-cases/read-course.ts'
import { changedLine } from '../changed.ts'
import { readExpectation } from '../expectations.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, type Talk } from '../talk.ts'
import { askKeysButton, SEEN } from './buttons.ts'
import { backToCeremony, refuse, whileOpen } from './ceremony.ts'
import { whyNotHeld } from './holders-view.ts'
import * as keys from './keys-view.ts'
import { holdsShare, takeAway } from './share-file.ts'
import { withCourse } from './show.ts'

/** Bytes: the file has some two hundred. */
const LARGEST = 100_000

interface Kept {
  cycle: number
  held?: string | undefined
}

export const askKeys = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  whileOpen(parts, talk, cycle, (course) => ask(parts, talk, course))

async function ask(parts: FeatureParts, { t, who, speak }: Talk, { cycle }: Course): Promise<void> {
  await expect(parts, who.id, { kind: 'keys-file', cycle: cycle.id })
  speak.show(keys.askKeysScreen(t, cycle))
}

/** Asked again, with why this one does not do. `note`: HTML. */
async function again(parts: FeatureParts, talk: Talk, cycle: number, note: string): Promise<true> {
  talk.speak.drawnBy(askKeysButton.pack({ cycle }))
  await whileOpen(parts, talk, cycle, (course) => ask(parts, noted(talk, note), course))
  return true
}

/** What was read back is read back again under whatever is written, until another file comes. */
export async function takeKeys(
  parts: FeatureParts,
  talk: Talk,
  { cycle, held }: Kept,
  message: Message,
): Promise<boolean> {
  const { t } = talk
  const { document } = message
  if (holdsShare(message)) return takeShareAway(parts, talk, cycle, message)
  if (!document && held !== undefined)
    return readBack(parts, noted(talk, t.html('common.press-below')), cycle, held)
  if (!document) return again(parts, talk, cycle, t.html('manage.keys-wanted'))
  if ((document.file_size ?? 0) > LARGEST) return again(parts, talk, cycle, t.html('manage.keys-large'))
  const bytes = await parts.download(document.file_id, LARGEST)
  if (!bytes) return again(parts, talk, cycle, t.html('manage.file-gone'))
  // A sealed share is no text.
  if (isHoldersOwn(Buffer.from(bytes).toString('latin1'))) return takeShareAway(parts, talk, cycle, message)
  return readBack(parts, talk, cycle, fromUtf8(bytes) ?? '')
}

async function takeShareAway(parts: FeatureParts, talk: Talk, cycle: number, message: Message) {
  takeAway(talk, message)
  return again(parts, talk, cycle, talk.t.html('manage.keys-secret'))
}

/** Those that another file may mend. */
const OF_THE_FILE = ['not-json', 'test-file', 'not-a-key-file', 'of-another-vote'] as const
const isOfTheFile = ({ kind }: HoldersProblem): boolean => OF_THE_FILE.some((one) => one === kind)

async function readBack(parts: FeatureParts, talk: Talk, cycle: number, text: string): Promise<true> {
  const would = await previewKeys(parts.app, cycle, text, talk.who.id)
  if (!would.ok && isOfTheFile(would.problem))
    return again(parts, talk, cycle, whyNotHeld(talk.t, would.problem))
  if (!would.ok) await refuse(parts, talk, cycle, would.problem)
  else if (would.value.same) await sameKeys(parts, talk, cycle)
  else
    await withCourse(parts, talk, cycle, async (course) => {
      const { held, before } = would.value
      const kept = { held: heldText(held), before: before?.key ?? '' }
      await expect(parts, talk.who.id, { kind: 'keys-file', cycle, ...kept })
      talk.speak.drawnBy(askKeysButton.pack({ cycle }))
      talk.speak.show(keys.keysReadBackScreen(talk.t, course.cycle, would.value))
    })
  return true
}

/** Nothing changed; whoever brought it stands on the screen. */
const sameKeys = (parts: FeatureParts, talk: Talk, cycle: number): Promise<void> =>
  backToCeremony(parts, talk, cycle, talk.t.html('manage.keys-same'))

/** `key`: the beginning of the one that was read back. */
export const bring = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, key }: { cycle: number; key: string },
): Promise<void> =>
  whileOpen(parts, talk, cycle, async (course) => {
    const { app, session } = parts
    const { t, who } = talk
    const kept = readExpectation(await session.expectation(who.id))
    const { held, before } = kept?.kind === 'keys-file' && kept.cycle === cycle ? kept : {}
    const read = readHeld(held ?? '')
    if (held === undefined || !read.ok || read.value.key.slice(0, SEEN) !== key) {
      const now = (await readCeremony(app, course.cycle)).held
      if (now?.key.slice(0, SEEN) === key) return sameKeys(parts, talk, cycle)
      await again(parts, talk, cycle, t.html('manage.keys-again'))
      return
    }
    const done = await bringKeys(app, cycle, held, who.id, before)
    if (done.ok && done.value.same) return sameKeys(parts, talk, cycle)
    if (done.ok) return backToCeremony(parts, talk, cycle, t.html('manage.keys-brought'))
    if (done.problem.kind !== 'changed') return refuse(parts, talk, cycle, done.problem)
    const last = await lastAct(app, course.cycle, ['keys-brought'])
    await backToCeremony(parts, talk, cycle, changedLine(t, last))
  })

/** A file that nobody asked for is taken for the vote that it names, where that waits for its key. */
export async function recogniseKeys(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  const { document } = message
  const isNamedSo = /^holders.*\.json$/i.test(document?.file_name ?? '')
  if (talk.who.roles.length === 0 || !document || !isNamedSo) return false
  const waiting = (await ownCycles(parts.app, talk.who.id)).filter(keys.takesKeys)
  const [first] = waiting
  if (!first) return false
  const bytes = await parts.download(document.file_id, LARGEST)
  const read = bytes && readHeld(fromUtf8(bytes) ?? '')
  const named = read?.ok ? read.value.cycle : undefined
  const { id } = waiting.find(({ slug }) => slug === named) ?? first
  return takeKeys(parts, talk, { cycle: id }, message)
}
