// The steps of a count as sentences a citizen can follow.
import { byPoints, type Count, type Step } from '../core/counting/count.ts'
import { floorOf, fractionFrom } from '../core/counting/fraction.ts'
import type { Money } from '../core/money.ts'
import type { TieBreak } from '../core/counting/tie-break.ts'
import type { Facts, Key, T } from '../i18n.ts'

/** What is shown for a project's id, and the currency of the sums (ISO 4217), where one is known. */
export interface Named {
  number: (id: string) => string | number
  currency: string | undefined
  /** Sums are in so many parts of a unit; of units unless told. */
  scale?: number
  /** The ballots gave points: what the rule goes by is no number of people. */
  points: boolean
}

/** Projects by their number on the list. */
export function namedOf(
  currency: string,
  projects: readonly { id: string; number: number }[],
  votes: Count['votes'] = [],
): Named {
  const numbers = new Map(projects.map(({ id, number }) => [id, number]))
  return { number: (id) => numbers.get(id) ?? id, currency, points: byPoints(votes) }
}

/** Writes sums; where the currency is not known, as bare numbers. */
export const sumWriter =
  (t: T, { currency, scale = 1 }: Named) =>
  (sum: Money): string =>
    currency === undefined ? t.number(sum / scale) : t.money(sum / scale, currency)

/** `t` itself for plain text, its `html` for a message. */
export type Say = (key: Key, facts?: Facts) => string

export const TIE_WORDS: Record<TieBreak, Key> = {
  lots: 'results.by-lots',
  rows: 'results.by-rows',
  cheaper: 'results.by-cheaper',
  dearer: 'results.by-dearer',
  votes: 'results.by-votes',
}

/** An exact amount, `25000` or `1000/3`, rounded down for reading. */
export const wholeOf = (exact: string): number => Number(floorOf(fractionFrom(exact) ?? { num: 0n, den: 1n }))

/** "№14 is skipped: it costs 3.2 m, 2.9 m are left." */
export function stepSentence(t: T, named: Named, step: Step, say: Say = t): string {
  const { number, points } = named
  const money = sumWriter(t, named)
  const share = (exact: string) => money(wholeOf(exact))
  switch (step.kind) {
    case 'funded':
      return say(points ? 'results.funded-points' : 'results.funded', purse(step))
    case 'skipped-too-dear':
      return say(points ? 'results.skipped-points' : 'results.skipped', short(step))
    case 'stopped':
      return say(points ? 'results.stopped-points' : 'results.stopped', short(step))
    case 'not-reached':
      return say(points ? 'results.not-reached-points' : 'results.not-reached', {
        number: number(step.id),
        count: step.votes,
      })
    case 'below-threshold':
      return say(points ? 'results.below-points' : 'results.below', {
        number: number(step.id),
        count: step.votes,
        needed: step.needed,
      })
    case 'ineligible':
      return say('results.ineligible', { number: number(step.id), count: step.votes, needed: step.needed })
    case 'conflict':
      return say('results.conflict', { number: number(step.id), other: number(step.with) })
    case 'withdrawn':
      return say('results.withdrawn', { number: number(step.id) })
    case 'divided':
      return say('results.divided', { voters: step.voters, share: share(step.share) })
    case 'raised':
      return say('results.raised', { from: share(step.from), to: share(step.to) })
    case 'bought': {
      const paid = say('results.bought', { ...purse(step), payers: step.payers, share: share(step.share) })
      return step.emptied > 0 ? `${paid} ${say('results.emptied', { emptied: step.emptied })}` : paid
    }
    case 'not-affordable':
      return say('results.not-affordable', {
        number: number(step.id),
        held: money(step.held),
        cost: money(step.cost),
        missing: money(step.cost - step.held),
      })
    case 'compared':
      return say(step.kept === 'shares' ? 'results.compared-shares' : 'results.compared-greedy', {
        shares: step.forShares,
        greedy: step.forGreedy,
      })
    case 'tie':
      return say('results.tie', {
        numbers: step.ids.map((id) => `№\u00a0${number(id)}`).join(', '),
        by: step.by.map((word) => t(TIE_WORDS[word])).join(', '),
      })
  }

  function short(of: { id: string; votes: number; cost: number; left: number }) {
    return { ...purse(of), missing: money(of.cost - of.left) }
  }

  function purse(of: { id: string; votes: number; cost: number; left: number }) {
    return { number: number(of.id), count: of.votes, cost: money(of.cost), left: money(of.left) }
  }
}
