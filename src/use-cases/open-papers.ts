// Opens the paper boxes that two people entered, beside the ballots that were cast.
import type { Rules } from '../core/audit/rules.ts'
import type { VillagePapers } from '../core/audit/trusted/paper.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import type { Pot } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openPapers, type PaperBoxFault } from '../sealing/paper-box.ts'
import type { BoxKeys } from '../sealing/sealed-box.ts'
import type { Tx } from '../store/db.ts'
import { boxesOf } from '../store/paper.ts'
import type { App } from './app.ts'
import type { ChoicesByVillage } from './open-choices.ts'

export type { PaperBoxFault }

/** The ballots of each village with those of its paper box beside them; or the village whose box does not open as the log has it. */
export async function withPapers(
  app: App,
  tx: Tx,
  cycle: number,
  keys: BoxKeys,
  { rules, papers }: { rules: Rules; papers: ReadonlyMap<string, VillagePapers> },
  ballots: ChoicesByVillage,
): Promise<Result<ChoicesByVillage, { territory: number; fault: PaperBoxFault }>> {
  const boxes = new Map((await boxesOf(tx, cycle)).map(({ territory, box }) => [String(territory), box]))
  const all = new Map(ballots)
  for (const [village, { entered }] of papers) {
    const box = boxes.get(village)
    if (!entered || !box) continue
    const opened = openPapers(app.sodium, keys, { rules, village }, box, entered)
    if (!opened.ok) return fail({ territory: Number(village), fault: opened.problem })
    const papers = opened.value.flat()
    const together = [...(all.get(village) ?? [])].map(([pot, own]): [Pot, Choice[][]] => {
      const typed = papers.flatMap((one) => (one.pot === pot ? [one.choices] : []))
      return [pot, [...own, ...typed]]
    })
    all.set(village, new Map(together))
  }
  return ok(all)
}
