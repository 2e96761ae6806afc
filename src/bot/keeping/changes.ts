// An official proposes that a winner dropped out or became cheaper, or that a project is paid for outside the vote: the new cost, then the reason in one language and in the other.
import type { Message } from 'grammy/types'
import { readRoughSum } from '../../core/rough-sum.ts'
import { notBuilt, proposeChange } from '../../use-cases/change-result.ts'
import { mayKeepWorks, readWorkToKeep, type WorkAt } from '../../use-cases/read-works.ts'
import { listener } from '../listener.ts'
import { proposedBeforeLines } from '../changed.ts'
import { expect, type FeatureParts, leave } from '../parts.ts'
import { noted, outdated, type Talk } from '../talk.ts'
import { type Changing, keepingExpects } from './expects.ts'
import * as view from './view.ts'

type Show = (parts: FeatureParts, talk: Talk, at: WorkAt, note?: string) => Promise<void>

export function resultChanges(parts: FeatureParts, show: Show) {
  const on = listener(parts)
  on.shows(view.changeButton, (_, talk, at) => {
    const read = keepingExpects['result-change'].safeParse(at)
    return read.success ? ask(parts, talk, read.data) : outdated(talk)
  })
  on.shows(view.outsideButton, async (_, { t, who, speak }, { page, ...at }) => {
    const projects = await notBuilt(parts.app, who.id, at)
    speak.show(
      projects ? view.outsideScreen(t, at, projects, page) : view.lineScreen(t, t.html('works.not-allowed')),
    )
  })
  return {
    composer: on.composer,
    expects: {
      'result-change': {
        take: async (talk: Talk, kept: Changing, message: Message) => {
          await take(parts, talk, kept, message, show)
          return true
        },
      },
    },
  }
}

/** The next question. */
async function ask(parts: FeatureParts, talk: Talk, kept: Changing): Promise<void> {
  const { t, who, speak } = talk
  const language = parts.textsOf(kept.kk === undefined ? 'kk' : 'ru').language.name
  if (kept.change === 'outside') {
    if (!(await mayKeepWorks(parts.app, who.id, kept.territory)))
      return speak.show(view.lineScreen(t, t.html('works.not-allowed')))
    await expect(parts, who.id, { kind: 'result-change', ...kept })
    return speak.show(view.whyOutsideScreen(t, language))
  }
  const work = await readWorkToKeep(parts.app, who.id, kept)
  if (!work) return speak.show(view.lineScreen(t, t.html('works.not-allowed')))
  await expect(parts, who.id, { kind: 'result-change', ...kept })
  const wantsCost = kept.change === 'cheaper' && kept.cost === undefined
  speak.show(
    view.wordsScreen(t, work, wantsCost ? { key: 'works.ask-new-cost' } : { key: 'works.ask-why', language }),
  )
}

async function take(
  parts: FeatureParts,
  talk: Talk,
  kept: Changing,
  { text }: Message,
  show: Show,
): Promise<void> {
  const { t, who } = talk
  const again = (note: string) => ask(parts, noted(talk, note), kept)
  if (text === undefined) return again(t.html('questions.text-wanted'))
  if (kept.change === 'cheaper' && kept.cost === undefined) {
    const cost = readRoughSum(text)
    return cost === undefined ? again(t.html('works.bad-cost')) : ask(parts, talk, { ...kept, cost })
  }
  if (kept.kk === undefined) return ask(parts, talk, { ...kept, kk: text })
  const { kk, cost, change, ...at } = kept
  const wish = { change, ...(cost === undefined ? {} : { cost }), reason: { kk, ru: text } }
  const proposed = await proposeChange(parts.app, at, wish, who.id)
  const note = proposed.ok
    ? [...proposedBeforeLines(t, proposed.value), t.html('works.proposed')].join('\n')
    : view.changeProblemLine(t, proposed.problem)
  if (change !== 'outside') return show(parts, talk, at, note)
  await leave(parts, who.id)
  talk.speak.show(view.lineScreen(t, note))
}
