// Verification: a typed card, a link with a card, or the person's own contact. Buttons and an expectation, no dialog.
import { Composer } from 'grammy'
import type { Message } from 'grammy/types'
import { isBefore } from '../../core/cycle.ts'
import { readCardCode, readPhone } from '../../core/person.ts'
import { findCardCycle } from '../../use-cases/find-card-cycle.ts'
import { listPlaces, listPracticePlaces, type Place } from '../../use-cases/list-places.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { rememberPerson } from '../../use-cases/remember-person.ts'
import { type Answer, peekCard, verifyPerson } from '../../use-cases/verify-person.ts'
import { deskLine } from '../../words/desk.ts'
import type { Ctx } from '../context.ts'
import { readExpectation } from '../expectation.ts'
import { answer, send, show } from '../message.ts'
import { type BotParts, expect } from '../parts.ts'
import { toMenu } from '../buttons.ts'
import * as view from './view.ts'

type At = { cycle: number; territory: number }
const PROMPT_SECONDS = 600

export interface VerifyFeature {
  composer: Composer<Ctx>
  /** Shows how to be verified here, and expects it. */
  ask(ctx: Ctx, at: At): Promise<void>
  /** A typed text that shall be a card code. */
  typed(ctx: Ctx, at: At, digits: string, text: string): Promise<void>
  /** A shared contact. `asked`: where our prompt was, if there was one. */
  contact(ctx: Ctx, asked: At | undefined, message: Message): Promise<void>
  /** A card's link: asks before it claims. False when no cycle takes cards. */
  link: (ctx: Ctx, code: string) => Promise<boolean>
}

