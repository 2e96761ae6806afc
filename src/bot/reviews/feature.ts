// Auditors and officials put the vote of a village under review, or end that: why is written for auditors, read back, and a second person is asked.
import type { Message } from 'grammy/types'
import { nextStep, REVIEW_LETTERS } from '../../core/review.ts'
import { keepSealed, openSealed } from '../../use-cases/keep-sealed.ts'
import { listCycles } from '../../use-cases/list-cycles.ts'
import { listReviews, type VillageReview } from '../../use-cases/list-reviews.ts'
import { lastAct } from '../../use-cases/read-course.ts'
import { proposeReview } from '../../use-cases/review-village.ts'
import { whyNotReviewed } from '../../words/review.ts'
import type { At } from '../at.ts'
import { reviewedButton, reviewsButton } from '../buttons.ts'
import { readExpectation } from '../expectations.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

/** Holds the longest reason in any script. */
const SEALED = 2500

type Asked = At & { turn: number }

export function reviewsFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(reviewsButton, (_, talk, input) => reviews(parts, talk, input))
  on.shows(reviewedButton, (_, talk, here) => village(parts, talk, here))
  on.shows(view.askReviewButton, (_, talk, asked) => ask(parts, talk, asked))
  on.button(view.proposeReviewButton, (_, talk, asked) => propose(parts, talk, asked))
  return {
    composer: on.composer,
    expects: {
      'review-reason': {
        take: (talk, kept, message) => take(parts, talk, kept, message),
        edited: (talk, kept, message) => take(parts, talk, kept, message),
        longest: 4096,
      },
    },
  } satisfies Feature
}

async function reviews(
  parts: FeatureParts,
  talk: Talk,
  { cycle, page }: { cycle: number; page: number },
): Promise<void> {
  await leave(parts, talk.who.id)
  const listed = await listReviews(parts.app, cycle, talk.who.id)
  if (!listed.ok) return outdated(talk)
  talk.speak.show(view.reviewsScreen(talk.t, listed.value, page))
}

/** Undefined where this person reviews nothing. */
async function reviewed({ app }: FeatureParts, { who }: Talk, here: At): Promise<VillageReview | undefined> {
  const listed = await listReviews(app, here.cycle, who.id)
  return listed.ok ? listed.value.villages.find(({ territory }) => territory === here.territory) : undefined
}

async function village(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  await leave(parts, talk.who.id)
  const review = await reviewed(parts, talk, here)
  if (!review) return outdated(talk)
  talk.speak.drawnBy(reviewedButton.pack(here))
  talk.speak.show(view.villageScreen(talk.t, here.cycle, review, note))
}

/** The village as it is now, where a button is of another turn. */
async function ofNow(parts: FeatureParts, talk: Talk, asked: Asked): Promise<VillageReview | undefined> {
  const review = await reviewed(parts, talk, asked)
  if (!review) outdated(talk)
  else if (review.turns === asked.turn) return review
  else await village(parts, talk, asked, await fasterLine(parts, talk, asked))
  return undefined
}

/** HTML: who was faster, and when. */
async function fasterLine({ app }: FeatureParts, { t }: Talk, { cycle, territory }: At): Promise<string> {
  const stored = (await listCycles(app)).find(({ id }) => id === cycle)
  const done = stored && (await lastAct(app, stored, ['review-opened', 'review-closed'], territory))
  if (!done) return t.html('signals.reviewed-since')
  return t.html('signals.reviewed-by', { by: done.by ?? '–', time: t.moment(done.at) })
}

async function ask(parts: FeatureParts, talk: Talk, asked: Asked): Promise<void> {
  const review = await ofNow(parts, talk, asked)
  if (!review) return
  await expect(parts, talk.who.id, { kind: 'review-reason', ...asked })
  talk.speak.show(view.askScreen(talk.t, asked, review))
}

async function take(
  parts: FeatureParts,
  talk: Talk,
  { cycle, territory, turn }: Asked,
  { text = '' }: Message,
): Promise<boolean> {
  const { t, who, speak } = talk
  const asked = { cycle, territory, turn }
  speak.drawnBy(view.askReviewButton.pack(asked))
  const said = text.trim()
  const number = Array.from(said).length
  const [least, most] = REVIEW_LETTERS
  if (number < least || number > most) {
    const why = t.html(...whyNotReviewed(t, { kind: 'bad-length', number }))
    await ask(parts, noted(talk, why), asked)
    return true
  }
  const review = await ofNow(parts, talk, asked)
  if (!review) return true
  const sealed = keepSealed(parts.app, who.id, said, SEALED)
  await expect(parts, who.id, { kind: 'review-reason', ...asked, sealed })
  speak.show(view.sureScreen(t, asked, { step: nextStep(review), text: said, village: review }))
  return true
}

async function propose(parts: FeatureParts, talk: Talk, asked: Asked): Promise<void> {
  const { t, who } = talk
  const review = await ofNow(parts, talk, asked)
  if (!review) return
  const reason = await written(parts, who.id, asked)
  if (reason === undefined) return ask(parts, noted(talk, t.html('signals.report-lost')), asked)
  const done = await proposeReview(parts.app, { ...asked, step: nextStep(review), reason }, who.id)
  const note = done.ok ? view.proposedLines(t, done.value) : t.html(...whyNotReviewed(t, done.problem))
  await village(parts, talk, { cycle: asked.cycle, territory: asked.territory }, note)
}

/** What this person wrote of this turn and has not proposed. */
async function written(
  { app, session }: FeatureParts,
  person: number,
  { cycle, territory, turn }: Asked,
): Promise<string | undefined> {
  const kept = readExpectation(await session.expectation(person))
  if (kept?.kind !== 'review-reason' || kept.sealed === undefined) return undefined
  if (kept.cycle !== cycle || kept.territory !== territory || kept.turn !== turn) return undefined
  return openSealed(app, person, kept.sealed, SEALED)
}
