// Verification: what was asked for in the way of the cycle's method, or a link with a card. Buttons and an expectation, no dialog.
import type { Message } from 'grammy/types'
import { hasClosed } from '../../core/cycle.ts'
import { findCardPlace } from '../../use-cases/find-card-place.ts'
import { keepSealed, openSealed } from '../../use-cases/keep-sealed.ts'
import type { Place } from '../../use-cases/list-places.ts'
import { listVoters } from '../../use-cases/list-voters.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { factsOf, peekCard, verifyAccount } from '../../use-cases/verify-account.ts'
import { trialLines } from '../../words/trial.ts'
import { type At, at } from '../at.ts'
import { toMenu } from '../buttons.ts'
import { closedScreen } from '../closed.ts'
import { readExpectation } from '../expectations.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { numberIn, strangeDigits } from '../numbers.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { inItsCycle } from '../practice.ts'
import { outdated, type Talk } from '../talk.ts'
import { methodScreen } from './screens/index.ts'
import type { Taken } from './screens/screen.ts'
import { settle } from './settle.ts'
import * as view from './view.ts'

const PROMPT_SECONDS = 600

export function verifyFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.button(view.claimButton, claim)
  on.shows(view.askButton, ask)
  on.shows(view.problemButton, problem)
  on.shows(view.askClaimButton, askClaim)
  return {
    composer: on.composer,
    opens: {
      verify: (talk, where) => ask(parts, talk, where),
      card: (talk, code) => link(parts, talk, code),
    },
    expects: {
      code: {
        take: (talk, where, message) => offered(parts, talk, where, message, opened(parts, talk, where.half)),
        // A corrected code is read alone, for what was kept of half a code may be what is corrected.
        edited: (talk, where, message) => text(parts, talk, where, message, ''),
      },
      contact: {
        take: async (talk, where, message) =>
          (await contact(parts, talk, where, message)) || offered(parts, talk, where, message, ''),
      },
      /** A card's link waits for a button. */
      claim: { take: async () => false },
    },
    recognises: (talk, message) => recognises(parts, talk, message),
  } satisfies Feature
}

/** Shows how to be verified here, and expects it. */
async function ask(parts: FeatureParts, talk: Talk, where: At): Promise<void> {
  const place = await readPlace(parts.app, where.cycle, where.territory)
  if (!place) return outdated(talk)
  talk.speak.drawnBy(view.askButton.pack(where))
  if (hasClosed(place.cycle)) return talk.speak.show(closedScreen(talk.t, place))
  await awaits(parts, talk, place, '')
  talk.speak.show(methodScreen(place).ask(talk.t, place))
}

/** The next message is for this place's method. `half`: digits to put before it; nothing that can be read is kept. */
async function awaits(parts: FeatureParts, { who }: Talk, place: Place, half: string): Promise<void> {
  const sealed = half && keepSealed(parts.app, who.id, half)
  const { what, seconds } = methodScreen(place).awaits(at(place), sealed)
  await expect(parts, who.id, what, seconds)
}

const opened = (parts: FeatureParts, { who }: Talk, sealed: string): string =>
  openSealed(parts.app, who.id, sealed) ?? ''

/** What the method of this place makes of a message; false where it is a number of something else. */
async function offered(
  parts: FeatureParts,
  talk: Talk,
  where: At,
  message: Message,
  kept: string,
): Promise<boolean> {
  const { t, who } = talk
  const place = await readPlace(parts.app, where.cycle, where.territory)
  const taken = place && methodScreen(place).takes({ t, account: who.id, place, message, kept })
  if (!taken || taken.kind === 'not-mine') return false
  if (taken.kind === 'other') await ask(parts, talk, where)
  else await take(parts, talk, place, where, taken)
  return true
}

async function take(
  parts: FeatureParts,
  talk: Talk,
  place: Place,
  where: At,
  taken: Exclude<Taken, { kind: 'other' | 'not-mine' }>,
): Promise<void> {
  const { who, speak } = talk
  if (taken.half !== undefined) await awaits(parts, talk, place, taken.half)
  speak.drawnBy(view.askButton.pack(where))
  if (taken.kind === 'refused') return speak.show(taken.screen)
  if (taken.first) speak.send(taken.first)
  const there = (taken.elsewhere && (await findCardPlace(parts.app, who.id, taken.evidence, where))) || place
  await settle(parts, talk, at(there), await verifyAccount(parts.app, who.id, there.cycle, taken.evidence))
}

async function text(
  parts: FeatureParts,
  talk: Talk,
  where: At,
  message: Message,
  kept: string,
): Promise<boolean> {
  return message.text !== undefined && offered(parts, talk, where, message, kept)
}

