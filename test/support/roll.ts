// A sealed roll for a story: register numbers of one village, with a card each.
import { utf8 } from '../../src/core/bytes.ts'
import { writeSealedFile } from '../../src/core/formats/sealed-file.ts'
import { cardCode } from '../../src/core/person.ts'
import { seal } from '../../src/sealing/sealed-box.ts'
import type { App } from '../../src/use-cases/app.ts'

/** Who printed the cards of a story. */
export const PRINTER = 70

/** As it comes from the official's computer: sealed to the server's key. Serials are the register numbers, so much higher. */
export function sealedRoll(
  app: App,
  slug: string,
  territory: number,
  registers: readonly number[],
  higher = 0,
  printer: number | null = PRINTER,
): string {
  const rows = registers.map((register) => ({ village: String(territory), register }))
  const cards = rows.map((row) => ({ ...row, serial: row.register + higher, code: cardCode(app.random(16)) }))
  const file = {
    format: 'dauys-roll-v1',
    cycle: slug,
    rows,
    cards,
    ...(printer === null ? {} : { printedBy: printer }),
  }
  const { publicKey } = app.secrets.importKeys
  const box = seal(app.sodium, publicKey, utf8(JSON.stringify(file)))
  return writeSealedFile({ format: file.format, cycle: slug, publicKey, box })
}
