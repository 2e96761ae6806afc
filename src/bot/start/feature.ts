// Start: language, village, menu. A link may preset the village, a project or a card.
import { Composer } from 'grammy'
import type { Locale } from '../../core/localised.ts'
import { listPlaces, listPracticePlaces, type Place } from '../../use-cases/list-places.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { isLocale, rememberPerson } from '../../use-cases/remember-person.ts'
import { askLocationScreen } from '../ask.ts'
import { deskButton, menuButton, placeButton } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answer, show } from '../message.ts'
import { type BotParts, expect } from '../parts.ts'
import { readPayload } from '../payload.ts'
import * as view from './view.ts'

/** What a start link may open besides the menu; given by the features that own those screens. */
export interface Openers {
  project(ctx: Ctx, at: { cycle: number; territory: number; number: number }): Promise<boolean>
  card(ctx: Ctx, code: string): Promise<boolean>
}

export interface StartFeature {
  composer: Composer<Ctx>
  /** The menu of the person's village, or the choice of one. */
  menu(ctx: Ctx, greeting?: boolean): Promise<void>
  /** A shared location sorts the villages. */
  near(ctx: Ctx, point: { lat: number; lon: number }): Promise<void>
}

export function startFeature(
  parts: BotParts,
  textsOf: (locale: Locale) => Ctx['t'],
  open: Openers,
): StartFeature {
  const { app } = parts
  const composer = new Composer<Ctx>()

  async function menu(ctx: Ctx, greeting = false): Promise<void> {
    const home = ctx.who.home
    let place = home && (await readPlace(app, home.cycle, home.territory))
    if (place && isOutdated(place)) {
      place = await readPlace(app, place.newest, place.territory)
      if (place) await choose(ctx, place)
    }
    if (!place) return show(ctx, view.villageScreen(ctx.t, await listPlaces(app), 0, false, greeting))
    show(ctx, view.menuScreen(ctx.t, place, app.now().toISOString(), greeting))
  }

  /** Goes where the link led; a payload that leads nowhere falls back to the menu. */
  async function arrive(ctx: Ctx, payload: string, greeting: boolean): Promise<void> {
    const target = readPayload(payload)
    if (target?.kind === 'village') {
      const here = (one: Place) => one.territory === target.territory
      const place = (await listPlaces(app)).find(here) ?? (await listPracticePlaces(app)).find(here)
      if (place) return settle(ctx, place, greeting, payload)
    }
    if (target?.kind === 'project') {
      const place = await readPlace(app, target.cycle, target.territory)
      if (place) {
        if (!ctx.who.home) await choose(ctx, place, payload)
        if (await open.project(ctx, target)) return
      }
    }
    if (target?.kind === 'card' && (await open.card(ctx, target.code))) return
    await menu(ctx, greeting)
  }

  async function choose(ctx: Ctx, place: Place, source?: string): Promise<void> {
    const home = { cycle: place.cycle.id, territory: place.territory }
    await rememberPerson(app, ctx.who.id, { home, ...(source?.startsWith('v_') ? { source } : {}) })
    ctx.who.home = home
  }

  async function settle(ctx: Ctx, place: Place, greeting: boolean, source?: string): Promise<void> {
    await choose(ctx, place, source)
    show(ctx, view.menuScreen(ctx.t, place, app.now().toISOString(), greeting))
  }

  composer.command('start', async (ctx) => {
    await parts.session.expectNothing(String(ctx.who.id))
    const payload = /^[\w-]{1,32}$/.test(ctx.match) ? ctx.match : ''
    if (!ctx.who.locale) return show(ctx, view.languageScreen(ctx.t, payload))
    await arrive(ctx, payload, false)
  })
  composer.command('menu', async (ctx) => {
    await parts.session.expectNothing(String(ctx.who.id))
    await menu(ctx)
  })
  composer.command('language', (ctx) => show(ctx, view.languageScreen(ctx.t, '')))
  composer.command('help', (ctx) => show(ctx, view.howScreen(ctx.t)))

  composer.callbackQuery(view.languageButton.pattern, async (ctx) => {
    const input = view.languageButton.parse(ctx.callbackQuery.data)
    if (!input || !isLocale(input.locale)) return answer(ctx, ctx.t('common.outdated.alert'), true)
    const greeting = !ctx.who.locale
    await rememberPerson(app, ctx.who.id, { locale: input.locale })
    ctx.t = textsOf(input.locale)
    await arrive(ctx, input.payload, greeting)
  })
  composer.callbackQuery(view.askLanguageButton.pattern, (ctx) => show(ctx, view.languageScreen(ctx.t, '')))
  composer.callbackQuery(menuButton.pattern, async (ctx) => {
    await parts.session.expectNothing(String(ctx.who.id))
    await menu(ctx)
  })
  composer.callbackQuery(view.villagesButton.pattern, async (ctx) => {
    const input = view.villagesButton.parse(ctx.callbackQuery.data)
    show(ctx, view.villageScreen(ctx.t, await listPlaces(app), input?.page ?? 0))
  })
  composer.callbackQuery(placeButton.pattern, async (ctx) => {
    const input = placeButton.parse(ctx.callbackQuery.data)
    const place = input && (await readPlace(app, input.cycle, input.territory))
    if (!place || isOutdated(place)) return answer(ctx, ctx.t('common.outdated.alert'), true)
    await settle(ctx, place, !ctx.who.home)
  })
  composer.callbackQuery(view.nearButton.pattern, async (ctx) => {
    await expect(parts, ctx.who.id, { kind: 'village-near' })
    show(ctx, askLocationScreen(ctx.t))
  })
  composer.callbackQuery(view.howButton.pattern, (ctx) => show(ctx, view.howScreen(ctx.t)))
  composer.callbackQuery(deskButton.pattern, async (ctx) => {
    const input = deskButton.parse(ctx.callbackQuery.data)
    const place = input && (await readPlace(app, input.cycle, input.territory))
    if (!place) return answer(ctx, ctx.t('common.outdated.alert'), true)
    show(ctx, view.deskScreen(ctx.t, place))
  })

  return {
    composer,
    menu,
    near: async (ctx, point) => show(ctx, view.villageScreen(ctx.t, await listPlaces(app, point), 0, true)),
  }
}