/** A shared contact counts in answer to our prompt of the last ten minutes only. `asked`: where that was, if there was one. */
async function contact(
  parts: FeatureParts,
  talk: Talk,
  asked: At | undefined,
  message: Message,
): Promise<boolean> {
  if (!message.contact) return false
  const { t, who, speak } = talk
  if (asked) await offered(parts, talk, asked, message, '')
  else {
    const place = who.home && (await readPlace(parts.app, who.home.cycle, who.home.territory))
    const key = place ? methodScreen(place).unaskedContact : 'verify.contact-unasked'
    speak.show({
      text: [...(place ? trialLines(t, place) : []), t.html(key)].join('\n'),
      buttons: [[toMenu(t)]],
    })
  }
  return true
}

/** A contact, a whole card of any vote, and digits from whoever is to share a contact. */
async function recognises(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  if (message.contact) return contact(parts, talk, undefined, message)
  const { home } = talk.who
  const number = numberIn(message.text)
  if (number.kind === 'card') {
    const place = await findCardPlace(parts.app, talk.who.id, number.code, home)
    if (place) return text(parts, talk, at(place), message, '')
  }
  const here = home && (await readPlace(parts.app, home.cycle, home.territory))
  if (!here || !factsOf(here.cycle.method).needsPhones) return false
  const digits = number.kind === 'card' || strangeDigits(message.text) !== undefined
  return digits && text(parts, talk, at(here), message, '')
}

/** A card's link asks before it claims. */
async function link(parts: FeatureParts, talk: Talk, code: string): Promise<boolean> {
  const start = await findCardPlace(parts.app, talk.who.id, code, talk.who.home)
  if (!start) return false
  const { cycle } = at(start)
  const found = await peekCard(parts.app, talk.who.id, cycle, code)
  if (!found.ok || found.value.already) {
    await settle(parts, talk, at(start), found)
    return true
  }
  const place = await readPlace(parts.app, cycle, found.value.territory)
  if (!place) return false
  const card = keepSealed(parts.app, talk.who.id, code)
  await expect(parts, talk.who.id, { kind: 'claim', ...at(place), card }, PROMPT_SECONDS)
  talk.speak.drawnBy(view.askClaimButton.pack({}))
  talk.speak.show(view.claimScreen(talk.t, place))
  return true
}

/** The question that a card's link asks, once more: the card itself is kept nowhere else. */
async function askClaim(parts: FeatureParts, talk: Talk): Promise<void> {
  const { app, session } = parts
  const expected = readExpectation(await session.expectation(talk.who.id))
  const place = expected?.kind === 'claim' && (await readPlace(app, expected.cycle, expected.territory))
  if (place) return talk.speak.show(view.claimScreen(talk.t, place))
  await pressedAgain(parts, talk)
}

/** A refusal, once more. */
async function problem(
  { app }: FeatureParts,
  { t, speak }: Talk,
  refused: At & { problem: string; seconds: number },
): Promise<void> {
  const place = await readPlace(app, refused.cycle, refused.territory)
  const kind = view.problemKind(refused.problem)
  if (place && kind) speak.show(view.problemScreen(t, place, { kind, seconds: refused.seconds }))
}

async function claim(parts: FeatureParts, talk: Talk, { yes }: { yes: number }): Promise<void> {
  const { app, session } = parts
  const { t, who, speak } = talk
  const expected = readExpectation(await session.expectation(who.id))
  const asked = expected?.kind === 'claim' ? expected : undefined
  if (asked) await session.expectNothing(who.id)
  const place = asked && (await readPlace(app, asked.cycle, asked.territory))
  if (yes !== 1) {
    const lines = [...(place ? trialLines(t, place) : []), t.html('verify.claim-no')]
    return speak.show({ text: lines.join('\n'), buttons: [[toMenu(t)]] })
  }
  const code = asked && openSealed(app, who.id, asked.card)
  if (code === undefined || !place) return pressedAgain(parts, talk)
  await settle(parts, talk, asked, await verifyAccount(app, who.id, place.cycle, code))
}

/** A second tap on "yes": the card is claimed, and its ballot is on the screen or comes again. */
async function pressedAgain(parts: FeatureParts, talk: Talk): Promise<void> {
  const { t, who } = talk
  const marked = await inItsCycle(parts, talk, who.home)
  const people = who.home ? await listVoters(parts.app, who.id, who.home.cycle) : []
  const last = people.at(-1)
  if (!who.home || !last)
    return marked.speak.show({ text: t.html('verify.claim-gone'), buttons: [[toMenu(t)]] })
  await parts.doors.vote(talk, { cycle: who.home.cycle, territory: last.territory })
}
