// A list of projects by a file: asked for, looked through, read back whole, and taken by a button.
import type { Document, Message } from 'grammy/types'
import type { Key } from '../../i18n.ts'
import {
  importProjects,
  previewProjects,
  type ProjectFile,
  takesProjects,
} from '../../use-cases/import-projects.ts'
import { lastAct, readCourse } from '../../use-cases/read-course.ts'
import { everyCategory } from '../../words/category.ts'
import { everyMark } from '../../words/marks.ts'
import { readExpectation } from '../expectations.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { noted, type Talk } from '../talk.ts'
import { askProjectsButton, SEEN } from './buttons.ts'
import * as lists from './projects-view.ts'
import { backToCourse, changedBefore, withCourse } from './show.ts'
import { TABLE, TEXT_TABLE } from './table-file.ts'

/** Bytes. */
const LARGEST = 1_000_000
const KINDS = ['projects-imported', 'phase', 'voided'] as const

export const askProjects = (parts: FeatureParts, talk: Talk, { cycle }: { cycle: number }): Promise<void> =>
  withCourse(parts, talk, cycle, async (course) => {
    const { phase } = course.cycle
    if (!takesProjects(phase))
      return backToCourse(parts, talk, cycle, lists.whyNotTaken(talk.t, { kind: 'too-late', phase }))
    await expect(parts, talk.who.id, { kind: 'projects-file', cycle })
    talk.speak.show(lists.fileScreen(talk.t, course.cycle))
  })

/** Asked again, with why this one does not do. `note`: HTML. */
async function again(parts: FeatureParts, talk: Talk, cycle: number, note: string): Promise<true> {
  talk.speak.drawnBy(askProjectsButton.pack({ cycle }))
  await askProjects(parts, noted(talk, note), { cycle })
  return true
}

/** A message that may hold people's data does not stay in the chat. */
const takeAway = ({ speak }: Talk, { message_id }: Message): void =>
  speak.also((api, chat) => api.deleteMessage(chat, message_id))

const whyNot = ({ file_name = '', file_size = 0 }: Document): Key | undefined => {
  if (!TEXT_TABLE.test(file_name))
    return TABLE.test(file_name) ? 'manage.file-workbook' : 'manage.file-wanted'
  return file_size > LARGEST ? 'manage.file-large' : undefined
}

export async function readList(
  parts: FeatureParts,
  talk: Talk,
  { cycle }: { cycle: number },
  message: Message,
): Promise<boolean> {
  const { t, who } = talk
  const { document } = message
  if (!document) return again(parts, talk, cycle, t.html('manage.file-wanted'))
  const unfit = whyNot(document)
  if (unfit === 'manage.file-workbook') takeAway(talk, message)
  if (unfit) return again(parts, talk, cycle, t.html(unfit))
  const file = await fetched(parts, document.file_id)
  if (!file) return again(parts, talk, cycle, t.html('manage.file-gone'))
  const would = await previewProjects(parts.app, cycle, file, who.id)
  if (!would.ok) {
    if (would.problem.kind === 'persons' || would.problem.kind === 'workbook') takeAway(talk, message)
    return again(parts, talk, cycle, lists.whyNotTaken(t, would.problem))
  }
  await withCourse(parts, talk, cycle, async (course) => {
    await expect(parts, who.id, { kind: 'projects-file', cycle, file: document.file_id })
    talk.speak.drawnBy(askProjectsButton.pack({ cycle }))
    talk.speak.show(lists.planScreen(t, course.cycle, would.value))
  })
  return true
}

/** Undefined where Telegram has it no more, or it is too large. */
async function fetched({ download, textsOf }: FeatureParts, id: string): Promise<ProjectFile | undefined> {
  const bytes = await download(id, LARGEST)
  return bytes && { bytes, categories: everyCategory(textsOf), marks: everyMark(textsOf) }
}

/** A second press of who was done with it, else the file is asked for again. */
async function lost(parts: FeatureParts, talk: Talk, cycle: number): Promise<void> {
  const found = await readCourse(parts.app, cycle, talk.who.id)
  const done = found && (await lastAct(parts.app, found.cycle, ['projects-imported']))
  if (done?.by === talk.who.id) return changedBefore(parts, talk, cycle, ['projects-imported'])
  await again(parts, talk, cycle, talk.t.html('manage.file-gone'))
}

export const takeList = (
  parts: FeatureParts,
  talk: Talk,
  { cycle, seen }: { cycle: number; seen: string },
): Promise<void> =>
  withCourse(parts, talk, cycle, async () => {
    const { t, who } = talk
    const kept = readExpectation(await parts.session.expectation(who.id))
    const id = kept?.kind === 'projects-file' && kept.cycle === cycle ? kept.file : undefined
    const file = id === undefined ? undefined : await fetched(parts, id)
    if (!file || seen.length !== SEEN) return lost(parts, talk, cycle)
    const done = await importProjects(parts.app, cycle, file, { by: who.id, seen })
    if (!done.ok && done.problem.kind === 'changed') return changedBefore(parts, talk, cycle, KINDS)
    await parts.session.expectNothing(who.id)
    const said = done.ok ? lists.takenLine(t, done.value) : lists.whyNotTaken(t, done.problem)
    await backToCourse(parts, talk, cycle, said)
  })
