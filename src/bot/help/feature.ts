// What is kept about a person, and its erasure: /mydata and /delete.
import { Composer } from 'grammy'
import { eraseAccount } from '../../use-cases/erase-account.ts'
import { listPeople } from '../../use-cases/list-people.ts'
import { readPlace } from '../../use-cases/read-place.ts'
import { LANGUAGE_NAMES } from '../../words/language-name.ts'
import { placeName } from '../../words/place.ts'
import { toMenu } from '../buttons.ts'
import { button } from '../callback.ts'
import type { Ctx } from '../context.ts'
import { press, show } from '../message.ts'
import type { BotParts } from '../parts.ts'

const deleteButton = button('dx', {})

export function helpFeature({ app, session }: BotParts): Composer<Ctx> {
  const composer = new Composer<Ctx>()

  composer.command('mydata', async (ctx) => {
    const { id, home, known } = ctx.who
    if (!known) return show(ctx, { text: ctx.t.html('start.nothing-kept'), buttons: [[toMenu(ctx.t)]] })
    const place = home && (await readPlace(app, home.cycle, home.territory))
    const people = home ? await listPeople(app, id, home.cycle) : []
    const facts = {
      id: String(id),
      language: LANGUAGE_NAMES[ctx.t.locale],
      village: place ? placeName(ctx.t, place) : '–',
      people: people.length,
    }
    show(ctx, { text: ctx.t.html('start.mydata', facts), buttons: [[toMenu(ctx.t)]] })
  })
  composer.command('delete', (ctx) =>
    show(ctx, {
      text: ctx.t.html('start.delete-ask'),
      buttons: [[press(ctx.t('start.delete.button'), deleteButton.pack({}))], [toMenu(ctx.t)]],
    }),
  )
  composer.callbackQuery(deleteButton.pattern, async (ctx) => {
    await eraseAccount(app, ctx.who.id)
    await Promise.all([
      session.expectNothing(String(ctx.who.id)),
      session.expectNothing(`${ctx.who.id}.ballots`),
    ])
    show(ctx, { text: ctx.t.html('start.deleted') })
  })
  return composer
}
