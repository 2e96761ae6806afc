// Receipts: "Did my vote arrive?" from the menu, and /receipt with a number for anyone who holds one.
import { Composer } from 'grammy'
import { listPeople } from '../../use-cases/list-people.ts'
import { readReceipt } from '../../use-cases/read-receipt.ts'
import { arrivedButton, toMenu } from '../buttons.ts'
import type { Ctx } from '../context.ts'
import { answer, show } from '../message.ts'
import type { BotParts } from '../parts.ts'
import * as view from './view.ts'

export function receiptFeature(parts: BotParts): {
  composer: Composer<Ctx>
  look(ctx: Ctx, text: string): Promise<void>
} {
  const { app } = parts
  const composer = new Composer<Ctx>()

  const arrived = async (ctx: Ctx, cycle: number) =>
    show(ctx, view.arrivedScreen(ctx.t, await listPeople(app, ctx.who.id, cycle)))

  async function look(ctx: Ctx, text: string): Promise<void> {
    const found = await readReceipt(app, text)
    if (!found.ok) {
      const key = found.problem.kind === 'unknown' ? 'receipt.unknown' : 'receipt.mistyped'
      return show(ctx, { text: ctx.t.html(key), buttons: [[toMenu(ctx.t)]] })
    }
    for (const vote of found.value.slice(0, 1)) show(ctx, view.receiptScreen(ctx.t, vote))
  }

  composer.command('receipt', async (ctx) => {
    if (ctx.match.trim() !== '') return look(ctx, ctx.match)
    const home = ctx.who.home
    if (home) return arrived(ctx, home.cycle)
    show(ctx, { text: ctx.t.html('receipt.none'), buttons: [[toMenu(ctx.t)]] })
  })
  composer.callbackQuery(arrivedButton.pattern, async (ctx) => {
    const at = arrivedButton.parse(ctx.callbackQuery.data)
    if (!at) return answer(ctx, ctx.t('common.outdated.alert'), true)
    await arrived(ctx, at.cycle)
  })
  return { composer, look }
}
