// Officials keep works in their own chat: milestones in a short dialog, facts one at a time, photos, and "built".
import type { Composer, Context } from 'grammy'
import type { Message } from 'grammy/types'
import { readRoughSum } from '../../core/rough-sum.ts'
import { readDay } from '../../core/work.ts'
import { wallClock } from '../../core/zone.ts'
import { addWorkPhoto, keepMilestone, type MilestoneChange } from '../../use-cases/keep-work.ts'
import { readWorkToKeep, type Work, type WorkAt, worksToKeep } from '../../use-cases/read-works.ts'
import { sayBuilt } from '../../use-cases/say-built.ts'
import { keepWorkButton, keptWorksButton } from '../buttons.ts'
import { readExpectation } from '../expectations.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import {
  type BuiltReply,
  keepingExpects,
  type MilestoneFact,
  type MilestonePhoto,
  type NewMilestone,
} from './expects.ts'
import { resultChanges } from './changes.ts'
import * as view from './view.ts'

type At = WorkAt & { version: number }

export function keepingFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('works', (_, talk) => list(parts, talk, 0))
  on.shows(keptWorksButton, (_, talk, { page }) => list(parts, talk, page))
  on.shows(keepWorkButton, (_, talk, at) => show(parts, talk, at))
  on.shows(view.milestoneButton, (_, talk, at) => showMilestone(parts, talk, at))
  on.shows(view.addMilestoneButton, (_, talk, at) => askNew(parts, talk, at))
  on.shows(view.factButton, (_, talk, at) => {
    const read = keepingExpects['milestone-fact'].safeParse(at)
    return read.success ? askFact(parts, talk, read.data) : outdated(talk)
  })
  on.shows(view.photoButton, (_, talk, at) => askPhotos(parts, talk, at))
  on.button(view.reachedButton, (_, talk, { milestone, ...at }) => {
    const actual = wallClock(parts.app.now().toISOString()).slice(0, 10)
    return keep(parts, talk, at, { milestone, actual })
  })
  on.button(view.builtButton, (_, talk, at) => built(parts, talk, at))
  takePhotos(parts, on.composer)
  const changes = resultChanges(parts, show)
  on.composer.use(changes.composer)
  return {
    composer: on.composer,
    expects: {
      ...changes.expects,
      'new-milestone': { take: (talk, kept, message) => takeNew(parts, talk, kept, message) },
      'milestone-fact': { take: (talk, kept, message) => takeFact(parts, talk, kept, message) },
      'milestone-photo': {
        take: async (talk, kept) => {
          await askPhotos(parts, noted(talk, talk.t.html('works.photo-only')), kept)
          return true
        },
      },
      'built-reply': { take: (talk, kept, message) => takeReply(parts, talk, kept, message), longest: 2000 },
    },
  } satisfies Feature
}

async function list({ app, session }: FeatureParts, { t, who, speak }: Talk, page: number): Promise<void> {
  await session.expectNothing(who.id)
  speak.show(view.keptScreen(t, await worksToKeep(app, who.id), page))
}

/** Whoever may not keep it is told so, and changes nothing. */
async function readFor(
  { app }: FeatureParts,
  { t, who, speak }: Talk,
  at: WorkAt,
  use: (work: Work) => unknown,
): Promise<void> {
  const work = await readWorkToKeep(app, who.id, at)
  if (!work) return speak.show(view.lineScreen(t, t.html('works.not-allowed')))
  await use(work)
}

const show = (parts: FeatureParts, talk: Talk, at: WorkAt, note?: string): Promise<void> =>
  readFor(parts, talk, at, async (work) => {
    await leave(parts, talk.who.id)
    talk.speak.drawnBy(keepWorkButton.pack(at))
    talk.speak.show(view.workToKeepScreen(talk.t, work, note))
  })

const showMilestone = (
  parts: FeatureParts,
  talk: Talk,
  at: WorkAt & { milestone: number },
  note?: string,
): Promise<void> =>
  readFor(parts, talk, at, async (work) => {
    await leave(parts, talk.who.id)
    talk.speak.drawnBy(view.milestoneButton.pack(at))
    talk.speak.show(view.milestoneScreen(talk.t, parts.textsOf, work, at.milestone, note))
  })

/** What is kept, and the milestone as it stands now; or why not. Returns whether it was kept. */
async function keep(
  parts: FeatureParts,
  talk: Talk,
  { version, ...at }: At,
  change: MilestoneChange & { milestone?: number },
): Promise<void> {
  const { t, who } = talk
  const done = await keepMilestone(parts.app, at, change, { by: who.id, version })
  if (done.ok) return showMilestone(parts, talk, { ...at, milestone: done.value }, t.html('works.kept'))
  const note = view.problemLine(t, done.problem)
  if (change.milestone === undefined) await show(parts, talk, at, note)
  else await showMilestone(parts, talk, { ...at, milestone: change.milestone }, note)
}

/** The next question of a new milestone: its name in one language, in the other, the day that is planned. */
const askNew = (parts: FeatureParts, talk: Talk, kept: NewMilestone): Promise<void> =>
  readFor(parts, talk, kept, async (work) => {
    await expect(parts, talk.who.id, { kind: 'new-milestone', ...kept })
    const missing = (['kk', 'ru'] as const).find((locale) => kept[locale] === undefined)
    const ask = missing
      ? ({ key: 'works.ask-name', language: parts.textsOf(missing).language.name } as const)
      : ({ key: 'works.ask-planned' } as const)
    talk.speak.show(view.wordsScreen(talk.t, work, ask))
  })

