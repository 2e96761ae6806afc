// Opens the paper boxes that two people entered and holds each against its leaf: commitment, number of papers, canonical choices.
import { canonicalPapers, paperCommitment } from '../core/audit/paper.ts'
import { readCanonicalChoices } from '../core/audit/receipt.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { PaperBox, VillagePapers } from '../core/audit/trusted/paper.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import { decodeBallot } from '../core/ballots/index.ts'
import { toHex } from '../core/bytes.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from '../sealing/ballot-box.ts'
import { type BoxKeys, boxOverhead } from '../sealing/sealed-box.ts'
import type { Sodium } from '../sealing/sodium.ts'
import type { Tx } from '../store/db.ts'
import { boxesOf } from '../store/paper.ts'
import type { App } from './app.ts'
import type { ChoicesByVillage } from './open-choices.ts'

export type PaperBoxFault = 'not-openable' | 'commitment' | 'choices'

/** `box`: as stored; `said`: what its leaf says of it, against which the box was held. Without a database or a network. */
export function openPapers(
  sodium: Sodium,
  keys: BoxKeys,
  { rules, village }: { rules: Rules; village: string },
  box: Uint8Array,
  said: PaperBox,
): Result<Choice[][], PaperBoxFault> {
  const content = openBallot(sodium, keys, box, box.length - boxOverhead)
  if (!content.ok) return content
  const { nonce, choices: text } = content.value
  const made = paperCommitment({ cycle: rules.cycle, village }, nonce, text)
  if (toHex(made) !== said.commitment) return fail('commitment')
  const pots = rules.villages.find((one) => one.village === village)?.pots ?? []
  const projects = pots.flatMap((pot) => pot.projects).sort((a, b) => a.number - b.number)
  const lists: string[] = []
  const papers: Choice[][] = []
  for (const line of text === '' ? [] : text.split('\n')) {
    const read = readCanonicalChoices(line)
    const [pot] = read.ok ? read.value : []
    if (!read.ok || read.value.length !== 1 || pot?.pot !== GENERAL) return fail('choices')
    const decoded = decodeBallot(pot.list.join(','), rules.ballot, projects)
    if (!decoded.ok) return fail('choices')
    lists.push(pot.list.join(','))
    papers.push(decoded.value)
  }
  return papers.length === said.ballots && canonicalPapers(lists) === text ? ok(papers) : fail('choices')
}

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
    all.set(village, [...(all.get(village) ?? []), ...opened.value])
  }
  return ok(all)
}
