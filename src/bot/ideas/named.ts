// Whose idea it is: an author writes their name, reads it back, and then everybody reads it, until they no longer want that.
import type { Message } from 'grammy/types'
import { showName, writeName } from '../../use-cases/author-name.ts'
import { type Idea, ownIdea } from '../../use-cases/list-ideas.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { withNote } from '../speaker.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

/** The button under an own idea. */
export async function named(
  parts: FeatureParts,
  talk: Talk,
  { idea: id, act }: { idea: number; act: string },
): Promise<void> {
  const { who } = talk
  if (act === 'ask') return ask(parts, talk, id)
  if (act !== 'show' && act !== 'hide') return outdated(talk)
  const done = await (act === 'show'
    ? showName(parts.app, who.id, id)
    : writeName(parts.app, who.id, id, null))
  if (!done.ok) return outdated(talk)
  await show(parts, talk, done.value)
}

async function show(parts: FeatureParts, { t, who, speak }: Talk, idea: Idea): Promise<void> {
  await leave(parts, who.id)
  speak.show(view.ownIdeaScreen(t, idea, await readPlace(parts.app, idea.cycle, idea.territory)))
}

async function ask(parts: FeatureParts, talk: Talk, id: number): Promise<void> {
  const { t, who, speak } = talk
  const idea = await ownIdea(parts.app, who.id, id)
  if (!idea) return outdated(talk)
  await expect(parts, who.id, { kind: 'author-name', idea: id })
  speak.show(view.askNameScreen(t, idea))
}

/** What they wrote is read back; what is no name is asked for again. */
export async function takeName(
  parts: FeatureParts,
  talk: Talk,
  { idea: id }: { idea: number },
  { text }: Message,
): Promise<boolean> {
  const { t, who, speak } = talk
  const done = await writeName(parts.app, who.id, id, text ?? '')
  if (done.ok) {
    await leave(parts, who.id)
    speak.show(view.nameScreen(t, done.value))
  } else if (done.problem.kind === 'bad-name')
    await ask(parts, { ...talk, speak: withNote(speak, t.html('ideas.bad-name')) }, id)
  else outdated(talk)
  return true
}
