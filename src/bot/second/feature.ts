// The second official's answer to an act that another one proposed: confirm or refuse, in a private chat of their own account; and /waiting.
import { confirmAct } from '../../use-cases/confirm-act.ts'
import { listWaiting } from '../../use-cases/list-waiting.ts'
import { readProposal } from '../../use-cases/read-proposal.ts'
import { refuseAct } from '../../use-cases/refuse-act.ts'
import { confirmActButton, refuseActButton } from '../buttons.ts'
import type { Feature } from '../feature.ts'
import { listener } from '../listener.ts'
import type { FeatureParts } from '../parts.ts'
import { askSecond } from '../second-asked.ts'
import type { Talk } from '../talk.ts'
import * as view from './view.ts'

export function secondFeature(parts: FeatureParts) {
  const on = listener(parts)
  on.button(confirmActButton, (_, talk, { proposal }) => confirm(parts, talk, proposal))
  on.button(refuseActButton, (_, talk, { proposal }) => refuse(parts, talk, proposal))
  on.command('waiting', (_, talk) => waiting(parts, talk, 0))
  on.shows(view.waitingButton, (_, talk, { page }) => waiting(parts, talk, page))
  return { composer: on.composer } satisfies Feature
}

async function waiting({ app }: FeatureParts, { t, who, speak }: Talk, page: number): Promise<void> {
  speak.show(view.waitingScreen(t, await listWaiting(app, who.id), page))
}

async function confirm({ app }: FeatureParts, { t, who, speak }: Talk, proposal: string): Promise<void> {
  const done = await confirmAct(app, proposal, who.id)
  if (done.ok) return speak.show(view.decidedScreen(t, 'done', done.value))
  if (done.problem.kind !== 'cannot') return speak.show(view.problemScreen(t, done.problem))
  const asked = await readProposal(app, proposal)
  const why = view.whyLine(t, done.problem.why)
  speak.show(asked ? askSecond(t, asked, why) : view.lineScreen(t, why))
}

async function refuse({ app }: FeatureParts, { t, who, speak }: Talk, proposal: string): Promise<void> {
  const done = await refuseAct(app, proposal, who.id)
  speak.show(done.ok ? view.decidedScreen(t, 'refused', done.value) : view.problemScreen(t, done.problem))
}