async function takeNew(
  parts: FeatureParts,
  talk: Talk,
  kept: NewMilestone,
  { text }: Message,
): Promise<boolean> {
  const { t } = talk
  const { kk, ru, ...at } = kept
  if (text === undefined) await askNew(parts, noted(talk, t.html('questions.text-wanted')), kept)
  else if (kk === undefined) await askNew(parts, talk, { ...at, kk: text })
  else if (ru === undefined) await askNew(parts, talk, { ...at, kk, ru: text })
  else {
    const planned = readDay(text)
    if (planned === undefined) await askNew(parts, noted(talk, t.html('works.bad-day')), kept)
    else await keep(parts, talk, at, { name: { kk, ru }, planned })
  }
  return true
}

const askFact = (parts: FeatureParts, talk: Talk, kept: MilestoneFact): Promise<void> =>
  readFor(parts, talk, kept, async (work) => {
    await expect(parts, talk.who.id, { kind: 'milestone-fact', ...kept })
    talk.speak.show(view.factScreen(talk.t, parts.textsOf, work, kept))
  })

/** What does not fit is asked again, with why. */
async function takeFact(
  parts: FeatureParts,
  talk: Talk,
  kept: MilestoneFact,
  { text = '' }: Message,
): Promise<boolean> {
  await readFor(parts, talk, kept, async (work) => {
    const name = work.milestones.find(({ number }) => number === kept.milestone)?.name
    const change = changeOf(kept.fact, text, name ?? { kk: '', ru: '' })
    if ('why' in change) return askFact(parts, noted(talk, talk.t.html(change.why)), kept)
    await keep(parts, talk, kept, { milestone: kept.milestone, ...change })
  })
  return true
}

type Why = { why: 'works.bad-percent' | 'works.bad-day' | 'works.bad-cost' | 'questions.text-wanted' }

function changeOf(
  fact: MilestoneFact['fact'],
  text: string,
  name: { kk: string; ru: string },
): MilestoneChange | Why {
  switch (fact) {
    case 'percent': {
      const [, digits] = /^\s*(\d{1,3})\s*%?\s*$/.exec(text) ?? []
      const percent = Number(digits)
      return digits !== undefined && percent <= 100 ? { percent } : { why: 'works.bad-percent' }
    }
    case 'planned':
    case 'actual': {
      const day = readDay(text)
      return day === undefined ? { why: 'works.bad-day' } : { [fact]: day }
    }
    case 'cost': {
      const cost = readRoughSum(text)
      return cost === undefined ? { why: 'works.bad-cost' } : { cost }
    }
    case 'kk':
    case 'ru':
      return text.trim() === '' ? { why: 'questions.text-wanted' } : { name: { ...name, [fact]: text } }
  }
}

const askPhotos = (parts: FeatureParts, talk: Talk, kept: MilestonePhoto): Promise<void> =>
  readFor(parts, talk, kept, async (work) => {
    await expect(parts, talk.who.id, { kind: 'milestone-photo', ...kept })
    talk.speak.show(view.photosScreen(talk.t, work, kept.milestone))
  })

/** Every photo of an album is kept, and the album is answered once. */
function takePhotos(parts: FeatureParts, composer: Composer<Context>): void {
  composer.on('message:photo', async (ctx, next) => {
    const talk = parts.talkOf(ctx)
    const kept = readExpectation(await parts.session.expectation(talk.who.id))
    const picture = ctx.message.photo.at(-1)
    if (kept?.kind !== 'milestone-photo' || !picture) return next()
    const { kind: _, version: _read, ...at } = kept
    const photo = { fileId: picture.file_id, uniqueId: picture.file_unique_id }
    const added = await addWorkPhoto(parts.app, at, photo, talk.who.id)
    const { t, speak } = talk
    speak.drawnBy(view.photoButton.pack(kept))
    if (ctx.message.media_group_id !== undefined) speak.later()
    const note = added.ok ? t.html('works.kept-photo') : view.problemLine(t, added.problem)
    await askPhotos(parts, noted(talk, note), kept)
  })
}

/** Where residents found it not as promised, they are answered first: in one language, then in the other. */
async function built(parts: FeatureParts, talk: Talk, { version, ...at }: At): Promise<void> {
  const { t, who } = talk
  const done = await sayBuilt(parts.app, at, undefined, { by: who.id, version })
  if (done.ok) return show(parts, talk, at, t.html('works.built'))
  if (done.problem.kind === 'no-reply') return askReply(parts, talk, { ...at, version })
  await show(parts, talk, at, view.problemLine(t, done.problem))
}

const askReply = (parts: FeatureParts, talk: Talk, kept: BuiltReply): Promise<void> =>
  readFor(parts, talk, kept, async (work) => {
    await expect(parts, talk.who.id, { kind: 'built-reply', ...kept })
    const language = parts.textsOf(kept.kk === undefined ? 'kk' : 'ru').language.name
    talk.speak.show(view.wordsScreen(talk.t, work, { key: 'works.ask-reply', language }))
  })

async function takeReply(
  parts: FeatureParts,
  talk: Talk,
  kept: BuiltReply,
  { text }: Message,
): Promise<boolean> {
  const { t, who } = talk
  const { kk, version, ...at } = kept
  if (text === undefined) await askReply(parts, noted(talk, t.html('questions.text-wanted')), kept)
  else if (kk === undefined) await askReply(parts, talk, { ...kept, kk: text })
  else {
    const done = await sayBuilt(parts.app, at, { kk, ru: text }, { by: who.id, version })
    const note = done.ok ? t.html('works.built') : view.problemLine(t, done.problem)
    if (!done.ok && done.problem.kind === 'bad-length')
      await askReply(parts, noted(talk, note), { ...at, version })
    else await show(parts, talk, at, note)
  }
  return true
}
