// Verification: what was asked for in the way of the cycle's method, or a link with a card. Buttons and an expectation, no dialog.
import type { Message } from 'grammy/types'
import { findCardPlace } from '../../use-cases/find-card-place.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { peekCard, verifyAccount } from '../../use-cases/verify-account.ts'
import { type At, at } from '../at.ts'
import { toMenu } from '../buttons.ts'
import { readExpectation } from '../expectations.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { digitsOnly } from '../numbers.ts'
import { expect, type FeatureParts } from '../parts.ts'
import { outdated, type Talk } from '../talk.ts'
import { methodScreen } from './screens/index.ts'
import { settle } from './settle.ts'
import * as view from './view.ts'

/** From so many digits on, a text is taken for a card's code. */
const LIKE_A_CODE = 12
const PROMPT_SECONDS = 600

export function verifyFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.button(view.claimButton, claim)
  return {
    composer: on.composer,
    opens: {
      verify: (talk, where) => ask(parts, talk, where),
      card: (talk, code) => link(parts, talk, code),
    },
    expects: {
      code: {
        take: (talk, where, message) => text(parts, talk, where, message, where.digits),
        // A corrected code is read alone, for what was kept of half a code may be what is corrected.
        edited: (talk, where, message) => text(parts, talk, where, message, ''),
      },
      contact: {
        take: async (talk, where, message) =>
          (await contact(parts, talk, where, message)) || (await text(parts, talk, where, message, '')),
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
  const screen = methodScreen(place)
  const { what, seconds } = screen.awaits(where)
  await expect(parts, talk.who.id, what, seconds)
  talk.speak.show(screen.ask(talk.t, place))
}

/** What the method of this place makes of a message. */
async function offered(
  parts: FeatureParts,
  talk: Talk,
  where: At,
  message: Message,
  kept: string,
): Promise<void> {
  const { t, who, speak } = talk
  const place = await readPlace(parts.app, where.cycle, where.territory)
  if (!place) return speak.show({ text: t.html('common.not-understood'), buttons: [[toMenu(t)]] })
  const taken = methodScreen(place).takes({ t, account: who.id, place, message, kept })
  if (taken.kind === 'other') return ask(parts, talk, where)
  if (taken.awaits) await expect(parts, who.id, taken.awaits)
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
  if (message.text === undefined) return false
  await offered(parts, talk, where, message, kept)
  return true
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
    speak.show({ text: t.html(key), buttons: [[toMenu(t)]] })
  }
  return true
}

/** A contact, or as many digits as a card has, from a person who has a village. */
async function recognises(parts: FeatureParts, talk: Talk, message: Message): Promise<boolean> {
  if (message.contact) return contact(parts, talk, undefined, message)
  const { home } = talk.who
  if (!home || (digitsOnly(message.text)?.length ?? 0) < LIKE_A_CODE) return false
  return text(parts, talk, home, message, '')
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
  await expect(parts, talk.who.id, { kind: 'claim', ...at(place), code }, PROMPT_SECONDS)
  talk.speak.show(view.claimScreen(talk.t, place))
  return true
}

async function claim(parts: FeatureParts, talk: Talk, { yes }: { yes: number }): Promise<void> {
  const { app, session } = parts
  const { t, who, speak } = talk
  const expected = readExpectation(await session.expectation(who.id))
  await session.expectNothing(who.id)
  if (yes !== 1) return speak.show({ text: t.html('verify.claim-no'), buttons: [[toMenu(t)]] })
  const asked = expected?.kind === 'claim' ? expected : undefined
  const place = asked && (await readPlace(app, asked.cycle, asked.territory))
  if (!asked || !place) return speak.show({ text: t.html('verify.claim-gone'), buttons: [[toMenu(t)]] })
  await settle(parts, talk, asked, await verifyAccount(app, who.id, place.cycle, asked.code))
}
