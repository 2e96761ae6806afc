// Opens a sealed paper box and holds it against its leaf: commitment, number of papers, canonical choices.
import { canonicalPapers, paperCommitment } from '../core/audit/paper.ts'
import type { Rules } from '../core/audit/rules.ts'
import type { PaperBox } from '../core/audit/trusted/paper.ts'
import { decodeSections, type SectionChoices, sectionsOfRules } from '../core/ballots/sections.ts'
import { toHex } from '../core/bytes.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { openBallot } from './ballot-box.ts'
import { type BoxKeys, boxOverhead } from './sealed-box.ts'
import type { Sodium } from './sodium.ts'

export type PaperBoxFault = 'not-openable' | 'commitment' | 'choices'

/** The papers, each with its choices by pot. `box`: as stored; `said`: what its leaf says of it, against which the box was held. Without a database or a network. */
export function openPapers(
  sodium: Sodium,
  keys: BoxKeys,
  { rules, village }: { rules: Rules; village: string },
  box: Uint8Array,
  said: PaperBox,
): Result<SectionChoices[][], PaperBoxFault> {
  const content = openBallot(sodium, keys, box, box.length - boxOverhead)
  if (!content.ok) return content
  const { nonce, choices: text } = content.value
  const made = paperCommitment({ cycle: rules.cycle, village }, nonce, text)
  if (toHex(made) !== said.commitment) return fail('commitment')
  const pots = rules.villages.find((one) => one.village === village)?.pots ?? []
  if (pots.length === 0) return fail('choices')
  const sections = sectionsOfRules(pots, rules.ballot)
  const lines = text === '' ? [] : text.split('\n')
  const texts: string[] = []
  const papers: SectionChoices[][] = []
  for (let at = 0; at < lines.length; at += sections.length) {
    const paper = lines.slice(at, at + sections.length).join('\n')
    const decoded = decodeSections(paper, sections)
    if (!decoded.ok) return fail('choices')
    texts.push(paper)
    papers.push(decoded.value)
  }
  return papers.length === said.ballots && canonicalPapers(texts) === text ? ok(papers) : fail('choices')
}
