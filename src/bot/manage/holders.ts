// Officials of a vote whose key people hold: they send the result that the holders counted.
import type { Message } from 'grammy/types'
import { importResult, voteOfResult } from '../../use-cases/import-result.ts'
import { ownCycles } from '../../use-cases/read-course.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, type Talk } from '../talk.ts'
import { askResultButton } from './buttons.ts'
import * as holders from './holders-view.ts'
import { holdsShare, takeAway } from './share-file.ts'
import { backToCourse, withCourse, withWhoWhen } from './show.ts'

/** Bytes: what Telegram hands over to a bot. */
const LARGEST = 20_000_000

interface Of {
  cycle: number
}

export const askResult = (parts: FeatureParts, talk: Talk, { cycle }: Of): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    await expect(parts, talk.who.id, { kind: 'result-file', cycle })
    talk.speak.show(holders.askResultScreen(talk.t, course.cycle))
  })

/** The file is held against the log and stored; it is published by two officials only. What does not do is asked again, with why. */
export async function takeResult(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: Of,
  message: Message,
): Promise<boolean> {
  const { t, who, speak } = talk
  const { document } = message
  const again = async (note: string): Promise<true> => {
    speak.drawnBy(askResultButton.pack({ cycle }))
    await askResult(parts, noted(talk, note), { cycle })
    return true
  }
  if (holdsShare(message)) {
    takeAway(talk, message)
    return again(t.html('manage.keys-secret'))
  }
  if (!document) return again(t.html('manage.result-wanted'))
  if ((document.file_size ?? 0) > LARGEST) return again(t.html('manage.result-large'))
  const bytes = await parts.download(document.file_id, LARGEST)
  if (!bytes) return again(t.html('manage.file-gone'))
  const done = await importResult(parts.app, cycle, bytes, who.id)
  if (!done.ok) return again(holders.whyNotHeld(t, done.problem))
  await parts.session.expectNothing(who.id)
  await withCourse(parts, talk, cycle, async (course) => {
    const said = holders.importedLine(t, course.cycle.slug, done.value)
    const note = done.value.same ? await withWhoWhen(parts, talk, course, 'counted', said) : said
    await backToCourse(parts, talk, cycle, note)
  })
  return true
}

/** A file that nobody asked for is taken as the result of the vote that it names, where that waits for one. */
export async function recogniseResult(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  const { document } = message
  if (talk.who.roles.length === 0 || !document || !/\.zip$/i.test(document.file_name ?? '')) return false
  const waiting = (await ownCycles(parts.app, talk.who.id)).filter(holders.waitsForHolders)
  const [first] = waiting
  if (!first) return false
  const bytes = await parts.download(document.file_id, LARGEST)
  const named = bytes && voteOfResult(bytes)
  const { id } = waiting.find(({ slug }) => slug === named) ?? first
  return takeResult(parts, talk, { cycle: id }, message)
}
