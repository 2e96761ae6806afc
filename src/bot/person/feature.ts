// Clerks at the desk see somebody's document and give a one-time code, in their own chat: nothing here tells who has voted.
import { checkPerson, checkPlaces } from '../../use-cases/check-person.ts'
import { type Place } from '../../use-cases/list-places.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { whyNoCode } from '../../words/person.ts'
import type { At } from '../at.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { listNumber } from '../numbers.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import * as view from './view.ts'

export function personFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('person', (_, talk) => places(parts, talk, 0))
  on.shows(view.placesButton, (_, talk, { page }) => places(parts, talk, page))
  on.shows(view.askButton, (_, talk, here) => ask(parts, talk, here))
  on.button(view.checkButton, check)
  return {
    composer: on.composer,
    expects: { person: { take: (talk, here, message) => take(parts, talk, here, message.text) } },
  } satisfies Feature
}

async function places({ app }: FeatureParts, { t, who, speak }: Talk, page: number): Promise<void> {
  speak.show(view.placesScreen(t, await checkPlaces(app, who.id), page))
}

/** The place, for whoever may do it there; else that is said. */
async function allowed({ app }: FeatureParts, talk: Talk, here: At): Promise<Place | undefined> {
  const may = (await checkPlaces(app, talk.who.id)).some(
    ({ cycle, territory }) => cycle === here.cycle && territory === here.territory,
  )
  const place = may ? await readPlace(app, here.cycle, here.territory) : undefined
  if (!place) outdated(talk)
  return place
}

async function ask(parts: FeatureParts, talk: Talk, here: At, note?: string): Promise<void> {
  const place = await allowed(parts, talk, here)
  if (!place) return
  await expect(parts, talk.who.id, { kind: 'person', ...here })
  talk.speak.show(view.askScreen(talk.t, place, note))
}

async function take(parts: FeatureParts, talk: Talk, here: At, text: string | undefined): Promise<boolean> {
  const number = listNumber(text ?? '')
  if (number === undefined) {
    await ask(parts, talk, here, talk.t.html('paper.number-wanted'))
    return true
  }
  const place = await allowed(parts, talk, here)
  if (!place) return true
  await parts.session.expectNothing(talk.who.id)
  talk.speak.show(view.sureScreen(talk.t, place, number))
  return true
}

async function check(parts: FeatureParts, talk: Talk, asked: At & { number: number }): Promise<void> {
  const { number, ...here } = asked
  const { t, who, speak } = talk
  const done = await checkPerson(parts.app, here, number, who.id)
  const place = await readPlace(parts.app, here.cycle, here.territory)
  if (!place) return outdated(talk)
  if (done.ok) speak.show(view.codeScreen(t, place, number, done.value))
  else if (done.problem.kind === 'no-such-row') await ask(parts, talk, here, t.html(whyNoCode(done.problem)))
  else speak.show({ text: t.html(whyNoCode(done.problem)), buttons: [] })
}
