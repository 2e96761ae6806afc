// Signals and reports of pressure for auditors: asked for by a command, of a vote chosen by a button. Nothing is changed here.
import { readReports } from '../../use-cases/read-reports.ts'
import { readSignals, signalCycles } from '../../use-cases/read-signals.ts'
import { reportsButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import { type FeatureParts, leave } from '../parts.ts'
import { outdated } from '../talk.ts'
import * as view from './view.ts'

export function signalsFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.command('signals', async (_, talk) => {
    await leave(parts, talk.who.id)
    talk.speak.show(view.cyclesScreen(talk.t, await signalCycles(parts.app, talk.who.id)))
  })
  on.shows(view.signalsButton, async (_, talk, { cycle }) => {
    const known = (await signalCycles(parts.app, talk.who.id)).find(({ id }) => id === cycle)
    const read = await readSignals(parts.app, cycle, talk.who.id)
    const reports = await readReports(parts.app, cycle, talk.who.id)
    if (!known || !read.ok || !reports.ok) return outdated(talk)
    talk.speak.show(view.signalsScreen(talk.t, known, read.value, reports.value.length))
  })
  on.shows(reportsButton, async (_, talk, { cycle, page }) => {
    const reports = await readReports(parts.app, cycle, talk.who.id)
    if (!reports.ok) return outdated(talk)
    talk.speak.show(view.reportsScreen(talk.t, cycle, reports.value, page))
  })
  return { composer: on.composer } satisfies Feature
}
