// An idea, question by question. Every answer is kept in the draft at once and nothing of it in the dialog, which begins anew behind each.
import { readTopNeeds } from '../../use-cases/answer-needs.ts'
import { ownIdea } from '../../use-cases/list-ideas.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { hasStated, stateResidence } from '../../use-cases/state-residence.ts'
import { mayPropose, sendIdea, withdrawIdea } from '../../use-cases/send-idea.ts'
import { markCompared, similarIdeas, similarProjects } from '../../use-cases/similar-ideas.ts'
import {
  beginIdea,
  dropIdeaMedia,
  moveDraft,
  openIdea,
  readOwnIdea,
  writeIdea,
} from '../../use-cases/write-idea.ts'
import { categoryIds } from '../../words/category.ts'
import type { Asking } from '../asking.ts'
import { IDEA, ideaButton } from '../buttons.ts'
import type { Dialog } from '../dialogs.ts'
import type { Screen } from '../message.ts'
import type { FeatureParts } from '../parts.ts'
import { takes } from './answers.ts'
import { type Ended, endScreen } from './ends.ts'
import { questionScreen, termsScreen } from './questions.ts'
import { supported, toCompare } from './similar.ts'
import { at, type Step, STEPS, stepOf, stopped } from './steps.ts'

export const ideaDialog = (parts: FeatureParts): Dialog<Step> => ({
  name: 'idea',
  version: 2,
  button: ideaButton,
  first: IDEA,
  steps: STEPS,
  async run(ask, from) {
    const met = await ask.read(() => arrive(parts, ask, from))
    if ('ended' in met) return ask.end(from, endScreen(ask.t, met.ended, await homeOf(parts, ask)))
    await ask.question(
      met.now,
      undefined,
      (now) => draw(parts, ask, now),
      takes({ parts, t: ask.t, who: ask.who }),
    )
  },
})

const homeOf = async ({ app }: FeatureParts, { who: { home } }: Asking<Step>): Promise<Place | undefined> =>
  home && readPlace(app, home.cycle, home.territory)

async function draw(parts: FeatureParts, ask: Asking<Step>, now: Step): Promise<Screen> {
  const { t, who } = ask
  if (now.step === 'terms') {
    const here = await homeOf(parts, ask)
    return here ? termsScreen(t, here) : endScreen(t, { kind: 'no-village' }, undefined)
  }
  const own = await readOwnIdea(parts.app, who.id, now.idea)
  if (!own.ok) return endScreen(t, { kind: 'not-yours' }, undefined)
  const idea = own.value
  const asksSimilar = now.step === 'similar'
  const similar = asksSimilar ? await similarIdeas(parts.app, idea.id, who.id) : []
  const projects = asksSimilar ? await similarProjects(parts.app, idea) : []
  const top = now.step === 'category' ? await readTopNeeds(parts.app, idea) : []
  const place = await readPlace(parts.app, idea.cycle, idea.territory)
  const home = await homeOf(parts, ask)
  const elsewhere = home && home.territory !== idea.territory ? home : undefined
  return questionScreen(t, { now, idea, place, similar, projects, top, elsewhere })
}

/** What comes of a press: the question that is open now, or the end. Plain data, without a word of the idea: it is recorded. */
type Arrived = { now: Step } | { ended: Ended }

const ended = (kind: Ended['kind'], facts: Omit<Ended, 'kind'> = {}): Arrived => ({
  ended: { kind, ...facts },
})

async function arrive(parts: FeatureParts, ask: Asking<Step>, from: Step): Promise<Arrived> {
  const { app } = parts
  const { who } = ask
  if (from.step === 'begin' && from.idea !== 0) return revised(parts, ask, from.idea)
  if (from.step === 'begin' || from.step === 'agreed' || from.step === 'terms')
    return begun(parts, ask, from.step)
  if (from.step === 'send') return sent(parts, ask, from)
  if (from.step === 'drop') return dropped(parts, ask, from)
  if (from.step === 'later') return ended(from.idea === 0 ? 'not-begun' : 'later')
  if (from.step === 'support') return supports(parts, ask, from)
  if (from.step === 'different') await markCompared(app, who.id, from.idea)
  if (from.step === 'similar' || from.step === 'different') return compared(parts, ask, from)
  if (from.step === 'nophotos') {
    await dropIdeaMedia(app, who.id, from.idea, 'photo')
    return { now: { ...from, step: 'photos' } }
  }
  if (from.step === 'moved') {
    const moved = await moveDraft(app, who.id, from.idea)
    return { now: at(moved.ok ? 'place' : 'preview', from.idea) }
  }
  const chosen = categoryIds().includes(from.value) ? { category: from.value } : {}
  const passing =
    from.step === 'cancel' || from.step === 'change' || from.step === 'move' || from.step === 'here'
  const kept = await writeIdea(app, who.id, from.idea, { ...chosen, ...(passing ? {} : { step: from.step }) })
  if (!kept.ok) return ended('not-yours')
  return { now: 'category' in chosen ? { ...from, value: '' } : from }
}

