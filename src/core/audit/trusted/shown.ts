// Before a result is shown: what is stored of it against the leaves of the publication, which names every result, and of the opening.
import { fail, ok, type Result } from '../../result.ts'
import type { Event } from '../event.ts'
import { frozenRulesHash } from '../frozen-rules.ts'
import { resultSalt } from '../mac.ts'
import { type ActLeaf, ownAct } from '../own-act.ts'
import { type CountedPot, publishedHash, resultHash } from '../result-hash.ts'
import { frozenRules, type Rules } from '../rules.ts'
import type { ResultFault, RulesFault } from './fault.ts'

export type ShownTerms = { cycle: string; origin: string; macKey: Uint8Array }

/** The results of a cycle that its log published: whoever has passed here is asked for one result after another. */
export type Published = {
  hashOf(pot: CountedPot): string | undefined
  /** When they were published for the first time; UTC ISO. */
  at: string
}

/** `leaves`: those of publications. `hashes`: of all stored results, in their order. */
export function readPublished(
  terms: ShownTerms,
  leaves: readonly ActLeaf[],
  hashes: readonly (CountedPot & { hash: string })[],
): Result<Published, ResultFault> {
  const said = actsOf(terms, leaves, 'published')
  const [first] = said
  if (!first) return fail({ kind: 'published-missing' })
  if (said.some(({ result }) => result !== publishedHash(hashes))) return fail({ kind: 'published-hash' })
  return ok({
    at: first.at,
    hashOf: ({ village, pot }) => hashes.find((one) => one.village === village && one.pot === pot)?.hash,
  })
}

/** What stands against these rules, rebuilt from the tables: they are to be the ones that the opening froze. `leaves`: those of openings. */
export function openedFault(
  terms: ShownTerms,
  leaves: readonly ActLeaf[],
  rules: Rules,
): RulesFault | undefined {
  const said = actsOf(terms, leaves, 'opened')
  if (said.length === 0) return { kind: 'opening-missing' }
  const made = frozenRulesHash(frozenRules(rules))
  return said.every((opened) => opened.rules === made) ? undefined : { kind: 'frozen', what: 'rules' }
}

/** The acts of a kind that the program wrote for this cycle. */
function actsOf<K extends 'published' | 'opened'>(
  { cycle, origin, macKey }: ShownTerms,
  leaves: readonly ActLeaf[],
  kind: K,
): Extract<Event, { kind: K }>[] {
  return leaves.flatMap((leaf) => {
    const act = ownAct(macKey, origin, leaf)
    return act?.kind === kind && act.cycle === cycle ? [act as Extract<Event, { kind: K }>] : []
  })
}

/** What stands against showing this stored result; undefined where nothing does. */
export function shownFault(
  { cycle, origin, macKey }: ShownTerms,
  published: Published,
  row: CountedPot & { ballots: number; count: unknown },
): ResultFault | undefined {
  const salt = resultSalt(macKey, origin, row)
  const same = published.hashOf(row) === resultHash(cycle, row, row.ballots, row.count, salt)
  return same ? undefined : { kind: 'result-hash', village: row.village }
}
