// The public file of a cycle: what rolls and cards are made with on an official's computer, without the database and its secrets.
import { verifierKey } from '../core/audit/checkpoint.ts'
import { toBase64 } from '../core/bytes.ts'
import { PUBLIC_CYCLE_FORMAT, type PublicCycle, writePublicCycle } from '../core/formats/public-cycle.ts'
import { sign } from '../sealing/sign.ts'
import type { Cycle } from '../store/cycles.ts'
import type { App } from './app.ts'
import { type CycleVillage, listVillages } from './list-cycles.ts'
import { originOf } from './log-origin.ts'
import { paperKit } from './paper-kit.ts'

/** As it stands now: dates may move later, card numbers be used up. `bot`: its user name, without @; `link`: where a village's poster leads. */
export async function publicCycle(
  app: App,
  cycle: Cycle,
  bot: string,
  link: (village: CycleVillage) => string,
): Promise<PublicCycle> {
  const { slug, title, trial, method, timeline, profile, currency, ballotTerms, ruleTerms } = cycle
  const { voting, counting } = timeline
  const villages = await listVillages(app, cycle.id)
  return {
    format: PUBLIC_CYCLE_FORMAT,
    slug,
    title,
    trial,
    method,
    bot,
    dates: { ...(voting === undefined ? {} : { voting }), ...(counting === undefined ? {} : { counting }) },
    profile,
    ideas: timeline.ideas !== undefined,
    currency,
    ballot: ballotTerms,
    rule: ruleTerms,
    importKey: toBase64(app.secrets.importKeys.publicKey),
    verifierKey: verifierKey(originOf(app, slug), app.secrets.logKeys.publicKey),
    villages: await Promise.all(
      villages.map(async (village) => {
        const { territory, kato, name, within, desk, nextSerial, budget, pots } = village
        const { projects } = await paperKit(app, cycle.id, territory)
        return {
          territory,
          kato,
          name,
          within: [...within],
          desk,
          nextSerial,
          link: link(village),
          budget,
          pots,
          projects,
        }
      }),
    ),
  }
}

/** The file itself, signed by the key of the log. */
export const signedPublicCycle = (app: App, cycle: PublicCycle): string =>
  writePublicCycle(cycle, (bytes) => sign(app.sodium, bytes, app.secrets.logKeys.privateKey))
