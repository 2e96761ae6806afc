// Every verification method passes the conformance suite: a new one is a line here, with how its evidence is made.
import { deskCode } from '../../src/core/desk-code.ts'
import { cardCode } from '../../src/core/person.ts'
import type { App } from '../../src/use-cases/app.ts'
import { checkPerson } from '../../src/use-cases/check-person.ts'
import { grantRole } from '../../src/use-cases/grant-role.ts'
import { contactMac } from '../../src/verification/contact.ts'
import type { MethodKind } from '../../src/verification/index.ts'
import { cards } from '../support/cards.ts'
import { must } from '../support/cycle.ts'
import { cycleOf, enterRows, OFFICIALS } from '../support/people.ts'
import { type MethodKit, verificationConformance } from './conformance.ts'

const phone = (app: App): string =>
  `7701${String(Buffer.from(app.random(4)).readUInt32BE() % 10_000_000).padStart(7, '0')}`

/** Rows of the roll that carry these phones. */
async function onRoll(app: App, cycle: number, territory: number, phones: readonly string[]): Promise<void> {
  const rows = phones.map((one, at) => ({
    territory,
    registerNo: at + 1,
    contactMac: contactMac(one, app.secrets.pepper(cycle)),
  }))
  const stored = await cycleOf(app, cycle)
  await app.db.begin((tx) => enterRows(app, tx, stored, rows))
}

const kits = {
  card: {
    people: async (app, cycle, territory, count) =>
      (await cards(app, cycle, territory, count)).map(({ code }) => code),
    wrong: (app) => cardCode(app.random(16)),
  },
  contact: {
    async people(app, cycle, territory, count) {
      const phones = Array.from({ length: count }, () => phone(app))
      await onRoll(app, cycle, territory, phones)
      return phones
    },
    wrong: phone,
    async shared(app, cycle, territory) {
      const one = phone(app)
      await onRoll(app, cycle, territory, [one, one])
      return one
    },
  },
  'in-person': {
    async people(app, cycle, territory, count) {
      const rows = Array.from({ length: count }, (_, at) => ({ territory, registerNo: at + 1 }))
      const stored = await cycleOf(app, cycle)
      await app.db.begin((tx) => enterRows(app, tx, stored, rows))
      const [clerk] = OFFICIALS
      must(await grantRole(app, { account: clerk, role: 'facilitator', territory }, 'command'))
      const codes: string[] = []
      for (const { registerNo } of rows)
        codes.push(must(await checkPerson(app, { cycle, territory }, registerNo, clerk)))
      return codes
    },
    wrong: (app) => deskCode(app.random(8)),
  },
} satisfies { [K in MethodKind]: MethodKit }

for (const [kind, kit] of Object.entries(kits)) verificationConformance(kind as MethodKind, kit)
