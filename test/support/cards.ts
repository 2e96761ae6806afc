// Cards for a story: rows of the roll with a card each, in sealed envelopes or handed over.
import { cardCode } from '../../src/core/person.ts'
import { handOver, insertCards, lastSerial, upsertRollRows } from '../../src/store/roll.ts'
import type { App } from '../../src/use-cases/app.ts'
import { hashCards } from '../../src/use-cases/hash-cards.ts'

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
  const last = await lastSerial(app.db, cycle, territory)
  const drawn = Array.from({ length: count }, (_, at) => ({
    territory,
    registerNo: last + at + 1,
    serial: last + at + 1,
    code: cardCode(app.random(16)),
  }))
  const rows = drawn.map(({ registerNo }) => ({ territory, registerNo, contactMac: undefined }))
  const hashed = await hashCards(drawn, app.secrets.pepper(cycle))
  await app.db.begin(async (tx) => {
    await upsertRollRows(tx, cycle, rows)
    await insertCards(tx, cycle, hashed)
    if (state === 'handed over')
      await handOver(
        tx,
        cycle,
        territory,
        drawn.map(({ serial }) => serial),
      )
  })
  return drawn.map(({ serial, registerNo, code }) => ({ serial, registerNo, code }))
}
