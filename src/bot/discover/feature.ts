// Discover: the list in everyone's own order, filter, search, near me, the card, its photo, voice and map, sharing inline.
import { existsSync } from 'node:fs'
import { Composer, InputFile } from 'grammy'
import type { InlineQueryResultArticle } from 'grammy/types'
import { PROFILES } from '../../core/cycle.ts'
import { listProjects } from '../../use-cases/list-projects.ts'
import { isOutdated, readPlace } from '../../use-cases/read-place.ts'
import { type FoundProject, readProject } from '../../use-cases/read-project.ts'
import { askLocationScreen } from '../ask.ts'
import { cardButton, listButton } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answer, safe, send, show } from '../message.ts'
import { type BotParts, expect, startLink } from '../parts.ts'
import { projectPayload, readPayload } from '../payload.ts'
import * as view from './view.ts'

export interface DiscoverFeature {
  composer: Composer<Ctx>
  project: (ctx: Ctx, at: { cycle: number; territory: number; number: number }) => Promise<boolean>
  search(ctx: Ctx, at: { cycle: number; territory: number }, words: string): Promise<void>
  near(ctx: Ctx, at: { cycle: number; territory: number }, point: { lat: number; lon: number }): Promise<void>
}

const MAX_WORDS = 100

const payloadOf = ({ place, project }: FoundProject): string =>
  projectPayload({ cycle: place.cycle.id, territory: place.territory, number: project.number })

