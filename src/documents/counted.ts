// A counted election as its lines, tables and pictures are made of, and the count of a Pabulib file.
import type { Count } from '../core/counting/count.ts'
import type { Election } from '../core/counting/election.ts'
import { count, type RuleTerms } from '../core/counting/index.ts'
import type { WouldWin } from '../core/counting/missing.ts'
import type { SupportersPaid } from '../core/counting/supporters.ts'
import type { PabulibFile } from '../core/formats/pabulib/file.ts'
import { hasPoints, metaText } from '../core/formats/pabulib/meta.ts'
import type { Named } from '../words/count-steps.ts'

export interface Counted {
  file: PabulibFile
  election: Election
  terms: RuleTerms
  count: Count
  /** Of the ties. */
  seed: Uint8Array
  named: Named
  /** Small lines under a picture's title: of a trial, of a preliminary count. */
  notes: readonly string[]
  /** The file's own rule was applied, so it stays as it is named there. */
  own: boolean
}

export interface Reason {
  id: string
  would: WouldWin | undefined
  paid: SupportersPaid | undefined
}

/** Add1 raises shares by a unit, which is no part of a hundredth: neither cut amounts nor hundredths are that rule. */
export const isCountable = ({ meta }: PabulibFile, terms: RuleTerms): boolean =>
  meta.scale === 1 || terms.rule !== 'equal-shares' || !terms.completion.startsWith('add1')

/** Ties by lot need no seed: a file orders them by rows or by cost. */
export function countedFile(file: PabulibFile, election: Election, terms: RuleTerms, own: boolean): Counted {
  const seed = new Uint8Array()
  const named = namedOf(file)
  return { file, election, terms, count: count(election, terms, seed), seed, named, notes: [], own }
}

/** Where a file states no currency, sums are bare numbers. */
function namedOf(file: PabulibFile): Named {
  const currency = metaText(file.meta, 'currency')?.trim().toUpperCase() ?? ''
  return {
    number: (id) => id,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : undefined,
    points: hasPoints(file),
    scale: file.meta.scale,
  }
}