/** What is similar, where they have not seen it; else the preview. */
async function compared({ app }: FeatureParts, { who }: Asking<Step>, { idea }: Step): Promise<Arrived> {
  const step = await toCompare(app, who.id, idea)
  const kept = await writeIdea(app, who.id, idea, { step })
  return kept.ok ? { now: at(step, idea) } : ended('not-yours')
}

/** Counts once, however often it is pressed; their own stays a draft. */
async function supports(parts: FeatureParts, ask: Asking<Step>, from: Step): Promise<Arrived> {
  const done = await supported(parts.app, ask.who.id, from)
  if (!done.ok && done.problem.kind !== 'other-village') return compared(parts, ask, from)
  await writeIdea(parts.app, ask.who.id, from.idea, { step: 'preview' })
  return done.ok ? ended('supported', { number: done.value, idea: from.idea }) : ended('other-village')
}

/** One that came back, all of it before its author. */
async function revised({ app }: FeatureParts, { who }: Asking<Step>, idea: number): Promise<Arrived> {
  const kept = await writeIdea(app, who.id, idea, { step: 'preview' })
  return kept.ok ? { now: at('preview', idea) } : ended('not-yours')
}

/** Where an idea of theirs stopped, else the first question of a new one. */
async function begun(parts: FeatureParts, ask: Asking<Step>, step: string): Promise<Arrived> {
  const { app } = parts
  const { t, who } = ask
  const open = await openIdea(app, who.id)
  if (open) return { now: stopped(open) }
  const home = await homeOf(parts, ask)
  if (!home) return ended('no-village')
  const { cycle, territory } = home
  if (cycle.phase !== 'ideas') return ended('not-collecting')
  const may = await mayPropose(app, who.id, cycle.id)
  if (!may.ok) {
    const { kind, ...more } = may.problem
    return ended(kind, more)
  }
  if (step === 'agreed') await stateResidence(app, who.id, territory)
  else if (!(await hasStated(app, who.id, territory))) return { now: { ...IDEA, step: 'terms' } }
  const idea = await beginIdea(app, who.id, { cycle: cycle.id, territory, locale: t.locale })
  if (!idea.ok) return ended('not-collecting')
  const now = stopped(idea.value)
  await writeIdea(app, who.id, now.idea, { step: now.step })
  return { now }
}

/** Once, however often it is pressed; what is missing is asked for. */
async function sent({ app }: FeatureParts, { who }: Asking<Step>, { idea }: Step): Promise<Arrived> {
  const done = await sendIdea(app, who.id, idea)
  if (done.ok) {
    const { number, dueAt } = done.value
    return ended('sent', { number, ...(dueAt === null ? {} : { dueAt }) })
  }
  const { problem } = done
  if (problem.kind === 'incomplete') return { now: at(stepOf(problem.missing[0] ?? 'text'), idea) }
  if ('most' in problem) return ended(problem.kind, { most: problem.most })
  return ended(problem.kind === 'no-appeal' ? 'not-yours' : problem.kind)
}

/** A draft goes; what came back from a moderator stays as it was sent. */
async function dropped({ app }: FeatureParts, { who }: Asking<Step>, { idea }: Step): Promise<Arrived> {
  const own = await ownIdea(app, who.id, idea)
  if (own?.state === 'returned' || own?.state === 'rejected') {
    await writeIdea(app, who.id, idea, { step: null })
    return ended('left')
  }
  if (own?.state === 'draft') await withdrawIdea(app, who.id, idea)
  return ended(own?.state === 'draft' || own?.state === 'withdrawn' ? 'dropped' : 'not-yours')
}
