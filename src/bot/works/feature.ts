// Residents see what is built in their village, with photos on demand, and answer whether it is as promised.
import type { Message } from 'grammy/types'
import { answerWork } from '../../use-cases/answer-work.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import {
  answerersOf,
  readWork,
  readWorks,
  workAnswers,
  type Work,
  type WorkAt,
} from '../../use-cases/read-works.ts'
import { workButton, worksButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { once } from '../once.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { sendWorkPhotos } from '../work-photos.ts'
import type { Answering } from './expects.ts'
import * as view from './view.ts'

export function worksFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.shows(worksButton, async (_, talk, { page, ...here }) => {
    const place = await readPlace(parts.app, here.cycle, here.territory)
    if (!place) return outdated(talk)
    const works = await readWorks(parts.app, here.cycle, here.territory)
    talk.speak.show(view.worksScreen(talk.t, place, works, page))
  })
  on.shows(workButton, (_, talk, at) => show(parts, talk, at))
  on.shows(view.workPhotosButton, photos)
  on.shows(view.workAnswersButton, answers)
  on.shows(view.answerPhotoButton, answerPhoto)
  on.button(view.sayButton, say)
  return {
    composer: on.composer,
    expects: {
      'work-answer': { take: (talk, kept, message) => take(parts, talk, kept, message), longest: 1000 },
    },
  } satisfies Feature
}

/** The work as it stands now. `note`: HTML, on top. */
async function show(parts: FeatureParts, talk: Talk, at: WorkAt, note?: string): Promise<void> {
  const { app } = parts
  const [place, work] = await Promise.all([readPlace(app, at.cycle, at.territory), readWork(app, at)])
  if (!place || !work) return outdated(talk)
  const [people, said] = await Promise.all([answerersOf(app, talk.who.id, work), workAnswers(app, work)])
  const { cycle, territory, number } = at
  talk.speak.drawnBy(workButton.pack({ cycle, territory, number }))
  talk.speak.show(view.workScreen(talk.t, { work, place, people, answers: said.length }, note))
}

async function withWork(
  { app }: FeatureParts,
  talk: Talk,
  at: WorkAt,
  use: (work: Work) => unknown,
): Promise<void> {
  const work = await readWork(app, at)
  if (!work) return outdated(talk)
  await use(work)
}

const photos = (parts: FeatureParts, talk: Talk, at: WorkAt): Promise<void> =>
  withWork(parts, talk, at, (work) =>
    once(parts, talk, `work:${at.number}`, () =>
      sendWorkPhotos(
        parts,
        talk.speak,
        work.milestones.flatMap((one) => one.photos),
      ),
    ),
  )

const answers = (parts: FeatureParts, talk: Talk, at: WorkAt & { page: number }): Promise<void> =>
  withWork(parts, talk, at, async (work) =>
    talk.speak.show(view.workAnswersScreen(talk.t, work, await workAnswers(parts.app, work), at.page)),
  )

const answerPhoto = (parts: FeatureParts, talk: Talk, at: WorkAt & { answer: number }): Promise<void> =>
  withWork(parts, talk, at, async (work) => {
    const photo = (await workAnswers(parts.app, work)).find(({ id }) => id === at.answer)?.photo
    if (!photo) return outdated(talk)
    await once(parts, talk, `answer:${at.answer}`, () => sendWorkPhotos(parts, talk.speak, [photo]))
  })

/** Kept at once; a photo or words may follow. */
async function say(
  parts: FeatureParts,
  talk: Talk,
  { yes, ...pressed }: WorkAt & { round: number; rollRow: number; yes: number },
): Promise<void> {
  const accepted = yes === 1
  const { round, rollRow, ...at } = pressed
  const done = await answerWork(parts.app, talk.who.id, at, { round, rollRow, accepted })
  if (!done.ok) return show(parts, talk, at, view.problemLine(talk.t, done.problem))
  await expect(parts, talk.who.id, { kind: 'work-answer', ...pressed, accepted })
  await show(parts, talk, at, talk.t.html(accepted ? 'works.kept-yes' : 'works.kept-no'))
}

async function take(parts: FeatureParts, talk: Talk, kept: Answering, message: Message): Promise<boolean> {
  const { t, who } = talk
  const { round, rollRow, accepted, ...at } = kept
  const picture = message.photo?.at(-1)
  const words = message.text ?? message.caption
  if (!picture && message.text === undefined) {
    await show(parts, talk, at, t.html('works.photo-wanted'))
    return true
  }
  const done = await answerWork(parts.app, who.id, at, {
    round,
    rollRow,
    accepted,
    ...(words === undefined ? {} : { words }),
    ...(picture ? { photo: { fileId: picture.file_id, uniqueId: picture.file_unique_id } } : {}),
  })
  const note = done.ok
    ? t.html(picture ? 'works.kept-photo' : 'works.kept-words')
    : view.problemLine(t, done.problem)
  await show(parts, talk, at, note)
  return true
}
