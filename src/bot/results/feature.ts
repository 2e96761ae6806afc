// Results: published ones only, to whoever asks.
import { Composer } from 'grammy'
import { readResult } from '../../use-cases/read-result.ts'
import { resultsButton, toMenu } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { show } from '../message.ts'
import type { BotParts } from '../parts.ts'
import { pictureSender } from './picture.ts'
import * as view from './view.ts'

export function resultsFeature({ app }: BotParts): Composer<Ctx> {
  const composer = new Composer<Ctx>()
  const sendPicture = pictureSender()
  const notYet = (ctx: Ctx) => show(ctx, { text: ctx.t.html('results.not-yet'), buttons: [[toMenu(ctx.t)]] })

  composer.callbackQuery(resultsButton.pattern, async (ctx) => {
    const at = resultsButton.parse(ctx.callbackQuery.data)
    const published = at && (await readResult(app, at.cycle, at.territory))
    if (!published) return notYet(ctx)
    show(ctx, view.resultScreen(ctx.t, published))
  })
  composer.callbackQuery(view.stepsButton.pattern, async (ctx) => {
    const at = view.stepsButton.parse(ctx.callbackQuery.data)
    const published = at && (await readResult(app, at.cycle, at.territory))
    if (!at || !published) return notYet(ctx)
    show(ctx, view.stepsScreen(ctx.t, published, at.page))
  })
  composer.callbackQuery(view.pictureButton.pattern, async (ctx) => {
    const at = view.pictureButton.parse(ctx.callbackQuery.data)
    const published = at && (await readResult(app, at.cycle, at.territory))
    if (published?.shows !== 'all') return notYet(ctx)
    sendPicture(ctx, published)
  })
  return composer
}
