// A person's own ideas: /ideas lists and opens them, withdraws, and appeals; who wrote one before a flush of the session store goes on.
import type { Message } from 'grammy/types'
import { findIdea, type Idea, listOwnIdeas, ownIdea } from '../../use-cases/list-ideas.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { sendIdea, withdrawIdea } from '../../use-cases/send-idea.ts'
import { openIdea } from '../../use-cases/write-idea.ts'
import { ideaButton, ownIdeaButton, ownIdeasButton, supportsButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { numberIn, strangeDigits } from '../numbers.ts'
import { type FeatureParts, leave } from '../parts.ts'
import { readInView } from '../seen.ts'
import { outdated, type Talk } from '../talk.ts'
import { named, takeName } from './named.ts'
import { keepStray } from './photos.ts'
import { endScreen } from './ends.ts'
import { stopped } from './steps.ts'
import { giveSupport, giveSupportButton, supportOne, supportOneButton, supports } from './supports.ts'
import * as view from './view.ts'

export function ideasFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('ideas', (given, talk) => list(given, talk, { page: 0 }))
  on.shows(ownIdeasButton, list)
  on.shows(ownIdeaButton, open)
  on.shows(view.askWithdrawButton, (given, talk, input) => ask(given, talk, input, view.askWithdrawScreen))
  on.shows(view.askAppealButton, (given, talk, input) => ask(given, talk, input, view.askAppealScreen))
  on.shows(supportsButton, supports)
  on.shows(supportOneButton, supportOne)
  on.shows(giveSupportButton, giveSupport)
  on.shows(view.nameButton, named)
  on.button(view.withdrawButton, withdraw)
  on.button(view.appealButton, appeal)
  return {
    composer: on.composer,
    expects: {
      'author-name': { take: (talk, kept, message) => takeName(parts, talk, kept, message) },
    },
    recognises: (talk, message) => cutOff(parts, talk, message),
  } satisfies Feature
}

async function list(parts: FeatureParts, { t, who, speak }: Talk, { page }: { page: number }): Promise<void> {
  await leave(parts, who.id)
  speak.show(view.ownIdeasScreen(t, await listOwnIdeas(parts.app, who.id), page))
}

async function open(
  parts: FeatureParts,
  talk: Talk,
  { cycle, number }: { cycle: number; number: number },
): Promise<void> {
  const { t, who, speak } = talk
  const idea = await findIdea(parts.app, cycle, number)
  if (idea?.author !== who.id) return outdated(talk)
  await leave(parts, who.id)
  speak.show(view.ownIdeaScreen(t, idea, await readPlace(parts.app, cycle, idea.territory)))
}

async function ask(
  parts: FeatureParts,
  talk: Talk,
  { idea: id }: { idea: number },
  screen: (t: Talk['t'], idea: Idea) => ReturnType<typeof view.askAppealScreen>,
): Promise<void> {
  const idea = await ownIdea(parts.app, talk.who.id, id)
  if (!idea) return outdated(talk)
  talk.speak.show(screen(talk.t, idea))
}

async function withdraw(parts: FeatureParts, talk: Talk, { idea: id }: { idea: number }): Promise<void> {
  const { t, who, speak } = talk
  const done = await withdrawIdea(parts.app, who.id, id)
  speak.drawnBy(view.withdrawButton.pack({ idea: id }))
  if (!done.ok && done.problem.kind === 'not-yours') return outdated(talk)
  const number = done.ok ? (done.value ?? 0) : 0
  speak.show(
    view.doneScreen(t, done.ok ? t.html('ideas.withdrawn', { number }) : t.html('ideas.withdraw-late')),
  )
}

async function appeal(parts: FeatureParts, talk: Talk, { idea: id }: { idea: number }): Promise<void> {
  const { t, who, speak } = talk
  const done = await sendIdea(parts.app, who.id, id, true)
  speak.drawnBy(view.appealButton.pack({ idea: id }))
  if (done.ok) {
    const time = t.moment(done.value.dueAt ?? parts.app.now().toISOString())
    return speak.show(view.doneScreen(t, t.html('ideas.appealed', { number: done.value.number, time })))
  }
  const { problem } = done
  if (problem.kind === 'no-appeal') return speak.show(view.doneScreen(t, t.html('ideas.appeal-once')))
  if (problem.kind === 'incomplete') return outdated(talk)
  speak.show(endScreen(t, problem, undefined))
}

/** A card, a receipt, an ИИН, or what was to be one: others know what to say of it. */
const meansNumber = (text: string | undefined): boolean =>
  !['none', 'digits'].includes(numberIn(text).kind) || strangeDigits(text) !== undefined

/** Nothing stands before them, as after a flush, and they were writing: the question where they stopped comes again. */
async function cutOff(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  const { t, who } = talk
  if (!who.known || meansNumber(message.text)) return false
  if (await readInView(parts.session, who.id)) return false
  const idea = await openIdea(parts.app, who.id)
  if (!idea) return false
  const now = stopped(idea)
  await keepStray({ parts, t, who, now }, message)
  await parts.doors.press(talk, ideaButton.pack(now))
  return true
}
