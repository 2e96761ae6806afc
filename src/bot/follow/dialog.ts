// "Tell me when one starts", as a dialog: district → village → what of → yes.
import {
  type ChosenPlace,
  listDistricts,
  listSettlements,
  readSettlement,
} from '../../use-cases/choose-settlement.ts'
import { followTerritory } from '../../use-cases/follow-territory.ts'
import type { App } from '../../use-cases/app.ts'
import type { Asking } from '../asking.ts'
import { FOLLOW, followButton } from '../buttons.ts'
import type { Dialog } from '../dialogs.ts'
import type { Screen } from '../message.ts'
import * as view from './view.ts'

export const followDialog = (app: App): Dialog<view.Step> => ({
  name: 'follow',
  version: 3,
  button: followButton,
  first: FOLLOW,
  steps: ['district', 'village', 'kinds', 'sure', 'yes', 'cancel'],
  run: (ask, from) => (from.step === 'cancel' ? cancel(ask) : follow(app, ask, from)),
})

/** Each question is asked unless the person stands behind it already. */
async function follow(app: App, ask: Asking<view.Step>, from: view.Step): Promise<void> {
  const { t } = ask
  let given = from
  if (given.step === 'district')
    given = await ask.question(given, 'village', async (now) =>
      view.districtScreen(t, now, await listDistricts(app, t)),
    )
  if (given.step === 'village')
    given = await ask.question(given, 'kinds', async (now) =>
      view.settlementScreen(t, now, await listSettlements(app, now.district, t)),
    )
  const place = await ask.read(async () => (await readSettlement(app, given.territory)) ?? null)
  if (!place) return cancel(ask)
  if (given.step === 'kinds')
    given = await ask.question(given, 'sure', async (now) => view.kindsScreen(t, now, place))
  if (given.step === 'sure')
    given = await ask.question(given, 'yes', async (now) => view.sureScreen(t, now, place))
  await ask.end(given, await saved(app, ask, given, place))
}

/** Safe to repeat: a second "yes" says the same. */
async function saved(
  app: App,
  ask: Asking<view.Step>,
  given: view.Step,
  place: ChosenPlace,
): Promise<Screen> {
  const { t, who } = ask
  const wish = { territory: place.territory, kinds: view.kindsOf(given.kinds), locale: t.locale }
  const done = await ask.read(() => followTerritory(app, who.id, wish))
  return done.ok ? view.doneScreen(t, given, done.value) : view.cancelledScreen(t)
}

const cancel = (ask: Asking<view.Step>): Promise<void> =>
  ask.end({ ...FOLLOW, step: 'cancel' }, view.cancelledScreen(ask.t))
