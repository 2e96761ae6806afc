// Cards for a story: rows of the roll with a card each, in sealed envelopes or handed over.
import { cardCode } from '../../src/core/person.ts'
import type { App } from '../../src/use-cases/app.ts'
import { confirmAct } from '../../src/use-cases/confirm-act.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { proposeReissue } from '../../src/use-cases/reissue-card.ts'
import { cardHash } from '../../src/verification/card.ts'
import { must } from './cycle.ts'
import { cycleOf, enterCards, enterPeople, handThemOver, OFFICIALS } from './people.ts'

export interface EnvelopeCard {
  serial: number
  registerNo: number
  /** 16 digits. */
  code: string
}

/** Adds so many people to a village's roll, with a card each that the desk has handed over (unless `printed`). */
export async function cards(
  app: App,
  cycle: number,
  territory: number,
  count: number,
  state: 'handed over' | 'printed' = 'handed over',
): Promise<EnvelopeCard[]> {
  const codes = Array.from({ length: count }, () => cardCode(app.random(16)))
  const hashes = await Promise.all(codes.map((code) => cardHash(code, app.secrets.pepper(cycle))))
  const stored = await cycleOf(app, cycle)
  const people = await enterPeople(app, stored, territory, hashes)
  if (state === 'handed over') await handThemOver(app, stored, territory, people)
  return people.map(({ serial, registerNo }, at) => ({ serial, registerNo, code: codes[at] as string }))
}

/** The desk gives somebody another card in the place of theirs, by two officials. Returns the new one. */
export async function replaceCard(
  app: App,
  cycle: number,
  territory: number,
  { serial: lost, registerNo }: EnvelopeCard,
  moved = false,
): Promise<EnvelopeCard> {
  const [fresh] = await enterCards(app, await cycleOf(app, cycle), territory, [registerNo])
  if (!fresh) throw new Error('no card was printed')
  const [first, second] = OFFICIALS
  for (const account of OFFICIALS) await grantRole(app, { account, role: 'official', territory }, 'command')
  const wanted = { territory, serial: fresh.serial, register: registerNo, lost, moved }
  const { id } = must(await proposeReissue(app, cycle, wanted, first))
  must(await confirmAct(app, id, second))
  return { ...fresh, registerNo }
}