/** `open`: opens the ballot of the roll row that was just claimed. */
export function verifyFeature(
  parts: BotParts,
  open: (ctx: Ctx, cycle: number, rollRow: number, note: string) => Promise<void>,
): VerifyFeature {
  const { app, session } = parts
  const composer = new Composer<Ctx>()

  async function ask(ctx: Ctx, at: At): Promise<void> {
    const place = await readPlace(app, at.cycle, at.territory)
    if (!place) return answer(ctx, ctx.t('common.outdated.alert'), true)
    if (place.cycle.method === 'contact') {
      await expect(parts, ctx.who.id, { kind: 'contact', ...at }, PROMPT_SECONDS)
      return show(ctx, view.contactScreen(ctx.t))
    }
    await expect(parts, ctx.who.id, { kind: 'code', ...at, digits: '' })
    show(ctx, view.cardScreen(ctx.t, place))
  }

  /** A place of the vote that the card is for: `at` where it is of that vote, or of none. */
  async function placeOfCard(ctx: Ctx, code: string, at: At | undefined): Promise<Place | undefined> {
    const here = at && (await readPlace(app, at.cycle, at.territory))
    const others = await Promise.all([listPlaces(app), listPracticePlaces(app)])
    const places = [...(here ? [here] : []), ...others.flat()].filter(
      (place) => place.cycle.method === 'card',
    )
    const cycles = [...new Set(places.map((place) => place.cycle.id))]
    const cycle = await findCardCycle(app, ctx.who.id, cycles, code)
    return places.find((place) => place.cycle.id === cycle)
  }

  /** Says what came of it; a claimed row goes straight on to its ballot. */
  async function settle(ctx: Ctx, at: At, result: Answer): Promise<void> {
    const asked = await readPlace(app, at.cycle, at.territory)
    if (!asked) return
    if (!result.ok) {
      const { problem } = result
      const place =
        problem.kind === 'not-handed-over' ? await readPlace(app, at.cycle, problem.territory) : asked
      return show(ctx, view.problemScreen(ctx.t, place ?? asked, problem))
    }
    await session.expectNothing(String(ctx.who.id))
    const { territory, rollRow, already } = result.value
    const place = territory === at.territory ? asked : await readPlace(app, at.cycle, territory)
    if (!place) return
    await rememberPerson(app, ctx.who.id, { home: { cycle: at.cycle, territory } })
    ctx.who.home = { cycle: at.cycle, territory }
    const note = view.verifiedLine(ctx.t, place, already)
    if (place.cycle.phase === 'voting') return open(ctx, at.cycle, rollRow, note)
    const later = isBefore(place.cycle.phase, 'voting')
    show(ctx, {
      text: later ? `${note}\n${ctx.t.html('verify.verified-later')}` : note,
      buttons: [[toMenu(ctx.t)]],
    })
  }

  async function typed(ctx: Ctx, at: At, digits: string, text: string): Promise<void> {
    const place = await readPlace(app, at.cycle, at.territory)
    if (!place) return show(ctx, { text: ctx.t.html('common.not-understood'), buttons: [[toMenu(ctx.t)]] })
    if (place.cycle.method === 'contact') return ask(ctx, at)
    const alone = readCardCode(text)
    const code = digits && !alone.ok ? readCardCode(digits + text) : alone
    const kept = !code.ok && code.problem.kind === 'too-short' ? code.problem.digits : ''
    await expect(parts, ctx.who.id, { kind: 'code', ...at, digits: kept })
    if (code.ok) {
      const there = (await placeOfCard(ctx, code.value, at)) ?? place
      const where = { cycle: there.cycle.id, territory: there.territory }
      return settle(ctx, where, await verifyPerson(app, ctx.who.id, there.cycle, code.value))
    }
    switch (code.problem.kind) {
      case 'too-short':
        return show(ctx, view.moreDigits(ctx.t, place, 16 - code.problem.digits.length))
      case 'no-digits':
        return show(ctx, view.notACode(ctx.t, place, 'verify.no-digits'))
      case 'too-long':
        return show(ctx, view.notACode(ctx.t, place, 'verify.too-long'))
      case 'check-digits':
        return show(ctx, view.notACode(ctx.t, place, 'verify.check-digits'))
    }
  }

  /** Only the person's own contact, in answer to our prompt of the last ten minutes, neither forwarded nor by a bot. */
  async function contact(ctx: Ctx, asked: At | undefined, message: Message): Promise<void> {
    const shared = message.contact
    const at = asked ?? ctx.who.home
    const place = at && (await readPlace(app, at.cycle, at.territory))
    if (!shared || !asked || !at || !place || place.cycle.method !== 'contact') {
      const key = place?.cycle.method === 'card' ? 'verify.card-needed' : 'verify.contact-unasked'
      return show(ctx, { text: ctx.t.html(key), buttons: [[toMenu(ctx.t)]] })
    }
    if (shared.user_id !== ctx.who.id || message.forward_origin || message.via_bot) {
      return show(ctx, { ...view.contactScreen(ctx.t), text: ctx.t.html('verify.contact-not-yours') })
    }
    const phone = readPhone(shared.phone_number)
    if (!phone.ok) {
      const text = ctx.t.html('verify.contact-foreign', { desk: deskLine(ctx.t, place) })
      return show(ctx, { text, keyboard: { remove_keyboard: true } })
    }
    send(ctx, { text: ctx.t.html('verify.contact-taken'), keyboard: { remove_keyboard: true } })
    await settle(ctx, at, await verifyPerson(app, ctx.who.id, place.cycle, phone.value))
  }

  async function link(ctx: Ctx, code: string): Promise<boolean> {
    const start = await placeOfCard(ctx, code, ctx.who.home)
    if (!start) return false
    const at = { cycle: start.cycle.id, territory: start.territory }
    const found = await peekCard(app, ctx.who.id, at.cycle, code)
    if (!found.ok || found.value.already) {
      await settle(ctx, at, found)
      return true
    }
    const place = await readPlace(app, at.cycle, found.value.territory)
    if (!place) return false
    await expect(
      parts,
      ctx.who.id,
      { kind: 'claim', cycle: at.cycle, territory: place.territory, code },
      PROMPT_SECONDS,
    )
    show(ctx, view.claimScreen(ctx.t, place))
    return true
  }

  composer.callbackQuery(view.claimButton.pattern, async (ctx) => {
    const input = view.claimButton.parse(ctx.callbackQuery.data)
    const expected = readExpectation(await session.expectation(String(ctx.who.id)))
    await session.expectNothing(String(ctx.who.id))
    if (input?.yes !== 1)
      return show(ctx, { text: ctx.t.html('verify.claim-no'), buttons: [[toMenu(ctx.t)]] })
    const place =
      expected?.kind === 'claim' ? await readPlace(app, expected.cycle, expected.territory) : undefined
    if (expected?.kind !== 'claim' || !place) {
      return show(ctx, { text: ctx.t.html('verify.claim-gone'), buttons: [[toMenu(ctx.t)]] })
    }
    await settle(ctx, expected, await verifyPerson(app, ctx.who.id, place.cycle, expected.code))
  })

  return { composer, ask, typed, contact, link }
}
