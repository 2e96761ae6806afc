// Opens a sealed paper box and holds it against its leaf: commitment, number of papers, canonical choices.
import { canonicalPapers, paperCommitment } from '../core/audit/paper.ts'
import { readCanonicalChoices } from '../core/audit/receipt.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { PaperBox } from '../core/audit/trusted/paper.ts'
import type { Choice } from '../core/ballots/ballot-type.ts'
import { decodeBallot } from '../core/ballots/index.ts'
import { toHex } from '../core/bytes.ts'
import { GENERAL } from '../core/pot.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from './ballot-box.ts'
import { type BoxKeys, boxOverhead } from './sealed-box.ts'
import type { Sodium } from './sodium.ts'

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