export function discoverFeature(parts: BotParts, mediaFolder: string): DiscoverFeature {
  const { app } = parts
  const composer = new Composer<Ctx>()
  const outdated = (ctx: Ctx) => answer(ctx, ctx.t('common.outdated.alert'), true)

  function showCard(ctx: Ctx, found: FoundProject, from: view.Origin): void {
    show(ctx, view.cardScreen(ctx.t, found.place, found.project, from, startLink(parts, payloadOf(found))))
  }

  /** Whether the buttons of a place may still be pressed. */
  async function isCurrent(at: { cycle: number; territory: number }): Promise<boolean> {
    const place = await readPlace(app, at.cycle, at.territory)
    return place !== undefined && !isOutdated(place)
  }

  composer.callbackQuery(listButton.pattern, async (ctx) => {
    const input = listButton.parse(ctx.callbackQuery.data)
    const all = input && (await listProjects(app, ctx.who.id, input.cycle, input.territory))
    if (!input || !all || isOutdated(all.place)) return outdated(ctx)
    const category = all.categories[input.category - 1]
    const projects = all.projects.filter((project) => !category || project.category === category)
    show(ctx, view.listScreen(ctx.t, { ...all, projects }, input.page, category ? input.category : 0))
  })
  composer.callbackQuery(cardButton.pattern, async (ctx) => {
    const input = cardButton.parse(ctx.callbackQuery.data)
    const found = input && (await readProject(app, input.cycle, input.territory, input.number))
    if (!input || !found || isOutdated(found.place)) return outdated(ctx)
    showCard(ctx, found, input)
  })
  composer.callbackQuery(view.foundButton.pattern, async (ctx) => {
    const input = view.foundButton.parse(ctx.callbackQuery.data)
    const list = input && (await listProjects(app, ctx.who.id, input.cycle, input.territory, input))
    if (!list || isOutdated(list.place)) return outdated(ctx)
    show(ctx, view.listScreen(ctx.t, list, 0, 0, input.words))
  })
  composer.callbackQuery(view.filterButton.pattern, async (ctx) => {
    const input = view.filterButton.parse(ctx.callbackQuery.data)
    const list = input && (await listProjects(app, ctx.who.id, input.cycle, input.territory))
    if (!list || isOutdated(list.place)) return outdated(ctx)
    show(ctx, view.filterScreen(ctx.t, list))
  })
  composer.callbackQuery(view.searchButton.pattern, async (ctx) => {
    const input = view.searchButton.parse(ctx.callbackQuery.data)
    if (!input || !(await isCurrent(input))) return outdated(ctx)
    await expect(parts, ctx.who.id, { kind: 'search', ...input })
    show(ctx, { text: ctx.t.html('discover.search-ask') })
  })
  composer.callbackQuery(view.nearButton.pattern, async (ctx) => {
    const input = view.nearButton.parse(ctx.callbackQuery.data)
    if (!input || !(await isCurrent(input))) return outdated(ctx)
    await expect(parts, ctx.who.id, { kind: 'near', ...input })
    show(ctx, askLocationScreen(ctx.t))
  })
  composer.callbackQuery(view.mapButton.pattern, async (ctx) => {
    const input = view.mapButton.parse(ctx.callbackQuery.data)
    const found = input && (await readProject(app, input.cycle, input.territory, input.number))
    const { lat, lon } = found?.project ?? { lat: null, lon: null }
    if (lat === null || lon === null) return outdated(ctx)
    answer(ctx)
    ctx.behind.push(() => safe(() => ctx.api.sendLocation(ctx.who.id, lat, lon)))
  })
  composer.callbackQuery(view.photoButton.pattern, (ctx) => media(ctx, 'photo'))
  composer.callbackQuery(view.voiceButton.pattern, (ctx) => media(ctx, 'voice'))

  /** Photos and voice notes come on demand only: the screens work without them. */
  async function media(ctx: Ctx, kind: 'photo' | 'voice'): Promise<void> {
    const input = (kind === 'photo' ? view.photoButton : view.voiceButton).parse(
      ctx.callbackQuery?.data ?? '',
    )
    const found = input && (await readProject(app, input.cycle, input.territory, input.number))
    const path = `${mediaFolder}/${found?.project[kind]?.replaceAll('..', '')}`
    if (!found?.project[kind] || !existsSync(path)) {
      const missing = kind === 'photo' ? 'discover.no-photo.alert' : 'discover.no-voice.alert'
      return answer(ctx, ctx.t(missing), true)
    }
    answer(ctx)
    const caption = `№\u00a0${found.project.number}. ${ctx.t.of(found.project.title)}`
    const source = new InputFile(path)
    ctx.behind.push(() =>
      safe(() =>
        kind === 'photo'
          ? ctx.api.sendPhoto(ctx.who.id, source, { caption })
          : ctx.api.sendVoice(ctx.who.id, source, { caption }),
      ),
    )
  }

  /**
   * Sharing: an inline query names a project, or words to search the person's own village for. A practice is not found by
   * words: only who is in it can hand on what stands there.
   */
  composer.on('inline_query', async (ctx) => {
    const { query } = ctx.inlineQuery
    const target = readPayload(query.trim())
    const results: InlineQueryResultArticle[] = []
    const add = (found: FoundProject) => {
      const { place, project } = found
      const payload = payloadOf(found)
      const link = startLink(parts, payload)
      results.push({
        type: 'article',
        id: payload,
        title: ctx.t.of(project.title),
        description: ctx.t.money(project.cost, place.cycle.currency),
        input_message_content: {
          message_text: view.shareText(ctx.t, place, project, link),
          link_preview_options: { is_disabled: true },
        },
        reply_markup: { inline_keyboard: [[{ text: ctx.t('discover.open.button'), url: link }]] },
      })
    }
    const home = ctx.who.home
    if (target?.kind === 'project') {
      const found = await readProject(app, target.cycle, target.territory, target.number)
      if (found) add(found)
    } else if (home) {
      const list = await listProjects(app, ctx.who.id, home.cycle, home.territory, {
        words: query.slice(0, MAX_WORDS),
      })
      if (list && !PROFILES[list.place.cycle.profile].rehearsal)
        for (const project of list.projects.slice(0, 20)) add({ place: list.place, project })
    }
    ctx.behind.push(() => safe(() => ctx.answerInlineQuery(results, { cache_time: 60, is_personal: true })))
  })

  return {
    composer,
    async project(ctx, at) {
      const found = await readProject(app, at.cycle, at.territory, at.number)
      if (found) showCard(ctx, found, view.WHOLE)
      return found !== undefined
    },
    async search(ctx, at, words) {
      if (words.length > MAX_WORDS)
        return show(ctx, { text: ctx.t.html('common.too-long', { max: MAX_WORDS }) })
      const list = await listProjects(app, ctx.who.id, at.cycle, at.territory, { words })
      await parts.session.expectNothing(String(ctx.who.id))
      if (list) show(ctx, view.listScreen(ctx.t, list, 0, 0, words))
    },
    async near(ctx, at, point) {
      const list = await listProjects(app, ctx.who.id, at.cycle, at.territory, { near: point })
      if (!list) return
      send(ctx, { text: ctx.t.html('start.location-taken'), keyboard: { remove_keyboard: true } })
      show(ctx, view.nearScreen(ctx.t, list))
    },
  }
}
